import { parseServerAddress, sharedCredentials } from './server-address.codec.js';

const SECRET = 'hunter2';

describe('the address of a NATS server', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1:4222', 'nats://127.0.0.1:4222', false],
    ['nats.lan:4333', 'nats.lan:4333', 'nats://nats.lan:4333', false],
    ['nats://nats.lan', 'nats.lan:4222', 'nats://nats.lan:4222', false],
    ['nats://nats.lan:4222/', 'nats.lan:4222', 'nats://nats.lan:4222', false],
    ['TLS://nats.lan:4222', 'nats.lan:4222', 'tls://nats.lan:4222', true],
    ['nats://[::1]:4222', '[::1]:4222', 'nats://[::1]:4222', false],
    ['my_stack_nats:4222', 'my_stack_nats:4222', 'nats://my_stack_nats:4222', false]
  ])('%s', (text, server, shown, secure) => {
    expect(parseServerAddress(text)).toEqual({ server, shown, secure, credentials: null });
  });

  it.each([
    ['nats://me:hunter2@h', { user: 'me', password: 'hunter2' }],
    ['me:hunter2@h:4222', { user: 'me', password: 'hunter2' }],
    ['tls://m%40e:p%3A%2F%23%2C@h', { user: 'm@e', password: 'p:/#,' }],
    ['nats://me:p@ss:w/o?rd#@h', { user: 'me', password: 'p@ss:w/o?rd#' }],
    ['nats://me:@h', { user: 'me', password: '' }],
    ['nats://t0ken@h', { token: 't0ken' }]
  ])('has the credentials of %s', (text, credentials) => {
    const address = parseServerAddress(text);
    expect(address.credentials).toEqual(credentials);
    expect([address.server, address.shown].join()).not.toMatch(/hunter2|ss:w|t0ken/);
  });

  it.each([
    'http://h:4222',
    'ws://h:4222',
    '',
    `nats://me:${SECRET}@`,
    `nats://me:${SECRET}@h:0`,
    `nats://me:${SECRET}@h:70000`,
    `nats://me:${SECRET}@h:port`,
    `nats://me:${SECRET}@h/path`,
    `nats://me:${SECRET}%@h`,
    `nats://:${SECRET}@h`
  ])('is refused without revealing its credentials: %s', text => {
    expect(() => parseServerAddress(text)).toThrow(RangeError);
    expect(() => parseServerAddress(text)).not.toThrow(SECRET);
  });

  it('shares its credentials with the others of a cluster', () => {
    const all = (texts: string[]): unknown => sharedCredentials(texts.map(parseServerAddress));
    expect(all(['a', 'b'])).toBeNull();
    expect(all(['a:1@one', 'two', 'a:1@three'])).toEqual({ user: 'a', password: '1' });
    expect(() => all(['a:1@one', 'a:2@two'])).toThrow('the same user and password');
  });
});
