import type { Addressing } from '@wabus/testing';
import { encodeWAMessage, generateMessageIDV2, proto } from '@whiskeysockets/baileys';
import { Account, type Device, type KeyBundle } from '../accounts/account.js';
import type { Group } from '../accounts/group.js';
import { element, type Stanza } from '../stanza/stanza.js';
import type { PhoneMessage, World } from '../world/world.js';
import { authorAttributes, groupAuthorAttributes, ownCopyAttributes, stanzaType } from './addressing.js';
import { recordMessage } from './phone-mailbox.js';

/** Sends what simulated phones write. Per phone one message at a time, so that devices get them in the order of the ratchet. */
export class PhoneSender {
  constructor(private readonly world: World) {}

  send(wanted: PhoneMessage): Promise<string> {
    const id = wanted.id ?? generateMessageIDV2();
    const message = proto.Message.fromObject(wanted.message);
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
      wanted.from.phone.remember(id, { message, attrs: outgoing.attrs, to: wanted.to });
      if (wanted.to instanceof Account) await this.sendToAccount(outgoing, wanted.to);
      else await this.sendToGroup(outgoing, wanted.to);
      return id;
    });
  }

  sendPeer(account: Account, message: proto.IMessage, only?: Device): Promise<void> {
    return account.phone.serially(async () => {
      for (const device of only ? [only] : account.companions()) {
        const enc = await this.encrypt(account, device, message);
        const attrs = { from: account.jid('pn'), id: generateMessageIDV2(), type: 'text', category: 'peer' };
        this.world.deliver(device, element('message', attrs, [enc]));
      }
    });
  }

  /**
   * Sends a remembered message once more, to one device that could not read it, over a fresh Signal session. `bundle` is what the device
   * attached to its retry receipt, if anything. Settles with false when the message is not remembered.
   */
  resend(from: Account, device: Device, request: { id: string; bundle: KeyBundle | undefined; addressing: Addressing }): Promise<boolean> {
    return from.phone.serially(async () => {
      const sent = from.phone.sentMessage(request.id);
      if (!sent) return false;
      await from.phone.openSession(device, request.bundle ?? this.world.takeBundle(device));
      const { to, message, attrs } = sent;
      if (!(to instanceof Account))
        await this.deliverTo(device, { from, message, attrs: { ...attrs, ...groupAuthorAttributes(to, from) } });
      else if (device.account === from && to !== from)
        await this.deliverCopy(device, { from, message, attrs }, { to, addressing: request.addressing });
      else await this.deliverTo(device, { from, message, attrs: { ...attrs, ...authorAttributes(from, request.addressing) } });
      return true;
    });
  }

  private async sendToAccount(outgoing: Outgoing, to: Account): Promise<void> {
    const { from, message } = outgoing;
    const addressing = outgoing.addressing ?? this.world.settings.addressing;
    const attrs = { ...outgoing.attrs, ...authorAttributes(from, addressing) };
    for (const device of to.companions()) await this.deliverTo(device, { ...outgoing, attrs });
    if (to !== from) {
      for (const device of from.companions()) await this.deliverCopy(device, outgoing, { to, addressing });
    }
    recordMessage(this.world, to, { author: from, chat: to.jid('pn'), id: outgoing.id, message });
  }

  private async deliverTo(device: Device, { from, message, attrs, plaintext }: Content): Promise<void> {
    const content = plaintext ? plaintextElement(message) : await this.encrypt(from, device, message);
    this.world.deliver(device, element('message', attrs, [content]));
  }

  /** What one of the author's own companions gets of a one-to-one message. */
  private deliverCopy(device: Device, content: Content, { to, addressing }: { to: Account; addressing: Addressing }): Promise<void> {
    const { from, plaintext } = content;
    const message = plaintext ? content.message : { deviceSentMessage: { destinationJid: to.jid(addressing), message: content.message } };
    return this.deliverTo(device, { from, message, plaintext, attrs: { ...content.attrs, ...ownCopyAttributes(from, to, addressing) } });
  }

  private async sendToGroup(outgoing: Outgoing, group: Group): Promise<void> {
    const { from, message, attrs } = outgoing;
    const sender = from.phone.groupSender(group.jid);
    const devices = [...group.members.keys()].flatMap(member => member.companions());
    const unkeyed = devices.filter(device => !sender.distributedTo.has(device.jid('lid')));
    // The distribution carries the chain as it is now, so it must be made before this message advances it.
    const distribution = unkeyed.length > 0 && !outgoing.plaintext ? await sender.distribution() : undefined;
    const body = outgoing.plaintext || devices.length === 0 ? undefined : await sender.encrypt(encodeWAMessage(message));
    for (const device of devices) {
      const content: Stanza[] = [];
      if (distribution && unkeyed.includes(device)) {
        content.push(await this.encrypt(from, device, { senderKeyDistributionMessage: distribution }));
        sender.distributedTo.add(device.jid('lid'));
      }
      content.push(body ? element('enc', { v: '2', type: 'skmsg' }, body) : plaintextElement(message));
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

interface Content {
  from: Account;
  message: proto.IMessage;
  attrs: Record<string, string>;
  plaintext?: boolean;
}

interface Outgoing extends Content {
  id: string;
  addressing?: Addressing;
}

function plaintextElement(message: proto.IMessage): Stanza {
  return element('plaintext', {}, proto.Message.encode(message).finish());
}
