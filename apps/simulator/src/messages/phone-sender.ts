import type { Addressing } from '@wabus/testing';
import { generateMessageIDV2, proto as protobuf, type proto } from '@whiskeysockets/baileys';
import { Account, type Device } from '../accounts/account.js';
import type { KeyBundle } from '../accounts/key-bundle.codec.js';
import type { Group } from '../accounts/group.js';
import { element, type Stanza } from '../stanza/stanza.js';
import { worldSlot } from '../world/world-slot.js';
import type { PhoneMessage, World } from '../world/world.js';
import {
  STATUS_BROADCAST,
  authorAttributes,
  groupAuthorAttributes,
  ownCopyAttributes,
  stanzaType,
  statusAuthorAttributes
} from './addressing.js';
import { ASSISTANT } from './assistant.js';
import { tokenElement } from '../reach/token.codec.js';
import { recordMessage } from './phone-mailbox.js';
import { asPhonesSend, editedId, giveSecret, partMeta, phoneSecretsOf } from './phone-secrets.js';
import { encodePhoneMessage, messageFromJson } from '../accounts/poll-version.codec.js';

/** How many of its own messages a phone keeps in order to answer retry receipts. */
const REMEMBERED_MESSAGES = 10_000;

/** A message that a phone has sent, kept for devices that request it again. */
interface RememberedMessage {
  readonly message: proto.IMessage;
  /** The attributes of its stanza, without the `from` parts that depend on the receiver. */
  readonly attrs: Record<string, string>;
  readonly to: Account | Group;
  readonly status: boolean;
}

/** Sends the messages of simulated phones. Each phone sends one message at a time, so that devices get them in the order of the ratchet. */
class PhoneSender {
  private readonly sent = new WeakMap<Account, Map<string, RememberedMessage>>();

  constructor(private readonly world: World) {}

  /**
   * Sends a message of a phone: Signal-encrypted for every linked device of the receiver (of every other member of a group, and with a copy for the
   * sender's own companions), and recorded by the receivers' phones. Resolves with the message id once all copies are queued.
   */
  send(asked: PhoneMessage): Promise<string> {
    let wanted = asked;
    const id = wanted.id ?? generateMessageIDV2();
    const secrets = phoneSecretsOf(this.world);
    const written = messageFromJson(wanted.message);
    const asWritten = wanted.plaintext === true || wanted.plainEdit === true;
    const message = asWritten ? written : asPhonesSend(written, wanted, secrets.find(wanted.from, editedId(written)));
    if (message !== written) wanted = { ...wanted, attrs: { ...wanted.attrs, edit: '1' } };
    if (!wanted.plaintext) giveSecret(message, secrets.find(wanted.from, id)?.secret);
    secrets.note(wanted.from, wanted.from, { id, message });
    return wanted.from.phone.serially(async () => {
      const { from, addressing, plaintext } = wanted;
      const outgoing: Outgoing = {
        from,
        addressing,
        plaintext,
        id,
        message,
        attrs: { type: stanzaType(message), notify: wanted.from.name, ...wanted.attrs, id }
      };
      this.remember(wanted.from, id, { message, attrs: outgoing.attrs, to: wanted.to, status: wanted.status ?? false });
      if (wanted.status && wanted.to instanceof Account) await this.post(outgoing, wanted.to);
      else if (wanted.to instanceof Account) await this.sendToAccount(outgoing, wanted.to);
      else await this.sendToGroup(outgoing, wanted.to);
      return id;
    });
  }

  /** Sends a prompt to an assistant, which has no phone: the author's companions get a copy in which the assistant is the chat. */
  ask(from: Account, message: proto.IMessage): Promise<string> {
    const id = generateMessageIDV2();
    giveSecret(message, undefined);
    phoneSecretsOf(this.world).note(from, from, { id, message });
    return from.phone.serially(async () => {
      const attrs = { type: stanzaType(message), notify: from.name, id, from: from.jid(from.namespace), recipient: ASSISTANT };
      const copy = { deviceSentMessage: { destinationJid: ASSISTANT, message } };
      for (const device of from.companions()) await this.deliverTo(device, { from, message: copy, attrs });
      return id;
    });
  }

  /** Sends a protocol message (key share, history) from the account's own phone to its companions, or only to `only`. */
  sendPeer(account: Account, message: proto.IMessage, only?: Device, id?: string): Promise<void> {
    return account.phone.serially(async () => {
      for (const device of only ? [only] : account.companions()) {
        const enc = await this.encrypt(account, device, message);
        const attrs = { from: account.jid('pn'), id: id ?? generateMessageIDV2(), type: 'text', category: 'peer' };
        this.world.deliver(device, element('message', attrs, [enc]));
      }
    });
  }

  /**
   * Resends a stored message to one device that could not read it, over a fresh Signal session. `bundle` is the one that the device attached to its
   * retry receipt, if any. Resolves with false if the message is no longer stored.
   */
  resend(from: Account, device: Device, request: { id: string; bundle: KeyBundle | undefined; addressing: Addressing }): Promise<boolean> {
    return from.phone.serially(async () => {
      const sent = this.sent.get(from)?.get(request.id);
      if (!sent) return false;
      await from.phone.openSession(device, request.bundle ?? this.world.takeBundle(device));
      const { to, message, attrs, status } = sent;
      if (status) await this.deliverTo(device, { from, message, attrs: { ...attrs, ...statusAuthorAttributes(from) } });
      else if (!(to instanceof Account))
        await this.deliverTo(device, { from, message, attrs: { ...attrs, ...groupAuthorAttributes(to, from) } });
      else if (device.account === from && to !== from)
        await this.deliverCopy(device, { from, message, attrs }, { to, addressing: request.addressing });
      else await this.deliverTo(device, { from, message, attrs: { ...attrs, ...authorAttributes(from, request.addressing) } });
      return true;
    });
  }

  /** Stores a sent message so that a retry receipt can be answered; beyond ten thousand messages the oldest is dropped. */
  private remember(from: Account, id: string, message: RememberedMessage): void {
    const sent = this.sent.get(from) ?? new Map<string, RememberedMessage>();
    this.sent.set(from, sent.set(id, message));
    const [oldest] = sent.keys();
    if (sent.size > REMEMBERED_MESSAGES && oldest !== undefined) sent.delete(oldest);
  }

  private async sendToAccount(outgoing: Outgoing, to: Account): Promise<void> {
    const { from, message } = outgoing;
    const addressing = outgoing.addressing ?? this.world.addressingTo(to);
    const attrs = { ...outgoing.attrs, ...authorAttributes(from, addressing) };
    to.reach.acquainted.add(from);
    for (const device of to.companions()) await this.deliverTo(device, { ...outgoing, attrs, holder: to });
    if (to !== from) {
      // The author's devices address the chat in the namespace of their own account.
      const own = outgoing.addressing ?? this.world.addressingTo(from);
      for (const device of from.companions()) await this.deliverCopy(device, outgoing, { to, addressing: own });
    }
    recordMessage(this.world, to, { author: from, chat: to.jid('pn'), id: outgoing.id, message });
  }

  private async post(outgoing: Outgoing, to: Account): Promise<void> {
    const { from, message, id } = outgoing;
    const attrs = { ...outgoing.attrs, ...statusAuthorAttributes(from) };
    for (const device of to.companions()) await this.deliverTo(device, { ...outgoing, attrs });
    recordMessage(this.world, to, { author: from, chat: STATUS_BROADCAST, id, message });
  }

  private async deliverTo(device: Device, { from, message, attrs, plaintext, holder }: Content): Promise<void> {
    const content = plaintext ? plaintextElement(message) : await this.encrypt(from, device, message);
    const tag = attrs['from'] === STATUS_BROADCAST ? this.world.settings.queue.statusStanza : 'message';
    this.world.deliver(device, element(tag, attrs, [content, ...partMeta(message), ...this.token(from, holder)]));
  }

  /** Returns the token from the author to the receiver. */
  private token(from: Account, holder: Account | undefined): Stanza[] {
    if (!holder || holder === from || !this.world.settings.reach.tokensInMessages) return [];
    return [tokenElement('tctoken', {}, { issuer: from, holder, t: Math.floor(Date.now() / 1_000) })];
  }

  /** Delivers the copy of a one-to-one message to one of the author's own companions. */
  private deliverCopy(device: Device, content: Content, { to, addressing }: { to: Account; addressing: Addressing }): Promise<void> {
    const { from, plaintext } = content;
    const message = plaintext
      ? content.message
      : { deviceSentMessage: { destinationJid: to.shownJid(addressing), message: content.message } };
    return this.deliverTo(device, { from, message, plaintext, attrs: { ...content.attrs, ...ownCopyAttributes(from, to, addressing) } });
  }

  private async sendToGroup(outgoing: Outgoing, group: Group): Promise<void> {
    const { from, message, attrs } = outgoing;
    const sender = from.phone.groupSender(group.jid);
    const devices = [...group.members.keys()].flatMap(member => member.companions());
    const unkeyed = devices.filter(device => !sender.distributedTo.has(device.jid('lid')));
    // The distribution contains the current state of the chain, so it must be created before this message advances it.
    const distribution = unkeyed.length > 0 && !outgoing.plaintext ? await sender.distribution() : undefined;
    const body = outgoing.plaintext || devices.length === 0 ? undefined : await sender.encrypt(encodePhoneMessage(message));
    for (const device of devices) {
      const content: Stanza[] = [];
      if (distribution && unkeyed.includes(device)) {
        content.push(await this.encrypt(from, device, { senderKeyDistributionMessage: distribution }));
        sender.distributedTo.add(device.jid('lid'));
      }
      content.push(body ? element('enc', { v: '2', type: 'skmsg' }, body) : plaintextElement(message), ...partMeta(message));
      this.world.deliver(device, element('message', { ...attrs, ...groupAuthorAttributes(group, from) }, content));
    }
    for (const member of group.members.keys()) {
      if (member !== from) recordMessage(this.world, member, { author: from, chat: group.jid, id: outgoing.id, message });
    }
  }

  private encrypt(from: Account, device: Device, message: proto.IMessage): Promise<Stanza> {
    return from.phone.encryptFor(device, message, () => this.world.takeBundle(device));
  }
}

/** The phone sender of a world. */
export const phoneSenderOf = worldSlot(world => new PhoneSender(world));

interface Content {
  from: Account;
  message: proto.IMessage;
  attrs: Record<string, string>;
  plaintext?: boolean;
  /** The account that gets the author's token with the message. */
  holder?: Account;
}

interface Outgoing extends Content {
  id: string;
  addressing?: Addressing;
}

function plaintextElement(message: proto.IMessage): Stanza {
  return element('plaintext', {}, protobuf.Message.encode(message).finish());
}
