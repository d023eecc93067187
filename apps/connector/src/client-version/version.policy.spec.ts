import type { WhatsAppVersion } from '@wabus/contracts';
import {
  expiryWarning,
  lookUpTurn,
  nextLookUpMs,
  outdatedMessage,
  revisionIn,
  versionToPresent,
  type LookUpFailure,
  type VersionRecord
} from './version.policy.js';

const BUILT_IN: WhatsAppVersion = [2, 3000, 1000];
const NOW = Date.parse('2026-11-29T12:00:00Z');
const ago = (ms: number): string => new Date(NOW - ms).toISOString();
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('a revision', () => {
  test.each([
    ['in the form of the current page', 'JSON.parse("{\\"client_revision\\":1044142122,\\"x\\":1}")', 1_044_142_122],
    ['as plain JSON', '{"client_revision": 1044142122}', 1_044_142_122],
    ['the first of several', '"client_revision":5,"client_revision":6', 5],
    ['none, if it is missing', '<html>Update your browser</html>', null],
    ['none, if it is not a number', '"client_revision":"new"', null],
    ['zero', '"client_revision":0', null],
    ['none, if no client could present it', '"client_revision":99999999999', null],
    ['none, if the page is empty', '', null]
  ])('is read from a page: %s', (_what, script, revision) => {
    expect(revisionIn(script)).toBe(revision);
  });
});

test.each<[found: string | null, presented: WhatsAppVersion]>([
  [null, BUILT_IN],
  ['2.3000.1001', [2, 3000, 1001]],
  ['2.3000.1000', BUILT_IN],
  ['2.3000.999', BUILT_IN],
  ['2.3001.5000', BUILT_IN],
  ['3.3000.5000', BUILT_IN],
  ['2.3000', BUILT_IN],
  ['2.3000.1001-alpha', BUILT_IN],
  ['2.3000.1001.1', BUILT_IN],
  ['2.3000.4294967296', BUILT_IN],
  ['', BUILT_IN]
])('with 2.3000.1000 built in, %p results in %p', (found, presented) => {
  expect(versionToPresent(BUILT_IN, found)).toEqual(presented);
});

describe('the turn to look up', () => {
  const ended = (ms: number): VersionRecord => ({
    version: null,
    lookUp: { by: 'c1', startedAt: ago(ms + 100), endedAt: ago(ms), failure: null }
  });
  const underWay = (ms: number): VersionRecord => ({
    version: null,
    lookUp: { by: 'c1', startedAt: ago(ms), endedAt: null, failure: null }
  });
  const times = { now: NOW, minIntervalMs: 30_000, limitMs: 20_000 };

  test.each<[what: string, record: VersionRecord | null, at: ReturnType<typeof lookUpTurn>[]]>([
    ['no connector has looked', null, ['look', 'look', 'look']],
    ['another connector is looking', underWay(5_000), ['wait', 'wait', 'wait']],
    ['another connector died while looking', underWay(20_000), ['look', 'look', 'look']],
    ['an answer is seconds old', ended(10_000), ['none', 'none', 'none']],
    ['an answer is a minute old', ended(60_000), ['look', 'none', 'look']],
    ['an answer is half a day old', ended(12 * HOUR), ['look', 'none', 'look']],
    ['an answer is a day old', ended(21 * HOUR), ['look', 'look', 'look']],
    ['the time of an answer is in the future', ended(-HOUR), ['look', 'look', 'look']]
  ])('is decided when %s', (_what, record, expected) => {
    expect((['start', 'daily', 'refused'] as const).map(trigger => lookUpTurn(record, trigger, times))).toEqual(expected);
  });
});

test('the next look-up is in a day, or an hour after a failure', () => {
  expect([0, 0.5].map(random => nextLookUpMs(null, random))).toEqual([0.9 * DAY, DAY]);
  expect(nextLookUpMs({ reason: 'no-answer', detail: null }, 0.5)).toBe(HOUR);
});

describe('the warning in health', () => {
  const warning = (days: number) => expiryWarning(new Map([['2.3000.1000', new Date(NOW + days * DAY).toISOString()]]), NOW);

  test('comes 14 days before', () => {
    expect(warning(14.1)).toBeNull();
    expect(warning(14)).toContain('WhatsApp refuses version 2.3000.1000 from 2026-12-13 (in 14 days)');
  });
  test('stays after that day', () => expect(warning(-2)).toContain('2.3000.1000 since 2026-11-27.'));
  test('is null without an announcement', () => expect(expiryWarning(new Map(), NOW)).toBeNull());
});

describe('the message of a refused version', () => {
  const page = 'https://web.whatsapp.com/sw.js';
  const found = { failure: null, page };

  test('names the setting that fixes it', () => {
    expect(outdatedMessage(BUILT_IN, 'setting', found)).toMatch(/2\.3000\.1000 .* WABUS_WHATSAPP_VERSION pins this version/);
    expect(outdatedMessage(BUILT_IN, 'session', found)).toMatch(/The settings of the session pin this version/);
  });
  test.each<[LookUpFailure, RegExp]>([
    [
      { reason: 'unreachable', detail: 'ECONNREFUSED' },
      /could not be looked up: https:\/\/web\.whatsapp\.com\/sw\.js cannot be reached \(ECONNREFUSED\)/
    ],
    [{ reason: 'no-answer', detail: null }, /did not answer in time/],
    [{ reason: 'refused', detail: '503' }, /answered with status 503/],
    [{ reason: 'unreadable', detail: null }, /does not name a version/]
  ])('reports why the look-up failed: %j', (failure, expected) => {
    expect(outdatedMessage(BUILT_IN, null, { failure, page })).toMatch(expected);
  });
  test('states that there is no newer one', () =>
    expect(outdatedMessage(BUILT_IN, null, found)).toMatch(/No newer version is published yet/));
});
