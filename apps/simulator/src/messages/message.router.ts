import type { Account, Device } from '../accounts/account.js';
import type { Resolved } from '../accounts/accounts.registry.js';
import type { Group } from '../accounts/group.js';
import { HOSTED_DEVICE } from '../accounts/jid.js';
import { child, children, element, secondsNow, type Stanza } from '../stanza/stanza.js';
import type { ReachGate } from '../reach/reach-gate.js';
import type { World } from '../world/world.js';
import { STATUS_BROADCAST, authorAttributes, groupAuthorAttributes, ownCopyAttributes, statusAuthorAttributes } from './addressing.js';
import { isNewsletterJid, postToNewsletter } from './newsletter.router.js';
import { directRefusal, groupRefusal, statusRefusal } from './namespace.policy.js';
import { participantHashOf } from './participant-hash.policy.js';
import type { PhoneInbox } from './phone-inbox.js';
import { resendLimitOf } from './resend.limiter.js';

/** Parts of an outgoing `<message>` for the server; the others are forwarded to every receiver. */
const SERVER_PARTS = new Set(['enc', 'participants', 'device-identity', 'tctoken', 'cstoken']);

/** One message in transit: the parsed stanza. */
interface Letter {
  author: Device;
  to: string;
  /** Attributes for every receiver. */
  attrs: Record<string, string>;
  /** Ciphertexts for all receivers (a sender-key message), or only for `to`. */
  direct: Stanza[];
  /** Ciphertexts for single devices. */
  perDevice: Stanza[];
  /** The other forwarded elements, with the author's device identity last. */
  extras: Stanza[];
  /** The only receiver, if the author resends a group message. */
  participant: string | undefined;
  /** The chat, if the author resends the copy for one of its own devices. */
  recipient: string | undefined;
  category: string | undefined;
  /** The author includes the number that belongs to the addressed LID. */
  namesNumber: boolean;
}

/** Accepts messages from companions, acknowledges them, and delivers each receiver its own ciphertext. */
export class MessageRouter {
  constructor(
    private readonly world: World,
    private readonly phones: PhoneInbox,
    private readonly gate: ReachGate
  ) {}

  route(author: Device, stanza: Stanza): void {
    const { id, to = '', participant } = stanza.attrs;
    if (isNewsletterJid(to)) return this.toNewsletter(author, stanza);
    if (resendLimitOf(this.world).note(author, stanza)) return;
    const letter = open(author, stanza);
    const former = this.world.accounts.isFormer(to);
    const error = refusalOf(letter, stanza) ?? (former ? undefined : this.gate.judge(author, stanza)) ?? null;
    // The form is that of Baileys PR 2661: the first send is accepted.
    const refresh = former && error === null ? 'true' : undefined;
    const phash = error === null ? participantHashOf(this.world, author, stanza) : undefined;
    const outcome = { error: error ?? undefined, refresh_lid: refresh, phash };
    author.wire?.send(element('ack', { class: 'message', id, from: to, t: secondsNow(), participant, ...outcome }));
    if (error !== null || former) return;
    this.world.counters.messagesFromDevices++;
    const group = this.world.groups.find(to);
    if (group) this.toGroup(letter, group);
    else if (to === STATUS_BROADCAST) this.toStatus(letter);
    else this.toUser(letter);
  }

  private toNewsletter(author: Device, stanza: Stanza): void {
    const { id, to } = stanza.attrs;
    const error = postToNewsletter(this.world, author, stanza);
    author.wire?.send(element('ack', { class: 'message', id, from: to, t: secondsNow(), error }));
    this.world.counters.messagesFromDevices++;
  }

  private toGroup(letter: Letter, group: Group): void {
    const attrs = groupAuthorAttributes(group, letter.author.account, letter.author.id);
    if (letter.participant !== undefined) {
      const receiver = this.world.accounts.resolve(letter.participant);
      if (receiver) this.hand(letter, receiver, attrs, letter.direct);
      return;
    }
    const own = this.ciphertextsByDevice(letter);
    for (const member of group.members.keys()) {
      for (const receiver of endpoints(member).filter(({ device }) => device !== HOSTED_DEVICE))
        this.hand(letter, receiver, attrs, [...(own.get(keyOf(receiver)) ?? []), ...letter.direct]);
    }
  }

  private toStatus(letter: Letter): void {
    const attrs = statusAuthorAttributes(letter.author.account, letter.author.id);
    for (const part of letter.perDevice) {
      const receiver = this.world.accounts.resolve(part.attrs['jid']);
      if (receiver) this.hand(letter, receiver, attrs, [...children(part), ...letter.direct]);
    }
  }

  private toUser(letter: Letter): void {
    const chat = this.world.accounts.resolve(letter.to);
    if (!chat) return;
    if (letter.category === 'peer' && chat.companion) {
      this.hand({ ...letter, attrs: { ...letter.attrs, category: 'peer' } }, chat, { from: letter.author.jid('pn') }, letter.direct);
      return;
    }
    if (letter.category === 'peer') {
      this.phones.takePeer(
        chat.account,
        element('message', { ...letter.attrs, from: letter.author.jid('pn') }, letter.direct),
        letter.author
      );
      return;
    }
    // A direct ciphertext is only for `to`: a resent message, which the participants repeat.
    if (letter.direct.length > 0) {
      this.hand(letter, chat, this.userAttributes(letter, chat, chat.account), letter.direct);
      return;
    }
    for (const part of letter.perDevice) {
      const receiver = this.world.accounts.resolve(part.attrs['jid']);
      if (receiver) this.hand(letter, receiver, this.userAttributes(letter, chat, receiver.account), children(part));
    }
  }

  private userAttributes({ author, namesNumber, recipient }: Letter, chat: Resolved, receiver: Account): Record<string, string> {
    // A resent copy names its chat separately (whatsmeow retry.go, Baileys relayMessage).
    const other = chat.account === author.account ? this.world.accounts.resolve(recipient) : chat;
    if (receiver === author.account && other && other.account !== author.account) {
      const { peer_recipient_pn: number, ...copy } = ownCopyAttributes(author.account, other.account, other.addressing, author.id);
      // Only the author can provide the number (whaileys PR 89, zapo 4899aad).
      return number !== undefined && namesNumber ? { ...copy, peer_recipient_pn: number } : copy;
    }
    const addressing = this.world.addressingTo(receiver) === 'lid' ? 'lid' : chat.addressing;
    return authorAttributes(author.account, addressing, author.id);
  }

  private hand(letter: Letter, receiver: Endpoint, attrs: Record<string, string>, ciphertexts: Stanza[]): void {
    if (receiver.companion === letter.author || ciphertexts.length === 0) return;
    const stanza = (tag: string): Stanza => element(tag, { ...letter.attrs, ...attrs }, [...ciphertexts, ...letter.extras]);
    const tag = letter.to === STATUS_BROADCAST ? this.world.settings.queue.statusStanza : 'message';
    if (receiver.companion) this.world.deliver(receiver.companion, stanza(tag));
    else if (receiver.device === 0) this.phones.take(receiver.account, stanza('message'), letter.author);
  }

  private ciphertextsByDevice(letter: Letter): Map<string, Stanza[]> {
    const found = new Map<string, Stanza[]>();
    for (const part of letter.perDevice) {
      const receiver = this.world.accounts.resolve(part.attrs['jid']);
      if (receiver) found.set(keyOf(receiver), children(part));
    }
    return found;
  }
}

/** A phone (device 0, no companion) or a linked device. */
type Endpoint = Pick<Resolved, 'account' | 'device' | 'companion'>;

function endpoints(account: Account): Endpoint[] {
  const companions = account.companions().map(companion => ({ account, device: companion.id, companion }));
  return account.advertisePhone ? [{ account, device: 0, companion: undefined }, ...companions] : companions;
}

function keyOf({ account, device }: Endpoint): string {
  return `${account.lid}.${device}`;
}

/** Returns the error of the ack, or `null` if the message is accepted. */
function refusalOf({ author, to, perDevice, category }: Letter, stanza: Stanza): number | null {
  const { namespace } = author.account;
  const participants = perDevice.map(part => part.attrs['jid'] ?? '');
  if (to.endsWith('@g.us')) return groupRefusal(participants);
  if (to !== STATUS_BROADCAST) return directRefusal(namespace, { to, participants, peer: category === 'peer' });
  return statusRefusal(namespace, {
    participants,
    addressingMode: stanza.attrs['addressing_mode'] !== undefined,
    audience: children(stanza, 'meta').some(({ attrs }) => attrs['status_setting'] !== undefined),
    followUp: stanza.attrs['edit'] !== undefined || stanza.attrs['type'] === 'reaction'
  });
}

function open(author: Device, stanza: Stanza): Letter {
  const { id = '', to = '', type = 'text', edit, participant, recipient, category } = stanza.attrs;
  const extras = children(stanza).filter(part => !SERVER_PARTS.has(part.tag));
  return {
    author,
    to,
    attrs: { id, t: secondsNow(), type, notify: author.account.name, ...(edit === undefined ? {} : { edit }) },
    direct: children(stanza, 'enc'),
    perDevice: children(child(stanza, 'participants'), 'to'),
    extras: [...extras, ...children(stanza, 'device-identity')],
    participant,
    recipient,
    category,
    namesNumber: stanza.attrs['peer_recipient_pn'] !== undefined
  };
}
