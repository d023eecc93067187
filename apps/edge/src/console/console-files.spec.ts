import { wantsPage } from './console-files.js';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const asks = (path: string, accept: string | undefined = BROWSER, method = 'GET'): boolean => wantsPage({ method, path, accept });

describe('the page of the console is served to', () => {
  it.each([
    '/',
    '/sessions',
    '/sessions/sales',
    '/webhooks/abc/dead-letters',
    '/health',
    '/apis',
    '/chats/sales/15550001@s.whatsapp.net',
    '/chats/sales/15550001%40s.whatsapp.net'
  ])('a browser that navigates to %s', path => {
    expect(asks(path)).toBe(true);
    expect(asks(path, BROWSER, 'HEAD')).toBe(true);
  });

  it.each([
    '/api',
    '/api/nothing',
    '/api/docs',
    '/metrics',
    '/health/ready',
    '/health/nothing',
    '/socket.io/',
    '/assets/gone',
    '/passkey/abc'
  ])('no request for %s', path => {
    expect(asks(path)).toBe(false);
  });

  it('no client that requests a file or the connection API', () => {
    expect(asks('/sales/status.aspx')).toBe(false);
    expect(asks('/favicon.ico')).toBe(false);
  });

  it.each([undefined, '*/*', 'application/json'])('no program that accepts %s', accept => {
    expect(wantsPage({ method: 'GET', path: '/', accept })).toBe(false);
  });

  it('no client that sends a POST', () => {
    expect(asks('/', BROWSER, 'POST')).toBe(false);
  });
});
