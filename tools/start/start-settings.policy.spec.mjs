// @ts-check
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArguments } from './arguments.codec.mjs';
import { childEnvironment, SETTINGS } from './child.environment.mjs';
import { reachableHost, urlOf } from './ports.mjs';
import { readStartSettings, unrestrictedToken } from './start-settings.policy.mjs';

/** @param {string[]} args @param {NodeJS.ProcessEnv} env */
const read = (args, env) => readStartSettings(parseArguments(args, '/house'), env);

describe('the settings of npm start', () => {
  it('serve only this machine by default', () => {
    expect(read([], {})).toEqual({
      edge: { host: '127.0.0.1', port: 3000, console: true },
      connector: { host: '127.0.0.1', port: null, id: null },
      accessTokenFile: null,
      authKeyFile: null,
      sizes: {}
    });
  });

  it.each([
    [[], { PORT: '8080' }, { host: '127.0.0.1', port: 8080 }],
    [[], { PORT: '8080', WABUS_EDGE_PORT: '4000' }, { host: '127.0.0.1', port: 4000 }],
    [['--port', '5000'], { PORT: '8080', WABUS_EDGE_PORT: '4000' }, { host: '127.0.0.1', port: 5000 }],
    [[], { WABUS_EDGE_PORT: '0' }, { host: '127.0.0.1', port: 0 }],
    [[], { WABUS_EDGE_HOST: '0.0.0.0' }, { host: '0.0.0.0', port: 3000 }],
    [['--host', '::1'], { WABUS_EDGE_HOST: '0.0.0.0' }, { host: '::1', port: 3000 }],
    [[], { WABUS_EDGE_HOST: ' ', PORT: '' }, { host: '127.0.0.1', port: 3000 }],
    [[], { WABUS_EDGE_CONSOLE: 'Off' }, { console: false }],
    [[], { WABUS_EDGE_CONSOLE: 'true' }, { console: true }]
  ])('determine the address of the edge: %j with %j', (args, env, edge) => {
    expect(read(args, env).edge).toMatchObject(edge);
  });

  it('determine address, name, key and sizes of the connector', () => {
    const env = {
      WABUS_CONNECTOR_HOST: '::1',
      WABUS_CONNECTOR_PORT: '9000',
      WABUS_CONNECTOR_ID: 'berlin',
      WABUS_AUTH_KEY_FILE: 'keys/wabus',
      WABUS_EVENTS_MAX_BYTES: '-1',
      WABUS_MEDIA_MAX_BYTES: '1000000000'
    };
    expect(read([], env)).toMatchObject({
      connector: { host: '::1', port: 9000, id: 'berlin' },
      authKeyFile: resolve('keys/wabus'),
      sizes: { events: -1, media: 1e9 }
    });
  });

  it.each([
    [[], { WABUS_NATS_USER: 'x' }, /^WABUS_NATS_USER is set, but npm start runs its own NATS server: set WABUS_NATS_URL/],
    [[], { WABUS_NATS_PASSWORD_FILE: 'x' }, /^WABUS_NATS_PASSWORD_FILE is set/],
    [[], { WABUS_NATS_TOKEN: 'x' }, /^WABUS_NATS_TOKEN is set/],
    [[], { WABUS_REPLICAS: '3' }, /^WABUS_REPLICAS needs a NATS cluster/],
    [['--demo'], { WABUS_SIMULATOR_URL: 'ws://127.0.0.1:1' }, /^WABUS_SIMULATOR_URL is set, but the demo starts/],
    [
      ['--connectors', '2'],
      { WABUS_CONNECTOR_ID: 'a' },
      /^WABUS_CONNECTOR_ID is the name of one connector: leave it out with --connectors 2/
    ],
    [[], { WABUS_EDGE_PORT: 'http' }, /^WABUS_EDGE_PORT must be a port/],
    [[], { PORT: '70000' }, /^PORT must be a port/],
    [['--connectors', '2'], { WABUS_CONNECTOR_PORT: '65535' }, /^WABUS_CONNECTOR_PORT, 65535, leaves no ports for 2/],
    [['--port=65535', '--edges=2'], {}, /the port of the edge, 65535, leaves no ports for 2/],
    [[], { WABUS_EVENTS_MAX_BYTES: '10GB' }, /^WABUS_EVENTS_MAX_BYTES must be a whole number of bytes/],
    [[], { WABUS_ACCESS_TOKEN_FILE: '/absent/tokens' }, /^WABUS_ACCESS_TOKEN_FILE names a file that does not exist: \/absent\/tokens$/]
  ])('are refused by name: %j with %j', (args, env, message) => {
    expect(() => read(args, env)).toThrow(message);
  });

  it('include the access to an external NATS server', () => {
    expect(() => read([], { WABUS_NATS_URL: 'nats://host', WABUS_NATS_USER: 'x', WABUS_REPLICAS: '3' })).not.toThrow();
  });

  it('require one unrestricted token', () => {
    const folder = mkdtempSync(join(tmpdir(), 'wabus-tokens-'));
    const file = join(folder, 'tokens');
    try {
      writeFileSync(file, 'restricted sessions=a\n');
      expect(() => read([], { WABUS_ACCESS_TOKEN_FILE: file })).toThrow(/^WABUS_ACCESS_TOKEN_FILE: npm start needs one token/);
      writeFileSync(file, 'restricted sessions=a\nfree\n');
      expect(read([], { WABUS_ACCESS_TOKEN_FILE: file }).accessTokenFile).toBe(file);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('an unrestricted token', () => {
  it.each([
    ['token\n', 'token'],
    ['# note\n\nsha256:00\na sessions=x\nb scopes=read\r\nc\n', 'c'],
    ['sha256:00\n', null],
    ['', null]
  ])('in %j is %j', (content, token) => {
    expect(unrestrictedToken(content)).toBe(token);
  });
});

describe('an address to listen on', () => {
  it.each([
    ['127.0.0.1', 'http://127.0.0.1:1'],
    ['0.0.0.0', 'http://127.0.0.1:1'],
    ['::', 'http://[::1]:1'],
    ['::1', 'http://[::1]:1'],
    ['[::1]', 'http://[::1]:1'],
    ['wabus.lan', 'http://wabus.lan:1']
  ])('%s is reached at %s', (host, url) => {
    expect(urlOf(host, 1)).toBe(url);
    expect(reachableHost(host)).not.toMatch(/^(0\.0\.0\.0|::|\[)$/);
  });
});

describe('the environment of a child process', () => {
  const env = {
    PATH: '/bin',
    TZ: 'UTC',
    LC_TIME: 'C',
    NODE_OPTIONS: '--no-warnings',
    NODE_EXTRA_CA_CERTS: '/ca',
    https_proxy: 'http://proxy',
    NODE_AUTH_TOKEN: 'npm-secret',
    AWS_SECRET_ACCESS_KEY: 'aws-secret',
    WABUS_JWT_SECRET: 'jwt-secret',
    WABUS_LOG_LEVEL: 'debug',
    WABUS_AUTH_KEY_FILE: '/key',
    WABUS_EGRESS_ALLOW: 'n8n'
  };
  const platform = ['LC_TIME', 'NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS', 'PATH', 'TZ', 'https_proxy'];

  it('contains what its platform needs', () => {
    expect(Object.keys(childEnvironment(env, [])).sort()).toEqual(platform);
  });

  it('also has its own settings; given values take precedence', () => {
    const connector = childEnvironment(env, SETTINGS.connector, { WABUS_CONNECTOR_ID: 'c1' });
    expect(
      Object.keys(connector)
        .filter(name => name.startsWith('WABUS_'))
        .sort()
    ).toEqual(['WABUS_AUTH_KEY_FILE', 'WABUS_CONNECTOR_ID', 'WABUS_EGRESS_ALLOW', 'WABUS_LOG_LEVEL']);
    const edge = childEnvironment(env, SETTINGS.edge, { WABUS_LOG_LEVEL: 'info' });
    expect(edge).toMatchObject({ WABUS_JWT_SECRET: 'jwt-secret', WABUS_EGRESS_ALLOW: 'n8n', WABUS_LOG_LEVEL: 'info' });
    expect(edge).not.toHaveProperty('WABUS_AUTH_KEY_FILE');
  });
});
