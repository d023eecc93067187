import type { AnyEvent } from '@wabus/sdk';
import { readingSnippets, subscribingSnippets } from './event-snippets.policy.js';

const event = { event: 'messages.upsert', session: 'sales', cursor: 'MTp4OjU', at: '2026-11-30T06:00:00.000Z' } as AnyEvent;
const codes = (snippets: { name: string; code: string }[]): Record<string, string> =>
  Object.fromEntries(snippets.map(({ name, code }) => [name, code]));

it('reads one event again, from its time to its cursor', () => {
  const { curl, SDK } = codes(readingSnippets(event, 'https://wabus.example'));
  expect(curl).toContain(
    "'https://wabus.example/api/sessions/sales/events?events=messages.upsert&since=2026-11-30T06%3A00%3A00.000Z&until=MTp4OjU&limit=1000'"
  );
  expect(SDK).toContain("{ events: ['messages.upsert'], sessions: ['sales'], since: '2026-11-30T06:00:00.000Z' }");
  // Other events may come first.
  expect(SDK).toMatch(/if \(event\.cursor !== 'MTp4OjU'\) continue;\n.*console\.log.*\n *break;/);
});

it('subscribes from this event on', () => {
  const { curl, SDK } = codes(subscribingSnippets(event, 'https://wabus.example'));
  expect(curl).toMatch(/^curl -N .*text\/event-stream/);
  expect(curl).toContain('since=MTp4OjU');
  expect(SDK).toContain("since: 'MTp4OjU'");
});
