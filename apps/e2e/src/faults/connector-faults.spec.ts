import { awaitCondition, type LaunchedProcess } from '@wabus/testing';
import { FaultDrill } from './fault.drill.js';

const SESSIONS = 4;

describe('after a fault every session is open on exactly one connector, and never was on two', () => {
  let drill: FaultDrill;
  /** Running connectors by id; each test may rely on two that share the sessions. */
  const running = new Map<string, LaunchedProcess>();
  let started = 0;

  const add = async (): Promise<string> => {
    const id = `n${++started}`;
    running.set(id, await drill.wabus.startConnector(id));
    return id;
  };
  const ids = (): string[] => [...running.keys()];
  /** Two connectors that share the sessions: the first is the one to be hit. */
  const pair = async (): Promise<[string, string]> => {
    while (running.size < 2) await add();
    await drill.awaitShares(...ids());
    return ids() as [string, string];
  };

  beforeAll(async () => {
    drill = await FaultDrill.start(SESSIONS, { connectors: 1, proxied: true, connectorEnv: { WABUS_KEEP_ALIVE_MS: '500' } });
    running.set('c1', drill.wabus.connectors[0]!);
  }, 90_000);
  afterAll(() => drill?.stop(), 60_000);

  test('two connectors starting at once', async () => {
    await running.get('c1')!.stop();
    running.delete('c1');
    const since = Date.now();
    await Promise.all([add(), add()]);
    expect(await drill.recovered({ fault: 'two connectors starting at once', since, connectors: ids() })).toEqual([]);
  }, 60_000);

  test('a connector is killed: its keys cannot be written under its epochs any more', async () => {
    const [victim, other] = await pair();
    const epochs = drill.epochs();
    const lost = await drill.sessionsOf(victim);
    const since = Date.now();
    await running.get(victim)!.kill();
    running.delete(victim);
    expect(await drill.recovered({ fault: 'SIGKILL of a connector', since, connectors: [other] })).toEqual([]);
    expect(drill.journal.entries.some(({ fence }) => fence !== null && [...epochs.values()].includes(fence))).toBe(true);
    for (const session of lost) expect(await drill.journal.write(session, epochs.get(session)!)).toBe('refused');
  }, 60_000);

  test('a connector freezes for longer than its lease, with a message on its way to it, and wakes up', async () => {
    const [victim, other] = await pair();
    const [session] = await drill.sessionsOf(victim);
    const events = await drill.wabus.edge.connectEvents();
    await events.subscribe(['messages.upsert']);
    const since = Date.now();
    running.get(victim)!.pause();
    // It lies in the socket of the frozen process, which will find it there when it wakes up.
    const id = await drill.writeTo(session!);
    expect(await drill.recovered({ fault: 'SIGSTOP for longer than the lease', since, connectors: [other] })).toEqual([]);
    const woken = Date.now();
    running.get(victim)!.resume();
    await drill.awaitShares(victim, other);
    expect(await drill.recovered({ fault: 'SIGCONT', since: woken, connectors: ids() })).toEqual([]);
    type Upsert = { messages: { key: { id: string } }[] };
    const isIt = ({ messages }: Upsert): boolean => messages[0]?.key.id === id;
    await events.awaitEvent<Upsert>('messages.upsert', isIt);
    expect(events.arrived.filter(({ name, payload }) => name === 'messages.upsert' && isIt(payload as Upsert))).toHaveLength(1);
    events.close();
  }, 90_000);

  test.each(['hole', 'reset'] as const)(
    'the link of a connector to nats is cut (%s) and healed',
    async how => {
      const [victim, other] = await pair();
      const { nats } = drill.wabus.links.get(victim)!;
      const since = Date.now();
      nats[how]();
      expect(await drill.recovered({ fault: `link to nats cut (${how})`, since, connectors: [other] })).toEqual([]);
      const healed = Date.now();
      nats.pass();
      await drill.awaitShares(victim, other);
      expect(await drill.recovered({ fault: `link to nats healed (${how})`, since: healed, connectors: ids() })).toEqual([]);
    },
    90_000
  );

  test.each(['hole', 'reset'] as const)(
    'the links to WhatsApp are cut (%s) and healed',
    async how => {
      await pair();
      const links = ids().map(id => drill.wabus.links.get(id)!.whatsapp);
      for (const link of links) link[how]();
      await awaitCondition(
        async () => (await drill.facts(ids())).sessions,
        sessions => sessions.every(({ status }) => status.state !== 'open'),
        { what: 'every session noticing that WhatsApp is gone' }
      );
      const since = Date.now();
      for (const link of links) link.pass();
      expect(await drill.recovered({ fault: `link to WhatsApp cut (${how})`, since, connectors: ids() })).toEqual([]);
    },
    60_000
  );

  test('nats is restarted', async () => {
    await pair();
    const since = Date.now();
    await drill.wabus.nats.restart();
    expect(await drill.recovered({ fault: 'nats restarted', since, connectors: ids() })).toEqual([]);
  }, 60_000);

  test('a connector joins and leaves ten times', async () => {
    const [leaving] = await pair();
    await running.get(leaving)!.stop();
    running.delete(leaving);
    for (let time = 1; time <= 10; time++) {
      const id = await add();
      await drill.awaitShares(...ids());
      await running.get(id)!.stop();
      running.delete(id);
    }
    const since = Date.now();
    expect(await drill.recovered({ fault: 'ten times joining and leaving', since, connectors: ids() })).toEqual([]);
    expect((await drill.facts(ids())).logins.filter(({ end }) => end === 'overlapped')).toEqual([]);
  }, 120_000);
});
