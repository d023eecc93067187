import { FaultScenario } from './fault.scenario.js';
import { killLeader } from './kill-leader.js';

test('the NATS leader is killed: each session has one connector', async () => {
  await using scenario = await FaultScenario.start(3, { connectors: 2, cluster: true });
  const since = Date.now();
  await killLeader(scenario.wabus.cluster!);
  expect(await scenario.recovered({ fault: 'leader of the cluster killed', since, connectors: ['c1', 'c2'], waitMs: 60_000 })).toEqual([]);
  const killedAgain = Date.now();
  await scenario.wabus.connectors[0]!.kill();
  const fault = 'SIGKILL of a connector on two of three servers';
  expect(await scenario.recovered({ fault, since: killedAgain, connectors: ['c2'], waitMs: 60_000 })).toEqual([]);
}, 180_000);
