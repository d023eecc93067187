// @ts-check
// Exits with 1 if the built-in version of WhatsApp Web is too old for a release. This is not a test, because a test would fail one day without a change.
// With --refresh, it writes the current version of WhatsApp Web into the source file instead. --page and --source replace the page and the file.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ROOT } from '../install.mjs';
import { ageProblem, withRevision } from './client-version.policy.mjs';

const BUILT = join(ROOT, 'apps', 'connector', 'dist', 'client-version');
const LIMIT_MS = 15_000;

const { values } = parseArgs({
  options: {
    refresh: { type: 'boolean', default: false },
    page: { type: 'string', default: 'https://web.whatsapp.com/sw.js' },
    source: { type: 'string', default: join(ROOT, 'apps', 'connector', 'src', 'client-version', 'built-in-version.ts') }
  }
});
if (values.refresh) await refresh(values.page, values.source);
else await check();

async function check() {
  const { BUILT_IN_VERSION } = /** @type {{ BUILT_IN_VERSION: { version: number[], publishedAt: string } }} */ (
    await load('built-in-version.js')
  );
  const problem = ageProblem(BUILT_IN_VERSION, Date.now());
  if (problem === null) return void process.stdout.write(`The built-in version ${BUILT_IN_VERSION.version.join('.')} is recent enough.\n`);
  fail(`${problem}\nRun \`node tools/release/client-version.mjs --refresh\` where web.whatsapp.com can be reached.`);
}

/** @param {string} address @param {string} source */
async function refresh(address, source) {
  const { VersionPage } = await load('version-page.js');
  const page = new VersionPage({ url: new URL(address), proxy: null, guard: null, limitMs: LIMIT_MS });
  try {
    const { revision, failure } = await page.read(AbortSignal.timeout(LIMIT_MS));
    if (failure)
      return fail(`${address} does not state the current version: ${[failure.reason, failure.detail].filter(Boolean).join(', ')}.`);
    const before = readFileSync(source, 'utf8');
    const after = withRevision(before, { revision, day: new Date().toISOString().slice(0, 10) });
    if (after !== before) writeFileSync(source, after);
    process.stdout.write(`2.3000.${revision} is ${after === before ? 'already built in' : 'now built in'}.\n`);
  } finally {
    await page.close();
  }
}

/** @param {string} file @returns {Promise<any>} */
function load(file) {
  return import(pathToFileURL(join(BUILT, file)).href);
}

/** @param {string} message */
function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
