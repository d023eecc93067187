import type { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';

/** The kinds of stanzas from people; their events contain both jids of each person. */
const KINDS = ['message', 'receipt', 'presence', 'chatstate', 'call'].map(tag => `CB:${tag}`);

type Listener = (stanza: BinaryNode) => unknown;

/**
 * Delays each of these stanzas, in order, until `prepare` has settled for its jids; if `prepare` returns `null` and no stanza waits, the stanza is handled
 * synchronously. Call it after all listeners are registered.
 */
export function identifyFirst(stanzas: EventEmitter, prepare: (jids: (string | undefined)[]) => Promise<void> | null): void {
  let turn: Promise<void> | null = null;
  for (const kind of KINDS) {
    const listeners = stanzas.listeners(kind) as Listener[];
    stanzas.removeAllListeners(kind);
    stanzas.on(kind, (stanza: BinaryNode): unknown => {
      const { from, participant, recipient } = stanza.attrs;
      const handle = (): unknown => Promise.all(listeners.map(listener => listener(stanza)));
      const prepared = prepare([from, participant, recipient]);
      if (prepared === null && turn === null) return handle();
      const before = turn;
      const mine: Promise<void> = Promise.all([before, prepared]).then(() => undefined);
      turn = mine;
      return mine.then(() => {
        if (turn === mine) turn = null;
        return handle();
      });
    });
  }
}
