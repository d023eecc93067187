import { ackCode, messageRefusal } from './message-refusal.table.js';
import { messageRefused, refusedByWhatsApp } from './whatsapp-error.mapper.js';

describe('refusals of messages', () => {
  test.each([
    [400, false, undefined],
    [403, true, 3_600_000],
    [405, false, undefined],
    [429, true, 60_000],
    [463, false, undefined],
    [479, true, 1_000],
    [500, true, 10_000],
    [503, true, 10_000],
    [499, false, undefined]
  ])('%d: retryable %s', (code, retryable, retryAfterMs) => {
    const body = messageRefused(String(code)).toBody();
    expect(body).toMatchObject({ code: 'REFUSED_BY_WHATSAPP', retryable, certain: true, details: { statusCode: code } });
    expect(body.details!['retryAfterMs']).toBe(retryAfterMs);
    expect(messageRefusal(code).retryable).toBe(retryable);
  });

  test('the text rate-overlimit is 429', () => {
    expect(ackCode('rate-overlimit')).toBe(429);
    expect(messageRefused('rate-overlimit')).toMatchObject({ retryable: true, details: { statusCode: 429, retryAfterMs: 60_000 } });
  });

  test('queries can be repeated after 429, but not after 403', () => {
    expect(refusedByWhatsApp(429)).toMatchObject({ retryable: true, details: { retryAfterMs: 60_000 } });
    expect(refusedByWhatsApp(403)).toMatchObject({ retryable: false });
    expect(refusedByWhatsApp(403).details).toEqual({ statusCode: 403 });
  });
});
