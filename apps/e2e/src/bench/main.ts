import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { figureOf, formatFigure, type BenchFigure } from './bench.figures.js';
import type { BenchOptions, Measurement } from './measurement.js';
import { idleChain, wholeChain } from './measurements/chain.measurement.js';
import { inboundChats, inboundGroups } from './measurements/inbound.measurement.js';
import { latency } from './measurements/latency.measurement.js';
import { memory } from './measurements/memory.measurement.js';
import { outbound } from './measurements/outbound.measurement.js';
import { manySessions } from './measurements/sessions.measurement.js';
import { startOfEverything } from './measurements/start.measurement.js';

/** All measurements of `npm run bench`, in this order. */
const MEASUREMENTS: readonly Measurement[] = [
  wholeChain,
  inboundChats,
  inboundGroups,
  outbound,
  latency,
  memory,
  manySessions,
  startOfEverything
];
/** Measurements that take so long that they run only if they are named. */
const NAMED_ONLY: readonly Measurement[] = [idleChain];
const ALL = [...MEASUREMENTS, ...NAMED_ONLY];

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    only: { type: 'string', default: MEASUREMENTS.map(({ name }) => name).join() },
    seconds: { type: 'string', default: '3' },
    messages: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    sessions: { type: 'string', default: '100' },
    profile: { type: 'string' }
  }
});
const wanted = values.only.split(',');
const options: BenchOptions = {
  seconds: positive('seconds', values.seconds),
  messages: values.messages === undefined ? undefined : positive('messages', values.messages),
  rounds: positive('rounds', values.rounds),
  sessions: positive('sessions', values.sessions),
  profileFolder: values.profile
};
for (const name of wanted) if (!ALL.some(each => each.name === name)) fail(`there is no measurement called ${name}`);

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) fail(`--${name} must be a number above 0`);
  return value;
}

function fail(reason: string): never {
  process.stderr.write(`bench: ${reason}\nmeasurements: ${ALL.map(({ name }) => name).join(', ')}\n`);
  process.exit(2);
}

const figures: BenchFigure[] = [];
const failures: { measurement: string; reason: string }[] = [];
for (const { name, title, measure } of ALL.filter(({ name }) => wanted.includes(name))) {
  process.stdout.write(`${title}\n`);
  try {
    for await (const measured of measure(options)) {
      const figure = figureOf(name, measured);
      figures.push(figure);
      process.stdout.write(`${formatFigure(figure)}\n`);
    }
  } catch (error) {
    // The other measurements do not depend on this one.
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    failures.push({ measurement: name, reason });
    process.stdout.write(`  ✗ could not be measured: ${reason}\n`);
  }
}
const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: availableParallelism() };
const missed = figures.filter(({ met }) => met === false);
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify({ at: new Date().toISOString(), machine, options, figures, failures }, null, 2)}\n`);
}
const judged = figures.filter(({ met }) => met !== null).length;
process.stdout.write(`\n${judged - missed.length} of ${judged} targets met, ${failures.length} measurements failed\n`);
process.exit(missed.length > 0 || failures.length > 0 ? 1 : 0);
