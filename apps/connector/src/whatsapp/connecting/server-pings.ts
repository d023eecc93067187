import type { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';

const PING_XMLNS = 'urn:xmpp:ping';

/** The answer to a ping of the server, `null` for everything else. Its `type` may be missing; an answer to our own has `result` (whatsapp-rust c5f19ea7 and 9b88b048). */
export function pongOf({ tag, attrs }: BinaryNode): BinaryNode | null {
  if (tag !== 'iq' || attrs['xmlns'] !== PING_XMLNS || attrs['type'] === 'result' || attrs['type'] === 'error') return null;
  const { id, from } = attrs;
  return id && from ? { tag: 'iq', attrs: { id, to: from, type: 'result' } } : null;
}

/** Answers pings of the server, which Baileys leaves unanswered. */
export function answerPings(stanzas: EventEmitter, send: (node: BinaryNode) => Promise<void>): void {
  stanzas.on('frame', (frame: BinaryNode | Uint8Array) => {
    const pong = frame instanceof Uint8Array ? null : pongOf(frame);
    // Without a connection nobody waits for it.
    if (pong) send(pong).catch(() => undefined);
  });
}
