import { readFileSync } from 'node:fs';
import { readFormats } from './format.reader.js';
import { measureUpgrade } from './upgrade.measurement.js';
import { upgradeFaults } from './upgrade.figures.js';
import { passesAcross, planUpgrade, raisedFormats, STREAM_USERS } from './upgrade.schedule.js';

const COUNTS = { connector: 2, edge: 2 };
const linesOf = (raised: string[]): string[] =>
  planUpgrade(passesAcross(raised), COUNTS).map(({ kind, indexes, to }) => `${kind} ${indexes.join('+')} ${to}`);

test('equal formats: every process alone, down and up again', () => {
  const lines = linesOf([]);
  expect(lines).toHaveLength(20);
  expect(lines.slice(0, 8)).toEqual([
    ...['connector 0 new', 'connector 1 new', 'edge 0 new', 'edge 1 new'],
    ...['connector 0 old', 'connector 1 old', 'edge 0 old', 'edge 1 old']
  ]);
  expect(lines.slice(8, 10)).toEqual(['edge 0 new', 'edge 1 new']);
  expect(lines.slice(16)).toEqual(lines.slice(0, 4));
});

test('a raised format stops its processes together, one way', () => {
  expect(linesOf(['KV_WABUS_OWNERSHIP'])).toEqual(['connector 0+1 new', 'edge 0 new', 'edge 1 new']);
  expect(linesOf(['WABUS_EVENTS'])).toEqual(['connector 0+1 new', 'edge 0+1 new']);
  expect(linesOf(['KV_WABUS_MODELS'])).toEqual(['connector 0 new', 'connector 1 new', 'edge 0+1 new']);
});

test('the page about upgrades lists every format and its users', async () => {
  const page = readFileSync(new URL('../../../../../docs/operations/deployment.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+)` +\| (\d+) +\| ([a-z, ]+?) +\|/gm)].map(([, stream, format, users]) => [
    stream,
    format,
    users
  ]);
  const formats = Object.entries(await readFormats(null));
  expect(rows).toEqual(
    formats.map(([stream, format]) => [stream, String(format), STREAM_USERS[stream]?.map(kind => `${kind}s`).join(', ')])
  );
}, 10_000);

test('a format is raised only by a larger number', () => {
  const present = { WABUS_EVENTS: 1, KV_WABUS_MODELS: 3, KV_WABUS_NEW: 1, KV_WABUS_RAISED: 2 };
  expect(raisedFormats({ WABUS_EVENTS: 1, KV_WABUS_MODELS: 3, KV_WABUS_GONE: 7 }, present)).toEqual(['KV_WABUS_RAISED']);
  expect(raisedFormats({}, {})).toEqual([]);
});

test('replacing each process under traffic loses nothing', async () => {
  const result = await measureUpgrade({
    old: null,
    present: null,
    raised: [],
    passes: [{ to: 'new', first: 'connector', together: [] }],
    sessions: 2,
    perSecond: 30,
    outwardPerSecond: 4,
    messagesPerStep: 15
  });
  expect(upgradeFaults(result)).toEqual([]);
  expect(result.replaced).toEqual({ connector: 2, edge: 2 });
  expect(result.log.arrived).toBeGreaterThanOrEqual(60);
  for (const verdict of [result.consumer, result.webhook, result.durable]) expect(verdict.arrived).toBe(result.log.arrived);
  expect(result.outward.arrived).toBeGreaterThan(0);
}, 60_000);
