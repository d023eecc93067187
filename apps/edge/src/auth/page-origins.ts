import { isOriginAt } from './origin-at.policy.js';
import type { RequestHeaders, TrustedProxies } from './trusted-proxies.js';

/** The web pages that may use this edge: those of the configured origins, and those that the edge serves itself. */
export class PageOrigins {
  constructor(
    private readonly named: readonly string[],
    private readonly proxies: TrustedProxies
  ) {}

  /** Returns whether a request is permitted by its origin. A request without an origin does not come from a web page. */
  permit(peer: string, headers: RequestHeaders): boolean {
    const origin = headers['origin'];
    if (origin === undefined || this.named.includes(String(origin))) return true;
    // Set by browsers that support it. A page cannot set it.
    if (headers['sec-fetch-site'] === 'same-origin') return true;
    return this.proxies.hostsOf(peer, headers).some(host => isOriginAt(String(origin), host));
  }
}
