import type { WabusError } from '../errors/wabus.error.js';
import { WhatsApp } from '../connection/whatsapp.js';
import { WabusClient } from '../wabus.client.js';
import { Listeners } from './listeners.js';
import { Printed } from './printed.fixture.js';

/** No server listens at this address. */
const NOWHERE = 'http://127.0.0.1:9';

/** Listeners that fail in each possible way. */
const FAILING: [how: string, fail: () => unknown][] = [
  [
    'throws',
    () => {
      throw new Error('mine');
    }
  ],
  [
    'rejects',
    async () => {
      throw new Error('mine');
    }
  ],
  ['rejects later', () => new Promise((_, reject) => setTimeout(() => reject(new Error('mine')), 1))]
];

describe('a listener of the program', () => {
  let printed: Printed;
  beforeEach(() => (printed = new Printed()));
  afterEach(() => printed.release());

  test.each(FAILING)('of a client that %s is an error of onError', async (_how, fail) => {
    const client = new WabusClient({ url: NOWHERE, token: 't', session: 'sales' });
    client.onConnectError(fail);
    const error = new Promise<WabusError>(resolve => client.onError(resolve));
    await expect(client.connect(500)).rejects.toMatchObject({ code: 'UNREACHABLE' });
    expect(String(await error)).toBe('INTERNAL: mine');
    expect(printed.errors).toEqual([]);
    await client.close();
  });

  test.each(FAILING)('of a connection that %s is an error of onError', async (_how, fail) => {
    const whatsapp = new WhatsApp();
    whatsapp.connection.onConnectError(fail);
    const error = new Promise<string>(resolve => whatsapp.connection.onError(resolve));
    whatsapp.connect(NOWHERE, { token: 't', identifier: 'sales' });
    expect(await error).toBe('INTERNAL: mine');
    await whatsapp.disconnect();
  });

  test('that fails is printed if there is no error listener', async () => {
    const client = new WabusClient({ url: NOWHERE, token: 't', session: 'sales' });
    client.onConnectError(() => Promise.reject(new Error('mine')));
    const next = printed.next();
    const connecting = client.connect(500).catch(() => undefined);
    expect(await next).toMatchObject({ message: 'mine' });
    await client.close();
    await connecting;
  });

  test('for errors that fails is printed, but not called again', async () => {
    const client = new WabusClient({ url: NOWHERE, token: 't', session: 'sales' });
    const seen: string[] = [];
    client.onConnectError(() => Promise.reject(new Error('first')));
    client.onError(async error => {
      seen.push(error.message);
      throw new Error('second');
    });
    const next = printed.next();
    const connecting = client.connect(500).catch(() => undefined);
    expect(await next).toMatchObject({ message: 'second' });
    await client.close();
    await connecting;
    expect(new Set(seen)).toEqual(new Set(['first']));
  });

  test('that fails does not prevent the others from being called', () => {
    const called: string[] = [];
    const listeners = new Listeners<[text: string]>(() => undefined);
    listeners.add(() => {
      throw new Error('mine');
    });
    const remove = listeners.add(text => called.push(text));
    listeners.emit('one');
    remove();
    listeners.emit('two');
    expect(called).toEqual(['one']);
  });
});
