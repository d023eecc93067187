import type { BinaryNode } from '@whiskeysockets/baileys';
import { BoundedCache } from '../bounded.cache.js';

/** The number of stored confirmations, more than are handled at a time. */
const KEPT = 1_000;

/**
 * Confirms copies of messages that other devices of the account have sent. WhatsApp removes a copy from its queue only after a receipt of the type `sender`,
 * whether the copy was readable or not. An ack has no effect, and WhatsApp then ends the stream every 50 minutes (whatsapp-rust PR 659). Baileys sends such a
 * receipt only for readable copies, without a receiver in chats by number, and sends acks for all others.
 */
export class OwnCopies {
  private readonly confirmations = new BoundedCache<string, BinaryNode>({ max: KEPT });

  constructor(private readonly isOwn: (jid: string) => boolean) {}

  /** Notes a stanza that is about to be handled. */
  note({ tag, attrs }: BinaryNode): void {
    const { id, from, participant, recipient, category } = attrs;
    if (tag !== 'message' || !id || !from) return;
    // Senders choose message ids freely, so a message from somebody else can have the id of a copy.
    this.confirmations.delete(id);
    if (category === 'peer' || !this.isOwn(participant ?? from)) return;
    const receipt = { id, to: from, type: 'sender', ...(participant ? { participant } : {}), ...(recipient ? { recipient } : {}) };
    this.confirmations.set(id, { tag: 'receipt', attrs: receipt });
  }

  /** Returns the receipt that replaces Baileys' ack or receipt of a copy; returns other stanzas unchanged. */
  confirmed(node: BinaryNode): BinaryNode {
    const { tag, attrs } = node;
    const isAck = tag === 'ack' && attrs['class'] === 'message';
    if (!isAck && !(tag === 'receipt' && attrs['type'] === 'sender')) return node;
    return this.confirmations.get(attrs['id'] ?? '') ?? node;
  }
}
