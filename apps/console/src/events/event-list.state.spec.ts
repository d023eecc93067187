import { MOST_EVENTS, nextList, NO_EVENTS, type EventList } from './event-list.state.js';

const came = (list: EventList<number>, ...events: number[]): EventList<number> => nextList(list, { kind: 'came', events });
const start: EventList<number> = NO_EVENTS;

describe('the list of events', () => {
  it('shows the newest first', () => {
    expect(came(came(start, 1, 2), 3).shown).toEqual([3, 2, 1]);
  });

  it('stays within its limit and continues to count', () => {
    const many = Array.from({ length: MOST_EVENTS + 10 }, (_, index) => index);
    const shown = came(came(start, 7), ...many);
    expect(shown.shown).toHaveLength(MOST_EVENTS);
    expect(shown.shown[0]).toBe(MOST_EVENTS + 9);
    expect(shown.total).toBe(MOST_EVENTS + 11);
    const held = came(nextList(shown, { kind: 'pause' }), ...many);
    expect(held.held).toHaveLength(MOST_EVENTS);
    expect(nextList(held, { kind: 'resume' }).shown).toHaveLength(MOST_EVENTS);
  });

  it('does not change while paused, then shows the held events', () => {
    const paused = came(nextList(came(start, 1), { kind: 'pause' }), 2, 3);
    expect(paused.shown).toEqual([1]);
    expect(paused.held).toEqual([3, 2]);
    const resumed = nextList(paused, { kind: 'resume' });
    expect(resumed.shown).toEqual([3, 2, 1]);
    expect(resumed.held).toBeNull();
  });

  it('counts events that are not listed', () => {
    expect(nextList(came(start, 1), { kind: 'came', events: [2], of: 10 })).toMatchObject({ shown: [2, 1], total: 11 });
  });

  it('reports how many it dropped while paused', () => {
    const many = Array.from({ length: MOST_EVENTS }, (_, index) => index);
    const paused = came(came(nextList(start, { kind: 'pause' }), ...many), 1, 2, 3);
    expect(paused).toMatchObject({ dropped: 3, total: MOST_EVENTS + 3 });
    expect(came(paused, 4).dropped).toBe(4);
    expect(nextList(paused, { kind: 'resume' }).dropped).toBe(0);
  });

  it('is empty after it was cleared, and stays paused if it was', () => {
    expect(nextList(came(start, 1), { kind: 'clear' })).toEqual(NO_EVENTS);
    const paused = came(nextList(start, { kind: 'pause' }), 1);
    expect(nextList(paused, { kind: 'clear' }).held).toEqual([]);
  });
});
