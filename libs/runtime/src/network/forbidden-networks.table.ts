/**
 * Networks outside the public Internet: IANA's special-purpose registries for IPv4 and IPv6, multicast, and the ranges that embed an IPv4 address in an IPv6
 * address, because a gateway on the way may route them back inside.
 */
export const FORBIDDEN_NETWORKS = [
  ['0.0.0.0/8', 'this host'],
  ['10.0.0.0/8', 'private'],
  ['100.64.0.0/10', 'carrier-grade NAT'],
  ['127.0.0.0/8', 'loopback'],
  ['169.254.0.0/16', 'link-local, where clouds serve metadata'],
  ['172.16.0.0/12', 'private'],
  ['192.0.0.0/24', 'protocol assignments'],
  ['192.0.2.0/24', 'documentation'],
  ['192.31.196.0/24', 'AS112'],
  ['192.52.193.0/24', 'AMT'],
  ['192.88.99.0/24', '6to4 relay'],
  ['192.168.0.0/16', 'private'],
  ['192.175.48.0/24', 'AS112'],
  ['198.18.0.0/15', 'benchmarking'],
  ['198.51.100.0/24', 'documentation'],
  ['203.0.113.0/24', 'documentation'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'reserved, with broadcast'],
  ['2001::/23', 'protocol assignments, with Teredo'],
  ['2001:db8::/32', 'documentation'],
  ['2002::/16', '6to4'],
  ['2620:4f:8000::/48', 'AS112'],
  ['3fff::/20', 'documentation']
] as const;

/** The only public part of IPv6: loopback, mapped IPv4, NAT64, unique local, link-local and multicast addresses are all outside. */
export const PUBLIC_IPV6 = '2000::/3';
