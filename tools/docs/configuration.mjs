#!/usr/bin/env node
// @ts-check
// Writes docs/configuration.md and libs/runtime/src/config/setting-names.generated.ts.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../install.mjs';
import { configurationPage } from './configuration.page.mjs';
import { writeSettingNames } from './setting-names.mjs';

const PAGE = join(ROOT, 'docs', 'configuration.md');
/** The variables that each process reads. `npm start` passes on no other variables. */
const CATALOG = join(ROOT, 'tools', 'start', 'settings.catalog.json');

/** The built config classes of the processes. */
const PROCESSES = [
  { title: 'Connector', module: 'apps/connector/dist/config/connector.config.js', name: 'ConnectorConfig' },
  { title: 'Edge', module: 'apps/edge/dist/config/edge.config.js', name: 'EdgeConfig' }
];

/** @returns {Promise<import('./configuration.page.mjs').ProcessSettings[]>} */
export async function describeProcesses() {
  const { describeConfig } = await import(pathToFileURL(join(ROOT, 'libs/runtime/dist/index.js')).href);
  const described = [];
  // Loaded one after the other: Jest's module loader fails when two overlapping module graphs are loaded at the same time.
  for (const { title, module, name } of PROCESSES) {
    const exported = await import(pathToFileURL(join(ROOT, module)).href);
    described.push({ title, rows: describeConfig(exported[name]) });
  }
  return described;
}

/** @param {import('./configuration.page.mjs').ProcessSettings[]} processes */
function settingsCatalog(processes) {
  const variables = processes.map(({ title, rows }) => [
    title.toLowerCase(),
    rows.flatMap(({ env, secret }) => (secret ? [env, `${env}_FILE`] : [env]))
  ]);
  return `${JSON.stringify(Object.fromEntries(variables), null, 2)}\n`;
}

/** Writes docs/configuration.md and the catalog of settings, or with `check` returns whether the files are up to date. */
export async function writeConfigurationPage({ check = false } = {}) {
  const processes = await describeProcesses();
  const files = [
    { path: PAGE, text: configurationPage(processes) },
    { path: CATALOG, text: settingsCatalog(processes) }
  ];
  if (check) return files.every(({ path, text }) => readFileSync(path, 'utf8') === text);
  for (const { path, text } of files) writeFileSync(path, text);
  return true;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const check = process.argv.includes('--check');
  const written = [await writeConfigurationPage({ check }), writeSettingNames(await describeProcesses(), { check })];
  if (written.includes(false)) {
    console.error(
      'docs/configuration.md, tools/start/settings.catalog.json or setting-names.generated.ts does not match the config classes: run node tools/docs/configuration.mjs'
    );
    process.exitCode = 1;
  }
}
