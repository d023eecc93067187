import type { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';

const PING_XMLNS = 'urn:xmpp:ping';

/**
 * Returns the answer to a ping from the server, or `null` for any other stanza. A ping may lack `type`; the answer to our own ping has `result`
 * (whatsapp-rust c5f19ea7 and 9b88b048).
 */
export function pongOf({ tag, attrs }: BinaryNode): BinaryNode | null {
  if (tag !== 'iq' || attrs['xmlns'] !== PING_XMLNS || attrs['type'] === 'result' || attrs['type'] === 'error') return null;
  const { id, from } = attrs;
  return id && from ? { tag: 'iq', attrs: { id, to: from, type: 'result' } } : null;
}

/** Answers pings from the server, which Baileys leaves unanswered. */
export function answerPings(stanzas: EventEmitter, send: (node: BinaryNode) => Promise<void>): void {
  stanzas.on('frame', (frame: BinaryNode | Uint8Array) => {
    const pong = frame instanceof Uint8Array ? null : pongOf(frame);
    // If sending fails, the connection is gone and the answer is no longer needed.
    if (pong) send(pong).catch(() => undefined);
  });
}
