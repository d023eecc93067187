import { InboxRing, KEPT_ENTRIES, type InboxEntry } from './inbox-ring.state.js';

const add = (ring: InboxRing, hash: string, group?: number): InboxEntry => {
  const reservation = ring.reserve();
  return ring.commit(reservation, hash, group ?? reservation.n);
};
const finished = (ring: InboxRing, count: number, from = 0): InboxEntry[] =>
  Array.from({ length: count }, (_, i) => {
    const entry = add(ring, `h${from + i}`);
    ring.mark(entry, 'finished');
    return entry;
  });

describe('slots', () => {
  test('are one more than the kept entries without a backlog', () => {
    const slots = finished(new InboxRing(), 1_000).map(({ slot }) => slot);
    expect(Math.max(...slots)).toBe(KEPT_ENTRIES);
    expect(new Set(slots.slice(-KEPT_ENTRIES)).size).toBe(KEPT_ENTRIES);
  });

  test('grow instead of overwriting unfinished entries', () => {
    const ring = new InboxRing();
    const entries = Array.from({ length: 300 }, (_, i) => add(ring, `h${i}`));
    expect(new Set(entries.map(({ slot }) => slot)).size).toBe(300);
    expect(ring.pending).toBe(300);
    expect(entries.every(({ hash }, i) => ring.find(hash) === entries[i])).toBe(true);
  });

  test('are overwritten oldest first; the newest stay known', () => {
    const ring = new InboxRing();
    const entries = finished(ring, 500);
    expect(entries.filter(({ hash }) => ring.find(hash)).map(({ n }) => n)).toEqual(entries.slice(-KEPT_ENTRIES - 1).map(({ n }) => n));
  });

  test('keep their entry until the new one is on disk', () => {
    const ring = new InboxRing();
    const [oldest] = finished(ring, KEPT_ENTRIES + 1);
    const reservation = ring.reserve();
    expect(reservation.slot).toBe(oldest!.slot);
    expect(ring.find('h0')).toBe(oldest);
    ring.cancel(reservation);
    expect(ring.find('h0')).toBe(oldest);
    expect(ring.reserve().slot).toBe(oldest!.slot);
  });

  test('are given to one reservation at a time', () => {
    const ring = new InboxRing();
    finished(ring, KEPT_ENTRIES + 3);
    const slots = Array.from({ length: 6 }, () => ring.reserve().slot);
    expect(new Set(slots).size).toBe(6);
  });

  test('of a canceled reservation are used again', () => {
    const ring = new InboxRing();
    const { slot } = ring.reserve();
    const taken = ring.reserve();
    ring.cancel({ slot, n: 1 });
    expect(taken.slot).not.toBe(slot);
    expect(ring.reserve().slot).toBe(slot);
  });

  test.each(['commit', 'cancel'] as const)('of a forgotten entry stay reserved: %s', ending => {
    const ring = new InboxRing();
    finished(ring, KEPT_ENTRIES + 1);
    const first = ring.reserve();
    ring.forget(ring.find('h0')!);
    const second = ring.reserve();
    expect(second.slot).not.toBe(first.slot);
    if (ending === 'commit') ring.commit(first, 'new', first.n);
    else ring.cancel(first);
    expect(ring.reserve().slot === first.slot).toBe(ending === 'cancel');
  });

  test('that entries are being written to are not trimmed', () => {
    const ring = new InboxRing();
    const entries = Array.from({ length: 200 }, (_, i) => add(ring, `h${i}`));
    for (const entry of entries.slice(0, 65)) ring.mark(entry, 'emitted');
    for (const entry of entries.slice(65)) ring.mark(entry, 'finished');
    const taken = Array.from({ length: 10 }, () => ring.reserve().slot);
    expect(taken.every(slot => slot > KEPT_ENTRIES)).toBe(true);
    const trimmed = new Set(ring.trim().map(({ slot }) => slot));
    expect(trimmed.size).toBeGreaterThan(0);
    expect(taken.filter(slot => trimmed.has(slot))).toEqual([]);
  });

  test('beyond the usual number are dropped if nothing waits', () => {
    const ring = new InboxRing();
    const entries = Array.from({ length: 200 }, (_, i) => add(ring, `h${i}`));
    expect(ring.trim()).toEqual([]);
    for (const entry of entries) ring.mark(entry, 'finished');
    const surplus = ring.trim();
    expect(surplus.every(({ slot, n }) => slot > KEPT_ENTRIES && n <= 200 - KEPT_ENTRIES)).toBe(true);
    expect(surplus.length).toBe(200 - KEPT_ENTRIES - (KEPT_ENTRIES + 1));
    expect(entries.slice(-KEPT_ENTRIES).every(({ hash }) => ring.find(hash))).toBe(true);
  });
});

describe('entries restored from a former owner', () => {
  const stored = [
    { slot: 3, n: 7, group: 7, hash: 'c' },
    { slot: 0, n: 5, group: 5, hash: 'a' },
    { slot: 5, n: 6, group: 5, hash: 'b' }
  ];
  const restored = (done: number): InboxRing => {
    const ring = new InboxRing();
    for (const entry of stored) ring.restore(entry, done);
    return ring;
  };

  test.each([
    [0, [[5, 6], [7]], 3],
    [5, [[6], [7]], 2],
    [6, [[7]], 1],
    [7, [], 0]
  ])('remain by stanza, in order, after the finished %i', (done, left, pending) => {
    const ring = restored(done);
    expect(ring.left().map(group => group.map(({ n }) => n))).toEqual(left);
    expect(ring.pending).toBe(pending);
    expect(ring.done).toBe(done === 0 ? 4 : done);
  });

  test('are counted, and their slots are respected', () => {
    const ring = restored(0);
    const more = Array.from({ length: 4 }, (_, i) => add(ring, `n${i}`));
    expect(more.map(({ n }) => n)).toEqual([8, 9, 10, 11]);
    expect(more.map(({ slot }) => slot).sort()).toEqual([1, 2, 4, 6]);
  });

  test('count from the mark if there are none', () => {
    const ring = new InboxRing();
    ring.restore({ slot: 0, n: 2, group: 2, hash: 'a' }, 40);
    expect(ring.reserve().n).toBe(41);
  });
});

describe('the mark of finished entries', () => {
  test('is below everything unfinished, including reservations', () => {
    const ring = new InboxRing();
    expect(ring.done).toBe(0);
    const [a, b] = [add(ring, 'a'), add(ring, 'b')];
    expect(ring.done).toBe(0);
    ring.mark(b, 'finished');
    expect(ring.done).toBe(0);
    ring.mark(a, 'emitted');
    expect(ring.done).toBe(0);
    ring.mark(a, 'finished');
    expect(ring.done).toBe(2);
    const reservation = ring.reserve();
    const c = add(ring, 'c');
    ring.mark(c, 'finished');
    expect(ring.done).toBe(2);
    ring.commit(reservation, 'd', 3);
    expect(ring.done).toBe(2);
  });
});

describe('an entry', () => {
  test.each(['emitted', 'finished'] as const)('that is %s does not remain', state => {
    const ring = new InboxRing();
    ring.mark(add(ring, 'a'), state);
    const b = add(ring, 'b');
    expect(ring.left()).toEqual([[b]]);
  });

  test('does not return from the state finished', () => {
    const ring = new InboxRing();
    const entry = add(ring, 'a');
    ring.mark(entry, 'finished');
    ring.mark(entry, 'emitted');
    expect([ring.stateOf(entry), ring.pending]).toEqual(['finished', 0]);
  });

  test('that was overwritten counts as finished', () => {
    const ring = new InboxRing();
    const [first] = finished(ring, KEPT_ENTRIES + 2);
    expect(ring.find('h0')).toBeNull();
    ring.mark(first!, 'emitted');
    expect([ring.stateOf(first!), ring.pending]).toEqual(['finished', 0]);
  });

  test('whose record is gone is forgotten once, and frees its slot', () => {
    const ring = new InboxRing();
    const entry = add(ring, 'a');
    ring.forget(entry);
    ring.forget(entry);
    expect([ring.find('a'), ring.pending, ring.left().length]).toEqual([null, 0, 0]);
    expect([ring.reserve().slot, ring.reserve().slot]).toEqual([0, 1]);
  });
});

test('any sequence of steps keeps every unfinished entry', () => {
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const ring = new InboxRing();
  const live = new Map<string, InboxEntry>();
  const ended: string[] = [];
  for (let step = 0; step < 20_000; step++) {
    const what = random(10);
    if (what < 5 && live.size < 150) {
      const reservation = ring.reserve();
      if (what === 0) ring.cancel(reservation);
      else live.set(`s${step}`, ring.commit(reservation, `s${step}`, reservation.n));
    } else if (live.size > 0) {
      const [hash, entry] = [...live][random(live.size)]!;
      ring.mark(entry, what === 9 ? 'emitted' : 'finished');
      if (what === 9) continue;
      live.delete(hash);
      ended.push(hash);
    }
    if (step % 500 !== 0) continue;
    ring.trim();
    expect([...live.values()].every(entry => ring.find(entry.hash) === entry)).toBe(true);
    const known = ended.filter(hash => ring.find(hash)).map(hash => ring.find(hash)!);
    expect(known.length).toBeGreaterThanOrEqual(Math.min(KEPT_ENTRIES, ended.length));
    const slots = [...live.values(), ...known].map(({ slot }) => slot);
    expect(new Set(slots).size).toBe(slots.length);
    expect(ring.pending).toBe(live.size);
  }
});
