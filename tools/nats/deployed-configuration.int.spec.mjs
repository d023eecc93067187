// @ts-check
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNatsServer } from '../nats-server.mjs';
import { runCommand } from '../process/command.runner.mjs';
import { natsConfiguration } from '../start/nats-server.configuration.mjs';
import { passwordVariable, ROLES, USERS_FILE, usersFile } from './role.permissions.mjs';
import { parseServices } from './services.codec.mjs';
import { Progress } from '../terminal/progress.mjs';

/** @type {string} */
let binary;
/** @type {string} */
let folder;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wabus-configuration-'));
  const given = process.env['WABUS_NATS_SERVER_BIN'];
  if (given) {
    binary = given;
    return;
  }
  const found = await findNatsServer(new Progress({ write: () => undefined }), { binaryOnly: true });
  if (found.kind !== 'binary') throw new Error('a binary was asked for');
  binary = found.path;
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/**
 * @param {string} file
 * @param {NodeJS.ProcessEnv} [env]
 */
async function check(file, env = {}) {
  const { stdout, stderr } = await runCommand(binary, ['-t', '-c', file], { env: { ...process.env, ...env } });
  return stdout + stderr;
}
const passwords = { admin: 'a "1"', connector: 'c', edge: 'e', service: 's' };
const variables = Object.fromEntries(ROLES.map(role => [passwordVariable(role), `${role}-password`]));
const deployed = (/** @type {string} */ name) => fileURLToPath(new URL(`../../deploy/nats/${name}`, import.meta.url));

describe('the configuration of nats-server', () => {
  it('is valid as deployed, alone and as a cluster node', async () => {
    expect(await check(deployed('nats-server.conf'), variables)).toContain('is valid');
    expect(await check(deployed('nats-cluster.conf'), { ...variables, NATS_NAME: 'nats-2' })).toContain('is valid');
  });

  it('opens its monitoring port only inside the container', () => {
    const listening = readdirSync(dirname(USERS_FILE)).flatMap(
      name => readFileSync(deployed(name), 'utf8').match(/^\s*(https?|http_port|https_port|monitor_port)\b.*$/gm) ?? []
    );
    expect(listening).toEqual([expect.stringMatching(/^http: "127\.0\.0\.1:8222"$/)]);
  });

  it('does not start without the passwords', async () => {
    const answer = await check(deployed('nats-server.conf'), Object.fromEntries(Object.keys(variables).map(name => [name, undefined])));
    expect(answer).not.toContain('is valid');
    expect(answer).toContain('WABUS_NATS_ADMIN_PASSWORD');
  });

  it('has the users in the table of roles', () => {
    expect(readFileSync(USERS_FILE, 'utf8')).toBe(usersFile());
  });

  it('is valid with services that have separate passwords', async () => {
    const file = join(folder, 'users.conf');
    const services = parseServices('{"invoicing": {"consumers": ["a", "b"], "read": ["s1", "s2"], "command": "*"}, "crm-2": {}}', 'a test');
    writeFileSync(file, usersFile(services));
    const own = { WABUS_NATS_INVOICING_PASSWORD: 'i', WABUS_NATS_CRM_2_PASSWORD: 'c' };
    expect(await check(file, { ...variables, ...own })).toContain('is valid');
    expect(await check(file, variables)).toContain('WABUS_NATS_INVOICING_PASSWORD');
  });

  it('is valid from npm start, also with spaces in a path', async () => {
    const file = join(folder, 'nats-server.conf');
    writeFileSync(
      file,
      natsConfiguration({ host: '127.0.0.1', port: 4222, storeFolder: join(folder, 'a "b" c'), maxFileStore: 1e9, passwords })
    );
    expect(await check(file)).toContain('is valid');
  });
});
