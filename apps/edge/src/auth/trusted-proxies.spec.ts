import { TrustedProxies } from './trusted-proxies.js';

describe('the address of a client', () => {
  const proxies = new TrustedProxies(['10.0.0.0/8', '2001:db8::/32', '192.0.2.7']);
  const of = (peer: string, forwarded?: string | string[]): string => proxies.clientOf(peer, { 'x-forwarded-for': forwarded });

  it.each([
    ['one proxy', '10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['two proxies', '10.0.0.1', '198.51.100.1, 192.0.2.7', '198.51.100.1'],
    ['an IPv6 proxy', '2001:db8::1', '2a00::5', '2a00::5'],
    ['a proxy with an IPv4-mapped address', '::ffff:10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['a header in two lines', '10.0.0.1', ['198.51.100.1', '192.0.2.7'], '198.51.100.1'],
    ['clients that are proxies too', '10.0.0.1', '10.9.9.9', '10.9.9.9']
  ])('is the one that the nearest trusted proxy saw: %s', (_what, peer, forwarded, client) => {
    expect(of(peer, forwarded)).toBe(client);
  });

  it('is not what the client claims', () => {
    expect(of('10.0.0.1', '1.1.1.1, 10.3.3.3, 198.51.100.1')).toBe('198.51.100.1');
    expect(of('198.51.100.1', '1.1.1.1')).toBe('198.51.100.1');
    expect(new TrustedProxies([]).clientOf('127.0.0.1', { 'x-forwarded-for': '1.1.1.1' })).toBe('127.0.0.1');
  });

  it.each([undefined, '', ',', ' , ', 'unknown', '_hidden', '10.0.0.0/8', '1.2.3.4:80', '[::1]', 'x'.repeat(10_000), '1.2.3.4 5.6.7.8'])(
    'is that of the proxy if the proxy reports none: %j',
    forwarded => {
      expect(of('10.0.0.1', forwarded)).toBe('10.0.0.1');
    }
  );
});
