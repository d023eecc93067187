import { loadConfig, type Environment } from '@wabus/runtime';
import { EdgeConfig } from './edge.config.js';
import { compatSettings } from './edge.settings.js';

const load = (env: Environment): EdgeConfig => loadConfig(EdgeConfig, { WABUS_ACCESS_TOKEN_FILE: '/run/tokens', ...env });

describe('EdgeConfig', () => {
  it('listens on the loopback address only by default', () => {
    expect(load({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      transports: ['polling', 'websocket'],
      corsOrigins: [],
      openMetrics: false
    });
  });

  it('reports the port of the edge to programs of other gateways', () => {
    const baseUrl = (env: Environment): string => compatSettings(load(env)).baseUrl;
    expect(baseUrl({ WABUS_EDGE_PORT: '3900' })).toBe('http://localhost:3900');
    expect(baseUrl({ WABUS_EDGE_PORT: '3900', WABUS_COMPAT_URL: 'https://wabus.example.org/' })).toBe('https://wabus.example.org');
  });

  it('has no default for the tokens', () => {
    expect(() => loadConfig(EdgeConfig, {})).toThrow(/WABUS_ACCESS_TOKEN_FILE is not set/);
  });

  it.each([
    ['WABUS_EDGE_TRANSPORTS', 'carrier-pigeon'],
    ['WABUS_EDGE_TRANSPORTS', ','],
    ['WABUS_EDGE_CORS_ORIGINS', '*'],
    ['WABUS_EDGE_CORS_ORIGINS', 'https://example.org/path'],
    ['WABUS_EDGE_MAX_PAYLOAD_BYTES', '0'],
    ['WABUS_EDGE_PORT', '70000'],
    ['WABUS_REPLICAS', '2']
  ])('refuses %s=%s and names the variable', (env, value) => {
    expect(() => load({ [env]: value })).toThrow(new RegExp(env));
  });
});
