import { RING_SLOTS, type RingEntry } from './write-ahead.codec.js';

/** From this number of entries, the oldest ones are folded. */
const FOLDED_FROM = 112;
/**
 * Number of entries that remain. The 65 slots of the inbox journal are overwritten by later entries within this number, and so are the sessions of busy chats:
 * overwritten contents are never folded.
 */
const KEPT_ENTRIES = 80;
/** Limits what a new owner has to read and what this one keeps in memory. */
const MAX_BYTES = 2 * 1024 * 1024;
const MAX_KEYS = 512;
/** Contents in memory; each saves a read when it is folded or requested. */
const MAX_TEXT = 128 * 1024;

/** The location of the newest content of a record. */
export interface Placed {
  /** The number of the entry. */
  readonly n: number;
  /** `null`: deleted; `undefined`: only in the entry. */
  readonly text: string | null | undefined;
}

/** The records to write, and the entries that are void afterwards. */
export interface FoldPlan {
  readonly upTo: number;
  /** By key. Contents that later entries overwrite are not included. */
  readonly records: ReadonlyMap<string, Placed>;
}

interface Entry {
  readonly keys: readonly string[];
  readonly bytes: number;
}

/**
 * Tracks which contents of a session exist only in its write-ahead ring. Pure: it decides, and is updated after each store.
 *
 * The newest content of a record is in the newest entry that names it, otherwise in the record itself.
 * Folding copies contents into records without changing any read, so it may be interrupted and repeated; folded entries are void only to a writer that needs
 * their slots. A writer of records that bypasses the ring first folds everything and stores a mark.
 */
export class WriteAheadRing {
  private readonly entries = new Map<number, Entry>();
  private readonly newest = new Map<string, Placed>();
  private bytes = 0;
  private textLength = 0;
  private newestNumber: number;

  /** @param mark the number of the last entry that the records include completely */
  constructor(
    mark: number,
    private readonly isRemembered: (key: string) => boolean
  ) {
    this.newestNumber = mark;
  }

  /** Builds the ring of a new owner from what is stored. */
  static recover(entries: readonly RingEntry[], mark: number, isRemembered: (key: string) => boolean): WriteAheadRing {
    const ring = new WriteAheadRing(mark, isRemembered);
    for (const entry of entries.toSorted((a, b) => a.n - b.n)) if (entry.n > mark) ring.add(entry, true);
    return ring;
  }

  /** Drops entries from a stale list whose slots were overwritten by later entries: they are already folded. */
  withoutOverwritten(): this {
    this.folded({ upTo: this.last - RING_SLOTS });
    return this;
  }

  /** Number of entries that are not folded. */
  get length(): number {
    return this.entries.size;
  }

  /** The number of the newest entry. */
  get last(): number {
    return this.newestNumber;
  }

  /** Whether the next entry would overwrite a required one unless the ring is folded first. */
  get isFull(): boolean {
    return this.entries.size > 0 && this.last + 1 - this.oldest >= RING_SLOTS;
  }

  /** Whether the oldest entries should be folded. */
  get isDue(): boolean {
    return this.length >= FOLDED_FROM || this.bytes > MAX_BYTES || this.newest.size > MAX_KEYS;
  }

  /** Records that an entry is on disk. @param whole keeps all of its contents in memory, including those that are rarely read */
  add({ n, changes, bytes }: RingEntry, whole = false): void {
    for (const [key, text] of changes) {
      this.drop(key);
      const fits = whole || (this.isRemembered(key) && this.textLength < MAX_TEXT);
      this.newest.set(key, { n, text: text === null || fits ? text : undefined });
      if (text !== null && fits) this.textLength += text.length;
    }
    this.entries.set(n, { keys: [...changes.keys()], bytes });
    this.bytes += bytes;
    this.newestNumber = Math.max(this.newestNumber, n);
  }

  /** `undefined`: the content is in the record itself. */
  find(key: string): Placed | undefined {
    return this.newest.get(key);
  }

  /** Returns the keys that begin with a prefix. */
  keysOf(prefix: string): string[] {
    return [...this.newest.keys()].filter(key => key.startsWith(prefix));
  }

  /** Releases the contents with this prefix from memory. */
  release(prefix: string): void {
    for (const key of this.keysOf(prefix)) {
      const placed = this.newest.get(key)!;
      if (typeof placed.text !== 'string') continue;
      this.textLength -= placed.text.length;
      this.newest.set(key, { n: placed.n, text: undefined });
    }
  }

  /** Returns what to fold now. */
  due(): FoldPlan {
    let upTo = this.oldest - 1;
    let { length, bytes } = this;
    let keys = this.newest.size;
    const enough = (): boolean => length <= KEPT_ENTRIES && bytes <= MAX_BYTES / 2 && keys <= MAX_KEYS / 2;
    for (const [n, entry] of this.entries) {
      if (enough()) break;
      upTo = n;
      length--;
      bytes -= entry.bytes;
      keys -= entry.keys.filter(key => this.newest.get(key)?.n === n).length;
    }
    return this.planUpTo(upTo);
  }

  /** Returns a plan that folds everything. */
  whole(): FoldPlan {
    return this.planUpTo(this.last);
  }

  /** Records that the records of a plan are on disk. */
  folded({ upTo }: Pick<FoldPlan, 'upTo'>): void {
    for (const [n, entry] of this.entries) {
      if (n > upTo) break;
      for (const key of entry.keys) if ((this.newest.get(key)?.n ?? Infinity) <= upTo) this.drop(key);
      this.bytes -= entry.bytes;
      this.entries.delete(n);
    }
  }

  private get oldest(): number {
    return this.entries.keys().next().value ?? this.last + 1;
  }

  private planUpTo(upTo: number): FoldPlan {
    return { upTo, records: new Map([...this.newest].filter(([, placed]) => placed.n <= upTo)) };
  }

  private drop(key: string): void {
    this.textLength -= this.newest.get(key)?.text?.length ?? 0;
    this.newest.delete(key);
  }
}

/** What the entry in the next slot shows about a list of entries, which may come from a lagging replica. */
export type NextEntry = 'none' | 'follows' | 'list-is-old';

/** @param found the number of the entry in the slot of `last + 1`; 0 if the slot is empty */
export function judgeNext(last: number, found: number): NextEntry {
  if (found === last + 1) return 'follows';
  return found > last + 1 ? 'list-is-old' : 'none';
}
