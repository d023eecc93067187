import { openBroker, type Broker, type LiveFeed, type LoggedEvent } from '@wabus/broker';
import type { SessionId } from '@wabus/contracts';
import { MetricsRegistry } from '@wabus/runtime';
import { awaitCondition, launchNatsServer, type NatsServer } from '@wabus/testing';
import { pino } from 'pino';
import { SessionLease } from '../ownership/session-lease.js';
import { EventPublisher } from './event.publisher.js';
import { InboxMetrics } from './inbox.metrics.js';
import { PublisherMetrics } from './publisher.metrics.js';

class TestLease extends SessionLease {
  private readonly end = new AbortController();
  readonly lost = this.end.signal;

  constructor(
    readonly session: SessionId,
    readonly epoch: number
  ) {
    super();
  }

  /** A renewal is late: it may hold again. */
  lapsed = false;

  isValid(): boolean {
    return !this.lost.aborted && !this.lapsed;
  }

  lose(): void {
    this.end.abort();
  }
}

let nats: NatsServer;
let broker: Broker;
let feed: LiveFeed;
let registry: MetricsRegistry;
const logged: LoggedEvent[] = [];
let sessions = 0;

beforeAll(async () => {
  nats = await launchNatsServer();
  broker = await openBroker({ connection: { servers: [nats.url], name: 'test' }, buckets: [] });
  feed = await broker.eventLog.follow(event => logged.push(event));
}, 30_000);
afterAll(async () => {
  await feed.stop();
  await broker.close();
  await nats.stop();
});

const newLease = (epoch = 7) => new TestLease(`p${++sessions}` as SessionId, epoch);
const ofSession = ({ session }: SessionLease) => logged.filter(({ facts }) => facts.session === session);

function publisher(maxPendingBytes = 10_000_000): EventPublisher {
  registry = new MetricsRegistry('test');
  return new EventPublisher({
    log: broker.eventLog,
    settings: { maxPendingBytes, inboxJournal: true },
    metrics: new PublisherMetrics(registry),
    inboxMetrics: new InboxMetrics(registry),
    logger: pino({ level: 'silent' })
  });
}

test('stores a thousand unawaited events in the order of emission', async () => {
  const events = publisher();
  const lease = newLease();
  for (let i = 0; i < 1_000; i++) events.emit(lease, 'chats.delete', [String(i)]);
  await events.settled(lease);
  await awaitCondition(
    () => ofSession(lease).length,
    length => length === 1_000
  );
  expect(ofSession(lease).map(({ body }) => body)).toEqual(Array.from({ length: 1_000 }, (_, i) => `["${i}"]`));
  expect(await registry.metrics()).toContain('wabus_connector_events_total{event="chats.delete",outcome="published",service="test"} 1000');
});

test('the second copy of a message is not a second event', async () => {
  const events = publisher();
  const lease = newLease();
  const upsert = {
    messages: [{ key: { remoteJid: '1@lid', id: 'A', fromMe: false }, message: { conversation: 'x' } }],
    type: 'notify' as const
  };
  events.emit(lease, 'messages.upsert', upsert);
  events.emit(lease, 'messages.upsert', upsert);
  events.emit(lease, 'chats.delete', ['end']);
  await awaitCondition(
    () => ofSession(lease).length,
    length => length === 2
  );
  expect(ofSession(lease).map(({ facts }) => facts.event)).toEqual(['messages.upsert', 'chats.delete']);
  expect(await registry.metrics()).toContain('event="messages.upsert",outcome="skipped"');
});

test('nothing is published without a lease', async () => {
  const events = publisher();
  const lease = newLease();
  lease.lose();
  events.emit(lease, 'chats.delete', ['late']);
  const other = newLease();
  events.emit(other, 'chats.delete', ['marker']);
  await awaitCondition(
    () => ofSession(other).length,
    length => length === 1
  );
  expect(ofSession(lease)).toEqual([]);
  expect(await registry.metrics()).toContain('event="chats.delete",outcome="fenced"');
});

test('publishes what a late lease renewal held back, in order', async () => {
  const events = publisher();
  const [late, lost] = [newLease(), newLease()];
  late.lapsed = lost.lapsed = true;
  for (const id of ['1', '2']) for (const lease of [late, lost]) events.emit(lease, 'chats.delete', [id]);
  late.lapsed = false;
  events.emit(late, 'chats.delete', ['3']);
  lost.lose();
  await Promise.all([events.settled(late), events.settled(lost)]);
  await awaitCondition(
    () => ofSession(late).map(({ body }) => body),
    bodies => bodies.length === 3
  );
  expect(ofSession(late).map(({ body }) => body)).toEqual(['["1"]', '["2"]', '["3"]']);
  expect(ofSession(lost)).toEqual([]);
});

test('counts an event it cannot encode and publishes the next', async () => {
  const events = publisher();
  const lease = newLease();
  let deep: object = {};
  for (let i = 0; i < 100; i++) deep = { deep };
  events.emit(lease, 'chats.lock', { id: '1', locked: true, ...deep });
  events.emit(lease, 'chats.delete', ['next']);
  await awaitCondition(
    () => ofSession(lease).length,
    length => length === 1
  );
  expect(await registry.metrics()).toContain('event="chats.lock",outcome="failed"');
});

test('stops reading at the limit while the broker is away', async () => {
  const events = publisher(50_000);
  const lease = newLease();
  const pressure: boolean[] = [];
  events.onPressure(full => pressure.push(full));
  await nats.pause();
  for (let i = 0; i < 60; i++) events.emit(lease, 'chats.delete', [`${i}`.padEnd(1_000, '.')]);
  expect(pressure).toEqual([true]);
  expect(events.trouble).toMatch(/no more are read/);
  await nats.resume();
  await awaitCondition(
    () => ofSession(lease).length,
    length => length === 60,
    { waitMs: 20_000 }
  );
  await awaitCondition(
    () => pressure,
    said => said.length === 2
  );
  expect(pressure).toEqual([true, false]);
  expect(events.trouble).toBeNull();
}, 30_000);
