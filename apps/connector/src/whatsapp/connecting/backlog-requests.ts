import type { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';

/** The number of stanzas in the only batch that Baileys requests. */
const BATCH = 100;

/** Requests the rest of a backlog batch by batch: Baileys requests only the first batch (whatsapp-rust c0c2a4a5 and 7e37c278). */
export function requestBacklog(stanzas: EventEmitter, send: (node: BinaryNode) => Promise<void>): void {
  let announced = 0;
  let received = 0;
  stanzas.on('CB:ib,,offline_preview', ({ content }: BinaryNode) => {
    announced = Array.isArray(content) ? Number(content[0]?.attrs['count'] ?? 0) : 0;
    received = 0;
  });
  stanzas.on('CB:ib,,offline', () => (announced = 0));
  stanzas.on('frame', (frame: BinaryNode | Uint8Array) => {
    if (frame instanceof Uint8Array || announced === 0 || (frame.attrs['offline'] ?? '0') === '0') return;
    received++;
    if (received % BATCH !== 0 || received >= announced) return;
    const batch: BinaryNode = { tag: 'ib', attrs: {}, content: [{ tag: 'offline_batch', attrs: { count: String(BATCH) } }] };
    // If this fails, the next connection requests the backlog from the start.
    send(batch).catch(() => undefined);
  });
}
