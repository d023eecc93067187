import { isPublicAddress } from '@wabus/runtime';
import { parseDestination } from './destination.policy.js';

describe('a destination', () => {
  it.each([
    ['https://2130706433/', '127.0.0.1'],
    ['https://0x7f000001/', '127.0.0.1'],
    ['https://0x7f.1/', '127.0.0.1'],
    ['https://0177.0.0.1/', '127.0.0.1'],
    ['https://127.1/', '127.0.0.1'],
    ['https://127.0.0.1./', '127.0.0.1'],
    ['https://0/', '0.0.0.0'],
    ['https://169.254.43518/', '169.254.169.254'],
    ['https://%31%32%37.0.0.1/', '127.0.0.1'],
    ['https://[::ffff:127.0.0.1]/', '::ffff:7f00:1'],
    ['https://[0:0:0:0:0:0:0:1]/', '::1']
  ])('identifies %s as an address that is not public', (url, host) => {
    expect(parseDestination(url).host).toBe(host);
    expect(isPublicAddress(host)).toBe(false);
  });

  it('loses the trailing dot of a name', () => expect(parseDestination('https://LocalHost./x').host).toBe('localhost'));

  it.each([
    'ftp://example.org/',
    'file:///etc/passwd',
    'gopher://example.org/',
    'javascript:alert(1)',
    'https://user@example.org/',
    'https://user:pass@example.org/',
    'https://example.org\\@127.0.0.1/',
    'https://exa mple.org/',
    'https://example.org/\n',
    'https://ｅxample.org/',
    'https:///',
    'https://[fe80::1%25eth0]/',
    '//example.org/',
    'example.org',
    '',
    `https://example.org/${'x'.repeat(2_100)}`
  ])('is not %s', url => {
    expect(() => parseDestination(url)).toThrow(expect.objectContaining({ code: 'EGRESS_DENIED' }) as Error);
  });
});
