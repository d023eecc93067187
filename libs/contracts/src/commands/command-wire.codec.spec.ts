import { WabusError } from '../errors/wabus-error.js';
import { clockOfRefusal, decodeCommandHeaders } from './command-wire.codec.js';

const NOW = Date.parse('2026-11-28T20:00:00Z');

function refusalOf(headers: [string, string[]][]): WabusError {
  try {
    decodeCommandHeaders(headers, NOW);
  } catch (error) {
    if (error instanceof WabusError) return error;
    throw error;
  }
  throw new Error('the headers were accepted');
}

describe('the headers of a command', () => {
  it('have no values without headers of Wabus', () => {
    const nothing = { deadlineAt: null, idempotencyKey: null };
    expect(decodeCommandHeaders([], NOW)).toEqual(nothing);
    expect(decodeCommandHeaders([['traceparent', ['00-1-2-01', 'again']]], NOW)).toEqual(nothing);
  });

  it.each([
    '2026-11-28T20:00:01Z',
    '2026-11-28T20:00:01.000Z',
    '2026-11-28t20:00:01z',
    '2026-11-28T20:00:01.000000000Z',
    '2026-11-28T22:00:01+02:00'
  ])('accept the deadline %s', text => {
    expect(decodeCommandHeaders([['Wabus-Deadline', [text]]], NOW).deadlineAt).toBe(NOW + 1_000);
  });

  it.each([
    ['text', 'soon'],
    ['nothing', ''],
    ['blanks', ' '],
    ['ms since 1970 in the past', String(NOW - 60_000)],
    ['ms since 1970 in the future', String(NOW + 60_000)],
    ['seconds since 1970', '1795892652'],
    ['a number', '5000'],
    ['a fraction', '1.5'],
    ['a negative number', '-1'],
    ['a date without a time', '2026-11-29'],
    ['a time without a zone', '2026-11-28T21:00:00'],
    ['a day that does not exist', '2026-13-40T20:00:00Z'],
    ['a form that only Date.parse accepts', 'Nov 29 2026'],
    ['the date format of HTTP', 'Sun, 29 Nov 2026 08:00:00 GMT']
  ])('refuse as a deadline %s', (_what, text) => {
    const error = refusalOf([['Wabus-Deadline', [text]]]);
    expect([error.code, error.details]).toEqual(['INVALID_REQUEST', { header: 'Wabus-Deadline' }]);
    expect(error.message).toContain('Wabus-Deadline');
  });

  it.each([
    ['a past time', '2026-11-28T19:59:59Z'],
    ['the current time', '2026-11-28T20:00:00Z']
  ])('refuse as a deadline %s, and report the current time', (_what, text) => {
    const error = refusalOf([['Wabus-Deadline', [text]]]);
    expect(error.details).toEqual({ header: 'Wabus-Deadline', now: '2026-11-28T20:00:00.000Z' });
    expect(clockOfRefusal(error)).toBe(NOW);
    expect(clockOfRefusal(refusalOf([['Wabus-Deadline', ['soon']]]))).toBeNull();
    expect(clockOfRefusal(new WabusError('TIMEOUT', { details: error.details }))).toBeNull();
  });

  it('accept a key unchanged', () => {
    expect(decodeCommandHeaders([['Wabus-Idempotency-Key', ['order-17']]], NOW).idempotencyKey).toBe('order-17');
  });

  it.each(['', ' ', 'a b', 'ä', 'x'.repeat(129)])('refuse the key %j', key => {
    expect(refusalOf([['Wabus-Idempotency-Key', [key]]]).details).toEqual({ header: 'Wabus-Idempotency-Key', field: 'idempotencyKey' });
  });

  it.each(['Wabus-Deadline', 'Wabus-Idempotency-Key'])('refuse a repeated %s', name => {
    expect(refusalOf([[name, ['2030-01-01T00:00:00Z', '2031-01-01T00:00:00Z']]]).details).toMatchObject({ header: name });
  });

  it.each(['Wabus-Dedline', 'wabus-deadline', 'WABUS-IDEMPOTENCY-KEY', 'Wabus-Epoch', 'Wabus-Session', 'Wabus-'])('refuse %s', name => {
    const error = refusalOf([[name, ['x']]]);
    expect([error.code, error.details]).toEqual(['INVALID_REQUEST', { header: name }]);
    expect(error.message).toContain('Wabus-Deadline, Wabus-Idempotency-Key');
  });
});
