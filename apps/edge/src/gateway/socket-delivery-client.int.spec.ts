import { awaitCondition } from '@wabus/testing';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { io, type Socket as ClientSocket } from 'socket.io-client';
import type { Principal } from '../auth/principal.js';
import { JSON_TEXT_PARSER } from './json-text.encoder.js';
import { SocketDeliveryClient } from './socket-delivery-client.js';

const PRINCIPAL: Principal = { id: 'p', sessions: '*', scopes: ['read'] };
const HOUR_MS = 3_600_000;
const timers = (): number => process.getActiveResourcesInfo().filter(name => name === 'Timeout').length;

describe('a socket in durable subscriptions', () => {
  const http = createServer();
  const server = new Server(http, { parser: JSON_TEXT_PARSER, transports: ['websocket'] });
  let client: ClientSocket;
  let delivery: SocketDeliveryClient;
  beforeAll(async () => {
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    const accepted = new Promise<Socket>(resolve => server.once('connection', resolve));
    client = io(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, { transports: ['websocket'], forceNew: true });
    delivery = new SocketDeliveryClient(await accepted, PRINCIPAL);
  });
  afterEach(() => void client.close());

  it.each([
    ['nothing', [], undefined],
    ['a value', [{ ok: false, error: 'x' }], { ok: false, error: 'x' }],
    ['several values', ['first', 'second'], 'first']
  ])('sends the text unchanged and returns the answer: %s', async (_what, given, answer) => {
    const text = '{"n":1,"text":"ä \\" \\u2028"}';
    client.on('delivery', (payload: unknown, ack: (...args: unknown[]) => void) => {
      expect(payload).toEqual(JSON.parse(text));
      ack(...given);
    });
    await expect(delivery.deliver(text, HOUR_MS)).resolves.toEqual({ kind: 'answered', answer });
  });

  it('fails when no answer arrives in time', async () => {
    await expect(delivery.deliver('{}', 20)).resolves.toEqual({ kind: 'expired' });
  });

  it('notices a disconnect at once and drops what was pending', async () => {
    const before = timers();
    const waiting = Array.from({ length: 50 }, () => delivery.deliver('{}', HOUR_MS));
    expect(timers()).toBeGreaterThanOrEqual(before + 50);
    client.close();
    for (const outcome of await Promise.all(waiting)) expect(outcome).toEqual({ kind: 'gone' });
    await awaitCondition(timers, count => count < before + 25);
    await expect(delivery.deliver('{}', HOUR_MS)).resolves.toEqual({ kind: 'gone' });
  });
});
