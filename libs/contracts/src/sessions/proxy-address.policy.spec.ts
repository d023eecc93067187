import { parseProxyAddress, ProxyAddressError, shownProxy } from './proxy-address.policy.js';

describe('the address of a proxy', () => {
  test.each([
    ['http://proxy.example:3128', 'http', 'proxy.example', 3128, null],
    ['http://proxy.example', 'http', 'proxy.example', 80, null],
    ['https://proxy.example.', 'https', 'proxy.example', 443, null],
    ['socks5://10.0.0.1', 'socks5', '10.0.0.1', 1080, null],
    ['socks5h://u:p@[2001:db8::1]:9050/', 'socks5', '2001:db8::1', 9050, { username: 'u', password: 'p' }],
    ['http://u@proxy.example:1', 'http', 'proxy.example', 1, { username: 'u', password: '' }],
    ['http://a%40b:p%3Aq%2F@proxy.example:1', 'http', 'proxy.example', 1, { username: 'a@b', password: 'p:q/' }],
    ['HTTP://0x7f.1:8080', 'http', '127.0.0.1', 8080, null],
    ['socks5://0x7f.1:8080', 'socks5', '127.0.0.1', 8080, null]
  ] as const)('%s is read', (text, protocol, host, port, credentials) => {
    expect(parseProxyAddress(text)).toEqual({ protocol, host, port, credentials });
  });

  test.each([
    ['', /spaces/],
    ['proxy.example:3128', /begin with|URL/],
    ['ftp://proxy.example', /begin with/],
    ['socks4://proxy.example', /begin with/],
    ['http://proxy.example/path', /path/],
    ['http://proxy.example?x', /path, query/],
    ['http://proxy.example#x', /path, query/],
    ['http://:secret@proxy.example', /user/],
    ['http://u:%zz@proxy.example', /percent-encoded/],
    ['http://u:a%0d%0ab@proxy.example', /control/],
    ['http://u%3Av:p@proxy.example', /colon/],
    ['http://u:' + 'p'.repeat(256) + '@proxy.example', /255/],
    ['http://proxy.example:0', /port/],
    ['http://proxy .example', /spaces/],
    ['http://proxy.example\\@evil', /backslashes/],
    ['http://' + 'a'.repeat(1_100) + '.example', /1024/]
  ])('refusal %#: the problem is named', (text, problem) => {
    expect(() => parseProxyAddress(text)).toThrow(ProxyAddressError);
    expect(() => parseProxyAddress(text)).toThrow(problem);
  });

  test('a refusal never quotes the password', () => {
    for (const text of ['ftp://u:hunter2@p', 'http://u:hunter2@p/path', 'http://u:hunter2 @p', '://u:hunter2@p'])
      expect(() => parseProxyAddress(text)).toThrow(/^(?!.*hunter2)/);
  });

  test.each([
    ['http://u:p@proxy.example:3128', 'http://proxy.example:3128'],
    ['socks5h://u:p@[2001:db8::1]', 'socks5://[2001:db8::1]:1080']
  ])('%s is shown without user and password', (text, shown) => expect(shownProxy(parseProxyAddress(text))).toBe(shown));
});
