// @ts-check
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { anchorsOf } from '../docs/markdown.codec.mjs';
import { ROOT } from '../install.mjs';
import { runCommand } from '../process/command.runner.mjs';

const FOLDER = join(ROOT, 'deploy', 'observability');
const read = (/** @type {string} */ path) => readFileSync(join(ROOT, path), 'utf8');
const own = (/** @type {string} */ name) => readFileSync(join(FOLDER, name), 'utf8');
const PROMTOOL = process.env['WABUS_TEST_PROMTOOL'];

/** @type {{ alert: string, expr: string, labels: { severity: string }, annotations: { runbook_url: string } }[]} */
const alerts = parse(own('alerts.yml')).groups.flatMap((/** @type {{ rules: object[] }} */ group) => group.rules);
/** @type {{ id: number, type: string, title: string, targets?: { expr: string }[], gridPos: { x: number, y: number, w: number, h: number } }[]} */
const panels = JSON.parse(own('grafana-dashboard.json')).panels;
const queries = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

/** The source of everything that has metrics, except tests. */
const SOURCE = ['apps/connector/src', 'apps/edge/src', 'libs/runtime/src']
  .flatMap(folder => readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map(file => join(folder, file)))
  .filter(file => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
  .map(read)
  .join('\n');
const METRICS = new Set(SOURCE.match(/(?<=name: *\n? *')wabus_[a-z_]+|(?<=')wabus_(?:connector|edge)_[a-z_]+[a-z](?=')/g));
/** Metrics of Prometheus and prom-client. */
const OTHERS = ['up', 'process_resident_memory_bytes', 'process_cpu_seconds_total', 'nodejs_eventloop_lag_p99_seconds'];

/** Returns the names of the metrics in an expression. @param {string} expr */
const metricsOf = expr => expr.match(/\b(?:wabus|process|nodejs)_[a-z0-9_]+|\bup(?=\{)/g) ?? [];
const isKnown = (/** @type {string} */ name) =>
  OTHERS.includes(name) || METRICS.has(name) || METRICS.has(name.replace(/_(?:bucket|count|sum)$/, ''));
/** Returns the label values that an expression requests. @param {string} expr */
const outcomesOf = expr => [...expr.matchAll(/outcome!?=~?"([^"]+)"/g)].flatMap(([, values = '']) => values.split('|'));

describe('deploy/observability', () => {
  it('queries only metrics and outcomes that exist', () => {
    const all = [...alerts.map(({ expr }) => expr), ...queries];
    expect(all.flatMap(metricsOf).filter(name => !isKnown(name))).toEqual([]);
    expect(all.filter(expr => metricsOf(expr).length === 0)).toEqual([]);
    // An error code is a key in the catalog; the other outcomes are string literals.
    expect(
      all
        .flatMap(outcomesOf)
        .filter(value => !SOURCE.includes(`'${value}'`) && !read('libs/sdk/src/generated/error.catalog.ts').includes(value))
    ).toEqual([]);
  });

  it('detects a metric that does not exist', () => {
    expect(metricsOf('rate(wabus_edge_nothing_total[5m])').filter(name => !isKnown(name))).toEqual(['wabus_edge_nothing_total']);
  });

  it('has a section and two tests for each alert', () => {
    const anchors = anchorsOf(read('docs/operations/alerts.md'));
    const wrong = alerts.filter(({ annotations: { runbook_url: url } }) => {
      const [page = '', anchor = ''] = url.split('#');
      return page !== 'docs/operations/alerts.md' || !anchors.has(anchor);
    });
    expect(wrong.map(({ alert }) => alert)).toEqual([]);
    expect(alerts.every(({ labels }) => ['page', 'ticket'].includes(labels.severity))).toBe(true);
    const tests = parse(own('alerts.test.yml')).tests.map((/** @type {{ name: string }} */ { name }) => name);
    expect(tests).toEqual(alerts.flatMap(({ alert }) => [`${alert} fires`, `${alert} does not`]));
  });

  it('arranges the dashboard panels without overlap', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, n) => `${x + (n % w)} ${y + Math.floor(n / w)}`)
    );
    expect(new Set(cells).size).toBe(cells.length);
  });

  describe('by promtool', () => {
    const run = async (/** @type {string[]} */ ...args) => {
      const { code, stdout, stderr } = await runCommand(/** @type {string} */ (PROMTOOL), args, { cwd: FOLDER });
      return code === 0 ? 'passed' : stdout + stderr;
    };
    const check = PROMTOOL === undefined ? it.skip : it;

    check('passes the tests of the alerts', async () => {
      await expect(run('test', 'rules', 'alerts.test.yml')).resolves.toBe('passed');
      await expect(run('check', 'config', '--syntax-only', 'prometheus.yml')).resolves.toBe('passed');
    });

    check('understands each query of the dashboard', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'wabus-rules-'));
      const rules = queries.map((expr, n) => ({ record: `panel:${n}`, expr: expr.replaceAll('$__rate_interval', '5m') }));
      writeFileSync(join(folder, 'panels.yml'), stringify({ groups: [{ name: 'panels', rules }] }));
      await expect(run('check', 'rules', join(folder, 'panels.yml'))).resolves.toBe('passed');
      rmSync(folder, { recursive: true });
    });
  });
});
