import { ConnectorFleet } from './connector-fleet.js';
import { FaultScenario } from './fault.scenario.js';
import { connectorFaults } from './connector-faults.table.js';

type Upsert = { messages: { key: { id: string } }[] };

describe('each session is open on exactly one connector after faults', () => {
  let scenario: FaultScenario;
  let fleet: ConnectorFleet;

  beforeAll(async () => {
    scenario = await FaultScenario.start(4, { connectors: 1, proxied: true });
    fleet = new ConnectorFleet(scenario);
  }, 90_000);
  afterAll(() => scenario?.stop(), 60_000);

  test('two connectors start at once', async () => {
    expect(await connectorFaults.twoStartAtOnce(fleet)).toEqual([]);
  }, 60_000);

  test('a killed connector can no longer write with its epochs', async () => {
    const [victim] = await fleet.pair();
    const epochs = scenario.epochs();
    const lost = await scenario.sessionsOf(victim);
    expect(await connectorFaults.killed(fleet)).toEqual([]);
    expect(scenario.journal.entries.some(({ fence }) => fence !== null && [...epochs.values()].includes(fence))).toBe(true);
    for (const session of lost) expect(await scenario.journal.write(session, epochs.get(session)!)).toBe('refused');
  }, 60_000);

  test('a connector freezes past its lease: messages arrive once', async () => {
    const events = await scenario.wabus.edge.connectEvents();
    await events.subscribe(['messages.upsert']);
    let id = '';
    const breaches = await connectorFaults.frozen(fleet, async session => void (id = await scenario.writeTo(session)));
    expect(breaches).toEqual([]);
    const isIt = ({ messages }: Upsert): boolean => messages[0]?.key.id === id;
    await events.awaitEvent<Upsert>('messages.upsert', isIt);
    expect(events.arrived.filter(({ name, payload }) => name === 'messages.upsert' && isIt(payload as Upsert))).toHaveLength(1);
    events.close();
  }, 90_000);

  test.each(['hole', 'reset'] as const)(
    'the link of a connector to NATS is cut (%s) and healed',
    async how => {
      expect(await connectorFaults.cutFromNats(fleet, how)).toEqual([]);
    },
    90_000
  );

  test('the links to WhatsApp are cut and restored', async () => {
    expect(await connectorFaults.cutFromWhatsApp(fleet)).toEqual([]);
  }, 60_000);

  test('NATS is restarted', async () => {
    expect(await connectorFaults.natsRestarted(fleet)).toEqual([]);
  }, 60_000);

  test('a connector joins and leaves ten times', async () => {
    expect(await connectorFaults.joinsAndLeaves(fleet)).toEqual([]);
  }, 120_000);
});
