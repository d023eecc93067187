// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../install.mjs';
import { codeOf, tablesOf } from './markdown.codec.mjs';

const { ERROR_CODES, EVENT_CATALOG } = await import(pathToFileURL(join(ROOT, 'libs/contracts/dist/index.js')).href);
const page = (/** @type {string} */ name) => readFileSync(join(ROOT, 'docs', name), 'utf8');

/** The source of everything that runs, except tests. */
const SOURCE = ['apps/connector/src', 'apps/edge/src', 'apps/simulator/src', 'libs/broker/src', 'libs/contracts/src', 'libs/runtime/src']
  .flatMap(folder => readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map(file => join(ROOT, folder, file)))
  .filter(file => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
  .map(file => readFileSync(file, 'utf8'))
  .join('\n');

describe('docs/troubleshooting.md', () => {
  const text = page('troubleshooting.md');
  const headings = [...text.matchAll(/^### (.+)$/gm)].flatMap(([, heading = '']) => codeOf(heading));
  const symptoms = [...headings, ...tablesOf(text).flatMap(({ rows }) => rows.flatMap(([cell = '']) => codeOf(cell)))];

  it('has every error code', () => {
    expect(Object.keys(ERROR_CODES).filter(code => !symptoms.includes(code))).toEqual([]);
  });

  it('shows only lines, codes and names that occur in the source', () => {
    // `passkey.error.reason` is a path of fields.
    const isKnown = (/** @type {string} */ symptom) =>
      SOURCE.includes(symptom) || symptom.split('.').every(part => SOURCE.includes(part)) || Object.hasOwn(EVENT_CATALOG, symptom);
    expect(symptoms.filter(symptom => !isKnown(symptom))).toEqual([]);
    expect(symptoms.filter(symptom => symptom.includes(' ')).length).toBeGreaterThan(12);
  });
});

describe('log lines', () => {
  /** A code span with at least four lower-case words is a log line, unless it is a command. */
  const linesIn = (/** @type {string} */ text) =>
    codeOf(text.replace(/^```[^]*?^```/gm, '')).filter(
      span => /^[a-z][a-z',;: -]*$/.test(span) && span.split(' ').length > 3 && !/^np[mx] /.test(span)
    );

  it('that a page quotes are logged', () => {
    const pages = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).filter(
      file => file.endsWith('.md') && !file.startsWith('adr')
    );
    const quotes = pages.flatMap(file => linesIn(page(file)).map(line => ({ file, line })));
    expect(quotes.filter(({ line }) => !SOURCE.includes(line))).toEqual([]);
    expect(quotes.length).toBeGreaterThan(20);
  });
});

/** @param {string} text */
const firstLineOf = text => text.slice(0, text.indexOf('\n'));

describe('docs/protocol/v1.md', () => {
  it('has every error code and what a caller may do', () => {
    const sections = page('protocol/v1.md')
      .split(/^These errors are /m)
      .slice(1);
    const documented = sections.flatMap(section => {
      const facts = { retryable: / may retry/.test(firstLineOf(section)), certain: section.startsWith('certain') };
      return (section.match(/(?<=^- `)[A-Z_]+(?=`: )/gm) ?? []).map(code => [code, facts.retryable, facts.certain]);
    });
    expect(documented.sort()).toEqual(
      Object.entries(ERROR_CODES)
        .map(([code, row]) => [code, row.retryable, row.certain])
        .sort()
    );
  });
});

describe('docs/operations/monitoring.md', () => {
  const metricsIn = (/** @type {string} */ text) => [...new Set(text.match(/\bwabus_(?:connector|edge)_[a-z_]+[a-z]/g))].sort();

  it('has every metric and no other', () => {
    expect(metricsIn(page('operations/monitoring.md'))).toEqual(metricsIn(SOURCE));
  });
});

describe('settings', () => {
  const PAGES = [...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }), '../README.md', '../examples/README.md'];

  it('that a page names exist', () => {
    const known = new Set(page('configuration.md').match(/WABUS_[A-Z_]+[A-Z]/g));
    // Variables of the examples, the bridge for MCP clients, the compose file and the tests.
    const others = [
      'WABUS_URL',
      'WABUS_TOKEN',
      'WABUS_TOKEN_FILE',
      'WABUS_WEBHOOK_SECRET',
      'WABUS_CURSOR_FILE',
      'WABUS_CURSOR_FOLDER',
      'WABUS_USER',
      'WABUS_TEST_CHROMIUM',
      // The setting of an invented service in docs/security.md.
      'WABUS_NATS_INVOICING_PASSWORD'
    ];
    const named = PAGES.filter(name => name.endsWith('.md') && !name.startsWith('adr/')).flatMap(name =>
      (page(name).match(/\bWABUS_[A-Z_]+[A-Z]\b/g) ?? []).map(setting => ({ name, setting }))
    );
    const buckets = /^WABUS_(EVENTS|REGISTRY|OWNERSHIP|TOKENS|WEBHOOKS|SUBSCRIPTIONS|MEDIA|MODELS|EVENT_PARTS)$/;
    expect(
      named.filter(
        ({ setting }) =>
          !known.has(setting) && !known.has(setting.replace(/_FILE$/, '')) && !others.includes(setting) && !buckets.test(setting)
      )
    ).toEqual([]);
  });
});
