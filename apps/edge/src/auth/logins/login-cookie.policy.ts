import type { RequestHeaders } from '../trusted-proxies.js';

/** The name over https. Browsers accept a cookie with this prefix only from the host itself, with `Secure` and `Path=/` (RFC 6265bis, 4.1.3.2). */
const SECURE_NAME = '__Host-wabus';
const PLAIN_NAME = 'wabus-login';
const SECRET = /^[\w-]{43}$/;

/**
 * Returns the secret in the cookie of a login, or `null` without one. A name that occurs twice is ignored, because another host may have
 * set one of the two cookies. If the page came over https, only the cookie that no other host can set is accepted.
 */
export function secretOfCookie(headers: RequestHeaders, isHttps: boolean): string | null {
  const pairs = [headers['cookie'] ?? []].flat().join(';').split(';');
  const valuesOf = (name: string): string[] =>
    pairs.flatMap(pair => (pair.trim().startsWith(`${name}=`) ? [pair.trim().slice(name.length + 1)] : []));
  const secure = valuesOf(SECURE_NAME);
  const [value, ...more] = secure.length > 0 || isHttps ? secure : valuesOf(PLAIN_NAME);
  return value !== undefined && more.length === 0 && SECRET.test(value) ? value : null;
}

/** Returns the header that stores the secret. Without `maxAgeMs`, the cookie lasts until the browser is closed. */
export function loginCookie(secret: string, { isHttps, maxAgeMs }: { isHttps: boolean; maxAgeMs: number | null }): string {
  return cookie(secret, isHttps, maxAgeMs === null ? null : Math.floor(maxAgeMs / 1_000));
}

/** Returns the headers that delete the cookie under both names, because the page may have used the other scheme before. */
export function clearedCookies(): string[] {
  return [cookie('', false, 0), cookie('', true, 0)];
}

function cookie(value: string, isHttps: boolean, maxAge: number | null): string {
  const name = isHttps ? SECURE_NAME : PLAIN_NAME;
  const rest = ['Path=/', 'HttpOnly', 'SameSite=Strict', ...(isHttps ? ['Secure'] : []), ...(maxAge === null ? [] : [`Max-Age=${maxAge}`])];
  return [`${name}=${value}`, ...rest].join('; ');
}
