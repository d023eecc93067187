// @ts-check
import { runDoctor } from '../doctor/doctor.mjs';
import { readSurroundings } from '../doctor/surroundings.reader.mjs';
import { Progress } from '../terminal/progress.mjs';
import { runningFolderOf, EDGE_OPTIONS, EDGE_USAGE, readCommandLine } from './cli-arguments.codec.mjs';

const USAGE = `wabus doctor [options]
Examines NATS, WhatsApp's hosts, the clock, keys, sessions and versions, and suggests remedies. It changes nothing.

  --report FILE   writes a file for a bug report: states, versions, counts; no phone numbers, names, texts, tokens or addresses
  --offline       does not connect to WhatsApp's hosts
${EDGE_USAGE}`;

/** @param {readonly string[]} args @returns {Promise<boolean>} whether no check failed */
export async function run(args) {
  const options = /** @type {const} */ ({ ...EDGE_OPTIONS, report: { type: 'string' }, offline: { type: 'boolean' } });
  const { values, help } = readCommandLine(args, options, { positionals: [], usage: USAGE });
  if (help) {
    console.log(USAGE);
    return true;
  }
  const { url, data, report, offline } = values;
  const surroundings = readSurroundings({
    env: process.env,
    dataFolder: runningFolderOf(data),
    ...(url === undefined ? {} : { url }),
    offline: offline === true
  });
  return runDoctor(surroundings, { progress: new Progress(), report: report ?? null });
}
