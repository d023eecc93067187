import type { Socket } from 'node:net';
import { jetstream, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import { encodeEventHeaders, EVENT_STREAM, type SessionId } from '@wabus/contracts';
import { awaitCondition, launchNatsServer, type NatsServer } from '@wabus/testing';
import { WabusEventServer, type WabusEventContext, type WabusEventOptions } from '../index.js';
import { cursorAfter } from './event-facts.codec.js';

type Handler = (context: WabusEventContext) => unknown;

describe('the durable consumer of a service', () => {
  let server: NatsServer;
  let admin: NatsConnection;
  let manager: JetStreamManager;
  let published = 0;
  let consumer: string;
  let consumers = 0;
  const running: WabusEventServer[] = [];

  beforeAll(async () => {
    server = await launchNatsServer();
    admin = await connect({ servers: server.url });
    manager = await jetstreamManager(admin);
    await manager.streams.add({ name: EVENT_STREAM, subjects: ['wa.evt.>'], allow_direct: true });
  }, 30_000);
  beforeEach(() => (consumer = `orders-${consumers++}`));
  afterEach(async () => {
    await Promise.all(running.splice(0).map(service => service.close()));
  });
  afterAll(async () => {
    await admin?.close();
    await server?.stop();
  });

  const start = async (handler: Handler, options: WabusEventOptions = {}): Promise<WabusEventServer> => {
    const service = new WabusEventServer({ servers: server.url, consumer, ackWaitMs: 1_000, ...options });
    running.push(service);
    service.addHandler('messages.upsert', (_: unknown, context: WabusEventContext) => Promise.resolve(handler(context)), true);
    await new Promise<void>((resolve, reject) =>
      service.listen(error => (error === undefined ? resolve() : reject(new Error('not started', { cause: error }))))
    );
    return service;
  };
  const publish = async (chat = 'a'): Promise<string> => {
    const id = `e${++published}`;
    const header = headers();
    const facts = { id, session: 'sales' as SessionId, event: 'messages.upsert', epoch: 1, at: new Date().toISOString() } as const;
    for (const [name, value] of encodeEventHeaders({ ...facts, schemaVersion: 1, chats: [chat] })) header.set(name, value);
    await jetstream(admin).publish('wa.evt.sales.messages.upsert', '{}', { headers: header });
    return id;
  };
  const publishAll = async (count: number): Promise<string[]> => {
    const ids: string[] = [];
    while (ids.length < count) ids.push(await publish());
    return ids;
  };
  const awaitCount = (list: readonly string[], count: number): Promise<unknown> =>
    awaitCondition(
      () => list.length,
      length => length >= count,
      { waitMs: 10_000 }
    );
  const awaitSettled = (): Promise<number> =>
    awaitCondition(
      async () => (await manager.consumers.info(EVENT_STREAM, consumer)).num_ack_pending,
      count => count === 0
    );

  test('keeps the order if a handler outlives a close', async () => {
    const begun: string[] = [];
    const done: string[] = [];
    const first = await start(({ id }) => (begun.push(id), new Promise(() => undefined)), { closeTimeoutMs: 100 });
    const ids = [await publish()];
    await awaitCount(begun, 1);
    await start(({ id }) => done.push(id));
    await first.close();
    ids.push(...(await publishAll(2)));
    await awaitCount(done, 3);
    expect(done).toEqual(ids);
  }, 20_000);

  test('keeps the order if events are in transit', async () => {
    const early: string[] = [];
    const done: string[] = [];
    const first = await start(({ id }) => early.push(id));
    const ids = await publishAll(1);
    await awaitCount(early, 1);
    await awaitSettled();
    await start(({ id }) => done.push(id));
    // Messages that NATS sends from now on arrive after the close has begun.
    const { socket } = (first.unwrap<NatsConnection>() as unknown as { protocol: { transport: { socket: Socket } } }).protocol.transport;
    socket.pause();
    ids.push(...(await publishAll(3)));
    const closing = first.close();
    socket.resume();
    await closing;
    ids.push(...(await publishAll(2)));
    await awaitCount(done, 5);
    expect([...early, ...done]).toEqual(ids);
  }, 20_000);

  test('continues at its position if it is deleted', async () => {
    const done: string[] = [];
    let proceed: () => void = () => undefined;
    const blocked = new Promise<void>(resolve => (proceed = resolve));
    await start(
      async ({ id }) => {
        done.push(id);
        await blocked;
      },
      { concurrency: 1 }
    );
    // More than a process holds at a time.
    const ids = await publishAll(12);
    await awaitCount(done, 1);
    await manager.consumers.delete(EVENT_STREAM, consumer);
    await awaitCondition(
      () => manager.consumers.info(EVENT_STREAM, consumer).catch(() => null),
      info => info !== null
    );
    proceed();
    await awaitCount(done, 12);
    await awaitSettled();
    expect(done).toEqual(ids);
  }, 20_000);

  test('begins a recreated log at its first event', async () => {
    const done: string[] = [];
    await start(({ id }) => done.push(id));
    await publish();
    await awaitCount(done, 1);
    done.length = 0;
    const { config } = await manager.streams.info(EVENT_STREAM);
    await manager.streams.delete(EVENT_STREAM);
    await manager.streams.add(config);
    const ids = await publishAll(3);
    await awaitCount(done, 3);
    expect(done).toEqual(ids);
  }, 20_000);

  test('ignores a cursor of another log', async () => {
    const { created, state } = await manager.streams.info(EVENT_STREAM);
    const ids = await publishAll(3);
    const begin = async (log: string): Promise<string[]> => {
      const done: string[] = [];
      consumer = `orders-${consumers++}`;
      await start(({ id }) => done.push(id), { startFrom: { cursor: cursorAfter(log, state.last_seq + 2) } });
      await awaitCondition(
        () => done,
        all => all.includes(ids[2]!)
      );
      return done;
    };
    expect(await begin(created)).toEqual(ids.slice(2));
    expect(await begin('2020-01-01T00:00:00Z')).toHaveLength(state.messages + 3);
  });
});
