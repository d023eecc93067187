import type { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';

type StanzaListener = (stanza: BinaryNode) => Promise<void> | void;

/**
 * Withholds stanzas from the currently registered listeners of a kind, including Baileys' own, if `take` returns `true`. `take` is called once for each stanza,
 * and must acknowledge the stanzas that it takes.
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
