import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ConnectorFleet } from '../faults/connector.fleet.js';
import { FaultDrill } from '../faults/fault.drill.js';
import { faultScenarios } from '../faults/fault.scenarios.js';
import { killLeader } from '../faults/leader.killer.js';
import { breaches } from '../faults/ownership.checker.js';
import { figure, formatFigure, type ChaosFigure } from './chaos.figures.js';
import { sampleFigures } from './sample.figures.js';
import { measureScaleOut } from './scale-out.measurement.js';
import { measureTakeovers } from './takeover.measurement.js';

const PARTS = ['takeover', 'scale-out', 'faults', 'cluster'] as const;
/** The timing that a connector has when nothing is set. */
const PRODUCTION = { WABUS_OWNERSHIP_TIMING: 'cluster' };

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    kills: { type: 'string', default: '20' },
    stops: { type: 'string', default: '5' },
    sessions: { type: 'string', default: '100' },
    only: { type: 'string', default: PARTS.join() }
  }
});
const wanted = new Set(values.only.split(','));
const figures: ChaosFigure[] = [];
const faults: string[] = [];

function tell(...added: ChaosFigure[]): void {
  figures.push(...added);
  for (const one of added) process.stdout.write(`${formatFigure(one)}\n`);
}

async function takeover(): Promise<void> {
  await using drill = await FaultDrill.start(6, { connectors: 1, connectorEnv: PRODUCTION });
  const fleet = new ConnectorFleet(drill);
  const killed = await measureTakeovers(fleet, 'kill', Number(values.kills));
  tell(figure('unplanned takeover, SIGKILL to open elsewhere', sampleFigures(killed), { p50Ms: 3_000, p99Ms: 5_000 }));
  const stopped = await measureTakeovers(fleet, 'stop', Number(values.stops));
  tell(figure('planned hand-over, SIGTERM to open elsewhere', sampleFigures(stopped), { maxMs: 1_000 }));
  faults.push(...breaches(await drill.facts(fleet.ids)));
}

async function scaleOut(): Promise<void> {
  await using drill = await FaultDrill.start(Number(values.sessions), { connectors: 1, connectorEnv: PRODUCTION });
  const fleet = new ConnectorFleet(drill);
  const { split, settledMs, awayMs, needless } = await measureScaleOut(fleet);
  const away = awayMs.length > 0 ? sampleFigures(awayMs) : { count: 0, p50Ms: NaN, p99Ms: NaN, maxMs: NaN };
  const largerShare = Math.max(...split) / drill.accounts.size;
  tell(
    figure(
      `scale-out from 1 to 2 connectors with ${drill.accounts.size} sessions`,
      { split, settledMs, largerShare, needlessLogins: needless },
      { settledMs: 60_000, largerShare: 0.65, needlessLogins: 0 }
    ),
    figure('each moved session away from WhatsApp', away, { maxMs: 1_000 })
  );
  faults.push(...breaches(await drill.facts(fleet.ids)));
}

async function singleServerFaults(): Promise<void> {
  await using drill = await FaultDrill.start(4, { connectors: 1, proxied: true, connectorEnv: PRODUCTION });
  const fleet = new ConnectorFleet(drill);
  const { twoStartAtOnce, killed, frozen, cutFromNats, cutFromWhatsApp, natsRestarted, joinsAndLeaves } = faultScenarios;
  faults.push(...(await twoStartAtOnce(fleet)), ...(await killed(fleet)), ...(await frozen(fleet)));
  for (const how of ['hole', 'reset'] as const) faults.push(...(await cutFromNats(fleet, how)));
  faults.push(...(await cutFromWhatsApp(fleet)), ...(await natsRestarted(fleet)), ...(await joinsAndLeaves(fleet)));
  tellRecoveries(drill);
}

async function clusterFaults(): Promise<void> {
  await using drill = await FaultDrill.start(4, { connectors: 2, cluster: true });
  const connectors = ['c1', 'c2'];
  const since = Date.now();
  await killLeader(drill.wabus.cluster!);
  faults.push(...(await drill.recovered({ fault: 'the leader of a cluster of three killed', since, connectors, waitMs: 60_000 })));
  tellRecoveries(drill);
}

function tellRecoveries(drill: FaultDrill): void {
  tell(...[...drill.recoveries].map(([fault, recoveryMs]) => figure(`recovery after ${fault}`, { recoveryMs })));
}

if (wanted.has('takeover')) await takeover();
if (wanted.has('scale-out')) await scaleOut();
if (wanted.has('faults')) await singleServerFaults();
if (wanted.has('cluster')) await clusterFaults();
for (const fault of faults) process.stdout.write(`✗ ${fault}\n`);
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ at: new Date().toISOString(), figures, breaches: faults }, null, 2)}\n`);
// Everything is stopped by now; a client whose server was killed may still hold a timer.
process.exit(faults.length > 0 || figures.some(({ met }) => met === false) ? 1 : 0);
