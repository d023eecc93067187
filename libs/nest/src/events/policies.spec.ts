import { decodeEventHeaders, encodeCursor, encodeEventHeaders, EVENT_STREAM, type EventFacts, type SessionId } from '@wabus/contracts';
import { cursorAfter, positionOf, readEventHeaders } from './event-facts.codec.js';
import { DiscardEvent, RetryEvent, decisionIn } from './event.errors.js';
import { EventLanes, type EventOrder, type LaneItem } from './event-lanes.state.js';
import { eventTerms } from './event-server.options.js';
import { admits, consumerFilters, EVENT_LOG, scopeOf, selects } from './pattern.policy.js';
import { isPoison, verdictAfter } from './retry.policy.js';

const terms = { maxDeliveries: 5, firstMs: 1_000, lastMs: 5_000 };

describe('the wire', () => {
  const facts: EventFacts = {
    id: 'sales.m.1',
    session: 'sales' as SessionId,
    event: 'call',
    epoch: 3,
    at: '2026-01-31T12:00:00.000Z',
    schemaVersion: 1
  };

  it.each<[string[] | undefined]>([[undefined], [[]], [['1@lid', 'a,b%@x']]])('is parsed as the contracts write it (chats %j)', chats => {
    const header = new Map(encodeEventHeaders({ ...facts, ...(chats ? { chats } : {}) }));
    const read = readEventHeaders(name => header.get(name));
    expect(read).toEqual({ ...facts, chats: chats ?? null });
    expect(decodeEventHeaders(name => header.get(name))).toMatchObject(facts);
    header.delete('Wabus-Epoch');
    expect(readEventHeaders(name => header.get(name))).toBeNull();
  });

  it('has cursors in the form of the contracts', () => {
    const created = '2026-01-31T12:00:00.123456Z';
    expect(cursorAfter(created, 7)).toBe(encodeCursor({ stream: String(Date.parse(created)), sequence: 7 }));
    expect([positionOf(cursorAfter(created, 7)), positionOf('no')]).toEqual([{ created: Date.parse(created), sequence: 7 }, null]);
    expect(EVENT_LOG).toBe(EVENT_STREAM);
  });
});

describe('patterns', () => {
  it.each([
    ['messages.upsert', {}, { event: 'messages.upsert' }],
    ['messages.>', {}, { event: 'messages.*' }],
    ['>', {}, { event: '*' }],
    ['call', { sessions: ['a', 'a', 'b'] }, { event: 'call', sessions: ['a', 'b'] }],
    [{ event: 'call', session: 'a' }, {}, { event: 'call', sessions: ['a'] }]
  ])('%j with %j', (pattern, extras, scope) => {
    expect(scopeOf(pattern, extras)).toEqual(scope);
  });

  it.each([
    ['order.created', {}],
    ['messages.upsrt', {}],
    [{ cmd: 'sum' }, {}],
    ['call', { sessions: ['a b'] }]
  ])('refuses %j with %j', (pattern, extras) => {
    expect(() => scopeOf(pattern, extras)).toThrow(expect.objectContaining({ name: 'InvalidEventPattern' }) as Error);
  });

  const all = (...events: string[]): { event: string }[] => events.map(event => ({ event }));
  const of = (session: string, event: string): { event: string; sessions: string[] } => ({ event, sessions: [session] });
  it.each([
    [all('messages.upsert'), ['wa.evt.*.messages.upsert']],
    [all('messages.upsert', 'messages.*', 'messages.*'), ['wa.evt.*.messages.>']],
    [all('*', 'call'), ['wa.evt.*.>']],
    [[of('a', 'call')], ['wa.evt.a.call']],
    [[of('a', 'messages.upsert'), of('a', 'messages.update')], ['wa.evt.a.messages.>']],
    [[of('a', 'messages.*'), of('a', 'messages.update')], ['wa.evt.a.messages.>']],
    [[of('a', 'messages.upsert'), of('a', 'call')], ['wa.evt.a.>']],
    [
      [of('a', 'call'), of('b', 'call')],
      ['wa.evt.a.call', 'wa.evt.b.call']
    ],
    [[of('a', 'messages.*'), ...all('messages.upsert')], ['wa.evt.*.messages.>']],
    [
      [of('a', 'messages.*'), ...all('call')],
      ['wa.evt.*.call', 'wa.evt.a.messages.>']
    ]
  ])('%j: one consumer with %j', (scopes, filters) => {
    expect(consumerFilters(scopes)).toEqual(filters);
    for (const scope of scopes) {
      const event = scope.event.replace(/\*$/, 'x');
      const [session = 'any'] = 'sessions' in scope ? (scope.sessions as string[]) : [];
      expect(filters.some(filter => selects(filter, `wa.evt.${session}.${event}`))).toBe(true);
      expect(admits(scope, { session, event })).toBe(true);
      expect(admits(scope, { session, event: 'other' })).toBe(scope.event === '*');
    }
  });
});

describe('lanes', () => {
  /** Takes and finishes events at random, and returns them in the order in which they were finished. */
  function play(order: EventOrder, seed: number): { done: LaneItem[]; most: number } {
    let state = seed;
    const roll = (n: number): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % n;
    const chats = (): string[] | null => [null, [], ['a'], ['b'], ['c'], ['a', 'b']][roll(6)]!;
    const log = Array.from({ length: 80 }, (_, i) => ({ sequence: i + 1, session: `s${roll(3)}`, chats: chats() }));
    const lanes = new EventLanes<LaneItem>(order);
    for (const item of [...log].sort(() => roll(3) - 1)) lanes.add(item);
    const running: LaneItem[] = [];
    const done: LaneItem[] = [];
    let most = 0;
    while (done.length < log.length) {
      const item = roll(5) < 3 ? lanes.take() : null;
      if (item !== null) running.push(item);
      most = Math.max(most, running.length);
      const [finished] = roll(5) < 2 ? running.splice(roll(running.length || 1), 1) : [];
      if (finished === undefined) continue;
      lanes.remove(finished);
      done.push(finished);
    }
    expect(lanes.size).toBe(0);
    return { done, most };
  }
  const meets = (one: LaneItem, other: LaneItem): boolean =>
    one.chats === null ||
    other.chats === null ||
    (one.chats.length === 0 && other.chats.length === 0) ||
    one.chats.some(chat => other.chats!.includes(chat));

  it.each<[EventOrder, (one: LaneItem, other: LaneItem) => boolean]>([
    ['chat', meets],
    ['session', () => true],
    ['none', () => false]
  ])('keep the order %s and no other', (order, binds) => {
    for (let seed = 1; seed <= 40; seed++) {
      const { done, most } = play(order, seed);
      for (const [i, late] of done.entries()) {
        const overtaken = done
          .slice(i + 1)
          .filter(early => early.session === late.session && early.sequence < late.sequence && binds(early, late));
        expect([seed, overtaken]).toEqual([seed, []]);
      }
      expect(most).toBeGreaterThan(1);
    }
  });

  it('return the events that are not being handled', () => {
    const lanes = new EventLanes<LaneItem>('chat');
    const items = [1, 2, 3].map(sequence => ({ sequence, session: 's', chats: ['a'] }));
    for (const item of items) lanes.add(item);
    expect(lanes.take()).toBe(items[0]);
    expect(lanes.removeWaiting()).toEqual(items.slice(1));
    lanes.remove(items[0]!);
    expect([lanes.size, lanes.take()]).toEqual([0, null]);
  });
});

describe('failures', () => {
  it.each([
    [1, null, 0, { kind: 'retry', inMs: 500 }],
    [1, null, 1, { kind: 'retry', inMs: 1_000 }],
    [3, null, 1, { kind: 'retry', inMs: 4_000 }],
    [4, null, 1, { kind: 'retry', inMs: 5_000 }],
    [2, { retryInMs: 30 }, 1, { kind: 'retry', inMs: 30 }],
    [1, { discard: true as const }, 1, { kind: 'dead' }],
    [5, { retryInMs: 30 }, 1, { kind: 'dead' }],
    [9, null, 1, { kind: 'dead' }]
  ])('attempt %i, decision %j, chance %i: %j', (attempt, decision, random, verdict) => {
    expect(verdictAfter(attempt, decision, terms, random)).toEqual(verdict);
  });

  it("are read before and after Nest's filters", () => {
    for (const thrown of [new RetryEvent(5), new RetryEvent(5).getError()]) expect(decisionIn(thrown)).toEqual({ retryInMs: 5 });
    expect(decisionIn(new DiscardEvent('x'))).toEqual({ discard: true });
    expect([decisionIn(new Error('x')), decisionIn('x'), decisionIn({ status: 'error' })]).toEqual([null, null, null]);
    expect([isPoison(15, terms), isPoison(16, terms)]).toEqual([false, true]);
  });
});

describe('options', () => {
  it('have defaults, and the user as the name of the consumer', () => {
    expect(eventTerms({}, 'orders')).toMatchObject({
      consumer: 'orders',
      order: 'chat',
      concurrency: 16,
      ackWaitMs: 10_000,
      closeTimeoutMs: 10_000,
      maxDeliveries: 5
    });
    expect(eventTerms({ order: 'none', closeTimeoutMs: 60_000 }, 'orders').closeTimeoutMs).toBe(60_000);
  });

  it.each([
    [{}, undefined, 'consumer'],
    [{ concurrency: 0 }, 'u', 'concurrency'],
    [{ ackWaitMs: 10 }, 'u', 'ackWaitMs'],
    [{ closeTimeoutMs: 10_001 }, 'u', 'closeTimeoutMs must be at most ackWaitMs'],
    [{ order: 'all' as EventOrder }, 'u', 'order']
  ])('%j of %s: names %s', (options, user, field) => {
    expect(() => eventTerms(options, user)).toThrow(field);
  });
});
