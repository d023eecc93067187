#!/usr/bin/env node
// @ts-check
// Writes deploy/helm/wabus/values.schema.json, with which Helm refuses a misspelled value or setting.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeProcesses } from '../docs/configuration.mjs';
import { ROOT } from '../install.mjs';

const FILE = join(ROOT, 'deploy', 'helm', 'wabus', 'values.schema.json');
/** The variables that the chart itself sets from other values. */
const OWN =
  /^WABUS_(NATS_(URL|USER|PASSWORD)|OWNERSHIP_TIMING|AUTH_KEY|ACCESS_TOKEN_FILE|CONNECTOR_(HOST|PORT|ID)|EDGE_(HOST|PORT)|SIMULATOR_)/;

const text = { type: 'string' };
const count = { type: 'integer', minimum: 1 };
const flag = { type: 'boolean' };
const anything = { type: 'object' };
const list = { type: 'array' };
/** @param {Record<string, object>} properties */
const closed = properties => ({ type: 'object', additionalProperties: false, properties });

/**
 * @param {import('../docs/configuration.page.mjs').ProcessSettings[]} processes
 * @returns {object} a JSON schema
 */
function chartSchema(processes) {
  const [connector = [], edge = []] = ['Connector', 'Edge'].map(wanted => processes.find(({ title }) => title === wanted)?.rows ?? []);
  const plain = (/** @type {typeof connector} */ rows) => rows.filter(({ env, secret }) => !secret && !OWN.test(env)).map(({ env }) => env);
  const secret = (/** @type {typeof connector} */ rows) => rows.filter(row => row.secret && !OWN.test(row.env)).map(({ env }) => env);
  const both = plain(connector).filter(name => plain(edge).includes(name));
  const settings = (/** @type {string[]} */ names) => ({
    type: 'object',
    propertyNames: { enum: names },
    additionalProperties: { type: ['string', 'number', 'boolean'] }
  });
  const references = (/** @type {string[]} */ names) => ({
    type: 'object',
    propertyNames: { enum: names },
    additionalProperties: { ...closed({ name: text, key: text }), required: ['name', 'key'] }
  });
  const side = (/** @type {typeof connector} */ rows) => ({
    replicas: { type: 'integer', minimum: 0 },
    settings: settings(plain(rows)),
    secretSettings: references(secret(rows)),
    resources: anything,
    terminationGracePeriodSeconds: { type: 'integer', minimum: 15 },
    podAnnotations: anything,
    nodeSelector: anything,
    tolerations: list,
    affinity: anything,
    podDisruptionBudget: closed({ enabled: flag, maxUnavailable: { type: ['integer', 'string'] } }),
    autoscaling: closed({ enabled: flag, minReplicas: count, maxReplicas: count, metrics: list })
  });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Values of the chart wabus',
    ...closed({
      global: anything,
      nameOverride: text,
      fullnameOverride: text,
      image: closed({ registry: text, tag: text, pullPolicy: { enum: ['Always', 'IfNotPresent', 'Never'] } }),
      imagePullSecrets: list,
      secrets: closed({ authKey: { ...text, minLength: 1 }, accessToken: { ...text, minLength: 1 }, natsPasswords: text }),
      settings: settings(both),
      broker: closed({ url: text, timing: { enum: ['single-server', 'cluster'] }, provision: flag }),
      connector: closed(side(connector)),
      edge: closed({
        ...side(edge),
        service: closed({
          type: { enum: ['ClusterIP', 'NodePort', 'LoadBalancer'] },
          port: count,
          annotations: anything,
          sessionAffinity: { enum: ['ClientIP', 'None'] }
        }),
        ingress: closed({ enabled: flag, className: text, annotations: anything, host: text, tlsSecret: text })
      }),
      networkPolicy: closed({ enabled: flag, edgeFrom: list, metricsFrom: list, egressPorts: { type: 'array', items: count } }),
      serviceMonitor: closed({ enabled: flag, interval: text, labels: anything, edgeToken: closed({ name: text, key: text }) }),
      nats: anything
    })
  };
}

/** Writes the schema, or with `check` returns whether the file is up to date. */
export async function writeChartSchema({ check = false } = {}) {
  const written = `${JSON.stringify(chartSchema(await describeProcesses()), null, 2)}\n`;
  if (check) return readFileSync(FILE, 'utf8') === written;
  writeFileSync(FILE, written);
  return true;
}

if (
  process.argv[1] &&
  import.meta.url === pathToFileURL(process.argv[1]).href &&
  !(await writeChartSchema({ check: process.argv.includes('--check') }))
) {
  console.error('values.schema.json does not match the config classes: run node tools/deploy/chart.schema.mjs');
  process.exitCode = 1;
}
