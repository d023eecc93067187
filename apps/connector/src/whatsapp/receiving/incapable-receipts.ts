import type { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { getBinaryNodeChild } from '../baileys.js';

const KIND = 'CB:receipt';

type StanzaListener = (stanza: BinaryNode) => Promise<void> | void;

/** Whether a receipt says that a device could do nothing with the message: it was sent and not delivered (whatsapp-rust 7a869596). */
export function isIncapable(receipt: BinaryNode): boolean {
  return getBinaryNodeChild(receipt, 'error')?.attrs['type'] === 'feature-incapable';
}

/** Keeps such receipts from Baileys, which takes them for delivery, and has them acknowledged. */
export function withholdIncapable(stanzas: EventEmitter, acknowledge: (receipt: BinaryNode) => void): void {
  const listeners = stanzas.listeners(KIND) as StanzaListener[];
  stanzas.removeAllListeners(KIND);
  for (const listener of listeners)
    stanzas.on(KIND, (receipt: BinaryNode) => {
      if (!isIncapable(receipt)) return listener(receipt);
      if (listener === listeners[0]) acknowledge(receipt);
    });
}
