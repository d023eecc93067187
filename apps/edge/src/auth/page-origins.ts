import { isOriginAt } from './origin-at.policy.js';
import type { RequestHeaders, TrustedProxies } from './trusted-proxies.js';

/** Which web pages may use this edge: those of the origins that the operator names, and those that the edge delivers itself. */
export class PageOrigins {
  constructor(
    private readonly named: readonly string[],
    private readonly proxies: TrustedProxies
  ) {}

  /** Whether a request may come from where it says. What has no origin comes from no web page. */
  permit(peer: string, headers: RequestHeaders): boolean {
    const origin = headers['origin'];
    if (origin === undefined || this.named.includes(String(origin))) return true;
    // Browsers say so where they can, and let no page say it.
    if (headers['sec-fetch-site'] === 'same-origin') return true;
    return this.proxies.hostsOf(peer, headers).some(host => isOriginAt(String(origin), host));
  }
}
