import { phoneSenderOf } from './phone-sender.js';
import type { Addressing } from '@wabus/testing';
import type { Device } from '../accounts/account.js';
import { readPreKey, readSignedPreKey, type KeyBundle } from '../accounts/key-bundle.codec.js';
import { splitJid } from '../accounts/jid.js';
import type { Resolved } from '../accounts/accounts.registry.js';
import type { Group } from '../accounts/group.js';
import type { SimulatorLog } from '../log.js';
import { child, children, element, integerOf, requiredBytes, requiredChild, secondsNow, type Stanza } from '../stanza/stanza.js';
import type { World } from '../world/world.js';
import { recordReceipt } from './phone-mailbox.js';

/** Receipts for the server only: they confirm a stanza from the own phone. */
const FOR_THE_SERVER = new Set(['hist_sync', 'peer_msg', 'server-error']);
/** Receipts that are forwarded to the reader's own other devices. */
const FOR_OWN_DEVICES = new Set(['sender', 'read-self', 'played-self']);

/** Handles receipts from companions: they confirm queued messages and are forwarded to the author. */
export class ReceiptRouter {
  constructor(
    private readonly world: World,
    private readonly log: SimulatorLog
  ) {}

  route(reader: Device, stanza: Stanza): void {
    const { id = '', to, type, participant, recipient } = stanza.attrs;
    const refused = type === 'retry' && splitJid(to) !== undefined && splitJid(to)?.addressing !== reader.account.namespace;
    // A retry receipt of a direct message must address the author in the namespace of the reader's account (zapo 8975ad6).
    reader.wire?.send(element('ack', { class: 'receipt', id, from: to, type, participant, error: refused ? 400 : undefined }));
    if (refused) return;
    const ids = [id, ...children(child(stanza, 'list'), 'item').map(item => item.attrs['id'] ?? '')];
    if (type === 'retry') {
      this.world.counters.retriesByDevices++;
      reader.outbox.refuse(id);
    } else if (to !== undefined) for (const each of ids) reader.outbox.received(each);
    this.world.events.emit('device-change', { device: reader });
    if (type !== undefined && FOR_THE_SERVER.has(type)) return;

    const attrs = { id, t: stanza.attrs['t'] ?? secondsNow(), type: type === 'inactive' ? undefined : type };
    if (type !== undefined && FOR_OWN_DEVICES.has(type)) {
      const content = child(stanza, 'list') ? children(stanza) : undefined;
      this.world.deliverToAll(
        reader.account,
        element('receipt', { ...attrs, from: reader.jid('pn'), recipient: recipient ?? to }, content),
        reader
      );
      return;
    }
    const group = this.world.groups.find(to ?? '');
    const author = this.world.accounts.resolve(group || to === 'status@broadcast' ? participant : to);
    if (!author) return;
    if (type === 'retry') {
      this.routeRetry(reader, stanza, { author, group });
      return;
    }
    const from = group ? { from: group.jid, participant: deviceJid(reader, group.addressing) } : senderOf(reader, to, author.addressing);
    const content = child(stanza, 'list') ? children(stanza) : undefined;
    this.world.deliverToAll(author.account, element('receipt', { ...attrs, ...from }, content));
    for (const each of ids)
      recordReceipt(this.world, author.account, { id: each, from: reader.account.jid('pn'), type: attrs.type ?? 'delivered' });
  }

  /** Routes a retry request to the device that wrote the message, or to its author's phone, which must resend it. */
  private routeRetry(reader: Device, stanza: Stanza, { author, group }: { author: Resolved; group: Group | undefined }): void {
    const { id = '', to, recipient } = stanza.attrs;
    if (author.device === 0) {
      const keys = child(stanza, 'keys');
      const bundle = keys && readBundle(stanza, keys);
      phoneSenderOf(this.world)
        .resend(author.account, reader, { id, bundle, addressing: author.addressing })
        .catch((err: unknown) => this.log.warn({ err }, 'a phone failed to resend a message'));
      return;
    }
    if (!author.companion) return;
    const from = group
      ? { from: to, participant: reader.jid(group.addressing) }
      : { from: reader.jid(author.account.namespace), recipient };
    this.world.deliver(author.companion, element('receipt', { id, t: secondsNow(), type: 'retry', ...from }, children(stanza)));
  }
}

function senderOf(reader: Device, to: string | undefined, addressing: Addressing): Record<string, string | undefined> {
  return to === 'status@broadcast' ? { from: to, participant: deviceJid(reader, 'pn') } : { from: deviceJid(reader, addressing) };
}

/** Returns the jid for a receipt, which contains the device that wrote it (Baileys PR 49, whatsmeow receipt.go). */
function deviceJid(reader: Device, addressing: Addressing): string {
  return reader.jid(reader.account.hidesNumber ? 'lid' : addressing);
}

function readBundle(receipt: Stanza, keys: Stanza): KeyBundle {
  const preKey = child(keys, 'key');
  return {
    registrationId: integerOf(requiredBytes(child(receipt, 'registration'))),
    identityKey: requiredBytes(child(keys, 'identity')),
    signedPreKey: readSignedPreKey(requiredChild(keys, 'skey')),
    preKey: preKey && readPreKey(preKey)
  };
}
