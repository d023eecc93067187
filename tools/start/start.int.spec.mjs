// @ts-check
import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { identify } from '../process/process-identity.mjs';
import { choosePorts } from './ports.mjs';
import { awaitTrue, environmentOf, StartFixture } from './start.fixture.mjs';

/** @type {StartFixture} */
let fixture;
/** @type {number} */
let port;

beforeEach(async () => {
  fixture = new StartFixture();
  [port = 0] = await choosePorts(1);
});
afterEach(() => fixture.dispose());

const alive = () => fixture.pids.filter(pid => identify(pid) !== null);
const READY = 'Wabus is ready';

describe('npm start', () => {
  it('starts everything, pairs, and stops in order', async () => {
    const run = fixture.start(['--port', String(port), '--connectors', '2']);
    await run.awaitOutput(READY);
    expect(run.output).toContain(`http://127.0.0.1:${port}`);
    expect(fixture.journal).toContain(`edge ${port} created default`);
    expect(fixture.journal.filter(line => /connector c[12] started .* key=32 nats=nats:\/\/127\.0\.0\.1:\d+$/.test(line))).toHaveLength(2);

    fixture.setState({ state: 'pairing', qr: '[first code]' });
    await run.awaitOutput('[first code]');
    fixture.setState({ state: 'pairing', qr: '[second code]' });
    await run.awaitOutput('[second code]');
    fixture.setState({ state: 'open' });
    await run.awaitOutput('session default is open');

    const pids = fixture.pids;
    expect(alive()).toHaveLength(4);
    run.signal('SIGINT');
    expect(await run.ended).toBe(0);
    expect(pids.filter(pid => identify(pid) !== null)).toEqual([]);
    expect(fixture.journal.slice(-3)[0]).toBe(`edge ${port} stopped`);
    expect(fixture.journal.slice(-2).sort()).toEqual(['connector c1 stopped', 'connector c2 stopped']);
    expect(run.output.indexOf('stopping nats-server')).toBeGreaterThan(run.output.indexOf('stopping connector-1'));
  }, 60_000);

  it('generates its secrets once, private, never printed', async () => {
    const secrets = ['access-token', 'auth-key'];
    const first = fixture.start(['--port', String(port)]);
    await first.awaitOutput(READY);
    first.signal('SIGTERM');
    expect(await first.ended).toBe(0);
    const contents = secrets.map(name => readFileSync(join(fixture.data, name), 'utf8').trim());
    expect(contents[0]).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(Buffer.from(contents[1] ?? '', 'base64')).toHaveLength(32);
    for (const name of secrets) expect(statSync(join(fixture.data, name)).mode & 0o777).toBe(0o600);
    expect(statSync(fixture.data).mode & 0o777).toBe(0o700);

    const second = fixture.start(['--port', String(port)]);
    await second.awaitOutput(READY);
    second.signal('SIGTERM');
    await second.ended;
    expect(secrets.map(name => readFileSync(join(fixture.data, name), 'utf8').trim())).toEqual(contents);
    for (const secret of contents) expect(first.output + second.output).not.toContain(secret);
  }, 60_000);

  it('is ready within 5 s the second time', async () => {
    const first = fixture.start(['--port', String(port)]);
    await first.awaitOutput(READY);
    first.signal('SIGTERM');
    await first.ended;
    const startedAt = Date.now();
    await fixture.start(['--port', String(port)]).awaitOutput(READY);
    expect(Date.now() - startedAt).toBeLessThan(5_000);
  }, 60_000);

  it('listens only where the settings say', async () => {
    const [connectorPort = 0] = await choosePorts(1, [], '::1');
    const token = join(fixture.folder, 'tokens');
    const key = join(fixture.folder, 'key');
    writeFileSync(token, `# of two clients\nrestricted-token sessions=a\nunrestricted-token-of-the-operator\n`, { mode: 0o600 });
    writeFileSync(key, `${Buffer.alloc(32, 7).toString('base64')}\n`, { mode: 0o600 });
    const run = fixture.start([], {
      WABUS_EDGE_HOST: '0.0.0.0',
      PORT: String(port),
      WABUS_CONNECTOR_HOST: '::1',
      WABUS_CONNECTOR_PORT: String(connectorPort),
      WABUS_CONNECTOR_ID: 'berlin',
      WABUS_ACCESS_TOKEN_FILE: token,
      WABUS_AUTH_KEY_FILE: key
    });
    await run.awaitOutput(READY);
    expect(run.output).toContain(`http://127.0.0.1:${port}  and every other address of this machine (0.0.0.0)`);
    expect(run.output).toContain(`console       http://127.0.0.1:${port}/#login=one-time`);
    expect(run.output).toContain(`access token  in ${token}`);
    expect(fixture.journal).toContain(`connector berlin listens ${connectorPort}`);
    expect(fixture.journal).toContain(`edge ${port} created default`);
    const { pid } = /connector berlin started pid=(?<pid>\d+)/.exec(fixture.journal.join('\n'))?.groups ?? {};
    expect(environmentOf(Number(pid))).toMatchObject({ WABUS_AUTH_KEY_FILE: key, WABUS_CONNECTOR_HOST: '::1' });
    expect((await fetch(`http://[::1]:${connectorPort}/health/ready`)).status).toBe(200);
  }, 60_000);

  it('listens only on this machine by default', async () => {
    const run = fixture.start(['--port', String(port)]);
    await run.awaitOutput(READY);
    const foreign = Object.values(networkInterfaces())
      .flatMap(list => list ?? [])
      .find(({ internal, family }) => !internal && family === 'IPv4');
    if (foreign) await expect(fetch(`http://${foreign.address}:${port}/health/ready`)).rejects.toThrow();
  }, 60_000);

  it('refuses a setting that it would override, by its name', async () => {
    const run = fixture.start(['--port', String(port)], { WABUS_NATS_USER: 'connector' });
    expect(await run.ended).toBe(1);
    expect(run.output).toContain('WABUS_NATS_USER is set, but npm start runs its own NATS server');
    expect(fixture.journal).toEqual(['']);
  }, 60_000);

  it('rotates its logs while it runs', async () => {
    const run = fixture.start(['--port', String(port), '--log-bytes', '20000', '--log-files', '1']);
    await run.awaitOutput(READY);
    const natsLog = join(fixture.data, 'logs', 'nats-server.log');
    // nats-server logs too little in a test to fill the file, so the test itself appends to it.
    const older = () => (existsSync(`${natsLog}.1`) ? readFileSync(`${natsLog}.1`, 'utf8') : '');
    appendFileSync(natsLog, `${'x'.repeat(30_000)}\n`);
    // The copy exists before the log is emptied.
    await awaitTrue(
      () => older().includes('xxx') && statSync(natsLog).size < 20_000,
      10_000,
      () => `${statSync(natsLog).size} bytes`
    );
    expect(older().includes('Server is ready')).toBe(true);
  }, 60_000);

  it('reports a process that ended, and restarts it', async () => {
    const run = fixture.start(['--port', String(port)]);
    await run.awaitOutput(READY);
    const healthPort = /connector c1 listens (\d+)/.exec(fixture.journal.join('\n'))?.[1];
    await fetch(`http://127.0.0.1:${healthPort}/die`).catch(() => undefined);
    await run.awaitOutput('connector-1 stopped unexpectedly (code 7); starting it again in 0.5 s');
    expect(run.output).toContain('    something went wrong');
    await awaitTrue(
      () => fixture.journal.filter(line => line.startsWith('connector c1 listens')).length === 2,
      10_000,
      () => fixture.journal.join('\n')
    );
  }, 60_000);

  it('refuses a second start from the same folder', async () => {
    const run = fixture.start(['--port', String(port)]);
    await run.awaitOutput(READY);
    const second = fixture.start(['--port', String(port)]);
    expect(await second.ended).toBe(1);
    expect(second.output).toContain(`is already running from this folder: process ${run.child.pid}, serving http://127.0.0.1:${port}`);
    expect(alive()).toHaveLength(3);
  }, 60_000);

  it('ends what a killed run left behind and starts again', async () => {
    const killed = fixture.start(['--port', String(port)]);
    await killed.awaitOutput(READY);
    const leftovers = alive();
    expect(leftovers).toHaveLength(3);
    killed.signal('SIGKILL');
    await killed.ended;
    const run = fixture.start(['--port', String(port)]);
    await run.awaitOutput(READY);
    expect(run.output).toContain('stopping 3 processes left over from a killed run');
    expect(leftovers.filter(pid => identify(pid) !== null)).toEqual([]);
  }, 60_000);

  it('ignores a lock with a reused process id', async () => {
    const run = fixture.start(['--port', String(port)]);
    await run.awaitOutput(READY);
    run.signal('SIGTERM');
    await run.ended;
    const stale = {
      owner: { pid: process.pid, startedAt: 'another boot/1' },
      url: null,
      children: [{ pid: process.pid, startedAt: 'another boot/2' }]
    };
    writeFileSync(join(fixture.data, 'start.lock'), JSON.stringify(stale));
    await fixture.start(['--port', String(port)]).awaitOutput(READY);
  }, 60_000);

  it('reports the used port with a remedy and starts nothing', async () => {
    const other = createServer().listen(port, '127.0.0.1');
    try {
      const run = fixture.start(['--port', String(port)]);
      expect(await run.ended).toBe(1);
      expect(run.output).toContain(`Port ${port} on 127.0.0.1 is in use`);
      expect(run.output).toContain('npm start -- --port');
      const demo = fixture.start(['--demo', '--port', String(port)]);
      expect(await demo.ended).toBe(1);
      expect(demo.output).toContain('npm run demo -- --port');
      expect(fixture.journal).toEqual(['']);
    } finally {
      other.close();
    }
  }, 60_000);

  it('fails with the last log lines and leaves no process', async () => {
    fixture.setBehavior({ fail: 'connector' });
    const run = fixture.start(['--port', String(port)]);
    expect(await run.ended).toBe(1);
    expect(run.output).toMatch(
      /connector-1 stopped unexpectedly \(code 1\), 3 times in a row\. Its last lines.*cannot read the configuration/s
    );
    expect(alive()).toEqual([]);
  }, 60_000);

  it('stops in order if only the shell between is stopped', async () => {
    const throughShell = ['sh', '-c', '"$@"; true', 'sh', process.execPath];
    const run = fixture.start(['--port', String(port)], { npm_lifecycle_event: 'start' }, throughShell);
    await run.awaitOutput(READY);
    const pids = fixture.pids;
    run.signal('SIGKILL');
    await run.awaitOutput('✓ stopped');
    await awaitTrue(
      () => pids.every(pid => identify(pid) === null),
      5_000,
      () => 'all processes gone'
    );
    expect(fixture.journal.slice(-2)).toEqual([`edge ${port} stopped`, 'connector c1 stopped']);
  }, 60_000);

  it.each([
    ['SIGTERM', 'nats-server first'],
    ['SIGINT', 'nats-server last']
  ])(
    'stops in order when %s reaches every process at once, %s',
    async (signal, order) => {
      const run = fixture.start(['--port', String(port)]);
      await run.awaitOutput(READY);
      const pids = fixture.pids;
      const [nats = 0] = pids.filter(pid => !fixture.journal.some(line => line.includes(`pid=${pid} `) || line.endsWith(`pid=${pid}`)));
      const all = [Number(run.child.pid), ...pids.filter(pid => pid !== nats)];
      const sequence = order === 'nats-server first' ? [nats, ...all] : [...all, nats];
      for (let round = 0; round < 2; round++)
        for (const pid of sequence) {
          try {
            process.kill(pid, signal);
          } catch {
            // It has already stopped.
          }
        }
      expect(await run.ended).toBe(0);
      expect(run.output).not.toContain('stopping at once');
      expect(run.output.indexOf('stopping nats-server')).toBeGreaterThan(0);
      expect(alive()).toEqual([]);
      expect(fixture.journal.filter(line => line.includes('started'))).toHaveLength(2);
    },
    60_000
  );

  it('kills everything on a second Ctrl-C', async () => {
    fixture.setBehavior({ deaf: true });
    const run = fixture.start(['--port', String(port)]);
    await run.awaitOutput(READY);
    const pids = fixture.pids;
    run.signal('SIGINT');
    // npm immediately forwards Ctrl-C once more, which does not count as a second Ctrl-C.
    run.signal('SIGINT');
    await awaitTrue(
      () => fixture.journal.some(line => line.endsWith('ignores a signal')),
      5_000,
      () => run.output
    );
    expect(run.output).not.toContain('stopping at once');
    const code = await untilEnded(run);
    expect(code).toBe(130);
    await awaitTrue(
      () => pids.every(pid => identify(pid) === null),
      5_000,
      () => 'all processes gone'
    );
  }, 60_000);
});

/**
 * Presses Ctrl-C until the run ends.
 * @param {ReturnType<StartFixture['start']>} run
 */
async function untilEnded(run) {
  const timer = setInterval(() => run.signal('SIGINT'), 300);
  try {
    return await run.ended;
  } finally {
    clearInterval(timer);
  }
}
