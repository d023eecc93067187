import type { BinaryNode } from '@whiskeysockets/baileys';
import { BoundedCache } from '../bounded.cache.js';

/** More than are handled at a time. */
const KEPT = 1_000;

/**
 * Copies of messages that other devices of the account have sent. The service drops one from its queue on a receipt of the type `sender` only, whether the copy could be read or not: an ack does
 * nothing, and the stream ends every 50 minutes (whatsapp-rust PR 659). Baileys sends such a receipt for what it can read, without a receiver in chats by number, and acks for all else.
 */
export class OwnCopies {
  private readonly confirmations = new BoundedCache<string, BinaryNode>({ max: KEPT });

  constructor(private readonly isOwn: (jid: string) => boolean) {}

  /** A stanza that is about to be handled. */
  note({ tag, attrs }: BinaryNode): void {
    const { id, from, participant, recipient, category } = attrs;
    if (tag !== 'message' || !id || !from) return;
    // Others choose their ids freely, that of an own copy too.
    this.confirmations.delete(id);
    if (category === 'peer' || !this.isOwn(participant ?? from)) return;
    const receipt = { id, to: from, type: 'sender', ...(participant ? { participant } : {}), ...(recipient ? { recipient } : {}) };
    this.confirmations.set(id, { tag: 'receipt', attrs: receipt });
  }

  /** Replaces Baileys' ack or receipt of an own copy, and leaves others unchanged. */
  confirmed(node: BinaryNode): BinaryNode {
    const { tag, attrs } = node;
    const isAck = tag === 'ack' && attrs['class'] === 'message';
    if (!isAck && !(tag === 'receipt' && attrs['type'] === 'sender')) return node;
    return this.confirmations.get(attrs['id'] ?? '') ?? node;
  }
}
