// @ts-check
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findNatsServer } from '../nats-server.mjs';
import { probeServer } from '../nats/remote-server.probe.mjs';
import { choosePorts } from '../start/ports.mjs';
import { Progress } from '../terminal/progress.mjs';
import { CHECKS } from './doctor.mjs';
import { examine } from './finding.policy.mjs';
import { problemOf } from './installation.checks.mjs';
import { readSurroundings } from './surroundings.reader.mjs';

const KEY = Buffer.alloc(32, 7).toString('base64');
const silent = new Progress({ write: () => undefined });

/** @type {string} */
let binary;
/** @type {string} */
let folder;
/** @type {(() => unknown)[]} */
let cleanUps = [];
beforeAll(async () => {
  const given = process.env['WABUS_NATS_SERVER_BIN'];
  const found = given ? { kind: 'binary', path: given } : await findNatsServer(silent, { binaryOnly: true });
  binary = /** @type {{ path: string }} */ (found).path;
}, 120_000);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wabus-doctor-'));
  put('auth-key', KEY);
  put('access-token', 'a-token-of-the-test');
});
afterEach(async () => {
  for (const clean of cleanUps.splice(0).reverse()) await clean();
  rmSync(folder, { recursive: true, force: true });
});

/** @param {string} name @param {string} text */
function put(name, text) {
  writeFileSync(join(folder, name), `${text}\n`, { mode: 0o600 });
}

/** @param {NodeJS.ProcessEnv} [env] @param {Partial<Parameters<typeof readSurroundings>[0]>} [more] */
async function findings(env = {}, more = {}) {
  const surroundings = readSurroundings({ env, dataFolder: folder, url: 'http://127.0.0.1:9', offline: true, ...more });
  return examine(CHECKS, surroundings, () => () => undefined);
}

/** @param {string} configuration @returns {Promise<string>} the server's URL */
async function runNats(configuration) {
  const [port = 0] = await choosePorts(1);
  const file = join(folder, 'nats-server.conf');
  writeFileSync(file, `listen: "127.0.0.1:${port}"\n${configuration}`);
  const child = spawn(binary, ['-c', file], { stdio: 'ignore' });
  cleanUps.push(() => child.kill('SIGKILL'));
  for (const deadline = Date.now() + 10_000; ; await delay(50)) {
    const reason = await probeServer(`127.0.0.1:${port}`).then(
      () => '',
      error => String(error.message)
    );
    if (!/cannot be reached/.test(reason)) return `nats://127.0.0.1:${port}`;
    if (Date.now() > deadline) throw new Error('nats-server does not start');
  }
}
const jetstream = (/** @type {string} */ limits = '') => `jetstream { store_dir: "${join(folder, 'store')}"\n ${limits} }`;

/**
 * Runs a replacement for an edge, which answers the doctor's requests.
 * @param {Record<string, [number, unknown]>} answers
 * @param {string} [date]
 */
async function serve(answers, date = new Date().toUTCString()) {
  const server = createServer((request, response) => {
    const [status, body] = answers[request.url ?? ''] ?? [404, {}];
    response.writeHead(status, { 'content-type': 'application/json', date }).end(JSON.stringify(body));
  });
  await /** @type {Promise<void>} */ (new Promise(resolve => void server.listen(0, '127.0.0.1', resolve)));
  cleanUps.push(() => server.close());
  return `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
}

describe('the doctor, on a broken installation', () => {
  it('reports a NATS server that does not answer, with its URL', async () => {
    const found = await findings({ WABUS_NATS_URL: 'nats://user:password@127.0.0.1:9' });
    expect(found.get('nats')).toMatchObject({ state: 'failed', remedy: expect.stringContaining('WABUS_NATS_URL') });
    expect(JSON.stringify([...found])).not.toContain('password@');
    expect(found.get('streams')).toEqual({ state: 'skipped', detail: 'needs the check "NATS"' });
  });

  it('recognizes a NATS server without JetStream', async () => {
    const found = await findings({ WABUS_NATS_URL: await runNats('') });
    expect(found.get('nats')).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('JetStream'),
      remedy: expect.stringContaining('store_dir')
    });
  });

  it('names a user that NATS refuses', async () => {
    const url = await runNats(`${jetstream()}\nauthorization { users: [{ user: edge, password: right }] }`);
    const found = await findings({ WABUS_NATS_URL: url, WABUS_NATS_USER: 'edge', WABUS_NATS_PASSWORD: 'wrong' });
    expect(found.get('nats-login')).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('edge'),
      remedy: expect.stringContaining('users.conf')
    });
  });

  it('finds permissions that a role lacks', async () => {
    const permissions = '{ publish: ["nothing"], subscribe: ["_INBOX_edge.>"] }';
    const url = await runNats(`${jetstream()}\nauthorization { users: [{ user: edge, password: right, permissions: ${permissions} }] }`);
    const found = await findings({ WABUS_NATS_URL: url, WABUS_NATS_USER: 'edge', WABUS_NATS_PASSWORD: 'right' });
    expect(found.get('nats-permissions')).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('edge'),
      remedy: expect.stringContaining('users.conf')
    });
  });

  it('names streams that do not exist', async () => {
    const found = await findings({ WABUS_NATS_URL: await runNats(jetstream()) });
    expect(found.get('streams')).toMatchObject({ state: 'failed', detail: expect.stringContaining('KV_WABUS_OWNERSHIP') });
    expect(found.get('nats')).toMatchObject({ state: 'ok' });
  });

  it('recognizes a lost or damaged key of the credentials', async () => {
    put('auth-key', 'c2hvcnQ=');
    expect((await findings()).get('auth-key')).toMatchObject({ state: 'failed', detail: expect.stringContaining('32 bytes') });
    rmSync(join(folder, 'auth-key'));
    expect((await findings()).get('auth-key')).toMatchObject({
      state: 'skipped',
      detail: expect.stringContaining('npm start has not run')
    });
    mkdirSync(join(folder, 'nats'));
    expect((await findings()).get('auth-key')).toMatchObject({ state: 'failed', remedy: expect.stringContaining('backup') });
  });

  it('finds secrets that other users can read', async () => {
    chmodSync(join(folder, 'access-token'), 0o644);
    expect((await findings()).get('access-token')).toMatchObject({ state: 'warning', remedy: `chmod 600 ${join(folder, 'access-token')}` });
  });

  it('names an invalid and a misspelled setting', async () => {
    expect((await findings({ WABUS_EDGE_PORT: 'many' })).get('settings')).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('WABUS_EDGE_PORT')
    });
    expect((await findings({ WABUS_LOG_LEVL: 'debug' })).get('settings')).toMatchObject({
      state: 'warning',
      detail: expect.stringContaining('did you mean WABUS_LOG_LEVEL?')
    });
  });

  it('names a WhatsApp host that is unreachable', async () => {
    const found = await findings({}, { offline: false, hosts: ['127.0.0.1:9', 'nowhere.invalid:443'] });
    expect(found.get('whatsapp')).toMatchObject({
      state: 'failed',
      detail: '127.0.0.1:9 cannot be reached: ECONNREFUSED\nnowhere.invalid:443 does not resolve'
    });
  });

  it('names a proxy that is not running', async () => {
    const found = await findings({ WABUS_PROXY_URL: 'http://user:secret@127.0.0.1:9' }, { offline: false });
    expect(found.get('whatsapp')).toMatchObject({ state: 'failed', detail: expect.stringContaining('proxy') });
    expect(JSON.stringify([...found])).not.toContain('secret');
  });

  it('notices a wrong clock', async () => {
    const url = await serve({}, new Date(Date.now() - 120_000).toUTCString());
    expect((await findings({}, { url })).get('clock')).toMatchObject({
      state: 'warning',
      detail: expect.stringMatching(/^1(19|20|21) s ahead of 127/)
    });
  });

  it("quotes an edge's failed check", async () => {
    const url = await serve({
      '/health/ready': [503, { status: 'failing', checks: { broker: { status: 'failing', reason: 'nats does not answer' } } }]
    });
    expect((await findings({}, { url })).get('edge')).toMatchObject({ state: 'failed', detail: 'broker: nats does not answer' });
  });

  it('recognizes another token file, and sessions without an owner', async () => {
    const ready = /** @type {[number, unknown]} */ ([200, { status: 'ok', checks: {} }]);
    expect((await findings({}, { url: await serve({ '/health/ready': ready, '/api/principal': [401, {}] }) })).get('login')).toMatchObject({
      state: 'failed',
      remedy: expect.stringContaining('WABUS_ACCESS_TOKEN_FILE')
    });
    const url = await serve({
      '/health/ready': ready,
      '/api/principal': [200, {}],
      '/api/connectors': [200, { connectors: [], unowned: [{ session: 'sales', state: 'open' }] }]
    });
    expect((await findings({}, { url })).get('connectors')).toMatchObject({ state: 'failed', detail: 'no connector runs sales' });
  });

  it.each([
    ['warns of a lost connector', [{ id: 'c1', state: 'lost', version: '0.3.0', sessions: [] }], 'no longer answers: c1'],
    ['warns of two releases', [{ id: 'c1', state: 'ready', version: null, sessions: [] }], 'processes run an earlier release and 0.3.0']
  ])('%s', async (_title, connectors, detail) => {
    const url = await serve({
      '/health/ready': [200, { status: 'ok', checks: {} }],
      '/api/principal': [200, {}],
      '/api/connectors': [200, { connectors, edges: [{ id: 'e', answering: true, version: '0.3.0' }], unowned: [] }]
    });
    expect((await findings({}, { url })).get('connectors')).toMatchObject({ state: 'warning', detail });
  });

  it('warns about a full disk', async () => {
    const large = join(folder, 'large');
    mkdirSync(large);
    const check = CHECKS.find(({ id }) => id === 'disk');
    const surroundings = readSurroundings({ env: {}, dataFolder: '/proc', offline: true });
    expect(await check?.run(surroundings)).toMatchObject({ state: 'failed', remedy: expect.stringContaining('Free some space') });
  });
});

describe("the doctor's report about a session", () => {
  const disconnect = { reason: 'logged-out', message: 'Link it again.', code: 401, at: '', willReconnect: false };
  it.each([
    ['open', { state: 'open' }, []],
    ['failed', { state: 'failed', lastDisconnect: disconnect }, ['failed (logged-out, 401)']],
    ['logged out', { state: 'logged-out', lastDisconnect: disconnect }, ['logged out (logged-out, 401)']],
    [
      'looping',
      { state: 'waiting', reconnectLoopSince: '2026-11-30T00:00:00Z' },
      ['has been reconnecting repeatedly since 2026-11-30T00:00:00Z']
    ],
    ['restricted', { state: 'open', restriction: { kind: 'x', until: null } }, ['restricted by WhatsApp until an unknown time']]
  ])('%s', (_title, status, details) => {
    expect(problemOf({ session: 's', status }).map(({ detail }) => detail)).toEqual(details);
  });
});
