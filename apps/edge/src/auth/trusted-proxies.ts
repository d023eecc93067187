import { AllowedHosts, isNetwork } from '@wabus/runtime';

/** Headers as Node gives them: names in lower case. */
export type RequestHeaders = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Tells the address of a client behind proxies that the operator names. `X-Forwarded-For` is believed from these alone, and in it only what they have seen themselves:
 * whatever a client writes into the header stands left of the address that the first of them adds.
 */
export class TrustedProxies {
  private readonly hosts: AllowedHosts;

  /** @param networks addresses and networks in CIDR notation */
  constructor(networks: readonly string[]) {
    this.hosts = new AllowedHosts(networks);
  }

  /** The address that is not a trusted proxy's and nearest to this edge. `peer` is what the connection says. */
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

  /** The hosts that a client may have asked for: that of the request, and those that a trusted proxy says in `X-Forwarded-Host`. */
  hostsOf(peer: string, headers: RequestHeaders): string[] {
    const forwarded = this.hosts.hasAddress(peer) ? headers['x-forwarded-host'] : undefined;
    return [headers['host'] ?? [], forwarded ?? []].flat().flatMap(hosts => hosts.split(',').map(host => host.trim()));
  }

  /** How a client reaches this edge: `https://wabus.example.com`. A trusted proxy says what it was asked for; without one the request itself does. */
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
