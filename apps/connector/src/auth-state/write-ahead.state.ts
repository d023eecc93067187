import { RING_SLOTS, type RingEntry } from './write-ahead.codec.js';

/** From this many entries on the oldest are folded. */
const FOLDED_FROM = 112;
/**
 * So many stay. The slots of the inbox journal, of which there are 65, are overwritten by later entries within this many, and so are the sessions of busy chats:
 * what is overwritten is never folded.
 */
const KEPT_ENTRIES = 80;
/** Bounds what a new owner reads and what this one remembers. */
const MAX_BYTES = 2 * 1024 * 1024;
const MAX_KEYS = 512;
/** Contents in memory, which spare a read each when they are folded or asked for. */
const MAX_TEXT = 128 * 1024;

/** Where the newest content of a record is. */
export interface Placed {
  /** The number of the entry. */
  readonly n: number;
  /** `null`: deleted; `undefined`: only in the entry. */
  readonly text: string | null | undefined;
}

/** What to write as records, and which entries are void then. */
export interface FoldPlan {
  readonly upTo: number;
  /** By key. Contents that later entries overwrite are not among them. */
  readonly records: ReadonlyMap<string, Placed>;
}

interface Entry {
  readonly keys: readonly string[];
  readonly bytes: number;
}

/**
 * Tracks which contents of a session are only in its write-ahead ring. Pure: decides, and is updated when something is stored.
 *
 * The newest content of a record is in the newest entry that names it, otherwise in the record. Folding copies contents into records and changes no answer, so it may
 * be interrupted and repeated; the entries are void only for whoever needs their slots. Whoever writes records past the ring folds everything and stores a mark first.
 */
export class WriteAheadRing {
  private readonly entries = new Map<number, Entry>();
  private readonly newest = new Map<string, Placed>();
  private bytes = 0;
  private textLength = 0;
  private newestNumber: number;

  /** @param mark the records have everything up to this entry */
  constructor(
    mark: number,
    private readonly isRemembered: (key: string) => boolean
  ) {
    this.newestNumber = mark;
  }

  /** The ring of a new owner, from what is stored. */
  static recover(entries: readonly RingEntry[], mark: number, isRemembered: (key: string) => boolean): WriteAheadRing {
    const ring = new WriteAheadRing(mark, isRemembered);
    for (const entry of entries.toSorted((a, b) => a.n - b.n)) if (entry.n > mark) ring.add(entry, true);
    return ring;
  }

  /** Without entries whose slots later ones have taken, which a list that was old has given: they are folded. */
  withoutOverwritten(): this {
    this.folded({ upTo: this.last - RING_SLOTS });
    return this;
  }

  /** Entries that are not folded. */
  get length(): number {
    return this.entries.size;
  }

  /** The number of the newest entry. */
  get last(): number {
    return this.newestNumber;
  }

  /** Without another fold the next entry would overwrite one that is needed. */
  get isFull(): boolean {
    return this.entries.size > 0 && this.last + 1 - this.oldest >= RING_SLOTS;
  }

  /** Whether the oldest entries should be folded. */
  get isDue(): boolean {
    return this.length >= FOLDED_FROM || this.bytes > MAX_BYTES || this.newest.size > MAX_KEYS;
  }

  /** An entry is on disk. @param whole its contents stay in memory, also those that are hardly read */
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

  /** `undefined`: the record has it. */
  find(key: string): Placed | undefined {
    return this.newest.get(key);
  }

  /** Keys that begin with a prefix. */
  keysOf(prefix: string): string[] {
    return [...this.newest.keys()].filter(key => key.startsWith(prefix));
  }

  /** Contents with this prefix are not needed in memory any more. */
  release(prefix: string): void {
    for (const key of this.keysOf(prefix)) {
      const placed = this.newest.get(key)!;
      if (typeof placed.text !== 'string') continue;
      this.textLength -= placed.text.length;
      this.newest.set(key, { n: placed.n, text: undefined });
    }
  }

  /** What to fold now. */
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

  /** All there is. */
  whole(): FoldPlan {
    return this.planUpTo(this.last);
  }

  /** The records of a plan are on disk. */
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

/** What the entry in the next slot says about a list of entries: a replica that lags may have given it. */
export type NextEntry = 'none' | 'follows' | 'list-is-old';

/** @param found the number of the entry in the slot of `last + 1`; 0 when the slot is empty */
export function judgeNext(last: number, found: number): NextEntry {
  if (found === last + 1) return 'follows';
  return found > last + 1 ? 'list-is-old' : 'none';
}
