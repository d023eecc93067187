import { acceptedRequestId, loggedPath, requestLevel } from './log-options.policy.js';

describe('a request log', () => {
  it.each([
    ['/sessions/a?token=hunter2', '/sessions/a'],
    ['/x#token', '/x'],
    ['/sessions/a/chats/4915112345678@s.whatsapp.net', '/sessions/a/chats/…@s.whatsapp.net'],
    ['/v1/sessions/12345', '/v1/sessions/12345'],
    ['/passkey/Zr0mW3o5yq_8dVd0mJtXkT9b2w-uJ1fC4gH7eQpLsNa/confirm', '/passkey/…/confirm'],
    ['/api/sessions/3f2b8c1e-9d4a-4f6b-8a7c-5e1d2f3a4b5c', '/api/sessions/3f2b8c1e-9d4a-4f6b-8a7c-5e1d2f3a4b5c'],
    [undefined, '']
  ])('shows of %s: %s', (url, path) => {
    expect(loggedPath(url)).toBe(path);
  });

  it.each(['', 'a b', 'x'.repeat(65), 'line\nfeed', ['a', 'b'], undefined])('accepts no request id from %p', header => {
    expect(acceptedRequestId(header)).toBeUndefined();
  });

  it("keeps the caller's harmless request id", () => {
    expect(acceptedRequestId('req-1.a_B')).toBe('req-1.a_B');
  });

  it.each([
    [200, undefined, 'debug'],
    [302, undefined, 'debug'],
    [404, undefined, 'info'],
    [500, undefined, 'error'],
    [200, new Error('broken'), 'error']
  ] as const)('logs status %s with error %s at %s', (status, err, level) => {
    expect(requestLevel(status, err)).toBe(level);
  });
});
