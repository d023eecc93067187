import { openBroker, type Broker, type LiveFeed, type LoggedEvent } from '@wabus/broker';
import { EVENT_PARTS_BUCKET, isLargePart, mediaObjectName, type LargePart, type SessionId } from '@wabus/contracts';
import { Log, MetricsRegistry } from '@wabus/runtime';
import { awaitCondition, launchNatsServer, type NatsServer } from '@wabus/testing';
import { pino } from 'pino';

import { EventPartStore } from './event-part.store.js';
import type { SessionLease } from '../ownership/session-lease.js';
import { TestLease } from '../ownership/test-lease.fixture.js';
import { EventPublisher } from './event.publisher.js';
import { InboxMetrics } from './inbox.metrics.js';
import { PublisherMetrics } from './publisher.metrics.js';

const MEBIBYTE = 1024 * 1024;

let nats: NatsServer;
let broker: Broker;
let feed: LiveFeed;
let registry: MetricsRegistry;
const logged: LoggedEvent[] = [];
let sessions = 0;

beforeAll(async () => {
  nats = await launchNatsServer();
  broker = await openBroker({
    connection: { servers: [nats.url], name: 'test' },
    buckets: [],
    objectStores: [{ name: EVENT_PARTS_BUCKET, ttlMs: 600_000, maxBytes: 48 * MEBIBYTE }]
  });
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
  const logger = pino({ level: 'silent' });
  return new EventPublisher({
    log: broker.eventLog,
    eventParts: new EventPartStore(broker.objectStores, new Log(logger)),
    settings: { maxPendingBytes, inboxJournal: true },
    metrics: new PublisherMetrics(registry),
    inboxMetrics: new InboxMetrics(registry),
    logger
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
  lease.expire();
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
  lost.expire();
  await Promise.all([events.settled(late), events.settled(lost)]);
  await awaitCondition(
    () => ofSession(late).map(({ body }) => body),
    bodies => bodies.length === 3
  );
  expect(ofSession(late).map(({ body }) => body)).toEqual(['["1"]', '["2"]', '["3"]']);
  expect(ofSession(lost)).toEqual([]);
});

const upsert = (id: string, message: object) => ({
  messages: [{ key: { remoteJid: '1@lid', id, fromMe: false }, message }],
  type: 'notify' as const
});
/** Returns the separately stored parts of an event, with their content. */
async function asideOf({ body, facts }: LoggedEvent): Promise<{ part: LargePart; content: string }[]> {
  const parts: LargePart[] = [];
  JSON.parse(body, (_name, value: unknown) => (isLargePart(value) ? void parts.push(value.$large) : value));
  const store = broker.objectStores.store(EVENT_PARTS_BUCKET);
  return Promise.all(
    parts.map(async part => {
      const object = await store.find(mediaObjectName(facts.session, part.media!));
      const pieces: Uint8Array[] = [];
      for await (const piece of store.read(object!)) pieces.push(piece);
      return { part, content: Buffer.concat(pieces).toString() };
    })
  );
}
const allOf = (lease: SessionLease, count: number): Promise<LoggedEvent[]> =>
  awaitCondition(
    () => ofSession(lease),
    events => events.length === count
  );

test('a huge and a deep event keep their place in the order', async () => {
  const events = publisher();
  const lease = newLease();
  let deep: object = { conversation: 'inside' };
  for (let i = 0; i < 3_000; i++) deep = { ephemeralMessage: { message: deep } };
  const text = 'x'.repeat(6 * MEBIBYTE);
  const emitMessage = (id: string, message: object): void => events.emit(lease, 'messages.upsert', upsert(id, message));
  emitMessage('A', { conversation: 'a' });
  emitMessage('B', { conversation: text });
  events.emit(lease, 'chats.update', [{ id: '1@lid', messages: [{ message: upsert('B', { conversation: text }).messages[0] }] }]);
  emitMessage('C', deep);
  emitMessage('D', { conversation: 'd' });
  const logs = await allOf(lease, 5);
  expect(logs.map(({ facts, body }) => [facts.event, facts.chats, /"id":"([A-D])"/.exec(body)?.[1]])).toEqual([
    ['messages.upsert', ['1@lid'], 'A'],
    ['messages.upsert', ['1@lid'], 'B'],
    ['chats.update', ['1@lid'], 'B'],
    ['messages.upsert', ['1@lid'], 'C'],
    ['messages.upsert', ['1@lid'], 'D']
  ]);
  const [[huge], [again], [nested]] = (await Promise.all([1, 2, 3].map(i => asideOf(logs[i]!)))) as [
    [{ part: LargePart; content: string }],
    [{ part: LargePart; content: string }],
    [{ part: LargePart; content: string }]
  ];
  expect(huge.content === text).toBe(true);
  expect(again.part).toEqual(huge.part);
  expect(nested.content.includes('inside')).toBe(true);
  expect(await registry.metrics()).not.toContain('outcome="failed"');
}, 30_000);

test('a huge message in the history does not affect the others', async () => {
  const events = publisher();
  const lease = newLease();
  const message = (id: string, text: string) => upsert(id, { conversation: text }).messages[0]!;
  const messages = [message('A', 'a'), message('B', 'x'.repeat(3 * MEBIBYTE)), message('C', 'c')];
  const set = { chats: [], contacts: [], messages, isLatest: true } as never;
  await expect(events.emitHistory(lease, 'chunk', set)).resolves.toBe(true);
  const logs = await allOf(lease, 3);
  const ids = logs.flatMap(({ body }) => (JSON.parse(body) as { messages: { key: { id: string } }[] }).messages.map(({ key }) => key.id));
  expect(ids).toEqual(['A', 'B', 'C']);
  expect((await Promise.all(logs.map(asideOf))).flat().map(({ part }) => part.bytes)).toEqual([3 * MEBIBYTE]);
}, 30_000);

test('an event whose part finds no room is published without it', async () => {
  const events = publisher(200 * MEBIBYTE);
  const lease = newLease();
  events.emit(lease, 'messages.upsert', upsert('A', { conversation: 'x'.repeat(40 * MEBIBYTE), extendedTextMessage: { text: 'stays' } }));
  const [event] = await allOf(lease, 1);
  expect(JSON.parse(event!.body)).toMatchObject({
    messages: [{ message: { conversation: { $large: { bytes: 40 * MEBIBYTE } }, extendedTextMessage: { text: 'stays' } } }]
  });
  expect(event!.body).not.toContain('media_part');
}, 30_000);

test('stops reading at the limit while the broker is away', async () => {
  const events = publisher(50_000);
  const lease = newLease();
  const pressure: boolean[] = [];
  events.onPressure(full => pressure.push(full));
  await nats.pause();
  for (let i = 0; i < 60; i++) events.emit(lease, 'chats.delete', [`${i}`.padEnd(1_000, '.')]);
  expect(pressure).toEqual([true]);
  expect(events.trouble).toMatch(/reading from whatsapp is paused/);
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
