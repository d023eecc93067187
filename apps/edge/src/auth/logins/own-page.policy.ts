import { CONSOLE_HEADER } from '@wabus/contracts';
import { isOriginAt } from '../origin-at.policy.js';
import type { RequestHeaders } from '../trusted-proxies.js';

/** The parts of a request that show whether a page of this edge makes it. */
export interface PageRequestFacts {
  readonly method: string;
  readonly headers: RequestHeaders;
  /** The hosts that the client may have addressed. */
  readonly hosts: readonly string[];
}

/**
 * Returns whether a page that this edge serves makes the request. Checked for requests with a login cookie, which browsers add
 * automatically. Pages of other origins are refused, even origins that the operator permits, because those pages use tokens. Browsers omit
 * `Origin` when they read from the same origin; then a header that other sites cannot send is required, from the browser or from the
 * console. Mutations and WebSockets require `Origin`.
 */
export function isOwnPage({ method, headers, hosts }: PageRequestFacts): boolean {
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  if (origin !== undefined) return site === 'same-origin' || hosts.some(host => isOriginAt(String(origin), host));
  const onlyReads = (method === 'GET' || method === 'HEAD') && headers['upgrade'] === undefined;
  return onlyReads && (site === 'same-origin' || headers[CONSOLE_HEADER] !== undefined);
}

/** Returns whether the page came over https, according to its browser or a trusted proxy. */
export function isHttpsPage({ headers }: Pick<PageRequestFacts, 'headers'>, edgeOrigin: string): boolean {
  return String(headers['origin'] ?? edgeOrigin).startsWith('https://');
}
