// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { ROOT } from '../install.mjs';
import { writeChartSchema } from './chart.schema.mjs';

const read = (/** @type {string} */ path) => readFileSync(join(ROOT, path), 'utf8');
const values = () => parse(read('deploy/helm/wabus/values.yaml'));
const valid = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(JSON.parse(read('deploy/helm/wabus/values.schema.json')));
/** @param {object} candidate */
const faults = candidate => (valid(candidate) ? [] : (valid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`));

describe('the chart', () => {
  it('has a schema that is generated from the settings catalog', async () => {
    expect(await writeChartSchema({ check: true })).toBe(true);
  });

  it('has values that its schema accepts', () => {
    expect(faults(values())).toEqual([]);
  });

  it.each([
    ['a misspelled value', { edge: { replica: 3 } }],
    ['an unknown setting', { settings: { WABUS_LOG_LEVL: 'debug' } }],
    ['a setting of another process', { connector: { settings: { WABUS_EDGE_MCP: false } } }],
    ['a setting that the chart sets', { edge: { settings: { WABUS_NATS_URL: 'nats://elsewhere:4222' } } }],
    ['a secret in plain text', { edge: { settings: { WABUS_JWT_SECRET: 'text' } } }],
    ['too little time to transfer sessions', { connector: { terminationGracePeriodSeconds: 5 } }]
  ])('refuses %s', (_title, change) => {
    expect(faults(change)).not.toEqual([]);
  });

  it('has the version of the product', () => {
    const { version, appVersion } = parse(read('deploy/helm/wabus/Chart.yaml'));
    expect([version, appVersion]).toEqual(Array(2).fill(JSON.parse(read('package.json')).version));
  });

  it('gives its NATS the same settings as npm start', () => {
    const { config, container } = values().nats;
    expect(read('deploy/nats/jetstream.conf')).toContain('sync_interval: always');
    expect(config.jetstream.merge).toEqual({ sync_interval: 'always' });
    const passwords = [...read('deploy/nats/users.conf').matchAll(/\$(WABUS_NATS_\w+)/g)].map(([, name]) => name).sort();
    expect(Object.keys(container.env).sort()).toEqual([...new Set(passwords)]);
  });
});
