import type { EventEmitter } from 'node:events';
import type { BinaryNode, CacheStore } from '@whiskeysockets/baileys';
import { getBinaryNodeChild } from '../baileys.js';

/**
 * Keeps Baileys from asking the phone for the content of messages to be seen once. The phone never gives it, and shows its owner a notice each time (whatsapp-rust f2b68348). Baileys asks for nothing
 * that is in `asked`; the message is emitted without content as before.
 */
export function leaveViewOnce(stanzas: EventEmitter, asked: CacheStore): void {
  stanzas.prependListener('frame', (frame: BinaryNode | Uint8Array) => {
    if (frame instanceof Uint8Array || frame.tag !== 'message') return;
    const { id } = frame.attrs;
    if (id && getBinaryNodeChild(frame, 'unavailable')?.attrs['type'] === 'view_once') void asked.set(id, true);
  });
}
