import { clearedCookies, loginCookie, secretOfCookie } from './login-cookie.policy.js';

const SECRET = 'a'.repeat(43);
const OTHER = 'b'.repeat(43);

describe('the cookie of a login', () => {
  it('is readable by no script, and is sent to no other site', () => {
    expect(loginCookie(SECRET, { isHttps: false, maxAgeMs: null })).toBe(`wabus-login=${SECRET}; Path=/; HttpOnly; SameSite=Strict`);
    expect(loginCookie(SECRET, { isHttps: true, maxAgeMs: 60_000 })).toBe(
      `__Host-wabus=${SECRET}; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=60`
    );
    for (const cleared of clearedCookies()) expect(cleared).toContain('Max-Age=0');
  });

  it('is found among others', () => {
    expect(secretOfCookie({ cookie: `theme=dark; wabus-login=${SECRET}` }, false)).toBe(SECRET);
    expect(secretOfCookie({ cookie: `__Host-wabus=${SECRET}; a=b` }, true)).toBe(SECRET);
  });

  it.each([
    ['nothing', '', false],
    ['no secret', 'wabus-login=short', false],
    ['two', `wabus-login=${SECRET}; wabus-login=${OTHER}`, false],
    ['one that another host may set', `wabus-login=${SECRET}`, true]
  ])('is ignored: %s', (_what, cookie, isHttps) => {
    expect(secretOfCookie({ cookie }, isHttps)).toBeNull();
  });

  it('takes precedence if only the host itself can set it', () => {
    expect(secretOfCookie({ cookie: `wabus-login=${OTHER}; __Host-wabus=${SECRET}` }, false)).toBe(SECRET);
  });
});
