// @ts-check
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const CALL = /\blog(?:ger)?\s*\.(?:trace|debug|info|warn|error|fatal)\(\s*\{([^{}]*)\}/gi;

/** Returns the names of the fields in each call of a logger. @param {string} text */
function loggedFields(text) {
  return [...text.matchAll(CALL)].flatMap(([, fields = '']) => fields.split(',').map(field => (field.split(':')[0] ?? '').trim()));
}

/** Returns the sources of the products. @returns {string[]} */
function sources() {
  return ['apps', 'libs'].flatMap(folder =>
    readdirSync(join(ROOT, folder)).flatMap(project => {
      const src = join(ROOT, folder, project, 'src');
      const files = project === 'e2e' ? [] : readdirSync(src, { recursive: true, encoding: 'utf8' });
      return files.filter(file => file.endsWith('.ts') && !file.endsWith('.spec.ts')).map(file => join(src, file));
    })
  );
}

test('no log line has a field whose value is always redacted', () => {
  const policy = readFileSync(join(ROOT, 'libs/runtime/src/logging/log-options.policy.ts'), 'utf8');
  const list = /REDACTED_LOG_FIELDS = \[([\s\S]*?)\n\];/.exec(policy)?.[1] ?? '';
  const redacted = new Set([...list.matchAll(/'([^']+)'/g)].map(([, name = '']) => name));
  assert.ok(redacted.has('token') && redacted.has('keyPair'), 'the list was not found');
  const lost = sources().flatMap(file =>
    loggedFields(readFileSync(file, 'utf8'))
      .filter(field => redacted.has(field))
      .map(field => `${file}: ${field}`)
  );
  assert.deepEqual(loggedFields("this.logger.warn(\n  { token: id, by }, 'x')"), ['token', 'by']);
  assert.deepEqual(lost, [], 'give the field another name, such as tokenId');
});
