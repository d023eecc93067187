/** An item with a sequence in the log and a size in memory. */
export interface Weighed {
  readonly sequence: number;
  readonly bytes: number;
}

export interface WindowLimits {
  readonly maxEvents: number;
  readonly maxBytes: number;
}

/** The newest events, as many as fit, complete after a known sequence. Pure. */
export class RecentWindow<Item extends Weighed> {
  private items: Item[] = [];
  private head = 0;
  private weight = 0;

  /** @param completeAfter the sequence after which every event was added */
  constructor(
    private readonly limits: WindowLimits,
    public completeAfter = 0
  ) {}

  get bytes(): number {
    return this.weight;
  }

  get size(): number {
    return this.items.length - this.head;
  }

  /** The sequence of the newest event, or the sequence after which the window is complete if it is empty. */
  get newest(): number {
    return this.items.at(-1)?.sequence ?? this.completeAfter;
  }

  /** Adds an event that follows all others. */
  add(item: Item): void {
    this.items.push(item);
    this.weight += item.bytes;
    while (this.size > this.limits.maxEvents || this.weight > this.limits.maxBytes) this.drop();
  }

  /** Returns the events after a sequence, at least one and within the limits, or `null` if some of them were dropped. */
  after(sequence: number, { maxEvents, maxBytes }: WindowLimits): Item[] | null {
    if (sequence < this.completeAfter) return null;
    const found: Item[] = [];
    let bytes = 0;
    for (let i = this.firstAfter(sequence); i < this.items.length && found.length < maxEvents; i++) {
      const item = this.items[i]!;
      bytes += item.bytes;
      if (bytes > maxBytes && found.length > 0) break;
      found.push(item);
    }
    return found;
  }

  /** Removes events that must no longer be shown. The rest still counts as complete. */
  remove(unwanted: (item: Item) => boolean): void {
    this.items = this.items.slice(this.head).filter(item => !unwanted(item));
    this.head = 0;
    this.weight = this.items.reduce((bytes, item) => bytes + item.bytes, 0);
  }

  /** Empties the window, which is then complete only after `completeAfter`. */
  reset(completeAfter: number): void {
    this.items = [];
    this.head = 0;
    this.weight = 0;
    this.completeAfter = completeAfter;
  }

  private drop(): void {
    const oldest = this.items[this.head]!;
    this.head++;
    this.weight -= oldest.bytes;
    this.completeAfter = oldest.sequence;
    // Compacting at intervals costs less than shifting every time.
    if (this.head < 1_024 || this.head * 2 < this.items.length) return;
    this.items = this.items.slice(this.head);
    this.head = 0;
  }

  private firstAfter(sequence: number): number {
    let low = this.head;
    let high = this.items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.items[middle]!.sequence <= sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
