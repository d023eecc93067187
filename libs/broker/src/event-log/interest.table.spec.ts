import { EVENT_NAMES, type EventName, type SessionId } from '@wabus/contracts';
import type { EventFilter } from './event-log.types.js';
import { InterestTable } from './interest.table.js';

const a = 'a' as SessionId;
const b = 'b' as SessionId;
const tableOf = (...filters: EventFilter[]): InterestTable => {
  const table = new InterestTable();
  filters.forEach(filter => table.add(filter));
  return table;
};
const subjects = (...filters: EventFilter[]): string[] => [...tableOf(...filters).subjects()].sort();

describe('the interests of a live feed', () => {
  it('are one subject for each session and event', () => {
    expect(subjects({ sessions: [a, b], events: ['call', 'messages.upsert'] })).toEqual([
      'wa.evt.a.call',
      'wa.evt.a.messages.upsert',
      'wa.evt.b.call',
      'wa.evt.b.messages.upsert'
    ]);
    expect(subjects({ events: ['call'] })).toEqual(['wa.evt.*.call']);
    expect(subjects()).toEqual([]);
  });

  it('become one subject of a session if many are requested', () => {
    expect(subjects({ sessions: [a] })).toEqual(['wa.evt.a.>']);
    expect(subjects({ sessions: [a], events: EVENT_NAMES.slice(0, 4) })).toEqual(['wa.evt.a.>']);
    expect(subjects({}, { sessions: [a] })).toEqual(['wa.evt.>']);
    expect(tableOf({}).wantsEverything).toBe(true);
    expect(tableOf({ events: EVENT_NAMES.slice(1) }).wantsEverything).toBe(false);
  });

  it('of one session are covered by those of every session', () => {
    expect(subjects({ events: ['call'] }, { sessions: [a], events: ['call', 'chats.lock'] })).toEqual([
      'wa.evt.*.call',
      'wa.evt.a.chats.lock'
    ]);
  });

  it('report whether an addition subscribes to something new', () => {
    const table = tableOf({ sessions: [a], events: ['call'] });
    expect(table.add({ sessions: [a], events: ['call'] })).toBe(false);
    expect(table.add({ sessions: [a, b], events: ['call'] })).toBe(true);
    expect(table.add({ events: ['call'] })).toBe(true);
    expect(table.add({ sessions: ['c' as SessionId], events: ['call'] })).toBe(false);
  });

  it('end when removed as often as added, in any order', () => {
    const filters: EventFilter[] = [{}, { sessions: [a, a] }, { events: ['call'] }, { sessions: [a, b], events: ['call'] }];
    for (const first of filters) {
      const table = tableOf(...filters);
      [first, ...filters.filter(filter => filter !== first)].forEach((filter, i) => {
        expect(table.isEmpty).toBe(false);
        table.remove(filter);
        expect(table.wantsEverything).toBe(first !== filters[0] && i < 1);
      });
      expect(table.isEmpty).toBe(true);
      expect(table.wants(a, 'call')).toBe(false);
    }
  });

  it('have disjoint filters that match exactly the interests', () => {
    const table = tableOf({ events: ['call', 'chats.lock'] }, { sessions: [a] }, { sessions: [b], events: ['call', 'groups.update'] });
    const filters = table.filters();
    const matching = (session: string, event: EventName): number =>
      filters.filter(filter => [`wa.evt.*.${event}`, `wa.evt.${session}.${event}`].includes(filter)).length;
    for (const session of ['a', 'b', 'c']) {
      for (const event of EVENT_NAMES) expect(matching(session, event)).toBe(table.wants(session as SessionId, event) ? 1 : 0);
    }
    expect(tableOf({ sessions: Array.from({ length: 300 }, (_, i) => `s${i}` as SessionId), events: ['call'] }).filters()).toEqual([
      'wa.evt.>'
    ]);
  });
});
