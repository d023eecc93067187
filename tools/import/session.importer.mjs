// @ts-check
import { countRecords, MigrateError } from '@wabus/migrate';
import { deviceNumber, failedChecks } from '@wabus/migrate/keys';
import { accessToken, EdgeImporter } from './edge.importer.mjs';
import { readSources } from './source.reader.mjs';

/** @typedef {import('./arguments.codec.mjs').ImportOptions} ImportOptions */
/** @typedef {import('../terminal/progress.mjs').Progress} Progress */

const MAX_NAMED = 5;

/**
 * Imports a linked device with the options of the command line.
 * @param {ImportOptions} options
 * @param {{ progress: Progress, env: NodeJS.ProcessEnv, dataFolder: string }} surroundings
 * @returns {Promise<boolean>} whether the device has been stored or, in a dry run, could be, and has logged in if the caller waits for the
 * login
 */
export async function importSession(options, { progress, env, dataFolder }) {
  const read = await step(progress, 'reading the session', async () => {
    const { formats, device, changedAt } = await readSources(options.from, { ...options, env });
    const changed = changedAt === null ? '' : `, last changed ${new Date(changedAt).toISOString()}`;
    return { result: device, text: `read a session of ${formats.join(' and ')}${changed}` };
  });
  const { credentials, unknown, notes } = read;
  const records = options.credentialsOnly ? [] : read.records;
  const stream = { credentials, records, credentialsOnly: options.credentialsOnly };
  const { id } = /** @type {{ id: string }} */ (credentials['me']);
  await step(progress, 'checking it', async () => {
    const failed = failedChecks(stream);
    if (failed.length > 0)
      throw new MigrateError('device', failed.map(one => `\n    (${one.check}) ${one.field}: ${one.message}`).join(''));
    return { result: null, text: `it is complete: device ${deviceNumber(id)} of ${id.split(':')[0]}` };
  });
  for (const line of summary(records, unknown, notes)) progress.line(`  ${line}`);
  if (options.dryRun) {
    progress.line('– nothing was sent: --dry-run');
    return true;
  }
  const edge = new EdgeImporter(options.url, accessToken(env, dataFolder));
  await step(progress, 'importing', async update => {
    await edge.send(options.session, stream, ({ step: name, records: done, of }) =>
      update(`${name} ${done}${of === null ? '' : ` of ${of}`}`)
    );
    return { result: null, text: `imported into session ${options.session}` };
  });
  return options.wait ? awaitLogin(edge, options.session, progress) : true;
}

/**
 * @param {EdgeImporter} edge
 * @param {string} session
 * @param {Progress} progress
 */
async function awaitLogin(edge, session, progress) {
  const login = progress.step('waiting for the first login');
  const { state, lastDisconnect } = await edge.firstLogin(session);
  if (state === 'open') {
    login.done('the session is open. Never start the old gateway with it again.');
    return true;
  }
  login.fail(`the session is ${state}${lastDisconnect === null ? '' : `: ${lastDisconnect.message}`}`);
  return false;
}

/**
 * @param {readonly { type: string }[]} records
 * @param {readonly string[]} unknown
 * @param {readonly string[]} notes
 */
function summary(records, unknown, notes) {
  const counts = Object.entries(countRecords(records)).sort(([a], [b]) => (a < b ? -1 : 1));
  const width = Math.max(0, ...counts.map(([type]) => type.length));
  const named = unknown.slice(0, MAX_NAMED).join(', ');
  const more = unknown.length > MAX_NAMED ? ` and ${unknown.length - MAX_NAMED} more` : '';
  return [
    ...counts.map(([type, count]) => `${type.padEnd(width)}  ${String(count).padStart(6)}`),
    ...(unknown.length > 0 ? [`${unknown.length} unknown records are omitted: ${named}${more}`] : []),
    ...notes
  ];
}

/**
 * @template T
 * @param {Progress} progress
 * @param {string} text
 * @param {(update: (detail: string) => void) => Promise<{ result: T, text: string }>} act
 */
async function step(progress, text, act) {
  const running = progress.step(text);
  try {
    const { result, text: done } = await act(detail => running.update(detail));
    running.done(done);
    return result;
  } catch (error) {
    running.fail();
    throw error;
  }
}
