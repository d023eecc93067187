import type { RequestHeaders } from '../trusted-proxies.js';

/** Over https: browsers take a cookie of this name from the host itself alone, and only `Secure` and with `Path=/` (RFC 6265bis, 4.1.3.2). */
const SECURE_NAME = '__Host-wabus';
const PLAIN_NAME = 'wabus-login';
const SECRET = /^[\w-]{43}$/;

/**
 * The secret in the cookie of a login, `null` without one. A name that is there twice counts as none: another host may have set one of the two.
 * Where the page came over https, only the cookie counts that no other host can set.
 */
export function secretOfCookie(headers: RequestHeaders, isHttps: boolean): string | null {
  const pairs = [headers['cookie'] ?? []].flat().join(';').split(';');
  const valuesOf = (name: string): string[] =>
    pairs.flatMap(pair => (pair.trim().startsWith(`${name}=`) ? [pair.trim().slice(name.length + 1)] : []));
  const secure = valuesOf(SECURE_NAME);
  const [value, ...more] = secure.length > 0 || isHttps ? secure : valuesOf(PLAIN_NAME);
  return value !== undefined && more.length === 0 && SECRET.test(value) ? value : null;
}

/** The header that stores the secret; without `maxAgeMs` until the browser is closed. */
export function loginCookie(secret: string, { isHttps, maxAgeMs }: { isHttps: boolean; maxAgeMs: number | null }): string {
  return cookie(secret, isHttps, maxAgeMs === null ? null : Math.floor(maxAgeMs / 1_000));
}

/** The headers that remove it, under both names: the page may have come to the host by another scheme before. */
export function clearedCookies(): string[] {
  return [cookie('', false, 0), cookie('', true, 0)];
}

function cookie(value: string, isHttps: boolean, maxAge: number | null): string {
  const name = isHttps ? SECURE_NAME : PLAIN_NAME;
  const rest = ['Path=/', 'HttpOnly', 'SameSite=Strict', ...(isHttps ? ['Secure'] : []), ...(maxAge === null ? [] : [`Max-Age=${maxAge}`])];
  return [`${name}=${value}`, ...rest].join('; ');
}
