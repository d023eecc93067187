import { decodeCursor, type EventName, type SessionId } from '@wabus/contracts';
import { awaitCondition } from '@wabus/testing';
import type { Broker } from '../broker.js';
import { BrokerFixture } from '../testing/broker.fixture.js';
import type { EventBatch } from './event-consumers.js';

const LIMITS = { maxEvents: 10, maxBytes: 1_000_000 };
const A = 'a' as SessionId;
const B = 'b' as SessionId;

describe('consumers of the event log', () => {
  let fixture: BrokerFixture;
  let broker: Broker;
  let published = 0;
  beforeEach(async () => {
    fixture = await BrokerFixture.launch();
    broker = await fixture.open();
    published = 0;
  });
  afterEach(() => fixture.close());

  const publish = (session: SessionId, event: EventName = 'call', body = '1'): Promise<unknown> => {
    const facts = { id: `e${++published}`, session, event, epoch: 1, at: new Date().toISOString(), schemaVersion: 1 };
    return broker.eventLog.pipeline.publish(facts, body);
  };
  const ids = ({ events }: EventBatch): string[] => events.map(({ facts }) => facts.id);

  it('deliver matching events in order and wait for more', async () => {
    for (const session of [A, B, A, A]) await publish(session);
    await publish(A, 'chats.lock');
    const consumer = broker.consumers.open({ after: 0, sessions: [A], events: ['call'] });
    const first = await consumer.next({ ...LIMITS, maxEvents: 2, waitMs: 0 });
    expect([ids(first), first.upTo]).toEqual([['e1', 'e3'], 3]);
    expect(ids(await consumer.next({ ...LIMITS, waitMs: 0 }))).toEqual(['e4']);
    const waiting = consumer.next({ ...LIMITS, waitMs: 5_000 });
    await publish(B);
    await publish(A);
    expect(ids(await waiting)).toEqual(['e7']);
    consumer.close();
  });

  it('gather what is stored shortly after the first event', async () => {
    const consumer = broker.consumers.open({ after: 0, sessions: [A] });
    const gather = (waitMs: number, lingerMs: number, maxEvents = LIMITS.maxEvents): Promise<EventBatch> =>
      consumer.gather({ ...LIMITS, maxEvents, waitMs, lingerMs });
    expect(await gather(0, 0)).toEqual({ events: [], upTo: 0 });
    const gathering = gather(5_000, 500);
    for (let i = 0; i < 4; i++) await publish(A);
    expect(ids(await gathering)).toEqual(['e1', 'e2', 'e3', 'e4']);
    for (let i = 0; i < 6; i++) await publish(A);
    expect(ids(await gather(5_000, 0, 3))).toEqual(['e5', 'e6', 'e7', 'e8']);
    // More events are known to be stored, so it does not linger.
    expect(ids(await gather(5_000, 60_000))).toEqual(['e9', 'e10']);
    await publish(B);
    expect(await gather(50, 60_000)).toEqual({ events: [], upTo: 11 });
    consumer.close();
    await expect(gather(50, 0)).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
  });

  it('report their position when nothing matched', async () => {
    await publish(B);
    await publish(B);
    const consumer = broker.consumers.open({ after: 0, sessions: [A] });
    expect(await consumer.next({ ...LIMITS, waitMs: 50 })).toEqual({ events: [], upTo: 2 });
    expect(await broker.consumers.read({ after: 0, sessions: [A] }, LIMITS)).toEqual({ events: [], upTo: 2 });
    consumer.close();
  });

  it('read one batch and report what its end covers', async () => {
    for (let i = 0; i < 12; i++) await publish(i % 2 ? A : B);
    const batch = await broker.consumers.read({ after: 2, sessions: [A] }, { ...LIMITS, maxEvents: 3 });
    expect([ids(batch), batch.upTo]).toEqual([['e4', 'e6', 'e8'], 8]);
    const rest = await broker.consumers.read({ after: batch.upTo, sessions: [A] }, LIMITS);
    expect([ids(rest), rest.upTo]).toEqual([['e10', 'e12'], 12]);
  });

  it('lose and repeat nothing when the server crashes', async () => {
    const consumer = broker.consumers.open({ after: 0 });
    const seen: string[] = [];
    for (let i = 0; i < 5; i++) await publish(A);
    seen.push(...ids(await consumer.next({ ...LIMITS, maxEvents: 3, waitMs: 0 })));
    const waiting = consumer.next({ ...LIMITS, waitMs: 10_000 });
    seen.push(...ids(await waiting));
    const interrupted = expect(consumer.next({ ...LIMITS, waitMs: 10_000 })).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    await fixture.server.kill();
    await interrupted;
    await fixture.server.restart();
    await publish(A);
    await awaitCondition(
      async () => seen.push(...ids(await consumer.next({ ...LIMITS, waitMs: 1_000 }))),
      () => seen.length === 6
    );
    expect(seen).toEqual(['e1', 'e2', 'e3', 'e4', 'e5', 'e6']);
    consumer.close();
  }, 20_000);

  it('read large events one pull after another', async () => {
    const large = JSON.stringify('x'.repeat(600_000));
    for (let i = 0; i < 4; i++) await publish(A, 'call', large);
    const consumer = broker.consumers.open({ after: 0 });
    const sizes: number[] = [];
    for (let taken = 0; taken < 4; taken += sizes.at(-1)!) sizes.push((await consumer.next({ ...LIMITS, waitMs: 0 })).events.length);
    expect(Math.max(...sizes)).toBeLessThan(3);
    expect(ids(await broker.consumers.read({ after: 0 }, { maxEvents: 4, maxBytes: 600_000 }))).toEqual(['e1']);
    consumer.close();
  });

  it('report the end of the log', async () => {
    await publish(A);
    await publish(A);
    const { cursor } = await broker.eventLog.locate(await broker.eventLog.end());
    await expect(broker.consumers.end()).resolves.toEqual({ stream: decodeCursor(cursor)!.stream, sequence: 2 });
  });
});
