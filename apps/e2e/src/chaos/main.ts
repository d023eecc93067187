import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { connectorFaults } from '../faults/connector-faults.table.js';
import { ConnectorFleet } from '../faults/connector-fleet.js';
import { FaultScenario } from '../faults/fault.scenario.js';
import { killLeader } from '../faults/kill-leader.js';
import { breaches } from '../faults/ownership.checker.js';
import { figure, formatChaosFigure, sampleFigures, type ChaosFigure } from './chaos.figures.js';
import { CLOCK_STEPS, ClockScenario } from './clock/clock.measurement.js';
import { leaderFigures } from './leader/leader.figures.js';
import { measureLeaderLoss } from './leader/leader.measurement.js';
import { linkingFaults, linkingFigures, measureLinking } from './linking/linking.measurement.js';
import { measurePartitions } from './partition/partition.measurement.js';
import { measureRequests } from './requests/requests.measurement.js';
import { measureScaleOut } from './scale-out.measurement.js';
import { rehearsalFaults } from './service/rehearsal.checker.js';
import { rehearsalFigures } from './service/rehearsal.figures.js';
import { measureRehearsal } from './service/rehearsal.measurement.js';
import { soakFigures } from './soak/soak.figures.js';
import { measureSoak } from './soak/soak.measurement.js';
import { stormFaults, stormFigures } from './storm/storm.figures.js';
import { measureStorm, type StormOptions } from './storm/storm.measurement.js';
import { measureTakeovers } from './takeover.measurement.js';
import { readFormats } from './upgrade/format.reader.js';
import { upgradeFaults, upgradeFigures } from './upgrade/upgrade.figures.js';
import { measureUpgrade } from './upgrade/upgrade.measurement.js';
import { passesAcross, raisedFormats } from './upgrade/upgrade.schedule.js';

const PARTS = [
  'takeover',
  'scale-out',
  'faults',
  'cluster',
  'clock',
  'partition',
  'storm',
  'requests',
  'linking',
  'service',
  'soak',
  'upgrade'
] as const;
/** The parts that run by default: a soak takes hours, and an upgrade needs another build. */
const USUAL = PARTS.filter(part => part !== 'soak' && part !== 'upgrade');
/** The default timing of a connector. */
const PRODUCTION = { WABUS_OWNERSHIP_TIMING: 'cluster' };

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    kills: { type: 'string', default: '20' },
    stops: { type: 'string', default: '5' },
    sessions: { type: 'string', default: '100' },
    messages: { type: 'string', default: '10000' },
    rate: { type: 'string', default: '70' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    requests: { type: 'string', default: '10000' },
    links: { type: 'string', default: '50' },
    accounts: { type: 'string', default: '50' },
    minutes: { type: 'string', default: '10' },
    journal: { type: 'string', default: 'on' },
    reader: { type: 'string', default: 'client' },
    hours: { type: 'string', default: '1' },
    'day-minutes': { type: 'string', default: '10' },
    from: { type: 'string' },
    'old-build': { type: 'string' },
    'per-step': { type: 'string', default: '100' },
    only: { type: 'string', default: USUAL.join() }
  }
});
const wanted = new Set(values.only.split(','));
const figures: ChaosFigure[] = [];
const faults: string[] = [];

function print(...added: ChaosFigure[]): void {
  figures.push(...added);
  for (const one of added) process.stdout.write(`${formatChaosFigure(one)}\n`);
}

async function takeover(): Promise<void> {
  await using scenario = await FaultScenario.start(6, { connectors: 1, connectorEnv: PRODUCTION });
  const fleet = new ConnectorFleet(scenario);
  const killed = await measureTakeovers(fleet, 'kill', Number(values.kills));
  print(figure('unplanned takeover, SIGKILL to open elsewhere', sampleFigures(killed), { p50Ms: 3_000, p99Ms: 5_000 }));
  const stopped = await measureTakeovers(fleet, 'stop', Number(values.stops));
  print(figure('planned hand-over, SIGTERM to open elsewhere', sampleFigures(stopped), { maxMs: 1_000 }));
  faults.push(...breaches(await scenario.facts(fleet.ids)));
}

async function scaleOut(): Promise<void> {
  await using scenario = await FaultScenario.start(Number(values.sessions), { connectors: 1, connectorEnv: PRODUCTION });
  const fleet = new ConnectorFleet(scenario);
  const { split, settledMs, awayMs, needless } = await measureScaleOut(fleet);
  const away = awayMs.length > 0 ? sampleFigures(awayMs) : { count: 0, p50Ms: NaN, p99Ms: NaN, maxMs: NaN };
  const largerShare = Math.max(...split) / scenario.accounts.size;
  print(
    figure(
      `scale-out from 1 to 2 connectors with ${scenario.accounts.size} sessions`,
      { split, settledMs, largerShare, needlessLogins: needless },
      { settledMs: 60_000, largerShare: 0.65, needlessLogins: 0 }
    ),
    figure('each moved session away from WhatsApp', away, { maxMs: 1_000 })
  );
  faults.push(...breaches(await scenario.facts(fleet.ids)));
}

async function singleServerFaults(): Promise<void> {
  await using scenario = await FaultScenario.start(4, { connectors: 1, proxied: true, connectorEnv: PRODUCTION });
  const fleet = new ConnectorFleet(scenario);
  const { twoStartAtOnce, killed, frozen, cutFromNats, cutFromWhatsApp, natsRestarted, joinsAndLeaves } = connectorFaults;
  faults.push(...(await twoStartAtOnce(fleet)), ...(await killed(fleet)), ...(await frozen(fleet)));
  for (const how of ['hole', 'reset'] as const) faults.push(...(await cutFromNats(fleet, how)));
  faults.push(...(await cutFromWhatsApp(fleet)), ...(await natsRestarted(fleet)), ...(await joinsAndLeaves(fleet)));
  printRecoveries(scenario);
}

async function clusterFaults(): Promise<void> {
  const edgeEnv = { WABUS_EGRESS_ALLOW: '127.0.0.1' };
  await using scenario = await FaultScenario.start(4, { connectors: 2, edges: 2, cluster: true, edgeEnv });
  const connectors = ['c1', 'c2'];
  const since = Date.now();
  await killLeader(scenario.wabus.cluster!);
  faults.push(...(await scenario.recovered({ fault: 'the leader of a cluster of three killed', since, connectors, waitMs: 60_000 })));
  printRecoveries(scenario);
  for (const node of scenario.wabus.cluster!.nodes) if (node.pid === null) await node.restart();
  const loss = await measureLeaderLoss(scenario.wabus, scenario.accounts, { perSecond: 40, messages: 400, kills: 3 });
  print(...leaderFigures('the server that leads everything killed three times', loss));
  faults.push(...loss.faults);
}

async function clock(): Promise<void> {
  await using scenario = await ClockScenario.start(6);
  for (const [name, offsetMs] of CLOCK_STEPS) {
    const { tookMs, faults: found } = await scenario.step(name, offsetMs);
    const slowestMs = Math.max(...Object.values(tookMs));
    print(
      figure(
        `clocks of a connector and an edge set ${name}`,
        { ...tookMs, slowestMs, faults: found.length },
        { slowestMs: 20_000, faults: 0 }
      )
    );
    faults.push(...found);
  }
}

async function partition(): Promise<void> {
  await using scenario = await FaultScenario.start(4, { connectors: 1, proxied: true, connectorEnv: PRODUCTION });
  const fleet = new ConnectorFleet(scenario);
  const { figures: measured, faults: found } = await measurePartitions(scenario, fleet);
  printRecoveries(scenario);
  print(...measured);
  faults.push(...found, ...breaches(await scenario.facts(fleet.ids)));
}

async function storm(): Promise<void> {
  const journal = values.journal !== 'off';
  const messages = Number(values.messages);
  const options: StormOptions = {
    seed: Number(values.seed),
    sessions: 6,
    messages,
    perSecond: Number(values.rate),
    oddEvery: 20,
    outwardPerSecond: 4,
    faults: { connector: Number(values.kills), outage: 1, nats: 2, edge: 4, whatsapp: 2, hole: 1, stall: 2 },
    dedupWindowMs: 4_000,
    journal,
    cluster: false,
    logOnly: values.reader === 'log'
  };
  await judgeStorm(`storm (seed ${options.seed})`, options);
  // The shorter storm covers the death of a leader; the first one already shows the value of the journal.
  if (!journal) return;
  const faults = { connector: 2, leader: 2, edge: 1 };
  const perSecond = Math.round(options.perSecond / 2);
  await judgeStorm(`storm on a cluster (seed ${options.seed})`, {
    ...options,
    cluster: true,
    faults,
    perSecond,
    messages: Math.ceil(messages / 8)
  });
}

async function judgeStorm(name: string, options: StormOptions): Promise<void> {
  process.stderr.write(`${name}\n`);
  const result = await measureStorm(options);
  print(...stormFigures(result, { name, journal: options.journal }));
  faults.push(...stormFaults(result, { name, journal: options.journal }));
}

async function hostileRequests(): Promise<void> {
  const requests = Number(values.requests);
  const seed = Number(values.seed);
  const result = await measureRequests({ seed, requests, stanzas: Math.ceil(requests / 20), parallel: 16 });
  const { answers, worstMs, failures } = result.neighbour;
  print(
    figure(
      `hostile requests (seed ${seed}): ${Object.entries(result.byParser)
        .map(([parser, count]) => `${parser} ${count}`)
        .join(', ')}`,
      { processesEnded: result.ended.length, unsettled: result.unsettled.length },
      { processesEnded: 0, unsettled: 0 }
    ),
    figure('the requests of another tenant meanwhile', { answers, failed: failures.length, worstMs }, { failed: 0, worstMs: 2_000 })
  );
  faults.push(...result.ended, ...result.unsettled, ...failures);
}

async function linking(): Promise<void> {
  const seed = Number(values.seed);
  const result = await measureLinking({ seed, links: Number(values.links), parallel: 8, env: PRODUCTION });
  print(...linkingFigures(result, seed));
  faults.push(...linkingFaults(result));
}

async function service(): Promise<void> {
  const seed = Number(values.seed);
  const options = { seed, accounts: Number(values.accounts), lengthMs: Number(values.minutes) * 60_000, everyMs: 4_000, env: PRODUCTION };
  const result = await measureRehearsal(options);
  print(...rehearsalFigures(result, seed));
  faults.push(...rehearsalFaults(result.seen));
}

async function soak(): Promise<void> {
  const hours = Number(values.hours);
  const plan = {
    sessions: Number(values.sessions),
    lengthMs: hours * 3_600_000,
    dayMs: Number(values['day-minutes']) * 60_000,
    perSecond: Number(values.rate)
  };
  const result = await measureSoak(plan, line => void process.stderr.write(`${new Date().toISOString()} ${line}\n`));
  print(...soakFigures(result, { sessions: plan.sessions, hours }));
  faults.push(...result.complaints);
}

async function upgrade(): Promise<void> {
  const old = values['old-build'];
  if (old === undefined) throw new Error('an upgrade needs the folder of the old build');
  const raised = raisedFormats(await readFormats(old), await readFormats(null));
  const name = `upgrade from ${values.from ?? old}`;
  const result = await measureUpgrade({
    old,
    raised,
    present: null,
    passes: passesAcross(raised),
    sessions: 4,
    perSecond: Number(values.rate),
    outwardPerSecond: 4,
    messagesPerStep: Number(values['per-step']),
    report: line => void process.stderr.write(`${new Date().toISOString()} ${line}\n`)
  });
  print(figure(`${name}: raised formats`, { streams: raised.length }), ...upgradeFigures(result, name));
  faults.push(...upgradeFaults(result));
}

function printRecoveries(scenario: FaultScenario): void {
  print(...[...scenario.recoveries].map(([fault, recoveryMs]) => figure(`recovery after ${fault}`, { recoveryMs })));
}

if (wanted.has('takeover')) await takeover();
if (wanted.has('scale-out')) await scaleOut();
if (wanted.has('faults')) await singleServerFaults();
if (wanted.has('cluster')) await clusterFaults();
if (wanted.has('clock')) await clock();
if (wanted.has('partition')) await partition();
if (wanted.has('storm')) await storm();
if (wanted.has('requests')) await hostileRequests();
if (wanted.has('linking')) await linking();
if (wanted.has('service')) await service();
if (wanted.has('soak')) await soak();
if (wanted.has('upgrade')) await upgrade();
for (const fault of faults) process.stdout.write(`✗ ${fault}\n`);
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ at: new Date().toISOString(), figures, breaches: faults }, null, 2)}\n`);
// Everything has stopped by now; a client whose server was killed may still have a timer.
process.exit(faults.length > 0 || figures.some(({ met }) => met === false) ? 1 : 0);
