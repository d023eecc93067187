import type { EventEmitter } from 'node:events';

type StanzaListener = (stanza: unknown) => Promise<void> | void;

/**
 * Makes the listeners of one kind of stanza take them one after another, in the order of reception. Baileys begins with all of them at once and stores the addresses of
 * a new contact before it waits for its turn, so that the first messages of a contact would be overtaken by later ones. Listeners added afterwards are not affected.
 */
export function processInOrder(stanzas: EventEmitter, kind: string): void {
  let turn: Promise<void> = Promise.resolve();
  const listeners = stanzas.listeners(kind) as StanzaListener[];
  stanzas.removeAllListeners(kind);
  for (const listener of listeners) {
    stanzas.on(kind, (stanza: unknown) => {
      const handled = turn.then(() => listener(stanza));
      turn = handled.catch(() => undefined);
      // The emitter takes care of a rejection.
      return handled;
    });
  }
}
