import type { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { getBinaryNodeChild } from '../baileys.js';
import { withhold } from './stanza.filter.js';

/** Whether a receipt says that a device could do nothing with the message: it was sent and not delivered (whatsapp-rust 7a869596). */
export function isIncapable(receipt: BinaryNode): boolean {
  return getBinaryNodeChild(receipt, 'error')?.attrs['type'] === 'feature-incapable';
}

/** Keeps such receipts from Baileys, which takes them for delivery, and has them acknowledged. */
export function withholdIncapable(stanzas: EventEmitter, acknowledge: (receipt: BinaryNode) => void): void {
  withhold(stanzas, 'CB:receipt', receipt => {
    const incapable = isIncapable(receipt);
    if (incapable) acknowledge(receipt);
    return incapable;
  });
}
