import type { ErrorBody } from '@wabus/contracts';
import { awaitCondition, type EdgeClient, type EventClient } from '@wabus/testing';
import { EdgeFixture } from '../edge.fixture.js';

/** Enough events to exceed what the operating system buffers for a loopback connection. */
const EVENTS = 2_000;
const text = 'x'.repeat(8_000);
/** The budget of all clients together; a single client may use 128 KiB. */
const BUDGET = 1_048_576;

describe('a client that does not keep up', () => {
  let edge: EdgeFixture;
  let client: EdgeClient;
  beforeAll(async () => {
    edge = await EdgeFixture.launch({
      WABUS_EDGE_CLIENT_BUFFER_BYTES: '131072',
      WABUS_EDGE_BUFFER_BYTES: String(BUDGET),
      WABUS_EDGE_CLIENT_STALL_MS: '5000',
      WABUS_EDGE_WINDOW_BYTES: '1000000',
      WABUS_EDGE_OPEN_METRICS: 'true'
    });
    client = edge.client();
  }, 120_000);
  afterEach(() => client.close());
  afterAll(() => edge.stop(), 30_000);

  const publishAll = async (session: string): Promise<void> => {
    for (let n = 0; n < EVENTS; n += 100)
      await Promise.all(Array.from({ length: 100 }, (_, i) => edge.publish(session, 'call', { n: n + i, text })));
  };
  const numbers = (events: EventClient): number[] => events.envelopes.map(({ data }) => (data as unknown as { n: number }).n);
  const all = (events: EventClient): Promise<unknown> =>
    awaitCondition(
      () => events.envelopes.length,
      length => length >= EVENTS,
      { waitMs: 45_000, what: 'all events' }
    );
  const expected = Array.from({ length: EVENTS }, (_, n) => n);
  const metric = async (line: string): Promise<number> => {
    const metrics = await (await fetch(`${edge.url}/metrics`)).text();
    const [name, label = ''] = line.split(' ');
    const found = metrics.split('\n').find(each => each.startsWith(name!) && each.includes(label));
    return Number(found?.split(' ').at(-1) ?? 0);
  };

  it.each([
    ['envelopes', {}],
    ['batches', { batch: true }]
  ])(
    'gets the full log later and delays no other client: %s',
    async (name, form) => {
      const slow = await client.connectEvents();
      const quick = await client.connectEvents();
      const request = { events: ['call'], sessions: [`slow-${name}`], ...form };
      for (const each of [slow, quick]) await each.follow(request);
      const before = await metric('wabus_edge_catch_ups_total why="slow"');
      slow.stopReading();
      await publishAll(`slow-${name}`);
      await all(quick);
      expect(numbers(quick)).toEqual(expected);
      expect(await metric('wabus_edge_catch_ups_total why="slow"')).toBeGreaterThan(before);
      slow.readAgain();
      await all(slow);
      await edge.publish(`slow-${name}`, 'call', { n: EVENTS });
      await awaitCondition(
        () => numbers(slow).at(-1),
        last => last === EVENTS
      );
      expect(numbers(slow)).toEqual([...expected, EVENTS]);
    },
    120_000
  );

  it('is disconnected with a cursor and resumes without loss', async () => {
    const slow = await client.connectEvents();
    await slow.follow({ events: ['call'], sessions: ['stalled'] });
    const before = await metric('wabus_edge_slow_clients_total');
    slow.stopReading();
    await publishAll('stalled');
    await awaitCondition(
      () => metric('wabus_edge_slow_clients_total'),
      count => count > before,
      { what: 'the end of the patience' }
    );
    const closed = new Promise<string>(resolve => slow.socket.once('disconnect', resolve));
    slow.readAgain();
    const { payload } = await slow.awaitEvent<ErrorBody>('exception');
    expect(payload).toMatchObject({ code: 'SLOW_CONSUMER', retryable: true, details: { cursor: slow.cursor } });
    // The transport is closed, not the namespace, so that the client reconnects automatically.
    expect(await closed).toBe('transport close');
    expect(numbers(slow).length).toBeLessThan(EVENTS);
    await slow.resumeAt(edge.url);
    await all(slow);
    expect(numbers(slow)).toEqual(expected);
  }, 120_000);

  it('costs bounded memory for all clients, without loss', async () => {
    const count = 20;
    const slow = await Promise.all(Array.from({ length: count }, () => client.connectEvents({ reconnection: true })));
    // Each client has a room of its own, because members of one room share their waiting data.
    await Promise.all(slow.map((each, i) => each.follow({ events: ['call'], sessions: ['many', `own-${i}`] })));
    slow.forEach(each => each.stopReading());
    const waiting = (): Promise<number> => metric('wabus_edge_client_buffer_bytes');
    let published = 0;
    const publishSome = (): Promise<unknown> =>
      Promise.all(Array.from({ length: 25 }, () => edge.publish('many', 'call', { n: published++, text })));
    const before = await metric('wabus_edge_catch_ups_total why="slow"');
    await awaitCondition(
      () => publishSome().then(() => metric('wabus_edge_catch_ups_total why="slow"')),
      slower => slower >= before + count,
      { waitMs: 30_000, what: 'more than the operating system takes' }
    );
    // Although the clients share these events, together they exceed the total budget.
    let most = 0;
    const look = async (): Promise<void> => void (most = Math.max(most, await waiting()));
    for (let round = 0; round < 10; round++) await publishSome().then(look);
    slow.forEach(each => each.readAgain());
    const wanted = Array.from({ length: published }, (_, n) => n);
    await awaitCondition(
      () => look().then(() => Math.min(...slow.map(each => each.envelopes.length))),
      length => length >= published,
      { waitMs: 30_000, what: 'all events at all of them' }
    );
    // The minimum allowance of each client plus the data written between two checks is less than the budget of all clients.
    expect(most).toBeLessThan(BUDGET + count * 24 * 1_024);
    expect(most).toBeGreaterThan(0);
    for (const each of slow) expect(numbers(each)).toEqual(wanted);
    await awaitCondition(waiting, bytes => bytes === 0);
  }, 60_000);
});
