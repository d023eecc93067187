import type { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { getBinaryNodeChild } from '../baileys.js';
import { withhold } from './stanza.filter.js';

/** Whether a receipt reports that a device does not support the message: it was sent but not delivered (whatsapp-rust 7a869596). */
export function isIncapable(receipt: BinaryNode): boolean {
  return getBinaryNodeChild(receipt, 'error')?.attrs['type'] === 'feature-incapable';
}

/** Withholds such receipts from Baileys, which would interpret them as delivery, and acknowledges them. */
export function withholdIncapable(stanzas: EventEmitter, acknowledge: (receipt: BinaryNode) => void): void {
  withhold(stanzas, 'CB:receipt', receipt => {
    const incapable = isIncapable(receipt);
    if (incapable) acknowledge(receipt);
    return incapable;
  });
}
