/** A value with its time of expiry. */
interface Entry<V> {
  readonly value: V;
  /** Milliseconds of `performance.now()`. */
  readonly until: number;
}

/**
 * A cache of at most `max` entries. It evicts the least recently used entry, and expires each entry `ttl` milliseconds after it was set if `ttl` is given.
 * It uses memory only for existing entries: each session has about twenty caches, most of them empty. lru-cache with `max` reserves memory for all entries,
 * which is megabytes for each session, and an empty lru-cache with `maxSize` takes six times the memory of this class.
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
    // A map iterates in insertion order, so the first entry is the least recently used one.
    this.held.delete(key);
    this.held.set(key, entry);
    return entry.value;
  }

  /** Whether the key has an entry that has not expired. Unlike `get` and `set`, it does not count as a use. */
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
