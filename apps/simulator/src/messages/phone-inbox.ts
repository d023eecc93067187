import { encodeBigEndian, type proto } from '@whiskeysockets/baileys';
import type { Account, Device } from '../accounts/account.js';
import { encodeRetryKeys } from '../accounts/key-bundle.codec.js';
import { splitJid } from '../accounts/jid.js';
import type { SimulatorLog } from '../log.js';
import { element, secondsNow, type Stanza } from '../stanza/stanza.js';
import type { World } from '../world/world.js';
import { recordMessage, textOfMessage } from './phone-mailbox.js';

const MAX_RETRIES = 5;
const KEPT_IDS = 100_000;
/** Message fields without content for a human. */
const SILENT_FIELDS = new Set(['senderKeyDistributionMessage', 'messageContextInfo']);

/** The receiving side of simulated phones: decrypts, records, confirms delivery, and requests messages again that it cannot read. */
export class PhoneInbox {
  /** Number of retry receipts sent, by phone, author and message. */
  private readonly retries = new Map<string, number>();
  /** Messages with content that phones have received, by phone, author, chat and id. */
  private readonly taken = new Set<string>();

  constructor(
    private readonly world: World,
    private readonly log: SimulatorLog
  ) {}

  /** Handles a message for a phone: from another account, or the copy of a message that a companion of its own account sent. */
  take(account: Account, stanza: Stanza, author: Device): void {
    void account.phone
      .serially(async () => {
        if (author.account !== account && account.unreadable > 0) {
          account.unreadable--;
          throw new Error('the phone is set not to read it');
        }
        const messages = await account.phone.decrypt(stanza, author);
        this.note(account, stanza, { author, text: messages.map(textOfMessage).find(text => text !== null) ?? null });
        this.record(account, stanza, { author, messages });
      })
      .catch((err: unknown) => {
        this.refuse(account, stanza, { author, err });
      });
  }

  /** Handles a message that a companion wrote to its own phone. */
  takePeer(account: Account, stanza: Stanza, device: Device): void {
    void account.phone
      .serially(async () => {
        const id = stanza.attrs['id'] ?? '';
        for (const message of await account.phone.decrypt(stanza, device)) this.world.events.emit('peer-message', { device, id, message });
      })
      .catch((err: unknown) => {
        this.log.warn({ err }, 'a phone failed to read a peer message');
      });
  }

  private record(account: Account, stanza: Stanza, { author, messages }: { author: Device; messages: proto.IMessage[] }): void {
    const { id = '' } = stanza.attrs;
    const chat = this.chatOf(account, stanza);
    // In these groups WhatsApp Web writes only encrypted reactions (whatsapp-rust PR 830); phones show no others.
    const isApart = this.world.groups.find(chat)?.isCommunityAnnounce ?? false;
    const contents = messages.filter(message => hasContent(message) && !(isApart && message.reactionMessage));
    // A phone shows the first message with an id only, regardless of who resends it and why.
    if (contents.length > 0 && this.isNew(`${account.lid} ${author.account.lid} ${chat} ${id}`)) {
      for (const message of contents) recordMessage(this.world, account, { author: author.account, chat, id, message });
    }
    if (author.account !== account) this.confirm(account, stanza, author.account);
  }

  private isNew(message: string): boolean {
    if (this.taken.has(message)) return false;
    this.taken.add(message);
    if (this.taken.size > KEPT_IDS) for (const oldest of this.taken) return this.taken.delete(oldest);
    return true;
  }

  /**
   * Returns the chat of a message. Without its number, a LID is an unknown user to the own
   * phone, which shows the message in a separate chat (Baileys 1752, whaileys PR 89).
   */
  private chatOf(account: Account, { attrs: { from = '', recipient, peer_recipient_pn: number } }: Stanza): string {
    if (recipient === undefined) return splitJid(from) ? account.jid('pn') : from;
    if (splitJid(recipient)?.addressing === 'lid' && number === undefined) return recipient;
    return this.world.accounts.resolve(recipient)?.account.jid('pn') ?? recipient;
  }

  private confirm(account: Account, stanza: Stanza, author: Account): void {
    const receipt = element('receipt', { id: stanza.attrs['id'], t: secondsNow(), ...this.asReader(account, stanza) });
    setTimeout(() => {
      this.world.deliverToAll(author, receipt);
    }, this.world.settings.phoneLatencyMs);
  }

  private note(account: Account, stanza: Stanza, { author, text }: { author: Device; text: string | null }): void {
    const { id = '' } = stanza.attrs;
    this.world.events.emit('phone-delivery', { account, author: author.account, id, chat: this.chatOf(account, stanza), text });
  }

  private refuse(account: Account, stanza: Stanza, { author, err }: { author: Device; err: unknown }): void {
    this.note(account, stanza, { author, text: null });
    // If the counter was used already, the message has been read already: the author sent it again.
    if (err instanceof Error && err.name === 'MessageCounterError') {
      if (author.account !== account) this.confirm(account, stanza, author.account);
      return;
    }
    const { id = '', t } = stanza.attrs;
    const key = `${account.lid} ${author.jid('lid')} ${id}`;
    const count = (this.retries.get(key) ?? 0) + 1;
    this.log.warn({ count, err }, 'a phone failed to read a message');
    if (count > MAX_RETRIES) return;
    this.retries.set(key, count);
    this.world.counters.retriesByPhones++;
    const reader = this.asReader(account, stanza);
    // Retry receipts of direct messages to accounts that are migrated to LIDs are
    // addressed by LID, regardless of the message's own addressing (zapo 8975ad6).
    const direct = reader['participant'] === undefined ? { from: account.jid(author.account.namespace) } : {};
    const attrs = { id, type: 'retry', t: secondsNow(), ...reader, ...direct };
    const retry = element('retry', { count, id, t, v: 1, error: 0 });
    void account.phone.serially(async () => {
      const content = [retry, element('registration', {}, encodeBigEndian(account.phone.registrationId))];
      // The first request relies on the author to open a new session (whatsmeow retry.go).
      if (count > 1) content.push(encodeRetryKeys(await account.phone.bundle()));
      this.world.deliver(author, element('receipt', attrs, content));
    });
  }

  /** Returns the receiving phone's address as the author sees it. */
  private asReader(account: Account, stanza: Stanza): Record<string, string> {
    const from = stanza.attrs['from'] ?? '';
    const author = splitJid(from);
    if (author) return { from: account.shownJid(author.addressing) };
    const group = this.world.groups.find(from);
    return { from, participant: account.shownJid(group?.addressing) };
  }
}

function hasContent(message: proto.IMessage): boolean {
  return Object.entries(message).some(([field, value]) => value !== null && value !== undefined && !SILENT_FIELDS.has(field));
}
