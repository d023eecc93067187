import { EVENT_NAMES, type EventName, type SessionId } from '@wabus/contracts';
import { Backlog } from './backlog.state.js';
import { NOTHING, subscribed, type Shape, type Subject, type Subscription, type Term } from './subscription.state.js';

const at = (sequence: number): { sequence: number; cursor: string } => ({ sequence, cursor: `c${sequence}` });
const term = (events: EventName[], sessions?: string[]): Term => ({
  events: new Set(events),
  sessions: sessions === undefined ? '*' : new Set(sessions as SessionId[]),
  chats: null
});
const subject = (session: string, event: EventName): Subject => ({ session: session as SessionId, event, chats: () => [] });
const forms = (each: Term, shape: Shape) => new Map([...each.events].map(event => [event, { shape, visibility: 'complete' as const }]));
const live = (...terms: Term[]): Subscription => terms.reduce((all, each) => subscribed(all, each, forms(each, 'plain')), NOTHING);
const add = (backlog: Backlog, each: Term, shape: Shape, places: ReturnType<typeof from>): void =>
  backlog.add(each, forms(each, shape), places);
const from = (sequence: number, live = sequence): { from: ReturnType<typeof at>; liveFrom: ReturnType<typeof at> } => ({
  from: at(sequence),
  liveFrom: at(live)
});

describe("a connection's backlog", () => {
  it('contains what follows its position and fits its subscription', () => {
    const backlog = new Backlog(live(term(['call'], ['a'])), at(10));
    expect(backlog.pendingForm(10, subject('a', 'call'))).toBeNull();
    expect(backlog.pendingForm(11, subject('a', 'call'))).toMatchObject({ shape: 'plain' });
    expect(backlog.pendingForm(11, subject('b', 'call'))).toBeNull();
    expect(backlog.pendingForm(11, subject('a', 'chats.lock'))).toBeNull();
    backlog.advance(at(11));
    expect(backlog.pendingForm(11, subject('a', 'call'))).toBeNull();
    backlog.advance(at(5));
    expect(backlog.position.sequence).toBe(11);
  });

  it('moves back for a new term without repeating other events', () => {
    const backlog = new Backlog(live(term(['call'], ['a'])), at(10));
    add(backlog, term(['call', 'chats.lock'], ['b']), 'envelope', from(3, 12));
    expect(backlog.position.sequence).toBe(3);
    expect(backlog.completeFrom).toBe(12);
    expect(backlog.pendingForm(5, subject('a', 'call'))).toBeNull();
    expect(backlog.pendingForm(5, subject('b', 'chats.lock'))).toMatchObject({ shape: 'envelope' });
    expect(backlog.pendingForm(11, subject('a', 'call'))).toMatchObject({ shape: 'envelope' });
  });

  it('does not replay a term from before it begins', () => {
    const backlog = new Backlog(live(term(['call'], ['a'])), at(10));
    add(backlog, term(['call'], ['b']), 'plain', from(20));
    expect(backlog.position.sequence).toBe(10);
    expect(backlog.pendingForm(15, subject('b', 'call'))).toBeNull();
    expect(backlog.pendingForm(15, subject('a', 'call'))).toMatchObject({ shape: 'plain' });
    expect(backlog.pendingForm(21, subject('b', 'call'))).toMatchObject({ shape: 'plain' });
  });

  it('changes its version whenever pages read earlier are outdated', () => {
    const backlog = new Backlog(NOTHING, at(10));
    add(backlog, term(['call']), 'plain', from(3));
    expect(backlog.version).toBe(1);
    backlog.remove(['call']);
    expect(backlog.version).toBe(2);
    expect(backlog.terms).toEqual([]);
  });

  it('becomes the live subscription, equal terms merged', () => {
    const backlog = new Backlog(live(term(['call'], ['a'])), at(10));
    add(backlog, term(['chats.lock'], ['a']), 'batch', from(3));
    add(backlog, term(['chats.update']), 'plain', from(4));
    backlog.remove(['chats.update']);
    expect(backlog.subscription.terms).toEqual([term(['call', 'chats.lock'], ['a'])]);
    expect([...backlog.subscription.forms].map(([event, { shape }]) => [event, shape])).toEqual([
      ['call', 'plain'],
      ['chats.lock', 'batch']
    ]);
  });

  it('reads with few filters that cover everything pending', () => {
    const many = Array.from({ length: 200 }, (_, i) => `s${i}`);
    const filterOf = (...terms: Term[]): unknown => new Backlog(live(...terms), at(0)).filter;
    expect(filterOf(term(['call'], ['a', 'b']))).toEqual({ sessions: ['a', 'b'], events: ['call'] });
    expect(filterOf(term(['call']))).toEqual({ sessions: undefined, events: ['call'] });
    expect(filterOf(term(['call'], ['a']), term(['chats.lock']))).toEqual({ sessions: undefined, events: ['call', 'chats.lock'] });
    expect(filterOf(term([...EVENT_NAMES], ['a', 'b', 'c']))).toEqual({ sessions: ['a', 'b', 'c'] });
    expect(filterOf(term(['call'], many))).toEqual({ events: ['call'] });
    expect(filterOf(term([...EVENT_NAMES], many))).toEqual({});
  });

  it('delivers each event that any request covers, once', () => {
    const sessions = ['a', 'b', 'c'];
    const events: EventName[] = ['call', 'chats.lock', 'chats.update'];
    for (let seed = 1; seed <= 300; seed++) {
      let state = seed;
      const random = (below: number): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
      const log = Array.from({ length: 80 }, (_, i) => ({ sequence: i + 1, ...subject(sessions[random(3)]!, events[random(3)]!) }));
      const backlog = new Backlog(NOTHING, at(0));
      const pending = new Map<number, number>();
      const delivered = new Map<number, number>();
      for (let step = 0; step < 12; step++) {
        const added = term([events[random(3)]!], random(2) ? undefined : [sessions[random(3)]!]);
        const begin = random(80);
        const reached = backlog.position.sequence;
        const before = backlog.terms;
        add(backlog, added, 'plain', from(begin));
        // Events that the client already received are delivered again only if the new request names them.
        for (const each of log) {
          const again = each.sequence > begin && each.sequence <= reached && fitsAny([added], each);
          const first = each.sequence > Math.max(begin, reached) && fitsAny([added], each) && !fitsAny(before, each);
          if (again || first) pending.set(each.sequence, (pending.get(each.sequence) ?? 0) + 1);
        }
        const upTo = Math.min(80, backlog.position.sequence + random(90));
        read(backlog, log, upTo, delivered);
      }
      read(backlog, log, 80, delivered);
      for (const [sequence, times] of delivered) {
        expect(times).toBeGreaterThanOrEqual(1);
        expect(fitsAny(backlog.terms, log[sequence - 1]!)).toBe(true);
      }
      // A later request can start after the start of an earlier one that is not served yet. One delivery satisfies both.
      for (const sequence of pending.keys()) expect(delivered.has(sequence)).toBe(true);
    }
  });
});

function fitsAny(terms: readonly Term[], { session, event }: Subject): boolean {
  return terms.some(({ events, sessions }) => events.has(event) && (sessions === '*' || sessions.has(session)));
}

function read(backlog: Backlog, log: readonly (Subject & { sequence: number })[], upTo: number, delivered: Map<number, number>): void {
  let last = backlog.position.sequence;
  for (const each of log) {
    if (each.sequence > upTo || backlog.pendingForm(each.sequence, each) === null) continue;
    expect(each.sequence).toBeGreaterThan(last);
    last = each.sequence;
    delivered.set(each.sequence, (delivered.get(each.sequence) ?? 0) + 1);
  }
  backlog.advance(at(upTo));
}
