import { awaitCondition } from '@wabus/testing';
import { BoundedCache } from './bounded.cache.js';

describe('BoundedCache', () => {
  it('evicts the least recently used entry', () => {
    const cache = new BoundedCache<string, number>({ max: 2 });
    cache.set('a', 1).set('b', 2);
    cache.get('a');
    cache.set('c', 3);
    expect(['a', 'b', 'c'].filter(key => cache.has(key))).toEqual(['a', 'c']);
  });

  it('forgets an entry after its time to live', async () => {
    const cache = new BoundedCache<string, number>({ max: 2, ttl: 5 });
    cache.set('a', 1);
    await awaitCondition(
      () => cache.get('a'),
      value => value === undefined,
      { what: 'an expired entry' }
    );
  });

  it('reserves no memory for missing entries', () => {
    const before = process.memoryUsage().heapUsed;
    const caches = Array.from({ length: 50 }, () => new BoundedCache<string, number>({ max: 100_000 }));
    // Memory for all entries would be 200 MB.
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(20 << 20);
    expect(caches).toHaveLength(50);
  });
});
