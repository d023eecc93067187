import type { WebhookFormatName } from '@wabus/contracts';
import { attemptsFor, retryAfterMs, verdictOfError, verdictOfStatus } from './verdict.table.js';

const REFUSED = [400, 406, 411, 413, 414, 415, 422, 431];

describe('the verdict', () => {
  it('of every status is the documented one', () => {
    for (let status = 200; status < 600; status++) {
      const expected = status < 300 ? 'delivered' : status === 410 ? 'pause' : REFUSED.includes(status) ? 'dead' : 'retry';
      expect([status, verdictOfStatus(status).kind]).toEqual([status, expected]);
    }
  });

  it('of an error is to retry, unless the address is denied', () => {
    expect(verdictOfError('EGRESS_DENIED')).toEqual({ kind: 'pause', reason: 'egress-denied' });
    expect(['EGRESS_FAILED', 'INTERNAL'].map(code => verdictOfError(code).kind)).toEqual(['retry', 'retry']);
  });

  it('of a foreign program that responds is final sooner', () => {
    const most = (status: number | null, format: WebhookFormatName, maxAttempts = 20): number =>
      attemptsFor(status, { format, maxAttempts });
    for (const format of ['waha', 'evolution', 'cloud-api'] as const) {
      expect([403, 404, 405, 500, 302].map(status => most(status, format))).toEqual([6, 6, 6, 6, 6]);
      expect([null, 401, 408, 429, 502, 503, 504].map(status => most(status, format))).toEqual([20, 20, 20, 20, 20, 20, 20]);
      expect(most(500, format, 3)).toBe(3);
    }
    expect([404, 500, null].map(status => most(status, 'wabus'))).toEqual([20, 20, 20]);
  });

  it('respects a valid Retry-After', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    expect(
      ['3', 'Thu, 01 Jan 2026 00:00:05 GMT', 'Wed, 31 Dec 2025 00:00:00 GMT', 'soon', undefined].map(text => retryAfterMs(text, now))
    ).toEqual([3_000, 5_000, 0, null, null]);
  });
});
