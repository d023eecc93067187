#!/usr/bin/env node
// @ts-check
// Checks the nodes with n8n's own rules, like `n8n-node lint`: node tools/n8n/lint.mjs
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../install.mjs';
import { findN8n } from './n8n.packages.mjs';
import { NODES } from './node-files.copy.mjs';

/** @typedef {any} Json */

const folder = process.env['WABUS_TEST_N8N'] ?? (await findN8n(process.env, console.error));
const load = createRequire(join(folder, 'node_modules', 'lint.js'));
const { n8nCommunityNodesPlugin: community } = load('@n8n/eslint-plugin-community-nodes');
const base = load('eslint-plugin-n8n-nodes-base');
const { ESLint } = load('eslint');
const tseslint = load('typescript-eslint');

/** Returns one set of rules of the older plugin. @param {string} part */
const rulesOf = part => /** @type {Json} */ (base.configs[part]).rules;

/** The same configuration as in @n8n/node-cli 0.48. */
const config = /** @type {Json[]} */ ([
  { ignores: ['dist/**', '**/*.spec.ts', '**/*.d.ts'] },
  { files: ['**/*.ts'], ...community.configs.recommended, languageOptions: { parser: tseslint.parser } },
  { plugins: { 'n8n-nodes-base': base } },
  {
    files: ['package.json'],
    ...community.configs.recommended,
    rules: { ...community.configs.recommended.rules, ...rulesOf('community') },
    languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } }
  },
  {
    files: ['credentials/**/*.ts'],
    rules: {
      ...rulesOf('credentials'),
      'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
      'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off'
    }
  },
  {
    files: ['nodes/**/*.ts'],
    rules: {
      ...rulesOf('nodes'),
      'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
      'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
      'n8n-nodes-base/node-param-type-options-max-value-present': 'off'
    }
  }
]);

// The rules expect the sources next to the manifest; ours are below `src`.
const staged = mkdtempSync(join(tmpdir(), 'wabus-n8n-lint-'));
try {
  for (const name of ['nodes', 'credentials', 'icons']) cpSync(join(ROOT, NODES, 'src', name), join(staged, name), { recursive: true });
  cpSync(join(ROOT, NODES, 'package.json'), join(staged, 'package.json'));
  /** @type {Json} */
  const eslint = new ESLint({ cwd: staged, overrideConfigFile: true, overrideConfig: config });
  /** @type {{ errorCount: number, warningCount: number }[]} */
  const results = await eslint.lintFiles(['nodes', 'credentials', 'package.json']);
  const problems = results.reduce((count, { errorCount, warningCount }) => count + errorCount + warningCount, 0);
  process.stdout.write(await (await eslint.loadFormatter('stylish')).format(results));
  console.log(`${results.length} files, ${problems} problems`);
  process.exitCode = problems > 0 ? 1 : 0;
} finally {
  rmSync(staged, { recursive: true, force: true });
}
