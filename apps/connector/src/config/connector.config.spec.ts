import { randomBytes } from 'node:crypto';
import { ConfigError, loadConfig } from '@wabus/runtime';
import { ConnectorConfig } from './connector.config.js';
import { engineSettings, ownershipOptions, versionSettings } from './connector.settings.js';

const load = (env: Record<string, string>) => loadConfig(ConnectorConfig, env);
const rootKey = randomBytes(32).toString('base64');

function faultsOf(env: Record<string, string>): string {
  try {
    load(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

test('no setting is required, and then no simulator is trusted', () => {
  expect(engineSettings(load({})).simulator).toBeNull();
});

test('two processes on one machine get different valid ids', () => {
  const [one, two] = [load({}), load({})];
  expect(one.connectorId).not.toBe(two.connectorId);
  expect(ownershipOptions(one).connector).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
});

test('a simulator on this machine is accepted with its key', () => {
  const config = load({ WABUS_SIMULATOR_URL: 'ws://127.0.0.1:4000/ws/chat', WABUS_SIMULATOR_ROOT_KEY: rootKey });
  expect(engineSettings(config).simulator?.url.port).toBe('4000');
});

test.each<[string, Record<string, string>, RegExp]>([
  [
    'a simulator on another machine',
    { WABUS_SIMULATOR_URL: 'ws://192.0.2.7:4000/', WABUS_SIMULATOR_ROOT_KEY: rootKey },
    /WABUS_SIMULATOR_URL must point to this machine/
  ],
  ['a simulator without its key', { WABUS_SIMULATOR_URL: 'ws://127.0.0.1:4000/' }, /WABUS_SIMULATOR_ROOT_KEY is not/],
  ['a key without a simulator', { WABUS_SIMULATOR_ROOT_KEY: rootKey }, /WABUS_SIMULATOR_URL is not/],
  ['an invalid port', { WABUS_CONNECTOR_PORT: '70000' }, /WABUS_CONNECTOR_PORT/],
  ['an invalid version', { WABUS_WHATSAPP_VERSION: 'latest' }, /WABUS_WHATSAPP_VERSION/],
  ['an id that is not a valid key', { WABUS_CONNECTOR_ID: 'a.b' }, /WABUS_CONNECTOR_ID/]
])('%s is refused, and the message names it', (_what, env, says) => expect(faultsOf(env)).toMatch(says));

test('the version is passed on as numbers', () => {
  expect(versionSettings(load({ WABUS_WHATSAPP_VERSION: '2.3000.1043857760' })).fixed).toEqual([2, 3000, 1043857760]);
  expect(versionSettings(load({})).fixed).toBeNull();
  expect(versionSettings(load({ WABUS_WHATSAPP_VERSION: 'auto' })).fixed).toBeNull();
});

test('with a simulator, version look-ups stay on the machine', () => {
  const simulator = { WABUS_SIMULATOR_URL: 'ws://127.0.0.1:5/ws/chat', WABUS_SIMULATOR_ROOT_KEY: Buffer.alloc(32).toString('base64') };
  expect(versionSettings(load({})).page.url.href).toBe('https://web.whatsapp.com/sw.js');
  expect(versionSettings(load(simulator)).page.url.href).toBe('http://127.0.0.1:5/sw.js');
});

test('the scale changes the times of ownership, not its counts', () => {
  const usual = ownershipOptions(load({})).timing!;
  const fast = ownershipOptions(load({ WABUS_TIMING_SCALE: '0.1' })).timing!;
  expect(fast.hangSilenceMs).toBe(usual.hangSilenceMs / 10);
  expect(fast.acquirePerTick).toBe(usual.acquirePerTick);
});
