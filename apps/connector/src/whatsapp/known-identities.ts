import { chatJid, isLid, pairOf, type JidPair } from '@wabus/contracts';
import { BoundedCache } from './bounded.cache.js';

/** The number of people whose jids stay in memory; the jids of other people are read again. */
const PEOPLE = 20_000;
const NOBODY_MS = 10 * 60_000;
const TYPE = 'lid-mapping';
const REVERSE = '_reverse';

/** The Signal keys of a session, with the methods of Baileys' stores. */
interface Keys {
  get(type: string, ids: string[]): unknown;
  set(changes: object): unknown;
}

/**
 * The pairs of phone number and LID that one session has learned, across all its connections under a lease. Look-ups are synchronous: everything that Baileys
 * reads from and writes to its map passes through `observe`, and `prepare` reads the rest before a stanza is handled.
 */
export class KnownIdentities {
  private readonly others = new BoundedCache<string, string>({ max: 2 * PEOPLE });
  /** Jids that the stored map does not contain. */
  private readonly alone = new BoundedCache<string, true>({ max: PEOPLE, ttl: NOBODY_MS });
  /** The last emitted LID of each number. */
  private readonly announced = new BoundedCache<string, string>({ max: PEOPLE });
  /** Pairs that need no event of their own because the history event contains them. */
  private readonly inHistory = new BoundedCache<string, true>({ max: 5 * PEOPLE });
  private emit: (pair: JidPair) => void = () => undefined;

  /** Returns the other jid of a person; `null` if it is not in memory. */
  readonly otherOf = (jid: string): string | null => this.others.get(chatJid(jid)) ?? null;

  /** Sets the function that receives each newly stored pair, except pairs from the history. */
  onLearned(emit: (pair: JidPair) => void): void {
    this.emit = emit;
  }

  /** Remembers a pair; ignores two jids that are not a number and a LID. */
  learn(first: string | null | undefined, second: string | null | undefined): void {
    const pair = pairOf(first, second);
    if (!pair) return;
    this.others.set(pair.lid, pair.pn).set(pair.pn, pair.lid);
    this.alone.delete(pair.lid);
    this.alone.delete(pair.pn);
  }

  /** Returns whether a pair that is about to be emitted has not been emitted before, and remembers it. */
  announce({ lid, pn }: JidPair): boolean {
    const pair = pairOf(lid, pn);
    if (!pair) return true;
    this.learn(lid, pn);
    const isNews = this.announced.get(pair.pn) !== pair.lid;
    this.announced.set(pair.pn, pair.lid);
    return isNews;
  }

  /** Notes the pairs of a history event, which need no event of their own. */
  noteHistory(pairs: readonly JidPair[]): void {
    for (const { lid, pn } of pairs) this.inHistory.set(`${chatJid(pn)} ${chatJid(lid)}`, true);
  }

  /** Wraps a store so that the pairs that Baileys reads and writes are learned. */
  observe<Store extends Keys>(keys: Store): Store {
    const get = async (type: string, ids: string[]): Promise<unknown> => {
      const found = await keys.get(type, ids);
      if (type === TYPE) for (const [name, value] of Object.entries(found as object)) this.learnRecord(name, value);
      return found;
    };
    const set = async (changes: object): Promise<void> => {
      await keys.set(changes);
      const records = Object.entries((changes as Record<string, object | undefined>)[TYPE] ?? {});
      for (const [name, value] of records) if (value === null) this.forget(name);
      for (const [name, value] of records) {
        const pair = this.learnRecord(name, value);
        if (pair && !name.endsWith(REVERSE) && !this.inHistory.delete(`${pair.pn} ${pair.lid}`)) this.emit(pair);
      }
    };
    return { ...keys, get, set };
  }

  /** Reads the stored pairs of the people in a stanza; returns `null` if there is nothing to read. Never rejects. */
  prepare(jids: readonly (string | undefined)[], keys: Keys): Promise<void> | null {
    const people = jids.flatMap(jid => (jid ? [chatJid(jid)] : [])).filter(jid => /@(lid|s\.whatsapp\.net)$/.test(jid));
    const unread = people.filter(jid => !this.others.has(jid) && !this.alone.has(jid));
    if (unread.length === 0) return null;
    const names = unread.map(jid => `${jid.slice(0, jid.indexOf('@'))}${isLid(jid) ? REVERSE : ''}`);
    return Promise.resolve(keys.get(TYPE, names)).then(
      () => {
        for (const jid of unread) if (!this.others.has(jid)) this.alone.set(jid, true);
      },
      () => undefined
    );
  }

  private learnRecord(name: string, value: unknown): JidPair | null {
    if (typeof value !== 'string') return null;
    const [pn, lid] = name.endsWith(REVERSE) ? [value, name.slice(0, -REVERSE.length)] : [name, value];
    const pair = { pn: `${pn}@s.whatsapp.net`, lid: `${lid}@lid` };
    this.learn(pair.lid, pair.pn);
    return pair;
  }

  private forget(name: string): void {
    const jid = name.endsWith(REVERSE) ? `${name.slice(0, -REVERSE.length)}@lid` : `${name}@s.whatsapp.net`;
    const other = this.others.get(jid);
    this.others.delete(jid);
    if (other !== undefined && this.others.get(other) === jid) this.others.delete(other);
  }
}
