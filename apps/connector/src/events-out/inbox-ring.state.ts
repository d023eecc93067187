/** Minimum number of published entries that are kept, newest first: they answer messages that WhatsApp delivers again because it did not get the receipt. */
export const KEPT_ENTRIES = 64;

/**
 * The state of an entry.
 * `committed`: it is on disk, and has produced no event yet; `emitted`: its event waits for the log; `finished`: the log has the event or never will.
 */
export type EntryState = 'committed' | 'emitted' | 'finished';

/** The facts of an entry besides its content. */
export interface InboxEntry {
  /** The slot in which it is stored. */
  readonly slot: number;
  /** Counts the entries of a session, across all its owners. */
  readonly n: number;
  /** `n` of the first entry of the same stanza. */
  readonly group: number;
  /** Hash of the ciphertext. */
  readonly hash: string;
}

/** A slot to which an entry is being written. */
export interface Reservation {
  readonly slot: number;
  readonly n: number;
}

/**
 * The slots of an inbox.
 * A new entry overwrites the oldest finished one beyond those that are kept, so nothing is deleted, and the number of slots grows only while events wait for
 * the log.
 */
export class InboxRing {
  /** By `n`. */
  private readonly entries = new Map<number, InboxEntry>();
  private readonly states = new Map<number, EntryState>();
  private readonly byHash = new Map<string, InboxEntry>();
  private readonly reserved = new Map<number, InboxEntry | null>();
  private readonly freeSlots: number[] = [];
  private finishedEntries = 0;
  private slots = 0;
  private lastN = 0;

  /** Number of entries that are not finished. */
  get pending(): number {
    return this.entries.size - this.finishedEntries;
  }

  /** Adds a stored entry. Entries up to `done` are finished. */
  restore(entry: InboxEntry, done: number): void {
    this.lastN = Math.max(this.lastN, entry.n, done);
    while (this.slots < entry.slot) this.freeSlots.push(this.slots++);
    const free = this.freeSlots.indexOf(entry.slot);
    if (free >= 0) this.freeSlots.splice(free, 1);
    else this.slots = Math.max(this.slots, entry.slot + 1);
    this.add(entry, entry.n <= done ? 'finished' : 'committed');
  }

  /** Reserves a slot for a new entry. The entry in it stays known until `commit`. */
  reserve(): Reservation {
    const oldest = this.finishedEntries - this.overwriting >= KEPT_ENTRIES + 1 ? this.oldestFinished() : null;
    const slot = oldest?.slot ?? this.freeSlots.pop() ?? this.slots++;
    const n = ++this.lastN;
    this.reserved.set(n, oldest);
    return { slot, n };
  }

  /** Records that the entry of a reservation is on disk. */
  commit({ slot, n }: Reservation, hash: string, group: number): InboxEntry {
    const overwritten = this.reserved.get(n);
    this.reserved.delete(n);
    if (overwritten) this.drop(overwritten);
    const entry = { slot, n, group, hash };
    this.add(entry, 'committed');
    return entry;
  }

  /** Cancels a reservation for which nothing was written. */
  cancel({ slot, n }: Reservation): void {
    const overwritten = this.reserved.get(n);
    this.reserved.delete(n);
    if (!overwritten) this.freeSlots.push(slot);
  }

  find(hash: string): InboxEntry | null {
    return this.byHash.get(hash) ?? null;
  }

  stateOf(entry: InboxEntry): EntryState {
    return this.states.get(entry.n) ?? 'finished';
  }

  /** Does nothing if the entry is finished. */
  mark(entry: InboxEntry, state: 'emitted' | 'finished'): void {
    const before = this.states.get(entry.n);
    if (before === undefined || before === 'finished') return;
    this.states.set(entry.n, state);
    if (state === 'finished') this.finishedEntries++;
  }

  /** Drops an entry whose record does not exist, or no longer does. */
  forget(entry: InboxEntry): void {
    if (this.entries.get(entry.n) !== entry) return;
    this.drop(entry);
    const taker = [...this.reserved].find(([, taken]) => taken === entry);
    // The slot then belongs to the reservation, and becomes free if that is canceled.
    if (taker) this.reserved.set(taker[0], null);
    else this.freeSlots.push(entry.slot);
  }

  /** The highest number up to which everything is finished. */
  get done(): number {
    let lowest = this.lastN + 1;
    for (const n of this.reserved.keys()) if (n < lowest) lowest = n;
    if (this.pending > 0) for (const n of this.entries.keys()) if (n < lowest && this.states.get(n) !== 'finished') lowest = n;
    return lowest - 1;
  }

  /** Returns the entries without an event, by stanza, in the order of reception. */
  left(): InboxEntry[][] {
    const groups = new Map<number, InboxEntry[]>();
    for (const entry of this.inOrder()) {
      if (this.states.get(entry.n) !== 'committed') continue;
      groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry]);
    }
    return [...groups.values()];
  }

  /**
   * Drops and returns finished entries that need not be kept, in slots beyond those of a ring without waiting events. Slots of reservations are not included.
   */
  trim(): InboxEntry[] {
    const taken = new Set(this.reserved.values());
    const finished = this.inOrder().filter(({ n }) => this.states.get(n) === 'finished');
    const surplus = finished
      .slice(0, Math.max(0, finished.length - KEPT_ENTRIES))
      .filter(entry => entry.slot > KEPT_ENTRIES && !taken.has(entry));
    for (const entry of surplus) this.forget(entry);
    return surplus;
  }

  private get overwriting(): number {
    return [...this.reserved.values()].filter(entry => entry !== null).length;
  }

  private oldestFinished(): InboxEntry | null {
    const taken = new Set(this.reserved.values());
    // They are added in order.
    for (const entry of this.entries.values()) if (this.states.get(entry.n) === 'finished' && !taken.has(entry)) return entry;
    return null;
  }

  private inOrder(): InboxEntry[] {
    return [...this.entries.values()].sort((a, b) => a.n - b.n);
  }

  private add(entry: InboxEntry, state: EntryState): void {
    this.entries.set(entry.n, entry);
    this.states.set(entry.n, state);
    this.byHash.set(entry.hash, entry);
    if (state === 'finished') this.finishedEntries++;
  }

  private drop(entry: InboxEntry): void {
    this.entries.delete(entry.n);
    if (this.states.get(entry.n) === 'finished') this.finishedEntries--;
    this.states.delete(entry.n);
    if (this.byHash.get(entry.hash) === entry) this.byHash.delete(entry.hash);
  }
}
