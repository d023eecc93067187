import type { EventEmitter } from 'node:events';
import type { JidPair, OtherJid } from '@wabus/contracts';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { LidMap } from '../signal/lid-map.js';
import { pairsIn } from './named-pairs.reader.js';

/** Those of messages Baileys takes itself, and moves Signal sessions when they are new. */
const KINDS: ReadonlySet<string> = new Set(['iq', 'notification', 'receipt', 'call']);

const PEOPLE = 20_000;
const TRIED_MS = 3_600_000;

export interface NamedPairsParts {
  readonly stanzas: EventEmitter;
  readonly map: () => LidMap | null;
  readonly otherOf: OtherJid;
  readonly logger: Logger;
}

/** Puts the pairs that stanzas name by the way into the map: members of groups, authors of changes, callers. What is new is emitted, as everything that is stored. */
export function learnNamedPairs({ stanzas, map, otherOf, logger }: NamedPairsParts): void {
  /** What contradicts the map is asked from WhatsApp: once in a while, not with each stanza. */
  const tried = new LRUCache<string, true>({ max: PEOPLE, ttl: TRIED_MS });
  let turn: Promise<void> = Promise.resolve();
  const add = async (pairs: JidPair[]): Promise<void> => {
    try {
      await map()?.add(pairs);
    } catch (err) {
      // They are named again.
      for (const { lid, pn } of pairs) tried.delete(`${pn} ${lid}`);
      logger.debug({ err }, 'failed to store pairs of phone numbers and lids');
    }
  };
  stanzas.on('frame', (frame: BinaryNode | Uint8Array) => {
    if (frame instanceof Uint8Array || !KINDS.has(frame.tag)) return;
    const fresh = pairsIn(frame).filter(({ lid, pn }) => otherOf(pn) !== lid && !tried.has(`${pn} ${lid}`));
    for (const { lid, pn } of fresh) tried.set(`${pn} ${lid}`, true);
    if (fresh.length > 0) turn = turn.then(() => add(fresh));
  });
}
