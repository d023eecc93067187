import { CONSOLE_HEADER } from '@wabus/contracts';
import { isOriginAt } from '../origin-at.policy.js';
import type { RequestHeaders } from '../trusted-proxies.js';

/** Of a request, what says whether a page of this edge has made it. */
export interface PageRequestFacts {
  readonly method: string;
  readonly headers: RequestHeaders;
  /** The hosts that the client may have asked for. */
  readonly hosts: readonly string[];
}

/**
 * Whether a page that this edge has delivered makes the request: for requests with the cookie of a login, which browsers add automatically. Pages of other origins may not,
 * also not of those that the operator permits: they have tokens. Without `Origin`, which browsers leave out when they read from the same origin, a header must be there that
 * other sites cannot send: the browser's own, or that of the console. What changes something, and a WebSocket, needs `Origin`.
 */
export function isOwnPage({ method, headers, hosts }: PageRequestFacts): boolean {
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  if (origin !== undefined) return site === 'same-origin' || hosts.some(host => isOriginAt(String(origin), host));
  const onlyReads = (method === 'GET' || method === 'HEAD') && headers['upgrade'] === undefined;
  return onlyReads && (site === 'same-origin' || headers[CONSOLE_HEADER] !== undefined);
}

/** Whether the page came over https, as far as its browser or a trusted proxy says. */
export function isHttpsPage({ headers }: Pick<PageRequestFacts, 'headers'>, edgeOrigin: string): boolean {
  return String(headers['origin'] ?? edgeOrigin).startsWith('https://');
}
