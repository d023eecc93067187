// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import { findCaddy } from '../debian/caddy.program.mjs';
import { ROOT } from '../install.mjs';
import { runCommand } from '../process/command.runner.mjs';
import { releaseOf } from '../release/version.places.mjs';
import { choosePorts } from '../start/ports.mjs';
import { awaitValue, RunningInstallation } from '../state/running.installation.mjs';
import { CLI_COMMANDS } from './command.catalog.mjs';

const PROGRAM = join(ROOT, 'tools', 'wabus.mjs');
const CUSTOMER = 'The text of a customer';

/** @type {string} */
let folder;
/** @type {RunningInstallation} */
let running;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wabus-cli-'));
  running = await start('data');
  await running.ready();
}, 120_000);
afterAll(async () => {
  await running?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

/** @param {string} name */
async function start(name) {
  const [port = 0] = await choosePorts(1);
  return new RunningInstallation({ tree: ROOT, data: join(folder, name), port });
}

/** @param {string[]} args */
async function wabus(...args) {
  return runCommand(process.execPath, [PROGRAM, ...args], {
    env: ownEnvironment(),
    timeoutMs: 60_000
  });
}

function ownEnvironment() {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('WABUS_') || name === 'WABUS_NATS_SERVER_BIN');
  return { ...Object.fromEntries(kept), NODE_OPTIONS: '' };
}

const data = () => ['--data', join(folder, 'data')];

describe('wabus', () => {
  it('lists its commands, and refuses others with the list', async () => {
    const { code, stdout } = await wabus('--help');
    expect(code).toBe(0);
    for (const name of Object.keys(CLI_COMMANDS)) expect(stdout).toContain(`wabus ${name} `);
    expect(await wabus('--version')).toMatchObject({ code: 0, stdout: `${releaseOf(ROOT)}\n` });
    expect(await wabus('conjure')).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no command conjure.') });
    expect(await wabus('send', 'default')).toMatchObject({ code: 2, stderr: expect.stringContaining('missing: TO') });
  });

  it('sends a text and a file, and tails what was sent', async () => {
    const { phoneNumber } = await running.simulator.call('createAccount', { name: 'Grace' });
    expect(await wabus('send', 'default', phoneNumber, CUSTOMER, ...data())).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^sent: \w+/)
    });
    expect(await wabus('send', 'default', phoneNumber, '--file', join(ROOT, 'LICENSE'), ...data())).toMatchObject({ code: 0 });
    const tail = spawn(process.execPath, [PROGRAM, 'tail', 'default', '--since', '10m', '--events', 'messages.upsert', ...data()], {
      env: ownEnvironment()
    });
    let lines = '';
    tail.stdout.setEncoding('utf8').on('data', text => (lines += text));
    try {
      await awaitValue(
        async () => lines.includes(CUSTOMER),
        20_000,
        () => lines
      );
    } finally {
      tail.kill('SIGINT');
    }
    expect(lines).toMatch(new RegExp(`default  messages.upsert  to .*: ${CUSTOMER}`));
    expect(await once(tail, 'close')).toEqual([0, null]);
  }, 60_000);

  it('refuses to send without a token or an edge', async () => {
    expect(await wabus('send', 'default', '1', 'x', '--data', join(folder, 'nothing'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no token')
    });
    expect(await wabus('send', 'default', '1', 'x', ...data(), '--url', 'http://127.0.0.1:9')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Is Wabus running?')
    });
  });

  it('examines a healthy installation, and reports no secret', async () => {
    const file = join(folder, 'report.json');
    const { code, stdout } = await wabus('doctor', '--offline', '--report', file, ...data());
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('0 failed') });
    const text = readFileSync(file, 'utf8');
    const report = JSON.parse(text);
    expect(report).toMatchObject({ format: 1, sessions: [{ state: 'open' }], findings: { edge: { state: 'ok' } } });
    expect(report.streams.length).toBeGreaterThan(5);
    expect(Object.keys(report.metrics).length).toBeGreaterThan(10);
    const { account } = await running.call('GET', '/api/sessions/default/status');
    const secrets = ['access-token', 'auth-key', 'nats-password-admin', 'nats-password-edge'].map(name =>
      readFileSync(join(folder, 'data', name), 'utf8').trim()
    );
    const personal = [
      ...secrets,
      folder,
      CUSTOMER,
      'Ada',
      'Grace',
      '"default"',
      '127.0.0.1',
      account.id.split(/[:@]/)[0],
      account.lid.split(/[:@]/)[0]
    ];
    for (const secret of personal) expect(text).not.toContain(secret);
  }, 60_000);

  it('serves clients through the Caddyfile of the profile tls', async () => {
    const caddy = await findCaddy(process.env, () => undefined);
    const [port = 0] = await choosePorts(1);
    const url = `http://127.0.0.1:${port}`;
    const env = {
      ...ownEnvironment(),
      HOME: folder,
      WABUS_DOMAIN: url,
      WABUS_EDGE_NAME: 'localhost',
      WABUS_EDGE_PORT: new URL(running.url).port
    };
    const proxy = spawn(caddy, ['run', '--config', join(ROOT, 'deploy', 'caddy', 'Caddyfile'), '--adapter', 'caddyfile'], {
      env,
      stdio: 'ignore'
    });
    try {
      await awaitValue(
        () =>
          fetch(`${url}/health/ready`).then(
            ({ ok }) => ok,
            () => false
          ),
        20_000,
        () => 'Caddy does not serve the edge'
      );
      for (const transports of [['polling'], ['websocket'], ['polling', 'websocket']]) {
        const socket = io(`${url}/api/events`, { auth: { token: running.token }, transports, forceNew: true });
        const answer = await socket.timeout(10_000).emitWithAck('subscribe', ['messages.upsert']);
        expect(answer).toMatchObject({ ok: true });
        socket.close();
      }
    } finally {
      proxy.kill('SIGKILL');
    }
  }, 60_000);

  it('backs up a running installation and restores elsewhere', async () => {
    const copy = join(folder, 'copy');
    expect(await wabus('backup', '--to', copy, ...data())).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('The backup is complete')
    });
    expect(await wabus('backup', '--to', copy, ...data())).toMatchObject({ code: 1, stderr: expect.stringContaining('is not empty') });
    await running.stop();

    const other = join(folder, 'other');
    const restore = () => wabus('restore', '--from', copy, '--data', other);
    mkdirSync(other);
    expect(await restore()).toMatchObject({ code: 1, stderr: expect.stringContaining('auth-key') });
    for (const name of ['auth-key', 'simulator.json']) copyFileSync(join(folder, 'data', name), join(other, name));
    expect(await restore()).toMatchObject({ code: 0, stdout: expect.stringContaining('Everything is restored') });
    expect(await restore()).toMatchObject({ code: 1, stderr: expect.stringContaining('nothing is overwritten') });

    running = await start('other');
    await running.ready();
    await running.awaitOpen('default');
    expect(JSON.stringify(await running.events('default'))).toContain(CUSTOMER);
  }, 120_000);
});
