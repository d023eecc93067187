import { AckPolicy, StorageType } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { Logger } from '@nestjs/common';
import { awaitCondition, launchNatsServer, type NatsServer } from '@wabus/testing';
import { NatsConnection } from '../connection/nats-connection.js';
import { PullReader, type Pull, type PulledMessage } from './pull.reader.js';

const STREAM = 'PULLED';
const ALL = { messages: 100, bytes: 1_000_000, waitMs: 0 };

async function drained(pull: Pull): Promise<{ texts: string[]; end: string | null }> {
  const texts: string[] = [];
  for (let part = await pull.some(); part.length > 0; part = await pull.some()) texts.push(...part.map(({ message }) => message.text()));
  return { texts, end: pull.end };
}

describe('PullReader', () => {
  let server: NatsServer;
  let connection: NatsConnection;
  const readers: PullReader[] = [];

  const open = async (after = 0): Promise<PullReader> => {
    const reader = await PullReader.open(connection, STREAM, { from: { after } });
    readers.push(reader);
    return reader;
  };
  const store = async (...texts: string[]): Promise<void> => {
    for (const text of texts) await connection.client.request('pulled.one', text, { timeout: 2_000 });
  };
  /** Opens a reader on a consumer that other readers may share. */
  const share = async (consumer: string, late?: (message: PulledMessage) => void, heartbeatMs = 50): Promise<PullReader> => {
    const reader = new PullReader(connection, { stream: STREAM, consumer }, { isOrdered: false, heartbeatMs, late });
    readers.push(reader);
    return reader;
  };
  const consumerNames = async (): Promise<string[]> => (await connection.jetstream.consumers.list(STREAM).next()).map(({ name }) => name);

  beforeAll(async () => {
    Logger.overrideLogger(['fatal']);
    server = await launchNatsServer();
    connection = await NatsConnection.open({ servers: [server.url], name: 'test', requestTimeoutMs: 300 });
  });
  beforeEach(async () => {
    await connection.jetstream.streams.add({ name: STREAM, subjects: ['pulled.>'], storage: StorageType.File, max_age: 0 });
  });
  afterEach(async () => {
    for (const reader of readers.splice(0)) reader.close();
    await connection.jetstream.streams.delete(STREAM);
  });
  afterAll(async () => {
    await connection.close();
    await server.stop();
  });

  it('returns headers as they were sent', async () => {
    const sent = { plain: 'one', spaced: 'a b: c', 'Mixed-Case': 'ü 漢 😀', long: 'x'.repeat(10_000), empty: '' };
    const header = headers();
    for (const [name, value] of Object.entries(sent)) header.append(name, value);
    header.append('plain', 'two');
    await connection.client.request('pulled.one', 'text', { headers: header, timeout: 2_000 });
    await store('without headers');
    const reader = await open();
    const [first, second] = (await reader.pull({ ...ALL, messages: 2 }).some()).map(({ message }) => message);
    expect(Object.keys(sent).map(name => first!.header(name))).toEqual([...Object.values(sent).slice(0, 4), undefined]);
    expect([first!.text(), first!.header('none'), first!.header('PLAIN')]).toEqual(['text', undefined, undefined]);
    expect(second!.header('plain')).toBeUndefined();
  });

  it('completes a pull with all requested messages', async () => {
    await store('a', 'b', 'c');
    const reader = await open();
    expect(reader.pending).toBe(3);
    expect(await drained(reader.pull({ ...ALL, messages: 2 }))).toEqual({ texts: ['a', 'b'], end: 'complete' });
    expect(reader.pending).toBe(1);
  });

  it('ends as empty after the last stored message', async () => {
    await store('a');
    const reader = await open();
    expect((await drained(reader.pull(ALL))).texts).toEqual(['a']);
    expect(await drained(reader.pull(ALL))).toEqual({ texts: [], end: 'empty' });
  });

  it('ends as expired if nothing arrives in time', async () => {
    const reader = await open();
    expect(await drained(reader.pull({ ...ALL, waitMs: 60 }))).toEqual({ texts: [], end: 'expired' });
  });

  it('ends as size before a message that does not fit', async () => {
    await store('a', 'x'.repeat(2_000));
    const reader = await open();
    expect(await drained(reader.pull({ ...ALL, bytes: 500 }))).toEqual({ texts: ['a'], end: 'size' });
    expect((await drained(reader.pull({ ...ALL, bytes: reader.roomyBytes }))).texts).toHaveLength(1);
  });

  it('begins at a time, and after a sequence', async () => {
    await store('a', 'b');
    expect((await drained((await open(1)).pull(ALL))).texts).toEqual(['b']);
    const later = await PullReader.open(connection, STREAM, { from: { time: Date.now() + 60_000 } });
    expect(later.startsAfter).toBe(2);
    later.close();
  });

  it('delivers what is stored while it waits', async () => {
    const reader = await open();
    const pull = reader.pull({ ...ALL, messages: 1, waitMs: 5_000 });
    await store('new');
    expect(await drained(pull)).toEqual({ texts: ['new'], end: 'complete' });
  });

  it('stays open through heartbeats without messages', async () => {
    await connection.jetstream.consumers.add(STREAM, { durable_name: 'idle' });
    const reader = await share('idle');
    // Eight times the silence that ends a pull.
    expect(await drained(reader.pull({ ...ALL, waitMs: 1_000 }))).toEqual({ texts: [], end: 'expired' });
  });

  it('ends as unreachable without a consumer', async () => {
    const reader = await share('nowhere');
    expect(await drained(reader.pull(ALL))).toEqual({ texts: [], end: 'unreachable' });
  });

  it('ends as unreachable when the consumer is deleted', async () => {
    await connection.jetstream.consumers.add(STREAM, { durable_name: 'short' });
    const reader = await share('short', undefined, 2_000);
    const pull = reader.pull({ ...ALL, waitMs: 10_000 });
    // A pull that the server has not registered yet disappears with the consumer, without an answer.
    await awaitCondition(
      async () => (await connection.jetstream.consumers.info(STREAM, 'short')).num_waiting,
      waiting => waiting === 1
    );
    await connection.jetstream.consumers.delete(STREAM, 'short');
    expect(await drained(pull)).toEqual({ texts: [], end: 'unreachable' });
  });

  it('ends as lost when a delivery is missing', async () => {
    await store('a', 'b', 'c');
    const reader = await open();
    const [name] = await consumerNames();
    // Another reader pulls through this reader's consumer, so this reader misses what the other one got.
    expect((await drained((await share(name!)).pull({ ...ALL, messages: 1 }))).texts).toEqual(['a']);
    expect(await drained(reader.pull(ALL))).toEqual({ texts: [], end: 'lost' });
  });

  it('ends as silent, and passes late messages on', async () => {
    await store('a');
    await connection.jetstream.consumers.add(STREAM, { durable_name: 'frozen' });
    const late: string[] = [];
    const reader = await share('frozen', ({ message }) => late.push(message.text()), 200);
    await server.pause();
    const pull = reader.pull({ ...ALL, messages: 1, waitMs: 5_000 });
    expect(await drained(pull)).toEqual({ texts: [], end: 'silent' });
    await server.resume();
    await awaitCondition(
      () => Promise.resolve(late),
      texts => texts.includes('a')
    );
  });

  it.each([
    ['killed', 'interrupted'],
    ['restarted', 'unreachable']
  ])('ends when the server is %s, as %s', async (fault, end) => {
    const reader = await open();
    const pull = reader.pull({ ...ALL, waitMs: 10_000 });
    await connection.client.flush();
    if (fault === 'killed') await server.kill();
    await server.restart();
    expect(await drained(pull)).toEqual({ texts: [], end });
    await awaitCondition(
      () => Promise.resolve(connection.isConnected),
      connected => connected
    );
  });

  it('drains messages in flight before it closes', async () => {
    await store('a', 'b');
    await connection.jetstream.consumers.add(STREAM, { durable_name: 'drained', ack_policy: AckPolicy.Explicit });
    const reader = await share('drained');
    const pull = reader.pull({ ...ALL, waitMs: 5_000 });
    await awaitCondition(
      () => connection.jetstream.consumers.info(STREAM, 'drained'),
      info => info.num_ack_pending === 2
    );
    await reader.drain();
    expect(await drained(pull)).toEqual({ texts: ['a', 'b'], end: 'closed' });
    expect(await drained(reader.pull(ALL))).toEqual({ texts: [], end: 'closed' });
  });

  it('removes the consumer that it opened', async () => {
    const reader = await open();
    expect(await consumerNames()).toHaveLength(1);
    reader.close();
    await awaitCondition(consumerNames, names => names.length === 0);
  });
});
