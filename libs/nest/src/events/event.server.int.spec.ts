import 'reflect-metadata';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import { jetstream } from '@nats-io/jetstream';
import {
  Controller,
  Catch,
  Injectable,
  Module,
  UseFilters,
  UseInterceptors,
  UsePipes,
  type ArgumentsHost,
  type CallHandler,
  type ExecutionContext,
  type INestMicroservice,
  type NestInterceptor,
  type PipeTransform,
  type RpcExceptionFilter,
  type Type
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { encodeEventHeaders, EVENT_STREAM, type EventName as WireEvent, type SessionId } from '@wabus/contracts';
import { awaitCondition, launchNatsServer, natsPassword, natsUsers, type NatsServer } from '@wabus/testing';
import { concat, defer, EMPTY, of, type Observable } from 'rxjs';
import {
  DiscardEvent,
  RetryEvent,
  WabusEvent,
  WabusEventContext,
  WabusEventServer,
  type DeadEvent,
  type WabusEventOptions
} from '../index.js';

const SERVICES = {
  orders: { consumers: ['orders', ...Array.from({ length: 20 }, (_, i) => `orders-${i}`)] },
  sales: { read: ['sales'], command: ['sales'] }
};

/** The behavior of the handlers in a test. It is global because Nest creates the controllers. */
interface Script {
  readonly handle: (context: WabusEventContext, data: unknown) => unknown;
}
let script: Script;

@Controller()
class MessagesController {
  @EventPattern<string>('messages.upsert')
  upsert(@Payload() data: unknown, @Ctx() context: WabusEventContext): unknown {
    return script.handle(context, data);
  }
}

@Module({ controllers: [MessagesController] })
class MessagesModule {}

describe('events in a Nest service', () => {
  let server: NatsServer;
  let admin: NatsConnection;
  let published = 0;
  const services: INestMicroservice[] = [];
  const refusals: string[] = [];

  beforeAll(async () => {
    server = await launchNatsServer({ configuration: natsUsers(SERVICES) });
    admin = await connect({ servers: server.url, user: 'admin', pass: natsPassword('admin') });
    await (await jetstreamManager(admin)).streams.add({ name: EVENT_STREAM, subjects: ['wa.evt.>'], allow_direct: true });
  }, 30_000);
  afterEach(async () => {
    await Promise.all(services.splice(0).map(service => service.close()));
  });
  afterAll(async () => {
    await admin?.close();
    await server?.stop();
  });

  const start = async (
    options: WabusEventOptions = {},
    { module = MessagesModule, user = 'orders' }: { module?: Type; user?: string } = {}
  ): Promise<INestMicroservice> => {
    const strategy = new WabusEventServer({
      servers: server.url,
      user,
      password: natsPassword(user),
      retryFirstMs: 20,
      ackWaitMs: 1_000,
      ...options
    });
    const service = await NestFactory.createMicroservice(module, { strategy, logger: false });
    services.push(service);
    await service.listen();
    void (async () => {
      for await (const status of strategy.unwrap<NatsConnection>().status())
        if (status.type === 'error') refusals.push(String(status.error));
    })();
    return service;
  };
  const publish = async (
    chats: readonly string[],
    { session = 'sales', event = 'messages.upsert' }: { session?: string; event?: WireEvent } = {}
  ): Promise<string> => {
    const id = `e${++published}`;
    const header = headers();
    const facts = { id, session: session as SessionId, event, epoch: 1, at: new Date().toISOString(), schemaVersion: 1, chats };
    for (const [name, value] of encodeEventHeaders(facts)) header.set(name, value);
    await jetstream(admin, { timeout: 500 }).publish(`wa.evt.${session}.${event}`, JSON.stringify({ n: published }), { headers: header });
    return id;
  };
  const connectionOf = (service: INestMicroservice): NatsConnection =>
    (service as unknown as { serverInstance: WabusEventServer }).serverInstance.unwrap<NatsConnection>();
  const waiting = async (consumer: string): Promise<number> => {
    const { num_ack_pending, num_pending } = await (await jetstreamManager(admin)).consumers.info(EVENT_STREAM, consumer);
    return num_ack_pending + num_pending;
  };
  const allDone = (consumer: string): Promise<number> =>
    awaitCondition(
      () => waiting(consumer),
      count => count === 0,
      { what: 'acknowledgements' }
    );

  /** Each test has its own consumer, so that none receives the events of another. */
  let consumer: string;
  let consumers = 0;
  beforeEach(() => (consumer = `orders-${consumers++}`));

  test('arrive once with their metadata, and are acknowledged', async () => {
    const seen: WabusEventContext[] = [];
    script = { handle: context => void seen.push(context) };
    await start({ consumer });
    const id = await publish(['1@lid']);
    await publish([], { event: 'call' });
    await awaitCondition(
      () => seen,
      all => all.length === 1
    );
    const facts = { id, session: 'sales', event: 'messages.upsert', data: { n: published - 1 }, chats: ['1@lid'], epoch: 1 };
    expect(seen[0]).toMatchObject({ ...facts, attempt: 1, isRepeated: false });
    expect(seen[0]!.cursor).toMatch(/^[\w-]{8,}$/);
    await allDone(consumer);
  });

  test('are repeated with the same id until the handler succeeds', async () => {
    const attempts: [string, number, number][] = [];
    script = {
      handle: ({ id, attempt }) => {
        attempts.push([id, attempt, performance.now()]);
        if (attempt === 1) throw new Error('not now');
        if (attempt === 2) return Promise.reject(new RetryEvent(150));
        // An observable that fails after a value.
        return attempt === 3
          ? concat(
              of('begun'),
              defer(() => Promise.reject(new Error('still not')))
            )
          : EMPTY;
      }
    };
    await start({ consumer });
    const id = await publish(['1@lid']);
    await awaitCondition(
      () => attempts,
      all => all.length === 4
    );
    await allDone(consumer);
    expect(attempts.map(([of_, attempt]) => [of_, attempt])).toEqual([1, 2, 3, 4].map(n => [id, n]));
    const waits = attempts.slice(1).map(([, , at], i) => at - attempts[i]![2]);
    expect(waits[0]).toBeGreaterThanOrEqual(9);
    expect(waits[1]).toBeGreaterThanOrEqual(149);
  });

  test('keep the order of a chat while other chats proceed', async () => {
    const done: string[] = [];
    let first = '';
    script = {
      handle: async ({ id, attempt }) => {
        first ||= id;
        if (id === first && attempt < 4) throw new Error('not now');
        await new Promise(resolve => setTimeout(resolve, Math.random() * 5));
        done.push(id);
      }
    };
    await start({ consumer, retryFirstMs: 40 });
    const [a1, b1] = [await publish(['a']), await publish(['b'])];
    const [a2, ab, b2, c1, a3] = [
      await publish(['a']),
      await publish(['a', 'b']),
      await publish(['b']),
      await publish(['c']),
      await publish(['a'])
    ];
    await awaitCondition(
      () => done,
      all => all.length === 7
    );
    expect(done.filter(id => [a1, a2, ab, a3].includes(id))).toEqual([a1, a2, ab, a3]);
    expect(done.filter(id => [b1, ab, b2].includes(id))).toEqual([b1, ab, b2]);
    expect(done.indexOf(c1)).toBeLessThan(done.indexOf(a1));
  });

  test('are handled concurrently, up to the limit', async () => {
    let running = 0;
    let most = 0;
    let total = 0;
    script = {
      handle: async () => {
        most = Math.max(most, ++running);
        await new Promise(resolve => setTimeout(resolve, 20));
        running--;
        total++;
      }
    };
    await start({ consumer, concurrency: 4 });
    for (let i = 0; i < 40; i++) await publish([`chat ${i}`]);
    await awaitCondition(
      () => total,
      count => count === 40
    );
    expect(most).toBe(4);
  });

  test('keep the order of a session if requested', async () => {
    const done: string[] = [];
    script = {
      handle: async ({ id }) => {
        await new Promise(resolve => setTimeout(resolve, Math.random() * 8));
        done.push(id);
      }
    };
    await start({ consumer, order: 'session' });
    const ids: string[] = [];
    for (let i = 0; i < 12; i++) ids.push(await publish([`chat ${i}`], { session: i % 2 ? 'one' : 'two' }));
    await awaitCondition(
      () => done,
      all => all.length === 12
    );
    for (const rest of [0, 1]) expect(done.filter(id => ids.indexOf(id) % 2 === rest)).toEqual(ids.filter((_, i) => i % 2 === rest));
  });

  test('may take longer than the ack wait', async () => {
    let begun = 0;
    script = {
      handle: async () => {
        begun++;
        await new Promise(resolve => setTimeout(resolve, 1_600));
      }
    };
    await start({ consumer });
    await publish(['a']);
    await awaitCondition(
      () => waiting(consumer),
      count => count === 0 && begun > 0
    );
    expect(begun).toBe(1);
  });

  test('are abandoned after the last failure, or immediately', async () => {
    const dead: DeadEvent[] = [];
    let refused = 0;
    script = {
      handle: ({ chats }) => {
        throw chats?.[0] === 'bad' ? new DiscardEvent('no such customer') : new Error('broken');
      }
    };
    await start({
      consumer,
      maxDeliveries: 3,
      retryLastMs: 50,
      deadLetter: (event: DeadEvent) => {
        // A store that fails for a moment loses nothing.
        if (refused++ === 0) throw new Error('the database is away');
        dead.push(event);
      }
    });
    const [bad, broken] = [await publish(['bad']), await publish(['a'])];
    await awaitCondition(
      () => dead,
      all => all.length === 2
    );
    const of_ = (id: string): DeadEvent => dead.find(({ context }) => context.id === id)!;
    expect(of_(bad)).toMatchObject({ reason: 'no such customer' });
    expect(of_(broken).context.attempt).toBe(3);
    await allDone(consumer);
  });

  test('in progress are finished by a close, others handed over', async () => {
    const begun: string[] = [];
    const done: string[] = [];
    let finish: () => void = () => undefined;
    script = {
      handle: async ({ id }) => {
        begun.push(id);
        await new Promise<void>(resolve => (finish = resolve));
        done.push(id);
      }
    };
    const first = await start({ consumer, concurrency: 1 });
    const ids = [await publish(['a']), await publish(['a']), await publish(['b'])];
    await awaitCondition(
      () => begun,
      all => all.length === 1
    );
    // Wait until all three have arrived: events in transit would let the pin expire.
    await awaitCondition(
      async () => (await (await jetstreamManager(admin)).consumers.info(EVENT_STREAM, consumer)).num_ack_pending,
      count => count === 3
    );
    await connectionOf(first).flush();
    const closing = first.close();
    await awaitCondition(
      async () => (await (await jetstreamManager(admin)).consumers.info(EVENT_STREAM, consumer)).num_waiting,
      count => count === 0
    );
    finish();
    await closing;
    expect(done).toEqual(ids.slice(0, 1));
    const began = performance.now();
    script = { handle: ({ id }) => void done.push(id) };
    await start({ consumer });
    await awaitCondition(
      () => done,
      all => all.length === 3
    );
    expect(done).toEqual(ids);
    expect(performance.now() - began).toBeLessThan(1_500);
  });

  test('of a lost process reach the next one first, in order', async () => {
    const done: string[] = [];
    const held: string[] = [];
    script = {
      handle: ({ id }) => {
        held.push(id);
        return new Promise(() => undefined);
      }
    };
    const first = await start({ consumer, closeTimeoutMs: 0 });
    const ids: string[] = [];
    for (let i = 0; i < 30; i++) ids.push(await publish([`chat ${i % 3}`]));
    await awaitCondition(
      () => held,
      all => all.length === 3
    );
    script = { handle: ({ id }) => void done.push(id) };
    await start({ consumer });
    // As if the process ended: nothing is acknowledged, and nothing is released.
    await connectionOf(first).close();
    for (let i = 30; i < 36; i++) ids.push(await publish([`chat ${i % 3}`]));
    await awaitCondition(
      () => done,
      all => all.length === 36,
      { waitMs: 10_000 }
    );
    for (const chat of [0, 1, 2]) expect(done.filter(id => ids.indexOf(id) % 3 === chat)).toEqual(ids.filter((_, i) => i % 3 === chat));
    await first.close();
  }, 30_000);

  test('are shared among processes without an order', async () => {
    const done: string[] = [];
    script = {
      handle: async ({ id }) => {
        await new Promise(resolve => setTimeout(resolve, 10));
        done.push(id);
      }
    };
    const terms = { consumer, order: 'none', concurrency: 2 } as const;
    await start(terms);
    await start(terms);
    const ids: string[] = [];
    for (let i = 0; i < 30; i++) ids.push(await publish(['a']));
    await awaitCondition(
      () => done,
      all => all.length >= 30
    );
    expect([...done].sort()).toEqual([...ids].sort());
    await allDone(consumer);
  });

  test('pass pipes, interceptors and exception filters', async () => {
    const seen: unknown[] = [];
    @Injectable()
    class NumberPipe implements PipeTransform {
      transform(value: { n: number }): number {
        return value.n;
      }
    }
    @Injectable()
    class Recorder implements NestInterceptor {
      intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
        seen.push(['before', context.switchToRpc().getContext<WabusEventContext>().event]);
        return next.handle();
      }
    }
    @Catch(TypeError)
    class Forgiving implements RpcExceptionFilter<TypeError> {
      catch(error: TypeError, _host: ArgumentsHost): Observable<never> {
        seen.push(['filtered', error.message]);
        return EMPTY;
      }
    }
    @Controller()
    class Piped {
      @UsePipes(NumberPipe)
      @UseInterceptors(Recorder)
      @UseFilters(Forgiving)
      @WabusEvent('messages.upsert', { sessions: ['piped'] })
      handle(@Payload() n: number): void {
        seen.push(['handled', n]);
        throw new TypeError('forgiven');
      }
    }
    @Module({ controllers: [Piped] })
    class PipedModule {}
    await start({ consumer }, { module: PipedModule });
    await publish(['a'], { session: 'piped' });
    await allDone(consumer);
    await awaitCondition(
      () => seen,
      all => all.length === 3
    );
    expect(seen).toEqual([
      ['before', 'messages.upsert'],
      ['handled', published],
      ['filtered', 'forgiven']
    ]);
    const { config } = await (await jetstreamManager(admin)).consumers.info(EVENT_STREAM, consumer);
    expect(config.filter_subject).toBe('wa.evt.piped.messages.upsert');
  });

  test('reach all handlers whose pattern matches', async () => {
    const seen: string[] = [];
    let failures = 0;
    @Controller()
    class Broad {
      @EventPattern('messages.*')
      any(@Ctx() { session, event }: WabusEventContext): void {
        seen.push(`any ${session} ${event}`);
      }

      @EventPattern({ event: 'messages.upsert', session: 'two' })
      ofTwo(@Ctx() { session }: WabusEventContext): void {
        seen.push(`two ${session}`);
        if (failures++ === 0) throw new Error('once');
      }
    }
    @Controller()
    class Same {
      @EventPattern('messages.*')
      again(@Ctx() { session, event }: WabusEventContext): void {
        seen.push(`again ${session} ${event}`);
      }
    }
    @Module({ controllers: [Broad, Same] })
    class BroadModule {}
    await start({ consumer }, { module: BroadModule });
    await publish(['a'], { session: 'one', event: 'messages.update' });
    await publish(['a'], { session: 'two' });
    await publish(['a'], { session: 'two', event: 'chats.update' });
    await awaitCondition(
      () => seen,
      all => all.length === 8
    );
    const once = ['again two messages.upsert', 'any two messages.upsert', 'two two'];
    expect([...seen].sort()).toEqual([...once, ...once, 'again one messages.update', 'any one messages.update'].sort());
  });

  test('are limited to one session for a service of one session', async () => {
    const seen: string[] = [];
    @Controller()
    class Sales {
      @WabusEvent('messages.upsert', { sessions: ['sales'] })
      messages(@Ctx() { event, cursor }: WabusEventContext): void {
        seen.push(`${event}${cursor}`);
      }

      @WabusEvent('messages.update', { sessions: ['sales'] })
      updates(@Ctx() { event, cursor }: WabusEventContext): void {
        seen.push(`${event}${cursor}`);
      }
    }
    @Module({ controllers: [Sales] })
    class SalesModule {}
    const before = refusals.length;
    await start({}, { module: SalesModule, user: 'sales' });
    await publish(['a'], { session: 'other' });
    await publish(['a'], { event: 'messages.update' });
    await publish(['a']);
    await awaitCondition(
      () => seen,
      all => all.length === 2
    );
    expect(seen).toEqual(['messages.update', 'messages.upsert']);
    expect(refusals.slice(before)).toEqual([]);
    await expect(start({ consumer: 'orders' }, { module: SalesModule, user: 'sales' })).rejects.toThrow(
      'is not permitted to use the consumer orders'
    );
    services.splice(1);
  });

  test('follow the terms and handlers of the next version', async () => {
    script = { handle: () => undefined };
    const configOf = async (): Promise<object> => (await (await jetstreamManager(admin)).consumers.info(EVENT_STREAM, consumer)).config;
    await (await start({ consumer, order: 'none' })).close();
    expect(await configOf()).not.toHaveProperty('priority_groups');
    @Controller()
    class Calls {
      @WabusEvent('call')
      handle(): void {}

      @WabusEvent('messages.*')
      messages(): void {}
    }
    @Module({ controllers: [Calls] })
    class CallsModule {}
    await (await start({ consumer }, { module: CallsModule })).close();
    expect(await configOf()).toMatchObject({ priority_policy: 'pinned_client', filter_subjects: ['wa.evt.*.call', 'wa.evt.*.messages.>'] });
    await (await start({ consumer, order: 'none' })).close();
    expect(await configOf()).toMatchObject({ filter_subject: 'wa.evt.*.messages.upsert' });
    expect(await configOf()).not.toHaveProperty('priority_groups');
  });

  test.each(['chat', 'none'] as const)(
    'of a recreated log are all handled (%s)',
    async order => {
      const manager = await jetstreamManager(admin);
      const cursors: string[] = [];
      const done: string[] = [];
      const running: (() => void)[] = [];
      script = {
        handle: ({ id, cursor, chats }) => {
          done.push(id);
          cursors.push(cursor);
          return chats?.[0] === 'slow' ? new Promise<void>(resolve => running.push(resolve)) : undefined;
        }
      };
      const terms = { consumer, order, concurrency: 2, startFrom: 'new' } as const;
      await start(terms);
      await start(terms);
      for (let i = 0; i < 6; i++) await publish([`chat ${i}`]);
      await awaitCondition(
        () => done,
        all => all.length === 6
      );
      await publish(['slow']);
      await awaitCondition(
        () => running,
        all => all.length === 1
      );
      // As `wabus restore` does: both exist again before a process looks for them. Otherwise, a faster process would create the consumer.
      const { config } = await manager.consumers.info(EVENT_STREAM, consumer);
      const { config: stream } = await manager.streams.info(EVENT_STREAM);
      await manager.streams.delete(EVENT_STREAM);
      const { created } = await manager.streams.add(stream);
      await manager.consumers.add(EVENT_STREAM, config).catch(() => manager.consumers.info(EVENT_STREAM, consumer));
      done.length = cursors.length = 0;
      // The acknowledgment of an event in the previous log would settle one of these.
      script = { handle: context => void (done.push(context.id), cursors.push(context.cursor)) };
      const ids: string[] = [];
      for (let i = 0; i < 12; i++) ids.push(await publish([`chat ${i % 4}`]));
      running[0]!();
      await awaitCondition(
        () => new Set(done).size,
        count => count === 12,
        { waitMs: 15_000 }
      );
      expect([...done].sort()).toEqual([...ids].sort());
      await allDone(consumer);
      for (const cursor of cursors) expect(Buffer.from(cursor, 'base64url').toString()).toContain(`1:${Date.parse(created)}:`);
    },
    30_000
  );

  test('continue after a crash of the server', async () => {
    const done: string[] = [];
    script = { handle: ({ id }) => void done.push(id) };
    await start({ consumer });
    const first = await publish(['a']);
    await awaitCondition(
      () => done,
      all => all.includes(first)
    );
    await server.kill();
    await server.restart();
    const second = await awaitCondition(
      () => publish(['a']).catch(() => ''),
      id => id !== ''
    );
    await awaitCondition(
      () => done,
      all => all.includes(second),
      { waitMs: 15_000 }
    );
    expect(done.filter(id => id === first)).toHaveLength(1);
  }, 30_000);
});
