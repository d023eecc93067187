import { EVENT_NAMES, EVENT_SCHEMA_VERSION, type EventName, type SessionId } from '@wabus/contracts';
import { awaitCondition, findFreePort, launchTcpProxy } from '@wabus/testing';
import { BrokerFixture } from '../testing/broker.fixture.js';
import type { EventLog } from './event-log.js';
import type { LoggedEvent } from './event-log.types.js';
import type { LiveFeed } from './live.feed.js';

const id = (name: string): SessionId => name as SessionId;
const numbered = (prefix: string, count: number, from = 0): string[] => Array.from({ length: count }, (_, i) => `${prefix}${i + from}`);

describe('a live feed by interest', () => {
  let fixture: BrokerFixture;
  let log: EventLog;
  let monitor: number;
  const feeds: LiveFeed[] = [];
  beforeAll(async () => {
    monitor = await findFreePort();
    // `deaf` receives nothing of one event, as if each one were lost on the way.
    fixture = await BrokerFixture.launch({
      configuration: `http: "127.0.0.1:${monitor}"
        authorization { users = [ {user: all, password: p}, {user: deaf, password: p, permissions: {subscribe: {deny: "wa.live.*.call"}}} ] }`
    });
    log = (await fixture.open({ user: 'all', password: 'p' })).eventLog;
  }, 30_000);
  afterEach(() => Promise.all(feeds.splice(0).map(feed => feed.stop())));
  afterAll(() => fixture.close(), 30_000);

  const publish = async (session: string, event: EventName, ids: string[]): Promise<void> => {
    const at = new Date().toISOString();
    await Promise.all(
      ids.map(name =>
        log.pipeline.publish({ id: name, session: id(session), event, epoch: 1, at, schemaVersion: EVENT_SCHEMA_VERSION }, '1')
      )
    );
  };
  const followBy = async (source: EventLog, received: string[]): Promise<LiveFeed> => {
    const feed = await source.follow((event: LoggedEvent) => received.push(event.facts.id), null);
    feeds.push(feed);
    return feed;
  };
  const all = (received: string[], count: number): Promise<unknown> =>
    awaitCondition(
      () => received.length,
      length => length >= count,
      { what: `${count} events` }
    );

  it('subscribes only to current interests', async () => {
    const received: string[] = [];
    const feed = await followBy((await fixture.open({ user: 'all', password: 'p', name: 'interested' })).eventLog, received);
    const subjects = async (): Promise<string[]> => {
      const answer = await fetch(`http://127.0.0.1:${monitor}/connz?subs=1`);
      const { connections } = (await answer.json()) as { connections: { name: string; subscriptions_list?: string[] }[] };
      const own = connections.find(({ name }) => name === 'interested')?.subscriptions_list ?? [];
      return own.filter(subject => subject.startsWith('wa.live')).sort();
    };
    expect(await subjects()).toEqual([]);
    const first = await feed.subscribe({ sessions: [id('i1'), id('i2')], events: ['call'] });
    const second = await feed.subscribe({ sessions: [id('i1')], events: ['call', 'chats.lock'] });
    expect(await subjects()).toEqual(['wa.live.i1.call', 'wa.live.i1.chats.lock', 'wa.live.i2.call']);
    await publish('i3', 'call', ['unwanted']);
    await publish('i1', 'messages.upsert', ['unwanted too']);
    await publish('i2', 'call', ['wanted']);
    await all(received, 1);
    expect(received).toEqual(['wanted']);
    first.release();
    await awaitCondition(subjects, list => list.join() === 'wa.live.i1.call,wa.live.i1.chats.lock');
    second.release();
    await awaitCondition(subjects, list => list.length === 0);
  });

  it('delivers everything after the position it reports', async () => {
    const received: string[] = [];
    const feed = await followBy(log, received);
    let publishing = true;
    const sessions = numbered('load', 6);
    const writing = Promise.all(
      sessions.map(async session => {
        for (let n = 0; publishing; n++) await publish(session, EVENT_NAMES[n % 5]!, [`${session}:${n}`]);
      })
    );
    const served = [];
    for (const [index, session] of sessions.entries()) {
      const interest = await feed.subscribe({
        sessions: index === 5 ? undefined : [id(session)],
        events: index === 2 ? EVENT_NAMES.slice(0, 2) : undefined
      });
      served.push({ session, from: interest.from, index });
      if (index === 3) (await feed.subscribe({ sessions: [id('load4')] })).release();
      const before = received.length;
      await all(received, before + 20);
    }
    publishing = false;
    await writing;
    const end = await log.end();
    await awaitCondition(
      () => feed.cursor,
      cursor => cursor === end,
      { what: 'the end of the log' }
    );
    expect(new Set(received).size).toBe(received.length);
    for (const { session, from, index } of served) {
      const stored: string[] = [];
      const events = index === 2 ? EVENT_NAMES.slice(0, 2) : undefined;
      for await (const event of log.read(from.cursor, { sessions: index === 5 ? undefined : [id(session)], events }))
        stored.push(event.facts.id);
      const wanted = new Set(stored);
      expect(received.filter(name => wanted.has(name))).toEqual(stored);
    }
  }, 20_000);

  it('fills gaps of its interests after a broken link, in order', async () => {
    await using proxy = await launchTcpProxy({ port: fixture.server.port });
    const received: string[] = [];
    const feed = await followBy((await fixture.open({ url: `127.0.0.1:${proxy.port}`, user: 'all', password: 'p' })).eventLog, received);
    await feed.subscribe({ sessions: [id('far')], events: ['call', 'chats.lock'] });
    await publish('far', 'call', numbered('f', 20));
    await all(received, 20);
    proxy.reset();
    await publish('far', 'chats.lock', numbered('f', 700, 20));
    await publish('other', 'call', numbered('o', 50));
    proxy.pass();
    await publish('far', 'call', numbered('f', 20, 720));
    await all(received, 740);
    expect(received).toEqual(numbered('f', 740));
  }, 20_000);

  it('finds silent losses even if other events arrive', async () => {
    const received: string[] = [];
    const source = await fixture.open({ user: 'deaf', password: 'p', eventLog: { supervisionMs: 100 } });
    const feed = await followBy(source.eventLog, received);
    await feed.subscribe({ sessions: [id('deaf')] });
    await publish('deaf', 'call', ['lost']);
    await publish('deaf', 'chats.lock', numbered('d', 5));
    await all(received, 6);
    expect([...received].sort()).toEqual([...numbered('d', 5), 'lost']);
    expect(received.filter(name => name !== 'lost')).toEqual(numbered('d', 5));
  });

  it('fails an interest that a stopped feed can no longer serve', async () => {
    const feed = await followBy(log, []);
    await feed.stop();
    await expect(feed.subscribe({ sessions: [id('late')] })).rejects.toThrow();
  });
});
