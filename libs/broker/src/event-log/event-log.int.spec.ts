import { connect } from '@nats-io/transport-node';
import { EVENT_SCHEMA_VERSION, type EventFacts, type EventName, type SessionId } from '@wabus/contracts';
import { awaitCondition, launchTcpProxy } from '@wabus/testing';
import type { Broker } from '../broker.js';
import { BrokerFixture } from '../testing/broker.fixture.js';
import type { EventLog } from './event-log.js';
import type { LoggedEvent } from './event-log.types.js';

const session = (name: string): SessionId => name as SessionId;

function facts(owner: string, id: string, event: EventName = 'messages.upsert'): EventFacts {
  return { id, session: session(owner), event, epoch: 7, at: '2026-01-02T03:04:05.678Z', schemaVersion: EVENT_SCHEMA_VERSION };
}

async function collect(events: AsyncIterable<LoggedEvent>): Promise<LoggedEvent[]> {
  const all: LoggedEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

const ids = (events: LoggedEvent[]): string[] => events.map(event => event.facts.id);
const numbered = (prefix: string, count: number, from = 0): string[] => Array.from({ length: count }, (_, i) => `${prefix}${i + from}`);

describe('the event log on NATS', () => {
  let fixture: BrokerFixture;
  let broker: Broker;
  let log: EventLog;

  beforeEach(async () => {
    fixture = await BrokerFixture.launch();
    broker = await fixture.open();
    log = broker.eventLog;
  });
  afterEach(() => fixture.close());

  const publishAll = (owner: string, names: string[]): Promise<unknown> =>
    Promise.all(names.map(id => log.pipeline.publish(facts(owner, id), `{"id":"${id}"}`)));

  it('returns body and facts unchanged, with the trace context', async () => {
    const start = await log.end();
    const written = { ...facts('a', 'x1', 'connection.update'), traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };
    const published = await log.pipeline.publish(written, '{"connection":"öpen"}');
    expect(published).toEqual({ sequence: 1, duplicate: false });
    const [event] = await collect(log.read(start));
    expect(event).toMatchObject({ facts: written, body: '{"connection":"öpen"}', sequence: 1 });
    expect(event!.cursor).toBe(await log.end());
  });

  it('stores overlapping publications of a session in call order', async () => {
    const start = await log.end();
    await Promise.all(['a', 'b', 'c'].map(owner => publishAll(owner, numbered(owner, 400))));
    const stored = await collect(log.read(start));
    expect(stored).toHaveLength(1_200);
    for (const owner of ['a', 'b', 'c']) expect(ids(stored.filter(event => event.facts.session === owner))).toEqual(numbered(owner, 400));
  });

  it('stores the same id once and reports it', async () => {
    const first = await log.pipeline.publish(facts('a', 'same'), '1');
    expect(await log.pipeline.publish(facts('a', 'same'), '2')).toEqual({ sequence: first.sequence, duplicate: true });
  });

  it('stores a batch of a session and returns each sequence', async () => {
    const before = await log.pipeline.publish(facts('a', 'a0'), '1');
    const published = await Promise.all(numbered('a', 10, 1).map(id => log.pipeline.publish(facts('a', id), '1')));
    expect(published).toEqual(numbered('', 10, 1).map(n => ({ sequence: before.sequence + Number(n), duplicate: false })));
  });

  it('stores new events once even if some are stored already', async () => {
    const start = await log.end();
    await log.pipeline.publish(facts('a', 'old'), '1');
    const names = ['a1', 'old', 'a2', 'a3', 'a2', 'a4'];
    const published = await Promise.all(names.map(id => log.pipeline.publish(facts('a', id), '1')));
    expect(published.map(({ duplicate }) => duplicate)).toEqual([false, true, false, false, true, false]);
    expect(ids(await collect(log.read(start)))).toEqual(['old', 'a1', 'a2', 'a3', 'a4']);
  });

  it('refuses a body above the server limit, and continues', async () => {
    await expect(log.pipeline.publish(facts('a', 'big'), 'x'.repeat(1_048_576))).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    await expect(log.pipeline.publish(facts('a', 'small'), '1')).resolves.toMatchObject({ duplicate: false });
  });

  it('reads by session and event, after a cursor, in pages', async () => {
    await publishAll('a', numbered('a', 1_500));
    await log.pipeline.publish(facts('b', 'b0', 'contacts.update'), '[]');
    const middle = await log.end();
    await publishAll('a', numbered('a', 1_200, 1_500));
    await log.pipeline.publish(facts('b', 'b1', 'contacts.update'), '[]');
    await log.pipeline.publish(facts('a', 'last', 'contacts.update'), '[]');
    expect(ids(await collect(log.read(middle, { sessions: [session('b')] })))).toEqual(['b1']);
    expect(ids(await collect(log.read(middle, { events: ['contacts.update'] })))).toEqual(['b1', 'last']);
    expect(ids(await collect(log.read(middle, { sessions: [session('a')], events: ['messages.upsert'] })))).toEqual(
      numbered('a', 1_200, 1_500)
    );
    expect(await collect(log.read(await log.end()))).toEqual([]);
  });

  it('stops reading where the log ended at the time of the call', async () => {
    const start = await log.end();
    await publishAll('a', numbered('a', 10));
    const reading = log.read(start)[Symbol.asyncIterator]();
    const first = await reading.next();
    await publishAll('a', numbered('later', 5));
    let count = first.done ? 0 : 1;
    while (!(await reading.next()).done) count++;
    expect(count).toBe(10);
  });

  it('refuses invalid cursors and those of another log', async () => {
    await expect(collect(log.read('nonsense'))).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    await using other = await launchOtherLog();
    await expect(collect(log.read(other.cursor))).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });

  it('stops on abort and keeps the order of the others', async () => {
    await fixture.server.kill();
    const lost = new AbortController();
    const kept = log.pipeline.publish(facts('b', 'b0'), '1');
    const given = numbered('a', 3).map(id => log.pipeline.publish(facts('a', id), '1', lost.signal));
    const outcomes = Promise.allSettled(given);
    lost.abort();
    expect((await outcomes).map(outcome => outcome.status)).toEqual(['rejected', 'rejected', 'rejected']);
    await fixture.server.restart();
    await expect(kept).resolves.toMatchObject({ duplicate: false });
    await expect(log.pipeline.publish(facts('a', 'a9'), '1', lost.signal)).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
  });

  it('rejects pending publications when it is closed', async () => {
    await fixture.server.kill();
    const outcome = expect(log.pipeline.publish(facts('a', 'a0'), '1')).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    await broker.close();
    await outcome;
  });

  it('keeps every event in order when the server is killed', async () => {
    const start = await log.end();
    const live: string[] = [];
    const feed = await (await fixture.open()).eventLog.follow(event => live.push(event.facts.id));
    const stream = async (owner: string): Promise<void> => {
      // Overlapping publications, 20 at a time.
      for (let n = 0; n < 600; n += 20) await publishAll(owner, numbered(`${owner}-`, 20, n));
    };
    const kinds = ['messages.upsert', 'chats.update', 'contacts.update'] satisfies EventName[];
    const groups = async (owner: string): Promise<void> => {
      for (let n = 0; n < 600; n += 3)
        await Promise.all(kinds.map((event, i) => log.pipeline.publish(facts(owner, `${owner}-${n + i}`, event), '1')));
    };
    const writing = Promise.all([stream('a'), stream('b'), stream('c'), groups('g')]);
    await awaitCondition(
      () => live.length,
      length => length > 200,
      { what: 'events before the crash' }
    );
    await fixture.server.kill();
    await fixture.server.restart();
    await writing;
    const stored = ids(await collect(log.read(start)));
    for (const owner of ['a', 'b', 'c']) expect(stored.filter(id => id.startsWith(owner))).toEqual(numbered(`${owner}-`, 600));
    const grouped = stored.filter(id => id.startsWith('g')).map(id => Number(id.slice(2)));
    // Wherever a batch was split, each group follows the one before it.
    expect(grouped.map(n => Math.floor(n / 3))).toEqual(Array.from({ length: 600 }, (_, i) => Math.floor(i / 3)));
    expect(new Set(grouped).size).toBe(600);
    await awaitCondition(
      () => live.length,
      length => length >= 2_400,
      { what: 'all events live' }
    );
    expect(live).toEqual(stored);
    expect(feed.cursor).toBe(await log.end());
    await feed.stop();
  }, 30_000);

  it.each([
    ['a batch', Array.from({ length: 8 }, (): EventName => 'chats.update')],
    ['a group', ['chats.update', 'contacts.update', 'groups.update'] satisfies EventName[]]
  ])(
    'recognizes %s that is stored after the duplicate window',
    async (_what, events) => {
      await using proxy = await launchTcpProxy({ port: fixture.server.port });
      // One full batch.
      const eventLog = { duplicateWindowMs: 200, maxInFlight: events.length };
      const far = (await fixture.open({ url: `127.0.0.1:${proxy.port}`, requestTimeoutMs: 500, eventLog })).eventLog;
      const start = await log.end();
      await far.pipeline.publish(facts('a', 'a0'), '1');
      // From now on, an acknowledgement takes 1,200 ms: it arrives after the publisher has timed out.
      proxy.delay(600);
      const sentAt = performance.now();
      const slow = Promise.all(events.map((event, i) => far.pipeline.publish(facts('a', `a${i + 1}`, event), '1')));
      await awaitCondition(
        () => collect(log.read(start)),
        stored => stored.length === events.length + 1,
        { what: 'the events in the log' }
      );
      await awaitCondition(
        () => performance.now() - sentAt,
        elapsedMs => elapsedMs > 1_000,
        { what: 'the end of the duplicate window' }
      );
      proxy.pass();
      await expect(slow).resolves.toEqual(events.map((_, i) => ({ sequence: i + 2, duplicate: true })));
      await far.pipeline.publish(facts('a', `a${events.length + 1}`), '1');
      expect(ids(await collect(log.read(start)))).toEqual(numbered('a', events.length + 2));
    },
    20_000
  );

  it('fills the gap of a broken link, in order and once', async () => {
    await using proxy = await launchTcpProxy({ port: fixture.server.port });
    const seen: string[] = [];
    const feed = await (await fixture.open({ url: `127.0.0.1:${proxy.port}` })).eventLog.follow(event => seen.push(event.facts.id));
    await publishAll('a', numbered('a', 50));
    await awaitCondition(
      () => seen.length,
      length => length === 50
    );
    // The connection is down while events are stored: NATS itself never sends these again.
    proxy.reset();
    await publishAll('a', numbered('a', 3_000, 50));
    proxy.pass();
    await publishAll('a', numbered('a', 50, 3_050));
    await awaitCondition(
      () => seen.length,
      length => length >= 3_100,
      { what: 'all events' }
    );
    expect(seen).toEqual(numbered('a', 3_100));
    await feed.stop();
  }, 20_000);

  it('notices a silent subscription within seconds', async () => {
    // The live subjects are denied to this user, so the server republishes nothing to it, as if it had lost the subscription.
    const deaf = await BrokerFixture.launch({
      configuration:
        'authorization { users = [ {user: all, password: p}, {user: deaf, password: p, permissions: {subscribe: {deny: "wa.live.>"}}} ] }'
    });
    try {
      const open = async (user: string): Promise<EventLog> => (await deaf.open({ user, password: 'p' })).eventLog;
      const writer = await open('all');
      const seen: string[] = [];
      const feed = await (await open('deaf')).follow(event => seen.push(event.facts.id));
      for (const id of numbered('a', 20)) await writer.pipeline.publish(facts('a', id), '1');
      const began = performance.now();
      await awaitCondition(
        () => seen.length,
        length => length === 20,
        { what: 'the events read from the log' }
      );
      expect(performance.now() - began).toBeLessThan(3_000);
      expect(seen).toEqual(numbered('a', 20));
      await feed.stop();
    } finally {
      await deaf.close();
    }
  }, 20_000);

  it('survives foreign messages on its subjects', async () => {
    const seen: string[] = [];
    const feed = await log.follow(event => seen.push(event.facts.id));
    const stranger = await connect({ servers: fixture.server.url });
    stranger.publish('wa.evt.a.messages.upsert', 'not ours');
    stranger.publish('wa.live.a.messages.upsert', 'neither stored nor ours');
    await stranger.flush();
    await log.pipeline.publish(facts('a', 'ours'), '1');
    await awaitCondition(
      () => seen,
      events => events.length > 0
    );
    expect(seen).toEqual(['ours']);
    await stranger.close();
    await feed.stop();
  });

  it('calls no handler after stop()', async () => {
    let calls = 0;
    const feed = await log.follow(() => calls++);
    await log.pipeline.publish(facts('a', 'a0'), '1');
    await awaitCondition(
      () => calls,
      count => count === 1
    );
    await feed.stop();
    await publishAll('a', numbered('b', 20));
    expect(calls).toBe(1);
  });
});

async function launchOtherLog(): Promise<AsyncDisposable & { cursor: string }> {
  const other = await BrokerFixture.launch();
  const cursor = await (await other.open()).eventLog.end();
  return { cursor, [Symbol.asyncDispose]: () => other.close() };
}
