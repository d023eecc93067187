// @ts-check
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareCompose } from '../compose.mjs';
import { readComposeArguments } from './arguments.codec.mjs';
import { composeEnvironment } from './compose-environment.policy.mjs';

const FACTS = { domain: null, cluster: false, user: '1000:1000', version: '0.1.0' };

describe('npm run compose', () => {
  /** @type {string} */
  let folder;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'wabus-compose-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('creates every file that docker-compose.yml names as private', () => {
    prepareCompose(folder, readComposeArguments([]));
    for (const name of [
      '.env',
      '.wabus/nats.env',
      '.wabus/access-token',
      '.wabus/auth-key',
      '.wabus/nats-password-connector',
      '.wabus/nats-password-edge'
    ])
      expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
    expect(readFileSync(join(folder, '.wabus/nats.env'), 'utf8')).toMatch(/^WABUS_NATS_ADMIN_PASSWORD=nats_[0-9a-f]{64}$/m);
  });

  it('keeps secrets and settings when it runs again', () => {
    prepareCompose(folder, readComposeArguments([]));
    const key = readFileSync(join(folder, '.wabus/auth-key'), 'utf8');
    writeFileSync(
      join(folder, '.env'),
      `${readFileSync(join(folder, '.env'), 'utf8')}WABUS_LOG_LEVEL=debug\nWABUS_EDGE_TRUSTED_PROXIES=10.0.0.0/8\n`
    );
    prepareCompose(folder, readComposeArguments(['--tls', 'chat.example']));
    expect(readFileSync(join(folder, '.wabus/auth-key'), 'utf8')).toBe(key);
    const env = readFileSync(join(folder, '.env'), 'utf8');
    for (const line of [
      'WABUS_LOG_LEVEL=debug',
      'WABUS_EDGE_TRUSTED_PROXIES=10.0.0.0/8',
      'COMPOSE_PROFILES=tls',
      'WABUS_DOMAIN=chat.example'
    ])
      expect(env.split('\n').filter(one => one === line)).toHaveLength(1);
  });

  it('keeps a cluster if only TLS is requested', () => {
    const first = composeEnvironment('', { ...FACTS, cluster: true });
    const second = composeEnvironment(first, { ...FACTS, domain: 'chat.example' });
    expect(second).toContain('COMPOSE_PROFILES=cluster,tls\n');
    expect(second).toContain('WABUS_REPLICAS=3');
  });

  it('makes an existing .env private', () => {
    writeFileSync(join(folder, '.env'), 'WABUS_JWT_SECRET=x\n', { mode: 0o644 });
    prepareCompose(folder, readComposeArguments([]));
    expect(statSync(join(folder, '.env')).mode & 0o077).toBe(0);
  });

  it('sets the variables that a cluster needs', () => {
    const env = composeEnvironment('', { ...FACTS, cluster: true });
    expect(env).toContain('WABUS_REPLICAS=3\nWABUS_OWNERSHIP_TIMING=cluster\n');
    expect(composeEnvironment('', FACTS)).not.toContain('WABUS_REPLICAS');
  });

  it('refuses an invalid host name or count', () => {
    expect(() => readComposeArguments(['--tls', 'https://chat.example'])).toThrow('--tls needs a host name');
    expect(() => readComposeArguments(['--edges', 'many'])).toThrow('--edges needs a whole number');
    expect(() => readComposeArguments(['--tsl', 'x'])).toThrow('--tsl');
  });
});
