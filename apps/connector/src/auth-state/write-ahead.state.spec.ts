import { RING_SLOTS, type RingEntry } from './write-ahead.codec.js';
import { judgeNext, WriteAheadRing } from './write-ahead.state.js';

const isRemembered = (key: string): boolean => !key.startsWith('i');
const entry = (n: number, changes: Record<string, string | null>, bytes = 100): RingEntry => ({
  n,
  changes: new Map(Object.entries(changes)),
  bytes
});
const ringOf = (...entries: RingEntry[]): WriteAheadRing => {
  const ring = new WriteAheadRing(0, isRemembered);
  for (const one of entries) ring.add(one);
  return ring;
};

describe('a write-ahead ring', () => {
  it('returns the newest content of a record', () => {
    const ring = ringOf(entry(1, { a: 'old', b: '1', i: 'inbox' }), entry(2, { a: 'new', b: null }));
    expect(ring.find('a')).toEqual({ n: 2, text: 'new' });
    expect(ring.find('b')).toEqual({ n: 2, text: null });
    expect(ring.find('i')).toEqual({ n: 1, text: undefined });
    expect(ring.find('c')).toBeUndefined();
    expect(ring.keysOf('a')).toEqual(['a']);
  });

  it('folds the oldest entries only if there are many', () => {
    const ring = ringOf(...Array.from({ length: 111 }, (_, i) => entry(i + 1, { [`k${i + 1}`]: 'x' })));
    expect(ring.isDue).toBe(false);
    ring.add(entry(112, { k112: 'x' }));
    expect(ring.isDue).toBe(true);
    const plan = ring.due();
    expect(plan.upTo).toBe(32);
    expect([...plan.records.keys()]).toEqual(Array.from({ length: 32 }, (_, i) => `k${i + 1}`));
    ring.folded(plan);
    expect([ring.length, ring.last, ring.isDue, ring.isFull]).toEqual([80, 112, false, false]);
    expect(ring.find('k32')).toBeUndefined();
    expect(ring.find('k33')).toEqual({ n: 33, text: 'x' });
  });

  it('folds nothing that a later entry overwrites', () => {
    const ring = ringOf(...Array.from({ length: 112 }, (_, i) => entry(i + 1, { busy: `${i}`, [`i${i % 65}`]: 'x' })));
    expect(ring.due().records.size).toBe(0);
  });

  it.each([
    ['large entries', (n: number) => entry(n, { [`k${n}`]: 'x' }, 400_000), 6],
    ['many records', (n: number) => entry(n, Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`k${n}.${i}`, 'x']))), 9]
  ])('folds early because of %s', (_what, make, count) => {
    const ring = new WriteAheadRing(0, isRemembered);
    for (let n = 1; n <= count; n++) {
      expect(ring.isDue).toBe(false);
      ring.add(make(n));
    }
    expect(ring.isDue).toBe(true);
    ring.folded(ring.due());
    expect(ring.isDue).toBe(false);
    expect(ring.length).toBeGreaterThan(1);
  });

  it('is full before it would overwrite a required slot', () => {
    const ring = ringOf(...Array.from({ length: RING_SLOTS }, (_, i) => entry(i + 1, { a: 'x' })));
    expect(ring.isFull).toBe(true);
    ring.folded(ring.due());
    expect(ring.isFull).toBe(false);
    ring.folded(ring.whole());
    expect([ring.length, ring.isFull, ring.find('a')]).toEqual([0, false, undefined]);
  });

  it('is recovered in the order of the numbers, after the mark', () => {
    const stored = [entry(131, { a: 'newest' }), entry(130, { a: 'old', b: '130' }), entry(4, { c: 'void' })];
    const ring = WriteAheadRing.recover(stored, 129, isRemembered);
    expect([ring.length, ring.last]).toEqual([2, 131]);
    expect(ring.find('a')).toEqual({ n: 131, text: 'newest' });
    expect(ring.find('c')).toBeUndefined();
    expect(WriteAheadRing.recover([], 129, isRemembered).last).toBe(129);
  });

  it('drops entries of an old list whose slots were overwritten', () => {
    const ring = WriteAheadRing.recover([entry(1, { a: 'x' }), entry(2, { b: 'x' })], 0, isRemembered);
    for (let n = 3; n <= RING_SLOTS + 1; n++) ring.add(entry(n, { c: 'x' }));
    ring.withoutOverwritten();
    expect(ring.find('a')).toBeUndefined();
    expect(ring.find('b')).toEqual({ n: 2, text: 'x' });
  });

  it.each([
    [0, 'none'],
    [7 - RING_SLOTS, 'none'],
    [8, 'follows'],
    [8 + RING_SLOTS, 'list-is-old']
  ] as const)('after entry 7, a slot with entry %i means %s', (found, verdict) => {
    expect(judgeNext(7, found)).toBe(verdict);
  });

  it('keeps what a new owner reads in memory until it is listed', () => {
    const ring = WriteAheadRing.recover([entry(1, { i1: 'inbox', a: 'x' })], 0, isRemembered);
    expect(ring.find('i1')).toEqual({ n: 1, text: 'inbox' });
    ring.release('i');
    expect(ring.find('i1')).toEqual({ n: 1, text: undefined });
    expect(ring.find('a')).toEqual({ n: 1, text: 'x' });
  });

  it('matches a store without a ring in random steps', () => {
    let seed = 7;
    const random = (limit: number): number => (seed = (seed * 48_271) % 2_147_483_647) % limit;
    const expected = new Map<string, string | null>();
    const records = new Map<string, string | null>();
    const disk = new Map<number, RingEntry>();
    let ring = new WriteAheadRing(0, isRemembered);
    let mark = 0;
    const read = (key: string): string | null => {
      const placed = ring.find(key);
      if (!placed) return records.get(key) ?? null;
      if (placed.text !== undefined) return placed.text;
      expect(disk.get(placed.n % RING_SLOTS)!.n).toBe(placed.n);
      return disk.get(placed.n % RING_SLOTS)!.changes.get(key) ?? null;
    };
    const fold = (plan: ReturnType<WriteAheadRing['due']>, isInterrupted: boolean): void => {
      for (const key of plan.records.keys()) records.set(key, read(key));
      if (!isInterrupted) ring.folded(plan);
    };
    for (let step = 0; step < 20_000; step++) {
      const made = entry(
        ring.last + 1,
        { [`k${random(60)}`]: random(5) === 0 ? null : `${step}`, [`i${step % 65}`]: `${step}` },
        1_000 * random(40)
      );
      if (ring.isFull) fold(ring.due(), false);
      disk.set(made.n % RING_SLOTS, made);
      ring.add(made);
      for (const [key, text] of made.changes) expected.set(key, text);
      if (ring.isDue && random(3) === 0) fold(ring.due(), random(4) === 0);
      if (random(200) === 0) {
        fold(ring.whole(), false);
        mark = ring.last;
      }
      if (random(50) === 0) ring = WriteAheadRing.recover([...disk.values()], mark, isRemembered);
      const key = `k${random(60)}`;
      expect(read(key)).toBe(expected.get(key) ?? null);
    }
    for (const [key, text] of expected) expect(read(key)).toBe(text);
  });
});
