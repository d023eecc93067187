import { DISCONNECT_REASONS, type DisconnectReasonName } from '../whatsapp/disconnect-reason.table.js';
import {
  afterEnd,
  isReconnectLoop,
  reconnectDelayMs,
  type AfterEnd,
  type EndedConnection,
  type ReconnectPace
} from './reconnect.policy.js';

const backoff: AfterEnd = { next: 'reconnect', pace: 'backoff' };
const atOnce: AfterEnd = { next: 'reconnect', pace: 'at-once' };
const failed: AfterEnd = { next: 'halt', signal: 'fail', forgetCredentials: false };

const ROWS: [reason: DisconnectReasonName, facts: Partial<EndedConnection>, expected: AfterEnd][] = [
  ['logged-out', {}, { next: 'halt', signal: 'unlink', forgetCredentials: true }],
  ['restart-required', {}, atOnce],
  ['restart-required', { failures: 3 }, atOnce],
  ['restart-required', { failures: 4 }, backoff],
  ['replaced', {}, { next: 'reconnect', pace: 'contended' }],
  ['qr-expired', { qrRounds: 1, maxQrRounds: 2 }, atOnce],
  ['qr-expired', { qrRounds: 2, maxQrRounds: 2 }, { next: 'halt', signal: 'unlink', forgetCredentials: false }],
  ['passkey-ended', { failures: 5 }, atOnce],
  ['connection-lost', {}, backoff],
  ['timed-out', {}, backoff],
  ['unreachable', {}, backoff],
  ['proxy-failed', {}, backoff],
  ['connection-closed', {}, backoff],
  ['http-refused', {}, backoff],
  ['unavailable', {}, backoff],
  ['unavailable', { failures: 10_000 }, backoff],
  ['unacknowledged-stanza', {}, backoff],
  ['backlog-stalled', { failures: 5 }, atOnce],
  ['protocol-error', {}, backoff],
  ['connection-failed', {}, backoff],
  ['rate-limited', {}, { next: 'reconnect', pace: 'slow' }],
  ['temporarily-banned', { refusedUntil: 5_000 }, { next: 'reconnect', pace: 'at-the-end', until: 5_000 }],
  ['temporarily-banned', {}, failed],
  ['forbidden', {}, failed],
  ['banned', {}, failed],
  ['client-refused', {}, failed],
  ['client-outdated', {}, { next: 'reconnect', pace: 'outdated' }],
  ['client-outdated', { failures: 10_000 }, { next: 'reconnect', pace: 'outdated' }],
  ['device-mismatch', {}, failed],
  ['bad-session', { failures: 4 }, backoff],
  ['bad-session', { failures: 5 }, failed],
  ['server-not-trusted', {}, failed],
  ['credentials-unreadable', {}, failed]
];

test.each(ROWS)('%s with %j', (reason, facts, expected) => {
  expect(afterEnd({ reason, failures: 1, qrRounds: 0, maxQrRounds: 1, refusedUntil: null, ...facts })).toEqual(expected);
});

test('every reason has a row above', () => {
  expect(new Set(ROWS.map(([reason]) => reason))).toEqual(new Set(Object.keys(DISCONNECT_REASONS)));
});

test('only a logout forgets credentials', () => {
  const forgetting = ROWS.filter(([, , expected]) => expected.next === 'halt' && expected.forgetCredentials).map(([reason]) => reason);
  expect(forgetting).toEqual(['logged-out']);
});

test('the fifth failure in a row makes a loop', () => {
  expect([0, 1, 4, 5, 6, 1_000].map(isReconnectLoop)).toEqual([false, false, false, true, true, true]);
});

describe('the wait before the next attempt', () => {
  const timing = {
    ...{ baseMs: 1_000, capMs: 60_000, contendedBaseMs: 15_000, contendedCapMs: 600_000 },
    ...{ slowBaseMs: 120_000, slowCapMs: 3_600_000, outdatedBaseMs: 60_000, outdatedCapMs: 3_600_000 }
  };
  const longest = (failures: number, pace: ReconnectPace = 'backoff') => reconnectDelayMs(pace, failures, timing, 1);

  test('is 0 if the next attempt is due immediately', () => expect(reconnectDelayMs('at-once', 50, timing, 0.9)).toBe(0));
  test('doubles with each failure up to the cap', () => {
    expect([1, 2, 3, 4, 7, 8, 5_000].map(failures => longest(failures))).toEqual([1_000, 2_000, 4_000, 8_000, 60_000, 60_000, 60_000]);
  });
  test('is random between 0 and that value', () => {
    expect([0, 0.25, 0.5].map(random => reconnectDelayMs('backoff', 3, timing, random))).toEqual([0, 1_000, 2_000]);
  });
  test('is never short if another client uses the credentials', () => {
    expect(reconnectDelayMs('contended', 1, timing, 0)).toBe(7_500);
    expect([1, 2, 20].map(failures => longest(failures, 'contended'))).toEqual([15_000, 30_000, 600_000]);
  });
  test('is a minute to an hour while the version is refused', () => {
    expect(reconnectDelayMs('outdated', 1, timing, 0)).toBe(30_000);
    expect([1, 2, 20].map(failures => longest(failures, 'outdated'))).toEqual([60_000, 120_000, 3_600_000]);
  });
});
