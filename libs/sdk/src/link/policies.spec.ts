import { WabusError } from '../errors/wabus.error.js';
import { mayReconnect, retryWaitMs } from './reconnect.policy.js';
import { parseEdgeAddress } from './server-address.policy.js';
import { TokenSource } from './token.source.js';

test.each([
  ['http://localhost:3000', 'http://localhost:3000', ''],
  ['localhost:3000', 'http://localhost:3000', ''],
  ['10.0.0.5', 'http://10.0.0.5', ''],
  ['wss://wabus.example.org', 'https://wabus.example.org', ''],
  ['https://example.org/wabus/', 'https://example.org', '/wabus'],
  ['http://localhost:3000/api/events', 'http://localhost:3000', '']
])('%s is at %s%s', (server, origin, prefix) => expect(parseEdgeAddress(server)).toEqual({ origin, prefix }));

test.each(['', 'ftp://example.org', 'http://'])('%j is not an address', server =>
  expect(() => parseEdgeAddress(server)).toThrow(TypeError)
);

describe('after the server has ended or refused a connection', () => {
  const expired = new WabusError('UNAUTHORIZED', { details: { reason: 'expired' } });
  test.each<[string, WabusError | null, boolean, boolean]>([
    ['no reason was given', null, false, true],
    ['it must wait', new WabusError('RATE_LIMITED'), false, true],
    ['it read too slowly', new WabusError('SLOW_CONSUMER'), false, true],
    ['the token has expired, and another is available', expired, true, true],
    ['the token has expired, and there is no other', expired, false, false],
    ['the token was revoked', new WabusError('UNAUTHORIZED', { details: { reason: 'revoked' } }), true, false],
    ['the token is wrong', new WabusError('UNAUTHORIZED'), true, false],
    ['the session is not permitted', new WabusError('FORBIDDEN'), true, false]
  ])('%s', (_why, error, canRefresh, again) => expect(mayReconnect(error, canRefresh)).toBe(again));

  test('the delays double up to a limit, with a random half', () => {
    const waits = { firstMs: 100, lastMs: 1_000 };
    expect([1, 2, 3, 4, 5, 50].map(attempt => retryWaitMs(attempt, 1, waits))).toEqual([100, 200, 400, 800, 1_000, 1_000]);
    expect(retryWaitMs(3, 0, waits)).toBe(200);
  });
});

describe('the token of a client', () => {
  test('is the given text', async () => {
    const source = new TokenSource('text');
    expect([await source.fresh(), await source.current(), source.canRefresh]).toEqual(['text', 'text', false]);
  });

  test('is empty in a page whose login is in a cookie', async () => {
    const source = new TokenSource({ cookie: true });
    expect([await source.fresh(), await source.current(), source.canRefresh]).toEqual(['', '', false]);
  });

  test.each([undefined, null, ''])('throws at once without a token: %p', token => {
    expect(() => new TokenSource(token as unknown as string)).toThrow('Pass an access token, or a function that returns one.');
  });

  test('is created once per connection for all concurrent callers', async () => {
    let made = 0;
    const source = new TokenSource(async () => `token ${++made}`);
    expect(await Promise.all([source.fresh(), source.fresh()])).toEqual(['token 1', 'token 1']);
    expect(await source.current()).toBe('token 1');
    expect(await source.fresh()).toBe('token 2');
    expect(source.canRefresh).toBe(true);
  });

  test('is requested again after the function has failed', async () => {
    let made = 0;
    const source = new TokenSource(() => {
      if (++made === 1) throw new Error('away');
      return 'token';
    });
    await expect(source.current()).rejects.toMatchObject({ code: 'TOKEN_UNAVAILABLE' });
    expect(await source.current()).toBe('token');
  });
});
