import { ConnectorFleet } from './connector.fleet.js';
import { FaultDrill } from './fault.scenario.js';
import { faultScenarios } from './connector-faults.table.js';

type Upsert = { messages: { key: { id: string } }[] };

describe('after a fault every session is open on exactly one connector, and never was on two', () => {
  let drill: FaultDrill;
  let fleet: ConnectorFleet;

  beforeAll(async () => {
    drill = await FaultDrill.start(4, { connectors: 1, proxied: true });
    fleet = new ConnectorFleet(drill);
  }, 90_000);
  afterAll(() => drill?.stop(), 60_000);

  test('two connectors start at once', async () => {
    expect(await faultScenarios.twoStartAtOnce(fleet)).toEqual([]);
  }, 60_000);

  test('a connector is killed: nothing can be written under its epochs any more', async () => {
    const [victim] = await fleet.pair();
    const epochs = drill.epochs();
    const lost = await drill.sessionsOf(victim);
    expect(await faultScenarios.killed(fleet)).toEqual([]);
    expect(drill.journal.entries.some(({ fence }) => fence !== null && [...epochs.values()].includes(fence))).toBe(true);
    for (const session of lost) expect(await drill.journal.write(session, epochs.get(session)!)).toBe('refused');
  }, 60_000);

  test('a connector freezes for longer than its lease and wakes up: what lay in its socket arrives once', async () => {
    const events = await drill.wabus.edge.connectEvents();
    await events.subscribe(['messages.upsert']);
    let id = '';
    const breaches = await faultScenarios.frozen(fleet, async session => void (id = await drill.writeTo(session)));
    expect(breaches).toEqual([]);
    const isIt = ({ messages }: Upsert): boolean => messages[0]?.key.id === id;
    await events.awaitEvent<Upsert>('messages.upsert', isIt);
    expect(events.arrived.filter(({ name, payload }) => name === 'messages.upsert' && isIt(payload as Upsert))).toHaveLength(1);
    events.close();
  }, 90_000);

  test.each(['hole', 'reset'] as const)(
    'the link of a connector to NATS is cut (%s) and healed',
    async how => {
      expect(await faultScenarios.cutFromNats(fleet, how)).toEqual([]);
    },
    90_000
  );

  test('the links to WhatsApp are cut and healed', async () => {
    expect(await faultScenarios.cutFromWhatsApp(fleet)).toEqual([]);
  }, 60_000);

  test('NATS is restarted', async () => {
    expect(await faultScenarios.natsRestarted(fleet)).toEqual([]);
  }, 60_000);

  test('a connector joins and leaves ten times', async () => {
    expect(await faultScenarios.joinsAndLeaves(fleet)).toEqual([]);
  }, 120_000);
});
