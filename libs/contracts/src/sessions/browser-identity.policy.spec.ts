import { BROWSERS, browserOfUserAgent, DEFAULT_BROWSER, parseWhatsAppVersion } from './browser-identity.policy.js';

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';

describe('browserOfUserAgent', () => {
  it.each([...BROWSERS])('accepts the name %s in any case', name => {
    expect(browserOfUserAgent(name)).toEqual({ ...DEFAULT_BROWSER, name });
    expect(browserOfUserAgent(` ${name.toUpperCase()} `)).toEqual({ ...DEFAULT_BROWSER, name });
  });

  it.each([
    [`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Chrome/126.0.0.0 Safari/537.36`, 'Mac OS', 'Chrome', '126.0.0.0'],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/126.0.0.0 Safari/537.36 Edg/126.0.2592.87`,
      'Windows',
      'Edge',
      '126.0.2592.87'
    ],
    [`Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} Chrome/125.0.0.0 Safari/537.36 OPR/111.0.0.0`, 'Linux', 'Opera', '111.0.0.0'],
    ['Opera/9.80 (Windows NT 6.1) Presto/2.12.388 Version/12.18', 'Windows', 'Opera', '9.80'],
    ['Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0', 'Ubuntu', 'Firefox', '127.0'],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
      'Mac OS',
      'Safari',
      '17.5'
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1',
      'iOS',
      'Chrome',
      '126.0.6478.54'
    ],
    [`Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} Chrome/126.0.0.0 Mobile Safari/537.36`, 'Android', 'Chrome', '126.0.0.0'],
    [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${WEBKIT} Chrome/126.0.0.0 Safari/537.36`, 'Chrome OS', 'Chrome', '126.0.0.0'],
    ['Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko', 'Windows', 'IE', '11.0']
  ])('reads %s', (userAgent, os, name, version) => {
    expect(browserOfUserAgent(userAgent)).toEqual({ os, name, version });
  });

  it('accepts a truncated text and adds the defaults', () => {
    expect(browserOfUserAgent('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)...')).toEqual({ ...DEFAULT_BROWSER, os: 'Mac OS' });
    expect(browserOfUserAgent('Mozilla/5.0')).toEqual(DEFAULT_BROWSER);
  });

  it.each(['', 'Netscape', 'curl/8.0', 'Chrome and Opera', '<script>'])('finds no browser in "%s"', text => {
    expect(browserOfUserAgent(text)).toBeNull();
  });
});

describe('parseWhatsAppVersion', () => {
  it('accepts only three numbers', () => {
    expect(parseWhatsAppVersion('2.3000.1027934701')).toEqual([2, 3000, 1_027_934_701]);
    for (const text of ['', '2', '2.3000', '2.3000.x', '2.3000.1.1', '-2.3000.1', ' 2.3000.1', `2.3000.${'9'.repeat(13)}`])
      expect(parseWhatsAppVersion(text)).toBeNull();
  });
});
