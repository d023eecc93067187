import type { EventEmitter } from 'node:events';
import type { BaileysEventEmitter, BaileysEventMap, BinaryNode } from '@whiskeysockets/baileys';
import { getBinaryNodeChildren, jidNormalizedUser, WAMessageStatus } from '../baileys.js';
import { withhold } from './stanza.filter.js';

type MemberReceipt = BaileysEventMap['message-receipt.update'][number];

/** The time that a receipt of each type reports for a message; other types concern the account itself or are requests. */
const TIMES: Readonly<Record<string, 'receiptTimestamp' | 'readTimestamp'>> = {
  '': 'receiptTimestamp',
  delivery: 'receiptTimestamp',
  inactive: 'receiptTimestamp',
  read: 'readTimestamp',
  played: 'readTimestamp'
};

/**
 * Returns the receipts in an aggregated receipt, one for each message and person; `null` for any other receipt. WhatsApp sends them for groups and status posts
 * as `<receipt from type><participants key><user jid t/></participants></receipt>`, without `participant` (whatsmeow receipt.go `handleGroupedReceipt`), and
 * Baileys drops them (adiwajshing 1772). `<list><item id/></list>` can contain further ids, with a `participant` or with the people.
 */
export function aggregatedReceipts({ attrs, content }: BinaryNode): MemberReceipt[] | null {
  const { from: remoteJid, participant, type = '', t } = attrs;
  if (!Array.isArray(content) || participant !== undefined || !remoteJid) return null;
  const groups = content.filter(({ tag }) => tag === 'participants');
  const time = TIMES[type];
  if (groups.length === 0 || time === undefined) return null;
  const listed = content.filter(({ tag }) => tag === 'list').flatMap(list => getBinaryNodeChildren(list, 'item'));
  return groups.flatMap(group => {
    const ids = new Set([group.attrs['key'] ?? attrs['id'], ...listed.map(item => item.attrs['id'])].filter(id => id !== undefined));
    return getBinaryNodeChildren(group, 'user').flatMap(({ attrs: user }) => {
      const { jid } = user;
      if (!jid) return [];
      const receipt = { userJid: jidNormalizedUser(jid), [time]: Number(user['t'] ?? t ?? 0) };
      return [...ids].map(id => ({ key: { remoteJid, id, fromMe: true, participant: jid }, receipt }));
    });
  });
}

/** Moves the list to the front, because Baileys reads the further ids of a receipt only from its first element. */
function putListFirst({ content }: BinaryNode): void {
  if (!Array.isArray(content) || content.length < 2 || content[0]?.tag === 'list') return;
  content.sort((one, other) => Number(other.tag === 'list') - Number(one.tag === 'list'));
}

/** Emits the delivery to a device that is not in use (whatsmeow `ReceiptTypeInactive`), a type that Baileys does not support. */
function emitInactive({ attrs, content }: BinaryNode, ev: AggregatedReceiptsParts['ev']): void {
  const { type, from: remoteJid, participant, recipient, id, t } = attrs;
  // A receipt with a recipient is from another device of the account.
  if (type !== 'inactive' || !remoteJid || !id || recipient !== undefined) return;
  const list = Array.isArray(content) ? content.find(({ tag }) => tag === 'list') : undefined;
  const ids = [id, ...getBinaryNodeChildren(list, 'item').flatMap(item => item.attrs['id'] ?? [])];
  const key = (each: string) => ({ remoteJid, id: each, fromMe: true, participant });
  if (participant === undefined)
    ev.emit(
      'messages.update',
      ids.map(each => ({ key: key(each), update: { status: WAMessageStatus.DELIVERY_ACK, messageTimestamp: Number(t ?? 0) } }))
    );
  else
    ev.emit(
      'message-receipt.update',
      ids.map(each => ({ key: key(each), receipt: { userJid: jidNormalizedUser(participant), receiptTimestamp: Number(t ?? 0) } }))
    );
}

export interface AggregatedReceiptsParts {
  readonly stanzas: EventEmitter;
  readonly ev: Pick<BaileysEventEmitter, 'emit'>;
  readonly acknowledge: (receipt: BinaryNode) => void;
}

/** Emits the events of aggregated receipts in the form that Baileys uses for single receipts. */
export function splitReceipts({ stanzas, ev, acknowledge }: AggregatedReceiptsParts): void {
  withhold(stanzas, 'CB:receipt', receipt => {
    const receipts = aggregatedReceipts(receipt);
    if (!receipts) {
      putListFirst(receipt);
      emitInactive(receipt, ev);
      return false;
    }
    if (receipts.length > 0) ev.emit('message-receipt.update', receipts);
    acknowledge(receipt);
    return true;
  });
}
