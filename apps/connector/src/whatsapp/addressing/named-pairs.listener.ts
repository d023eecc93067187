import type { EventEmitter } from 'node:events';
import type { JidPair, OtherJid } from '@wabus/contracts';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { LidMap } from '../signal/lid-map.js';
import { pairsIn } from './named-pairs.reader.js';

/** The kinds of stanzas to read. Baileys itself stores the pairs in messages, and migrates the Signal sessions of new pairs. */
const KINDS: ReadonlySet<string> = new Set(['iq', 'notification', 'receipt', 'call']);

const PEOPLE = 20_000;
const TRIED_MS = 3_600_000;

export interface NamedPairsParts {
  readonly stanzas: EventEmitter;
  readonly map: () => LidMap | null;
  readonly otherOf: OtherJid;
  readonly logger: Logger;
}

/** Stores the pairs that stanzas contain in the map: group members, authors of changes, callers. New pairs are emitted, like all stored pairs. */
export function learnNamedPairs({ stanzas, map, otherOf, logger }: NamedPairsParts): void {
  /** For a pair that contradicts the map, WhatsApp is asked: at most once an hour, not for each stanza. */
  const tried = new LRUCache<string, true>({ max: PEOPLE, ttl: TRIED_MS });
  let turn: Promise<void> = Promise.resolve();
  const add = async (pairs: JidPair[]): Promise<void> => {
    try {
      await map()?.add(pairs);
    } catch (err) {
      // Later stanzas contain them again.
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
