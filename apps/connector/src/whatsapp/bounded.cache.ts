import { LRUCache } from 'lru-cache';

/**
 * A cache of at most `max` entries that forgets the least recently used one, and each entry `ttl` milliseconds after it was set if given.
 * It takes memory only for what it holds. With lru-cache's own `max`, each session would reserve room for all entries: several megabytes.
 */
export class BoundedCache<K extends NonNullable<unknown>, V extends NonNullable<unknown>> extends LRUCache<K, V> {
  constructor({ max, ttl }: { readonly max: number; readonly ttl?: number }) {
    super({ maxSize: max, sizeCalculation: () => 1, ...(ttl === undefined ? {} : { ttl }) });
  }
}
