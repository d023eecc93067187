import type { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';

/** Stanzas from people. What events say of them names both of their jids. */
const KINDS = ['message', 'receipt', 'presence', 'chatstate', 'call'].map(tag => `CB:${tag}`);

type Listener = (stanza: BinaryNode) => unknown;

/** From now on each of these stanzas is handled, in order, when `prepare` has settled for the jids that it names; at once when it answers `null`. Call it after all listeners are there. */
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
