import type { EventEmitter } from 'node:events';
import type { BinaryNode, CacheStore } from '@whiskeysockets/baileys';
import { getBinaryNodeChild } from '../baileys.js';

/**
 * Prevents Baileys from requesting the content of view-once messages from the phone. The phone never sends it, and shows its owner a notice each time
 * (whatsapp-rust f2b68348). Baileys requests no message that is in `asked`; it still emits the message without content.
 */
export function leaveViewOnce(stanzas: EventEmitter, asked: CacheStore): void {
  stanzas.prependListener('frame', (frame: BinaryNode | Uint8Array) => {
    if (frame instanceof Uint8Array || frame.tag !== 'message') return;
    const { id } = frame.attrs;
    if (id && getBinaryNodeChild(frame, 'unavailable')?.attrs['type'] === 'view_once') void asked.set(id, true);
  });
}
