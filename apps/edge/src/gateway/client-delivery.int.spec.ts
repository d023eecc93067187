import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { EventName, SessionId } from '@wabus/contracts';
import { awaitCondition } from '@wabus/testing';
import { Server, type Socket } from 'socket.io';
import { io } from 'socket.io-client';
import { ClientDelivery } from './client-delivery.js';
import { JSON_TEXT_PARSER } from './json-text.encoder.js';
import { OutgoingEvent } from './outgoing-event.js';

const outgoing = (n: number, text: string): OutgoingEvent =>
  new OutgoingEvent({
    facts: { id: `e-${n}`, session: 's' as SessionId, event: 'call', epoch: 1, at: '2026-01-01T00:00:00.000Z', schemaVersion: 1 },
    body: JSON.stringify({ n, text }),
    sequence: n,
    cursor: `c-${n}` as never
  });
/** Sizes around those at which the frame header grows, and texts that have more bytes than characters. */
const TEXTS = [...range(0, 130), ...range(65_350, 65_550)].map(length => 'x'.repeat(length)).concat('ä💬\u2028"', '');

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

describe.each(['websocket', 'polling'] as const)('delivery to one client over %s', transport => {
  const http = createServer();
  const server = new Server(http, { parser: JSON_TEXT_PARSER, perMessageDeflate: false });
  beforeAll(async () => {
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
  });
  afterAll(() => server.close());

  it.each(['/', '/api/events'])('reaches a standard client of %s in order at any size', async namespace => {
    const accepted = new Promise<Socket>(resolve => server.of(namespace).once('connection', resolve));
    const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}${namespace}`;
    const client = io(url, { transports: [transport], forceNew: true, reconnection: false });
    const read: { name: string; payload: unknown }[] = [];
    client.onAny((name: string, payload: unknown) => read.push({ name, payload }));
    const socket = await accepted;
    const delivery = new ClientDelivery(socket);
    TEXTS.forEach((text, n) => delivery.deliver(outgoing(n, text), { shape: 'plain', visibility: 'complete' }));
    expect(delivery.flush()).toBeGreaterThan(TEXTS.join('').length);
    expect(delivery.flush()).toBe(0);
    delivery.deliver(outgoing(-1, 'ö'), { shape: 'envelope', visibility: 'complete' });
    for (const n of range(0, 51)) delivery.deliver(outgoing(n, ''), { shape: 'batch', visibility: 'complete' });
    delivery.flush();
    await awaitCondition(
      () => read.length,
      length => length >= TEXTS.length + 3,
      // Polling needs many requests for the 13 MB.
      { waitMs: 45_000, what: 'all events' }
    );
    expect(read.slice(0, TEXTS.length)).toEqual(TEXTS.map((text, n) => ({ name: 'call' satisfies EventName, payload: { n, text } })));
    const [envelope, full, rest] = read.slice(TEXTS.length);
    expect(envelope).toMatchObject({ name: 'call', payload: { id: 'e--1', cursor: 'c--1', data: { n: -1, text: 'ö' } } });
    expect(full!.name).toBe('batch');
    expect((full!.payload as { data: { n: number } }[]).map(({ data }) => data.n)).toEqual(range(0, 50));
    expect(rest!.payload).toMatchObject([{ data: { n: 50, text: '' } }]);
    // A poll that is still in progress would outlive the test.
    const gone = new Promise(resolve => socket.conn.once('close', resolve));
    client.close();
    await gone;
  });
});
