import type { LoggedEvent } from '@wabus/broker';
import type { SessionId } from '@wabus/contracts';
import { ONE_LANE, partsOfLane } from './lane-key.policy.js';
import { Lanes, type LaneLimits, type Marks } from './lanes.state.js';

const START: Marks = { floor: 0, lanes: {} };
const LIMITS: LaneLimits = { order: 'session', lanes: 50, laneEvents: 4, totalBytes: 40, lagging: 10, bulk: null };

/** Returns a generator of pseudo-random numbers below `n`. */
function dice(seed: number): (n: number) => number {
  let state = seed;
  return n => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % n;
}

function event(sequence: number, session: string, chats: string[] = []): LoggedEvent {
  const facts = { id: `e${sequence}`, session: session as SessionId, event: 'call' as const, epoch: 1, at: '', schemaVersion: 1, chats };
  return { facts, body: '1', sequence, cursor: '' };
}

/** Simulates reader, filler and endpoint at random, with failures and crashes. Returns the settled events in order. */
function play(
  seed: number,
  { fills = [3], ...differing }: Partial<Pick<LaneLimits, 'order' | 'bulk' | 'totalBytes'>> & { fills?: readonly number[] }
): { settled: LoggedEvent[]; log: LoggedEvent[]; repeats: number } {
  const roll = dice(seed);
  const chats = (): string[] => [...new Set(Array.from({ length: [0, 1, 1, 1, 1, 2, 3][roll(7)]! }, () => `c${roll(4)}`))];
  const log = Array.from({ length: 120 }, (_, i) => event(i + 1, `s${roll(5)}`, chats()));
  const limits = { ...LIMITS, ...differing };
  const { bulk } = limits;
  let lanes = new Lanes(START, limits);
  let read = 0;
  let written = lanes.marks();
  let now = 0;
  let repeats = 0;
  const settled: LoggedEvent[] = [];
  const done = new Set<number>();
  for (let step = 0; step < 20_000 && done.size < log.length; step++) {
    now += roll(5);
    const action = roll(100);
    if (action < 40 && lanes.hasRoom && read < log.length) {
      const upTo = Math.min(log.length, read + 1 + roll(6));
      lanes.offer(log.slice(read, upTo), upTo, now);
      read = upTo;
    } else if (action < 55) {
      for (const lane of lanes.toFill(now, false)) {
        const rest = log.filter(
          one => one.sequence > lane.covered && (bulk !== null || one.facts.session === partsOfLane(lane.key).session)
        );
        const taken = rest.slice(0, fills[roll(fills.length)]);
        lanes.fill(lane, taken, taken.length < rest.length ? taken.at(-1)!.sequence : log.length, now);
      }
    } else if (action < 95) {
      const [lane] = lanes.deliverable(now, false);
      if (lane === undefined) continue;
      const chunk = lanes.take(lane, now);
      const upTo = chunk.at(-1)!.sequence;
      if (roll(5) === 0) lanes.fail(lane, { attempts: 1, nextAttemptAt: now + roll(20), upTo, error: '' });
      else {
        for (const one of chunk) {
          if (done.has(one.sequence)) repeats++;
          else settled.push(one);
          done.add(one.sequence);
        }
        lanes.settle(lane, upTo, now);
      }
      if (roll(3) > 0) written = lanes.marks();
    } else if (action === 99) {
      // The next edge starts with the progress that was written last.
      lanes = new Lanes(JSON.parse(JSON.stringify(written)) as Marks, limits);
      read = written.floor;
    }
  }
  return { settled, log, repeats };
}

describe('lanes', () => {
  it.each([null, { maxEvents: 3, maxWaitMs: 5, maxBytes: 100 }])('keep order without loss despite failures (bulk: %j)', bulk => {
    for (let seed = 1; seed <= 60; seed++) {
      const { settled, log } = play(seed, { bulk });
      expect([seed, settled.length]).toEqual([seed, log.length]);
      for (const session of new Set(log.map(({ facts }) => facts.session))) {
        const sequences = settled.filter(({ facts }) => facts.session === session).map(({ sequence }) => sequence);
        expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
      }
    }
  });

  it.each([{ fills: [3] }, { fills: [20] }, { fills: [3, 20] }, { fills: [3, 20], totalBytes: 6 }, { fills: [20], totalBytes: 2 }])(
    'keep the order of each chat and of events of several (%j)',
    limits => {
      for (let seed = 1; seed <= 60; seed++) {
        const { settled, log } = play(seed, { order: 'chat', ...limits });
        expect([seed, settled.length]).toEqual([seed, log.length]);
        const places = new Set(log.flatMap(({ facts: { session, chats } }) => chats!.map(chat => `${session} ${chat}`)));
        for (const place of places) {
          const [session, chat] = place.split(' ');
          const of = settled
            .filter(({ facts }) => facts.session === session && facts.chats!.includes(chat!))
            .map(({ sequence }) => sequence);
          expect(of).toEqual([...of].sort((a, b) => a - b));
        }
      }
    }
  );

  it('deliver everything without an order', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const { settled, log } = play(seed, { order: 'none' });
      expect([seed, settled.length]).toEqual([seed, log.length]);
    }
  });

  it('let other chats pass while one is slow', () => {
    const lanes = new Lanes(START, { ...LIMITS, order: 'chat' });
    lanes.offer([event(1, 's', ['a']), event(2, 's', ['b']), event(3, 's', ['a']), event(4, 's', ['a', 'b']), event(5, 's')], 5, 0);
    const [first, ...rest] = lanes.deliverable(0, false);
    expect([first!.key, ...rest.map(({ key }) => key)]).toEqual(['s/a', 's/b', 's']);
    lanes.take(first!, 0);
    for (const lane of rest) lanes.settle(lane, lanes.take(lane, 0).at(-1)!.sequence, 0);
    expect(lanes.deliverable(0, false)).toEqual([]);
    expect(lanes.marks()).toEqual({ floor: 0, lanes: { 's/b': { settled: 2 }, 's/+': { settled: 3 }, s: { settled: 5 } } });
    lanes.settle(first!, 1, 0);
    lanes.settle(first!, lanes.take(first!, 0)[0]!.sequence, 0);
    expect(lanes.deliverable(0, false).map(({ key }) => key)).toEqual(['s/+']);
  });

  it('take nothing for a chat that the reader has not reached', () => {
    const failure = { attempts: 1, nextAttemptAt: 0, upTo: 1, error: 'x' };
    const lanes = new Lanes({ floor: 0, lanes: { 's/a': { settled: 0, failure } } }, { ...LIMITS, order: 'chat' });
    const log = [event(1, 's', ['a']), event(2, 's', ['a', 'b']), event(3, 's', ['a'])];
    expect([lanes.toFill(0, false), lanes.hasRoom]).toEqual([[], true]);
    const settled: number[] = [];
    for (let read = 0; settled.length < 3 && read < 10; read++) {
      lanes.offer(log.slice(read, read + 1), Math.min(read + 1, 3), 0);
      for (const lane of lanes.toFill(0, false)) lanes.fill(lane, log, 3, 0);
      for (const lane of lanes.deliverable(0, false)) {
        const upTo = lanes.take(lane, 0)[0]!.sequence;
        settled.push(upTo);
        lanes.settle(lane, upTo, 0);
      }
    }
    expect(settled).toEqual([1, 2, 3]);
  });

  it('block only the chats that a failing event names', () => {
    const lanes = new Lanes(START, { ...LIMITS, order: 'chat' });
    lanes.offer([event(1, 's', ['a', 'b']), event(2, 's', ['c']), event(3, 's', ['a'])], 3, 0);
    const several = lanes.deliverable(0, false).find(({ key }) => key === 's/+')!;
    lanes.take(several, 0);
    lanes.fail(several, { attempts: 1, nextAttemptAt: 100, upTo: 1, error: 'x' });
    expect(lanes.deliverable(0, false).map(({ key }) => key)).toEqual(['s/c']);
    const other = lanes.deliverable(0, false)[0]!;
    lanes.settle(other, lanes.take(other, 0)[0]!.sequence, 0);
    expect(lanes.marks()).toMatchObject({ floor: 2, lanes: { 's/+': { settled: 0, failure: { upTo: 1 } } } });
    expect(lanes.deliverable(100, false).map(({ key }) => key)).toEqual(['s/+']);
    lanes.settle(several, lanes.take(several, 100)[0]!.sequence, 100);
    expect(lanes.deliverable(100, false).map(({ key }) => key)).toEqual(['s/a']);
  });

  it('read for other sessions while one is blocked', () => {
    const lanes = new Lanes(START, { ...LIMITS, order: 'chat', totalBytes: 3 });
    lanes.offer([event(1, 's', ['a', 'b'])], 1, 0);
    const several = lanes.deliverable(0, false)[0]!;
    lanes.take(several, 0);
    lanes.fail(several, { attempts: 1, nextAttemptAt: 100, upTo: 1, error: 'x' });
    lanes.offer([event(2, 's', ['a']), event(3, 's', ['b']), event(4, 's', ['a']), event(5, 's', ['a', 'c'])], 5, 0);
    expect(lanes.hasRoom).toBe(true);
    // Events that wait for the failing one are not read again before its turn.
    expect(lanes.toFill(0, false)).toEqual([]);
    lanes.offer([event(6, 'other', ['a'])], 6, 0);
    expect(lanes.deliverable(0, false).map(({ key }) => key)).toEqual(['other/a']);
  });

  it('record lanes that are ahead of the floor', () => {
    const lanes = new Lanes(START, LIMITS);
    lanes.offer([event(1, 'a'), event(2, 'b'), event(3, 'b')], 3, 0);
    for (let i = 0; i < 2; i++) {
      const lane = lanes.deliverable(0, false).find(({ key }) => key === 'b')!;
      lanes.settle(lane, lanes.take(lane, 0)[0]!.sequence, 0);
    }
    expect(lanes.marks()).toEqual({ floor: 0, lanes: { b: { settled: 3 } } });
    const next = new Lanes(lanes.marks(), LIMITS);
    next.offer([event(1, 'a'), event(2, 'b'), event(3, 'b'), event(4, 'b')], 4, 0);
    expect(next.deliverable(0, false).map(lane => [lane.key, next.take(lane, 0)[0]!.sequence])).toEqual([
      ['b', 4],
      ['a', 1]
    ]);
  });

  it('keep nothing of a failing session, and let others pass', () => {
    const lanes = new Lanes(START, LIMITS);
    lanes.offer([event(1, 'a'), event(2, 'a'), event(3, 'b')], 3, 0);
    const lane = lanes.deliverable(0, false)[0]!;
    lanes.take(lane, 0);
    lanes.fail(lane, { attempts: 1, nextAttemptAt: 100, upTo: 1, error: 'x' });
    expect(lane.queue).toEqual([]);
    expect(lanes.deliverable(0, false).map(({ key }) => key)).toEqual(['b']);
    expect(lanes.toFill(99, false)).toEqual([]);
    expect(lanes.nextDueAt(0)).toBe(100);
    expect(lanes.toFill(100, false)).toEqual([lane]);
    expect(lanes.toFill(0, true)).toEqual([lane]);
    lanes.retryNow(50);
    expect(lanes.toFill(50, false)).toEqual([lane]);
  });

  it('stop the reader when they are full', () => {
    const lanes = new Lanes(START, { ...LIMITS, totalBytes: 3 });
    lanes.offer([event(1, 'a'), event(2, 'b')], 2, 0);
    expect(lanes.hasRoom).toBe(true);
    lanes.offer([event(3, 'c')], 3, 0);
    expect(lanes.hasRoom).toBe(false);
    const lane = lanes.deliverable(0, false)[0]!;
    lanes.settle(lane, lanes.take(lane, 0)[0]!.sequence, 0);
    expect(lanes.hasRoom).toBe(true);
  });

  it('read for a lagging lane only as much as memory allows', () => {
    const log = Array.from({ length: 9 }, (_, i) => event(i + 1, 'a'));
    const lanes = new Lanes({ floor: 9, lanes: { a: { settled: 0 }, b: { settled: 1 } } }, { ...LIMITS, totalBytes: 4 });
    const [lane] = lanes.toFill(0, false);
    lanes.fill(lane!, log, 9, 0);
    expect([lane!.key, lane!.queue.length, lane!.covered, lane!.level]).toEqual(['a', 4, 4, false]);
    expect(lanes.toFill(0, false).map(({ key }) => key)).toEqual(['b']);
    // A delivery in progress frees memory.
    lanes.settle(lane!, lanes.take(lane!, 0)[0]!.sequence, 0);
    lanes.fill(lanes.toFill(0, false)[0]!, [event(2, 'b')], 9, 0);
    lanes.take(lane!, 0);
    lanes.fail(lanes.deliverable(0, false)[0]!, { attempts: 1, nextAttemptAt: 0, upTo: 2, error: 'x' });
    expect(lanes.toFill(0, false).map(({ key }) => key)).toEqual(['b']);
    lanes.offer([event(10, 'c')], 10, 0);
    expect(lanes.toFill(0, false)).toEqual([]);
    lanes.settle(lane!, 2, 0);
    expect(lanes.toFill(0, false).map(({ key }) => key)).toEqual(['b']);
  });

  it('read for a lane about as much as it can hold', () => {
    const perFill = (order: LaneLimits['order'], bulk: LaneLimits['bulk'] = null): number =>
      new Lanes(START, { ...LIMITS, order, bulk }).mostPerFill(500);
    const bulk = { maxEvents: 3, maxWaitMs: 5, maxBytes: 100 };
    expect([perFill('none'), perFill('session'), perFill('chat'), perFill('none', bulk)]).toEqual([1, 4, 500, 500]);
  });

  it('wait in bulk mode for enough events or time', () => {
    const lanes = new Lanes(START, { ...LIMITS, bulk: { maxEvents: 3, maxWaitMs: 50, maxBytes: 100 } });
    lanes.offer([event(1, 'a'), event(2, 'b')], 2, 0);
    expect(lanes.deliverable(49, false)).toEqual([]);
    expect(lanes.nextDueAt(49)).toBe(50);
    lanes.offer([event(3, 'a')], 3, 49);
    const lane = lanes.deliverable(49, false)[0]!;
    expect([lane.key, lanes.take(lane, 49).length]).toEqual([ONE_LANE, 3]);
    lanes.single(lane, 3);
    expect(lanes.take(lane, 49)).toHaveLength(1);
  });
});
