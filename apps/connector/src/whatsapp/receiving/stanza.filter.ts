import type { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';

type StanzaListener = (stanza: BinaryNode) => Promise<void> | void;

/**
 * Keeps stanzas from the listeners of a kind that are there by now, Baileys' own among them: those that `take` answers with `true`. It is called once for each stanza, and acknowledges
 * what it takes.
 */
export function withhold(stanzas: EventEmitter, kind: string, take: (stanza: BinaryNode) => boolean): void {
  const listeners = stanzas.listeners(kind) as StanzaListener[];
  stanzas.removeAllListeners(kind);
  let taken = false;
  stanzas.on(kind, (stanza: BinaryNode) => void (taken = take(stanza)));
  for (const listener of listeners)
    stanzas.on(kind, (stanza: BinaryNode) => {
      if (!taken) return listener(stanza);
    });
}
