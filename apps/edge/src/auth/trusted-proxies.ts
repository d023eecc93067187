import { AllowedHosts, isNetwork } from '@wabus/runtime';

/** Headers as Node provides them, with lower-case names. */
export type RequestHeaders = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Determines the address of a client behind configured proxies. `X-Forwarded-For` is trusted only from these proxies, and only for the addresses that they
 * have seen themselves: anything that a client writes into the header is to the left of the address that the first proxy adds.
 */
export class TrustedProxies {
  private readonly hosts: AllowedHosts;

  /** @param networks addresses, and networks in CIDR notation */
  constructor(networks: readonly string[]) {
    this.hosts = new AllowedHosts(networks);
  }

  /** Returns the address nearest to this edge that does not belong to a trusted proxy. `peer` is the address of the connection. */
  clientOf(peer: string, headers: RequestHeaders): string {
    const hops = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
    let client = peer;
    while (this.hosts.hasAddress(client)) {
      const before = hops.pop()?.trim() ?? '';
      if (!isAddress(before)) break;
      client = before;
    }
    return client;
  }

  /** Returns the hosts that a client may have addressed: the host of the request, and the hosts in `X-Forwarded-Host` from a trusted proxy. */
  hostsOf(peer: string, headers: RequestHeaders): string[] {
    const forwarded = this.hosts.hasAddress(peer) ? headers['x-forwarded-host'] : undefined;
    return [headers['host'] ?? [], forwarded ?? []].flat().flatMap(hosts => hosts.split(',').map(host => host.trim()));
  }

  /**
   * Returns the origin under which a client reaches this edge: `https://wabus.example.com`. It comes from a trusted proxy or,
   * without one, from the request itself.
   */
  originOf({
    headers,
    protocol,
    socket
  }: {
    headers: RequestHeaders;
    protocol: string;
    socket: { remoteAddress?: string | undefined };
  }): string {
    const first = (name: string): string | undefined => [headers[name] ?? []].flat().join(',').split(',')[0]?.trim() || undefined;
    const proxied = this.hosts.hasAddress(socket.remoteAddress ?? '');
    const scheme = (proxied && first('x-forwarded-proto')) || protocol;
    const host = (proxied && first('x-forwarded-host')) || first('host') || 'localhost';
    return `${scheme === 'https' ? 'https' : 'http'}://${host}`;
  }
}

function isAddress(text: string): boolean {
  return isNetwork(text) && !text.includes('/');
}
