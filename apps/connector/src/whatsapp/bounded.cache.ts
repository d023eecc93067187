/** An entry, and when it is forgotten. */
interface Entry<V> {
  readonly value: V;
  /** Milliseconds of `performance.now()`. */
  readonly until: number;
}

/**
 * A cache of at most `max` entries that forgets the least recently used one, and each entry `ttl` milliseconds after it was set if given.
 * It takes memory only for what it holds: each session has some twenty, most of them empty. lru-cache with `max` reserves room for all entries,
 * megabytes for each session, and an empty one with `maxSize` takes six times what this does.
 */
export class BoundedCache<K, V> {
  private readonly held = new Map<K, Entry<V>>();
  private readonly max: number;
  private readonly ttl: number;

  constructor({ max, ttl = Infinity }: { readonly max: number; readonly ttl?: number }) {
    this.max = max;
    this.ttl = ttl;
  }

  get size(): number {
    return this.held.size;
  }

  get(key: K): V | undefined {
    const entry = this.living(key);
    if (!entry) return undefined;
    // A map keeps the order of insertion: the first entry is the one used least recently.
    this.held.delete(key);
    this.held.set(key, entry);
    return entry.value;
  }

  /** Whether there is such an entry. It counts as used only by `get` and `set`. */
  has(key: K): boolean {
    return this.living(key) !== undefined;
  }

  set(key: K, value: V, { ttl = this.ttl }: { readonly ttl?: number } = {}): this {
    this.held.delete(key);
    this.held.set(key, { value, until: ttl === Infinity ? Infinity : performance.now() + ttl });
    if (this.held.size > this.max) this.forgetOldest();
    return this;
  }

  delete(key: K): boolean {
    return this.held.delete(key);
  }

  clear(): void {
    this.held.clear();
  }

  /** The entries that have not expired, in any order. */
  *entries(): Iterable<[K, V]> {
    for (const [key, { value }] of this.held) if (this.has(key)) yield [key, value];
  }

  private living(key: K): Entry<V> | undefined {
    const entry = this.held.get(key);
    if (!entry || entry.until === Infinity || performance.now() < entry.until) return entry;
    this.held.delete(key);
    return undefined;
  }

  private forgetOldest(): void {
    const { value, done } = this.held.keys().next();
    if (!done) this.held.delete(value);
  }
}
