import { BlockList, isIP } from 'node:net';
import { FORBIDDEN_NETWORKS, PUBLIC_IPV6 } from './forbidden-networks.table.js';

const FORBIDDEN = blockListOf(FORBIDDEN_NETWORKS.map(([network]) => network));
const PUBLIC = blockListOf([PUBLIC_IPV6]);

/** Returns whether an address belongs to the public Internet; `false` for a text that is not an address. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !FORBIDDEN.check(address, 'ipv4');
    case 6:
      // A zone (fe80::1%eth0) never belongs to the public Internet, and the block list does not support zones.
      return !address.includes('%') && PUBLIC.check(address, 'ipv6') && !FORBIDDEN.check(address, 'ipv6');
    default:
      return false;
  }
}

/** Hosts that the operator permits although they are private or do not use HTTPS: names, addresses and networks in CIDR notation. */
export class AllowedHosts {
  private readonly names: ReadonlySet<string>;
  private readonly networks: BlockList;

  /** Throws a `RangeError` for an entry of any other kind; validate with `isAllowEntry` first. */
  constructor(entries: readonly string[]) {
    const wrong = entries.find(entry => !isAllowEntry(entry));
    if (wrong !== undefined) throw new RangeError(`not a host name, address or network: ${wrong}`);
    this.names = new Set(entries.filter(isHostName).map(name => name.toLowerCase()));
    this.networks = blockListOf(entries.filter(entry => !isHostName(entry)));
  }

  hasName(host: string): boolean {
    return this.names.has(host.toLowerCase());
  }

  hasAddress(address: string): boolean {
    const family = isIP(address);
    return family !== 0 && !address.includes('%') && this.networks.check(address, family === 4 ? 'ipv4' : 'ipv6');
  }
}

/** Returns whether a text is a valid entry of the list of allowed hosts. */
export function isAllowEntry(entry: string): boolean {
  return isHostName(entry) || isNetwork(entry);
}

/** Returns whether a text is an address, or a network in CIDR notation. */
export function isNetwork(entry: string): boolean {
  const [address = '', prefix, ...rest] = entry.split('/');
  const family = isIP(address);
  const bits = prefix === undefined ? 0 : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Infinity;
  return family !== 0 && !address.includes('%') && rest.length === 0 && bits <= (family === 4 ? 32 : 128);
}

function isHostName(entry: string): boolean {
  return isIP(entry) === 0 && /^[a-z0-9]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9_-]*[a-z0-9])?)*$/i.test(entry);
}

function blockListOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    list.addSubnet(address, prefix === undefined ? (family === 'ipv4' ? 32 : 128) : Number(prefix), family);
  }
  return list;
}
