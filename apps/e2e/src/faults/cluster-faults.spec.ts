import { measureLeaderLoss } from '../chaos/leader/leader.measurement.js';
import { FaultScenario } from './fault.scenario.js';

describe('the NATS server that leads everything is killed', () => {
  let scenario: FaultScenario;

  beforeAll(async () => {
    const edgeEnv = { WABUS_EGRESS_ALLOW: '127.0.0.1' };
    scenario = await FaultScenario.start(3, { connectors: 2, edges: 2, cluster: true, edgeEnv });
  }, 120_000);
  afterAll(() => scenario?.stop(), 60_000);

  test('events, webhooks, subscriptions, models, files are complete', async () => {
    const { led, readers, files, lists, faults } = await measureLeaderLoss(scenario.wabus, scenario.accounts, {
      perSecond: 25,
      messages: 50,
      kills: 1
    });
    expect(faults).toEqual([]);
    const names = [
      'KV_WABUS_WEBHOOKS',
      'KV_WABUS_SUBSCRIPTIONS',
      'KV_WABUS_MODELS',
      'KV_WABUS_OWNERSHIP',
      'OBJ_WABUS_MEDIA',
      'WABUS_EVENTS'
    ];
    expect(led).toEqual(expect.arrayContaining([...names, 'WABUS_EVENTS service']));
    expect(Object.values(readers).every(({ arrived }) => arrived >= 100)).toBe(true);
    expect(Math.min(files, lists)).toBeGreaterThan(0);
  }, 180_000);

  test('each session has one connector, as when one is killed', async () => {
    const fault = 'SIGKILL of a connector on two of three servers';
    const connectors = ['c1', 'c2'];
    expect(await scenario.recovered({ fault: 'leader of the cluster killed', since: Date.now(), connectors, waitMs: 60_000 })).toEqual([]);
    const since = Date.now();
    await scenario.wabus.connectors[0]!.kill();
    expect(await scenario.recovered({ fault, since, connectors: ['c2'], waitMs: 60_000 })).toEqual([]);
  }, 180_000);
});
