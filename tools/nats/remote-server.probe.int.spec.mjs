// @ts-check
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchNatsServer, makeCertificates } from '@wabus/testing';
import { accessOf, probeServer, withoutCredentials } from './remote-server.probe.mjs';

const PASSWORD = 'p@ss:w/o?rd,#%';
const authorization = `authorization { users: [ { user: edge, password: ${JSON.stringify(PASSWORD)} } ] }`;

describe('a named server that requires a login', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wabus-probe-'));
  const { caFile, certFile, keyFile } = makeCertificates(folder);
  /** @type {import('@wabus/testing').NatsServer} */
  let plain;
  /** @type {import('@wabus/testing').NatsServer} */
  let encrypted;
  beforeAll(async () => {
    const tls = `tls { cert_file: "${certFile}", key_file: "${keyFile}" }`;
    plain = await launchNatsServer({ configuration: authorization });
    encrypted = await launchNatsServer({ configuration: `${authorization}\n${tls}`, folder });
  }, 30_000);
  afterAll(async () => {
    await Promise.all([plain?.stop(), encrypted?.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });
  const refusal = (/** @type {string} */ url, /** @type {import('./remote-server.probe.mjs').Access} */ access = {}) =>
    probeServer(url, access).then(
      () => 'accepted',
      (/** @type {Error} */ error) => error.message
    );

  it('is logged in to with the address or the settings', async () => {
    await expect(probeServer(`nats://edge:${encodeURIComponent(PASSWORD)}@127.0.0.1:${plain.port}`, {})).resolves.toMatch(/^2/);
    const file = join(folder, 'password');
    writeFileSync(file, `${PASSWORD}\n`, { mode: 0o600 });
    const access = accessOf({ WABUS_NATS_USER: 'edge', WABUS_NATS_PASSWORD_FILE: file });
    await expect(probeServer(plain.url, access)).resolves.toMatch(/^2/);
  });

  it('reports address, user and settings if it refuses', async () => {
    const message = await refusal(`nats://edge:wrong-secret@127.0.0.1:${plain.port}`);
    expect(message).toMatch(new RegExp(`^nats://127.0.0.1:${plain.port} refuses the user edge.*WABUS_NATS_PASSWORD`));
    expect(message).not.toContain('wrong-secret');
    expect(await refusal(plain.url)).toMatch(/refuses these credentials/);
  });

  it('must offer TLS at tls://, with a known authority', async () => {
    const login = { user: 'edge', password: PASSWORD };
    expect(await refusal(`tls://127.0.0.1:${plain.port}`, login)).toMatch(/does not offer TLS/);
    expect(await refusal(`tls://127.0.0.1:${encrypted.port}`, login)).toMatch(/TLS failed.*WABUS_NATS_CA_FILE/);
    expect(await refusal(`tls://127.0.0.1:${encrypted.port}`, { ...login, caFile })).toBe('accepted');
  });

  it('is shown without its secrets', () => {
    expect(withoutCredentials('nats://a:b/c@h:1,d@e,tls://f')).toBe('nats://h:1,e,tls://f');
  });
});
