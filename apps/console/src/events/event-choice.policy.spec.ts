import { beginAt, eventChoiceOf, eventParametersOf, eventSourceOf, type EventChoice } from './event-choice.policy.js';

const NOW = Date.parse('2026-11-30T12:00:00.000Z');
const choose = (query: string): EventChoice => eventChoiceOf(new URLSearchParams(query), NOW);

it('has an address for every choice, and the choice of it', () => {
  const queries = [
    '',
    'event=messages.*&event=call&session=sales&chat=4915112345678&from=hour&q=order+17',
    'from=time&since=2026-11-29T08%3A00%3A00.000Z&until=2026-11-30T08%3A00%3A00.000Z'
  ];
  expect(queries.map(query => eventParametersOf(choose(query)).toString())).toEqual(queries);
});

it('counts a beginning some time ago from now', () => {
  expect(choose('from=hour').since).toBe('2026-11-30T11:00:00.000Z');
  expect(choose('').since).toBeNull();
});

it('ignores what is no time or no beginning', () => {
  expect(choose('from=time&since=yesterday&until=soon')).toMatchObject({ since: null, until: null });
  expect(choose('from=never&until=2026-11-30T08:00:00Z')).toMatchObject({ beginning: 'now', since: null, until: null });
});

it('starts a time to enter with the one before', () => {
  const hour = beginAt(choose(''), 'hour', NOW);
  expect(beginAt(hour, 'time', NOW + 1)).toEqual({ ...hour, beginning: 'time' });
  expect(beginAt({ ...hour, until: hour.since }, 'now', NOW)).toEqual(choose(''));
});

it('asks for the same events whatever text the page searches', () => {
  expect(eventSourceOf(choose('q=a'), '')).toBe(eventSourceOf(choose('q=b'), ''));
  expect(eventSourceOf(choose('event=call'), '')).not.toBe(eventSourceOf(choose(''), ''));
});
