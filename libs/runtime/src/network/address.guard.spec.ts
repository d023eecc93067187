import { AllowedHosts, isAllowEntry, isPublicAddress } from './address.guard.js';
import { FORBIDDEN_NETWORKS } from './forbidden-networks.table.js';

/** Returns the first and the last address of a network, computed independently of the code under test. */
function edges(network: string): [string, string] {
  const [address, prefix] = network.split('/') as [string, string];
  const six = address.includes(':');
  const width = six ? 128n : 32n;
  const size = 1n << (width - BigInt(prefix));
  const first = six ? sixToNumber(address) : address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  return [first, first + size - 1n].map(number => (six ? numberToSix(number) : numberToFour(number))) as [string, string];
}
function sixToNumber(text: string): bigint {
  const [head = '', tail = ''] = text.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const groups = text.includes('::') ? [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right] : left;
  return groups.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}
const numberToSix = (n: bigint): string =>
  Array.from({ length: 8 }, (_, i) => ((n >> BigInt(112 - 16 * i)) & 0xffffn).toString(16)).join(':');
const numberToFour = (n: bigint): string => Array.from({ length: 4 }, (_, i) => (n >> BigInt(24 - 8 * i)) & 0xffn).join('.');

describe('an address of the public internet', () => {
  it.each(FORBIDDEN_NETWORKS.map(([network, what]) => [network, what]))('is not any of the network %s (%s)', network => {
    for (const address of edges(network)) expect([address, isPublicAddress(address)]).toEqual([address, false]);
  });

  it.each([
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:a9fe:a9fe',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b::8.8.8.8',
    '64:ff9b:1::1',
    '100::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    '2001:4860:4860::8888%lo',
    'fec0::1',
    'ff02::1',
    '2002:7f00:1::',
    '2001:0:1::1',
    '5f00::1',
    '255.255.255.255',
    '169.254.169.254',
    '100.100.100.200',
    'fd00:ec2::254',
    'localhost',
    '127.1',
    '0x7f000001',
    '2130706433',
    '0177.0.0.1',
    ''
  ])('is not %s', address => expect(isPublicAddress(address)).toBe(false));

  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.0',
    '169.253.255.255',
    '169.255.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '192.169.0.0',
    '198.17.255.255',
    '198.20.0.0',
    '223.255.255.255',
    '2606:4700::1111',
    '2001:4860:4860::8888',
    '2a00:1450::1'
  ])('is %s', address => expect(isPublicAddress(address)).toBe(true));
});

describe('the list of allowed hosts', () => {
  const allowed = new AllowedHosts(['10.1.0.0/16', '127.0.0.1', 'fd00::/8', 'Receiver.internal']);
  it('matches names, addresses and networks, and nothing else', () => {
    expect(['receiver.internal', 'RECEIVER.internal', 'internal', 'x.receiver.internal'].map(name => allowed.hasName(name))).toEqual([
      true,
      true,
      false,
      false
    ]);
    expect(
      ['10.1.255.255', '10.2.0.0', '127.0.0.1', '127.0.0.2', 'fd00::1', 'fe80::1', 'fd00::1%eth0', 'receiver.internal'].map(address =>
        allowed.hasAddress(address)
      )
    ).toEqual([true, false, true, false, true, false, false, false]);
  });

  it('accepts names with underscores, as containers have', () => {
    expect(new AllowedHosts(['stack_n8n']).hasName('stack_n8n')).toBe(true);
  });

  it.each(['http://a', 'n8n:5678', 'a/b', '10.0.0.0/33', 'fd00::/129', '10.0.0.0/8/8', '*', '', '10.0.0.0/', 'a b', 'fe80::1%eth0', '-a'])(
    'refuses an entry "%s"',
    entry => {
      expect(isAllowEntry(entry)).toBe(false);
      expect(() => new AllowedHosts([entry])).toThrow(RangeError);
    }
  );
});
