import 'reflect-metadata';
import { AsyncLocalStorage } from 'node:async_hooks';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { Controller, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, EventPattern } from '@nestjs/microservices';
import * as openTelemetry from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import {
  COMMAND_CATALOG,
  decodeCommandBody,
  decodeCommandHeaders,
  encodeEventHeaders,
  encodeOutcome,
  EVENT_STREAM,
  WabusError as WireError,
  type SessionId
} from '@wabus/contracts';
import { awaitCondition, launchNatsServer, natsPassword, natsUsers, type NatsServer } from '@wabus/testing';
import {
  WabusCommands,
  WabusConnection,
  WabusError,
  WabusEventContext,
  WabusEventServer,
  WabusModule,
  type CallOptions
} from '../index.js';
import { EDGE_COMMANDS } from './wabus-session.js';

const SERVICES = { crm: { read: ['sales'], command: ['sales', 'nobody'] } };

/** The same as the context manager of OpenTelemetry's SDK for Node. */
class Contexts implements openTelemetry.ContextManager {
  private readonly running = new AsyncLocalStorage<openTelemetry.Context>();
  active = (): openTelemetry.Context => this.running.getStore() ?? openTelemetry.ROOT_CONTEXT;
  with: openTelemetry.ContextManager['with'] = (context, work, self, ...args) =>
    this.running.run(context, () => work.apply(self as ThisParameterType<typeof work>, args));
  bind = <T>(_context: openTelemetry.Context, target: T): T => target;
  enable = (): this => this;
  disable = (): this => this;
}

interface Received {
  readonly subject: string;
  readonly args: unknown;
  readonly key: string | null;
  readonly waitMs: number;
}

describe('commands of a Nest service', () => {
  let server: NatsServer;
  let owner: NatsConnection;
  let connection: WabusConnection;
  let wabus: WabusCommands;
  const received: Received[] = [];
  let answer: () => string;

  beforeAll(async () => {
    server = await launchNatsServer({ configuration: natsUsers(SERVICES) });
    owner = await connect({ servers: server.url, user: 'connector', pass: natsPassword('connector'), inboxPrefix: '_INBOX_connector' });
    owner.subscribe('wa.cmd.sales.>', {
      callback: (_error, message) => {
        const values = (message.headers?.keys() ?? []).map(name => [name, message.headers!.values(name)] as const);
        const { deadlineAt, idempotencyKey: key } = decodeCommandHeaders(values, Date.now());
        received.push({ subject: message.subject, args: decodeCommandBody(message.string()), key, waitMs: deadlineAt! - Date.now() });
        message.respond(answer());
      }
    });
    await owner.flush();
    connection = new WabusConnection({ servers: server.url, user: 'crm', password: natsPassword('crm') });
    wabus = new WabusCommands(connection);
  }, 30_000);
  afterAll(async () => {
    await connection?.close();
    await owner?.close();
    await server?.stop();
  });
  beforeEach(() => {
    received.length = 0;
    answer = () => encodeOutcome({ ok: true, data: { key: { id: '1' } } });
  });

  const failure = (sent: Promise<unknown>): Promise<WabusError> =>
    sent.then(
      () => Promise.reject(new Error('it was answered')),
      (error: WabusError) => error
    );

  test('are sent with their arguments, key and deadline', async () => {
    const session = wabus.session('sales');
    await expect(
      session.sendMessage('1@lid', { text: 'hi' }, { idempotencyKey: 'once', deadlineMs: 9_000, ephemeralExpiration: 60 })
    ).resolves.toEqual({ key: { id: '1' } });
    await session.with({ idempotencyKey: 'k' }).groupLeave('1@g.us');
    await session.sendMessage('1@lid', { text: 'hi' }, { idempotencyKey: 'twice' } satisfies CallOptions);
    await session.sendMessage('1@lid', { image: Buffer.from('png') });
    expect(received).toEqual([
      {
        subject: 'wa.cmd.sales.sendMessage',
        args: ['1@lid', { text: 'hi' }, { ephemeralExpiration: 60 }],
        key: 'once',
        waitMs: expect.any(Number) as number
      },
      { subject: 'wa.cmd.sales.groupLeave', args: ['1@g.us'], key: 'k', waitMs: expect.any(Number) as number },
      { subject: 'wa.cmd.sales.sendMessage', args: ['1@lid', { text: 'hi' }], key: 'twice', waitMs: expect.any(Number) as number },
      {
        subject: 'wa.cmd.sales.sendMessage',
        args: ['1@lid', { image: { type: 'Buffer', data: 'cG5n' } }],
        key: null,
        waitMs: expect.any(Number) as number
      }
    ]);
    expect(received[0]!.waitMs).toBeGreaterThan(8_000);
    expect(received[1]!.waitMs).toBeGreaterThan(19_000);
  });

  test('fail with errors that a program can act on', async () => {
    answer = () => encodeOutcome({ ok: false, error: new WireError('NOT_CONNECTED', { details: { a: 1 } }).toBody() });
    const refused = await failure(wabus.session('sales').fetchBlocklist());
    expect(refused).toBeInstanceOf(WabusError);
    expect(refused).toMatchObject({ code: 'NOT_CONNECTED', retryable: true, certain: true, details: { a: 1 } });
    expect(await failure(wabus.session('nobody').fetchBlocklist())).toMatchObject({ code: 'NO_OWNER', retryable: true, certain: true });
    expect(await failure(wabus.session('other').fetchBlocklist())).toMatchObject({ code: 'FORBIDDEN', retryable: false, certain: true });
    expect(await failure(wabus.session('a.b').fetchBlocklist())).toMatchObject({ code: 'INVALID_REQUEST', details: { field: 'session' } });
    const badKey = wabus.session('sales').with({ idempotencyKey: 'a b' }).fetchBlocklist();
    expect(await failure(badKey)).toMatchObject({ code: 'INVALID_REQUEST', certain: true });
    expect(await failure(wabus.session('sales').sendMessage('1', { text: 'x'.repeat(1_100_000) }))).toMatchObject({
      code: 'PAYLOAD_TOO_LARGE'
    });
    answer = () => 'no outcome';
    expect(await failure(wabus.session('sales').fetchBlocklist())).toMatchObject({ code: 'INTERNAL', certain: false });
    owner.subscribe('wa.cmd.nobody.>', { max: 1, callback: () => undefined });
    await owner.flush();
    const late = wabus.session('nobody').with({ deadlineMs: 50 }).fetchBlocklist();
    expect(await failure(late)).toMatchObject({ code: 'TIMEOUT', retryable: true, certain: false });
  });

  test('are those that the owner of a session runs', () => {
    const ofEdges = Object.entries(COMMAND_CATALOG).filter(([, row]) => row.target === 'registry');
    expect(ofEdges.map(([name]) => name).sort()).toEqual([...EDGE_COMMANDS].sort());
    const session = wabus.session('sales');
    expect(Object.keys(session).sort()).toEqual(
      [...Object.keys(COMMAND_CATALOG).filter(name => !ofEdges.some(([edge]) => edge === name)), 'with'].sort()
    );
  });

  test('are in the same module as the events', async () => {
    const manager = await jetstreamManager(await connect({ servers: server.url, user: 'admin', pass: natsPassword('admin') }));
    await manager.streams.add({ name: EVENT_STREAM, subjects: ['wa.evt.>'] });
    @Injectable()
    class Answers {
      constructor(readonly commands: WabusCommands) {}
    }
    @Controller()
    class Calls {
      @EventPattern('call', { sessions: ['sales'] })
      handle(@Ctx() _context: WabusEventContext): void {}
    }
    const options = { servers: server.url, user: 'crm', password: natsPassword('crm') };
    @Module({
      imports: [WabusModule.forRootAsync({ useFactory: () => Promise.resolve(options) })],
      providers: [Answers],
      controllers: [Calls]
    })
    class AppModule {}
    const app = await NestFactory.createMicroservice(AppModule, {
      useFactory: (strategy: WabusEventServer) => ({ strategy }),
      inject: [WabusEventServer],
      logger: false
    });
    await app.listen();
    await app.get(Answers).commands.session('sales').fetchBlocklist();
    expect(received).toMatchObject([{ subject: 'wa.cmd.sales.fetchBlocklist' }]);
    const nats = app.get(WabusConnection).current!;
    await app.close();
    expect(nats.isClosed()).toBe(true);
    await manager.streams.delete(EVENT_STREAM);
    await (manager as unknown as { nc: NatsConnection }).nc.close();
  });

  test('continue the trace of the event that causes them', async () => {
    const admin = await connect({ servers: server.url, user: 'admin', pass: natsPassword('admin') });
    await (await jetstreamManager(admin)).streams.add({ name: EVENT_STREAM, subjects: ['wa.evt.>'] });
    const exporter = new InMemorySpanExporter();
    openTelemetry.trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
    openTelemetry.propagation.setGlobalPropagator(new W3CTraceContextPropagator());
    openTelemetry.context.setGlobalContextManager(new Contexts());
    const traceparents: (string | undefined)[] = [];
    const commands = owner.subscribe('wa.cmd.sales.>', {
      callback: (_error, message) => void traceparents.push(message.headers?.get('traceparent'))
    });
    await owner.flush();
    @Controller()
    class Calls {
      constructor(private readonly wabus: WabusCommands) {}
      @EventPattern('call', { sessions: ['sales'] })
      async handle(@Ctx() context: WabusEventContext): Promise<void> {
        await this.wabus.session(context.session).fetchBlocklist();
      }
    }
    const options = { servers: server.url, user: 'crm', password: natsPassword('crm'), openTelemetry };
    @Module({ imports: [WabusModule.forRoot(options)], controllers: [Calls] })
    class AppModule {}
    const useFactory = (strategy: WabusEventServer) => ({ strategy });
    const app = await NestFactory.createMicroservice(AppModule, { useFactory, inject: [WabusEventServer], logger: false });
    await app.listen();
    const [traceId, spanId] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];
    const facts = {
      id: 'e1',
      session: 'sales' as SessionId,
      event: 'call',
      epoch: 1,
      at: new Date().toISOString(),
      schemaVersion: 1
    } as const;
    const header = headers();
    for (const [name, value] of encodeEventHeaders({ ...facts, traceparent: `00-${traceId}-${spanId}-01` })) header.set(name, value);
    await jetstream(admin).publish('wa.evt.sales.call', '[]', { headers: header });
    const [span] = await awaitCondition(
      () => exporter.getFinishedSpans(),
      spans => spans.length > 0
    );
    expect(span).toMatchObject({ name: 'process wa.evt.{session}.call', parentSpanContext: { traceId, spanId } });
    expect(span!.attributes).toMatchObject({ 'messaging.system': 'nats', 'messaging.message.id': 'e1', 'wabus.session': 'sales' });
    expect(traceparents).toEqual([`00-${traceId}-${span!.spanContext().spanId}-01`]);
    await app.close();
    for (const part of [openTelemetry.trace, openTelemetry.propagation, openTelemetry.context]) part.disable();
    commands.unsubscribe();
    await admin.close();
  }, 20_000);

  test('are sent when NATS is back, or not at all', async () => {
    await server.kill();
    await awaitCondition(
      () => failure(wabus.session('sales').with({ deadlineMs: 100 }).fetchBlocklist()),
      ({ code }) => code === 'UNREACHABLE'
    );
    expect(received.length).toBe(0);
    const sent = wabus.session('sales').fetchBlocklist();
    await server.restart();
    // The owner in this test may start later than the command.
    await sent.catch((error: WabusError) => expect(error.code).toBe('NO_OWNER'));
  });
});
