// @ts-check
// Runs the whole product in the same way as users, on the Node.js that runs this file. It is also the smoke test of `npm test -- --node PATH`.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SimulatorClient } from '../demo/simulator.client.mjs';
import { identify } from '../process/process-identity.mjs';
import { choosePorts } from './ports.mjs';
import { awaitTrue, endLeftovers, environmentOf, StartedRun } from './start.fixture.mjs';

const SECRETS = {
  WABUS_JWT_SECRET: 'secret-of-the-edge-that-is-long-enough',
  AWS_SECRET_ACCESS_KEY: 'secret-of-another-program',
  NODE_AUTH_TOKEN: 'secret-of-npm'
};
const folder = mkdtempSync(join(tmpdir(), 'wabus-demo-'));
/** @type {StartedRun} */
let run;
/** @type {string} */
let url;

beforeAll(async () => {
  const [port = 0] = await choosePorts(1);
  url = `http://127.0.0.1:${port}`;
  run = new StartedRun(['--demo', '--data', folder, '--port', String(port), '--connectors', '2'], {
    ...SECRETS,
    WABUS_OWNERSHIP_TIMING: 'single-server',
    WABUS_EDGE_HOST: '127.0.0.1'
  });
  await run.awaitOutput('a simulated contact, writes every', 180_000);
}, 200_000);
afterAll(async () => {
  run.signal('SIGKILL');
  await endLeftovers(folder);
  rmSync(folder, { recursive: true, force: true });
});

/** @returns {number[]} the process ids of the started processes */
const children = () =>
  JSON.parse(readFileSync(join(folder, 'start.lock'), 'utf8')).children.map((/** @type {{ pid: number }} */ { pid }) => pid);

/** @param {string} method @param {string} path @param {unknown} [body] */
async function call(method, path, body) {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${readFileSync(join(folder, 'access-token'), 'utf8').trim()}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) })
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${JSON.stringify(answer)}`);
  return answer;
}

/** @param {(view: { state: string, connector: string | null }) => boolean} isRight */
async function statusThat(isRight, waitMs = 60_000) {
  /** @type {{ state: string, connector: string | null }} */
  let view = { state: 'unknown', connector: null };
  for (const deadline = Date.now() + waitMs; Date.now() < deadline;) {
    view = (await call('GET', '/api/sessions/default')).status;
    if (isRight(view)) return view;
  }
  throw new Error(`the session is ${JSON.stringify(view)}`);
}

const received = () => run.output.split('← from Ada').length - 1;
/** @param {number} count */
const receivedMoreThan = count =>
  awaitTrue(
    () => received() > count,
    60_000,
    () => run.output
  );

describe('npm run demo', () => {
  it('prints the console URL with a one-time login', async () => {
    const code = /console +(\S+)\/#login=([\w-]{43})/.exec(run.output)?.slice(1);
    expect(code?.[0]).toBe(url);
    const statuses = [];
    for (let i = 0; i < 2; i++) {
      const headers = { origin: url, 'content-type': 'application/json' };
      const { status } = await fetch(`${url}/api/login`, { method: 'POST', headers, body: JSON.stringify({ code: code?.[1] }) });
      statuses.push(status);
    }
    expect(statuses).toEqual([200, 401]);
  });

  it('pairs automatically and receives', async () => {
    expect(run.output).toContain('session default is open');
    await receivedMoreThan(0);
  }, 70_000);

  it('sends, and the contact replies', async () => {
    const simulator = SimulatorClient.fromOutput(readFileSync(join(folder, 'logs', 'simulator.log'), 'utf8'));
    const ada = await simulator.ensureAccount('4915550002', 'Ada');
    await call('POST', '/api/sessions/default/commands/sendMessage', { args: { jid: ada.pnJid, content: { text: 'A smoke signal' } } });
    await run.awaitOutput('You wrote: A smoke signal', 60_000);
  }, 70_000);

  (process.platform === 'linux' ? it : it.skip)('gives each process its own settings only', () => {
    const environments = children().map(environmentOf);
    expect(environments).toHaveLength(5);
    const isEdge = (/** @type {Record<string, string>} */ env) => 'WABUS_EDGE_PORT' in env;
    expect(environments.filter(isEdge)).toHaveLength(1);
    for (const env of environments) {
      expect(Object.values(env)).not.toContain(SECRETS.AWS_SECRET_ACCESS_KEY);
      expect(Object.values(env)).not.toContain(SECRETS.NODE_AUTH_TOKEN);
      expect(env['WABUS_JWT_SECRET']).toBe(isEdge(env) ? SECRETS.WABUS_JWT_SECRET : undefined);
      expect('WABUS_AUTH_KEY_FILE' in env).toBe('WABUS_CONNECTOR_ID' in env);
      expect(env['PATH']).toBe(process.env['PATH']);
    }
    // The simulator and nats-server have no settings.
    expect(environments.filter(env => !Object.keys(env).some(name => name.startsWith('WABUS_')))).toHaveLength(2);
  });

  (process.platform === 'linux' ? it : it.skip)(
    'continues with the other connector after a crash',
    async () => {
      const { connector } = await statusThat(({ state }) => state === 'open');
      const [owner = 0] = children().filter(pid => environmentOf(pid)['WABUS_CONNECTOR_ID'] === connector);
      process.kill(owner, 'SIGKILL');
      await run.awaitOutput('stopped unexpectedly (signal SIGKILL); starting it again', 20_000);
      await statusThat(view => view.state === 'open' && view.connector !== connector);
      await receivedMoreThan(received());
    },
    130_000
  );

  it('ends with code 0 if all receive a signal simultaneously', async () => {
    const logOf = (/** @type {string} */ name) => readFileSync(join(folder, 'logs', `${name}.log`), 'utf8');
    const connectors = ['connector-1', 'connector-2'];
    // The killed connector has restarted: there is one more line than there are connectors.
    await awaitTrue(
      () => connectors.map(name => logOf(name).split('"msg":"listening"').length - 1).reduce((sum, count) => sum + count) === 3,
      60_000,
      () => run.output
    );
    const pids = [...children(), Number(run.child.pid)];
    for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT'])) for (const pid of pids) signalIfRunning(pid, signal);
    expect(await run.ended).toBe(0);
    expect(run.output.trimEnd()).toMatch(/stopping nats-server\n✓ stopped$/);
    expect(pids.filter(pid => identify(pid) !== null)).toEqual([]);
    for (const name of [...connectors, 'edge-1']) {
      const log = logOf(name);
      expect(JSON.parse(log.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ code: 0, msg: 'stopped' });
      expect(log).not.toContain('forced to stop');
    }
  }, 60_000);
});

/**
 * Sends a signal unless the process has ended, for example after an earlier signal.
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function signalIfRunning(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}
