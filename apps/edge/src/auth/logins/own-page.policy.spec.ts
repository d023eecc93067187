import { isHttpsPage, isOwnPage } from './own-page.policy.js';

const hosts = ['wabus.example:3000'];
const permitted = (method: string, headers: Record<string, string>): boolean => isOwnPage({ method, headers, hosts });

describe('a request with the cookie of a login', () => {
  it.each([
    ['changes with its origin', 'POST', { origin: 'http://wabus.example:3000' }],
    ['changes behind a proxy that terminates TLS', 'POST', { origin: 'https://wabus.example:3000' }],
    ['changes, as its browser reports', 'POST', { origin: 'https://outside.example', 'sec-fetch-site': 'same-origin' }],
    ['reads, as its browser reports', 'GET', { 'sec-fetch-site': 'same-origin' }],
    ['reads with the header of the console', 'GET', { 'x-wabus-console': '1' }],
    ['opens a WebSocket with its origin', 'GET', { upgrade: 'websocket', origin: 'http://wabus.example:3000' }]
  ])('is accepted if the console %s', (_what, method, headers) => {
    expect(permitted(method, headers)).toBe(true);
  });

  it.each([
    ['another origin', 'POST', { origin: 'https://evil.example' }],
    ['another port', 'POST', { origin: 'http://wabus.example:8080' }],
    ['another origin that reads', 'GET', { origin: 'https://evil.example', 'x-wabus-console': '1' }],
    ['no origin, and changes', 'POST', { 'x-wabus-console': '1' }],
    ['no origin, and deletes', 'DELETE', {}],
    ['no origin and no header', 'GET', {}],
    ['an opaque origin', 'POST', { origin: 'null' }],
    ['the same site', 'GET', { 'sec-fetch-site': 'same-site', 'x-wabus-console': '1' }],
    ['a link of another site', 'GET', { 'sec-fetch-site': 'cross-site' }],
    ['a WebSocket without origin', 'GET', { upgrade: 'websocket', 'x-wabus-console': '1' }],
    ['a WebSocket of another site', 'GET', { upgrade: 'websocket', origin: 'https://evil.example' }]
  ])('is refused from %s', (_what, method, headers) => {
    expect(permitted(method, headers)).toBe(false);
  });

  it('counts as https if the page or a proxy reports https', () => {
    expect(isHttpsPage({ headers: { origin: 'https://wabus.example' } }, 'http://wabus.example')).toBe(true);
    expect(isHttpsPage({ headers: {} }, 'https://wabus.example')).toBe(true);
    expect(isHttpsPage({ headers: { origin: 'http://wabus.example' } }, 'https://wabus.example')).toBe(false);
  });
});
