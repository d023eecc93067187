#!/usr/bin/env node
// @ts-check
// Writes the commands and events that the n8n nodes offer, from the built catalogs: node tools/n8n/tables.mjs [--check]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { settled } from '../docs/formatting.mjs';
import { ROOT } from '../install.mjs';

/** @typedef {{ type?: string | string[], enum?: unknown[], items?: Schema, description?: string }} Schema */

const NODES = join('clients', 'n8n-nodes-wabus', 'src', 'nodes');
const HEAD = '// @generated from the catalogs of @wabus/contracts by tools/n8n/tables.mjs: do not edit.\n';
const SMALL_WORDS = new Map([
  ['id', 'ID'],
  ['ids', 'IDs'],
  ['jid', 'JID'],
  ['jids', 'JIDs'],
  ['qr', 'QR'],
  ['lid', 'LID'],
  ['whatsapp', 'WhatsApp']
]);

/** Returns a name such as `groupFetchAllParticipating` in readable form. @param {string} name */
function titleOf(name) {
  if (name === 'onWhatsApp') return 'On WhatsApp';
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').split(/[ .-]/);
  return words.map(word => SMALL_WORDS.get(word.toLowerCase()) ?? word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}

/** Removes the full stop of a single sentence, as n8n does. @param {string} text */
function described(text) {
  return /\.\s/.test(text) ? text : text.replace(/\.$/, '');
}

/** @param {Schema} schema */
function kindOf({ type, enum: values, items }) {
  if (values !== undefined && type === 'string') return 'choice';
  if (type === 'boolean') return 'flag';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'string') return 'text';
  if (type === 'array') return items?.type === 'string' ? 'texts' : 'list';
  return 'json';
}

async function commandsTable() {
  const { COMMAND_CATALOG } = await import('@wabus/contracts');
  const { commandSchemas, schemaFields, requiredOf } = await import('@wabus/contracts/docs');
  const schemas = commandSchemas();
  const rows = Object.entries(COMMAND_CATALOG)
    .map(([method, { request, meaning, repeatable }]) => {
      const schema = schemas[request.name] ?? {};
      const required = requiredOf(schema);
      const args = Object.entries(schemaFields(schema)).map(([name, field]) => ({
        name,
        title: titleOf(name),
        kind: kindOf(/** @type {Schema} */ (field)),
        required: required.includes(name),
        meaning: described(String(field.description ?? '')),
        choices: /** @type {Schema} */ (field).enum ?? []
      }));
      return { method, title: titleOf(method), meaning: described(meaning), repeatable, args };
    })
    .sort((a, b) => (a.title.toLowerCase() < b.title.toLowerCase() ? -1 : 1));
  return `${HEAD}
/** An argument of a command, and the kind of its input field. */
export interface CommandArgument {
  readonly name: string;
  readonly title: string;
  readonly kind: 'choice' | 'flag' | 'json' | 'list' | 'number' | 'text' | 'texts';
  readonly required: boolean;
  readonly meaning: string;
  readonly choices: readonly string[];
}

/** A command of the catalog. */
export interface CommandRow {
  readonly method: string;
  readonly title: string;
  readonly meaning: string;
  /** Whether running it twice has the same effect as running it once; otherwise it gets an idempotency key. */
  readonly repeatable: boolean;
  readonly args: readonly CommandArgument[];
}

/** Every command, by title. */
export const COMMANDS: readonly CommandRow[] = ${JSON.stringify(rows, null, 2)};
`;
}

async function eventsTable() {
  const { EVENT_CATALOG } = await import('@wabus/contracts');
  const rows = [
    { event: '*', meaning: 'Every event' },
    ...Object.entries(EVENT_CATALOG)
      .map(([event, { meaning }]) => ({ event, meaning: described(meaning) }))
      .sort((a, b) => (a.event < b.event ? -1 : 1))
  ];
  return `${HEAD}
/** The events for which a trigger can wait. */
export const EVENTS: ReadonlyArray<{ readonly event: string; readonly meaning: string }> = ${JSON.stringify(rows, null, 2)};
`;
}

/**
 * @param {{ check: boolean }} options with `check`, no file is written
 * @returns {Promise<string[]>} the files that are out of date
 */
export async function writeN8nTables({ check }) {
  const files = { 'Wabus/commands.table.ts': await commandsTable(), 'shared/events.table.ts': await eventsTable() };
  const stale = [];
  for (const [name, text] of Object.entries(files)) {
    const path = join(ROOT, NODES, name);
    const wanted = await settled(path, text);
    if (existsSync(path) && readFileSync(path, 'utf8') === wanted) continue;
    stale.push(join(NODES, name));
    if (!check) writeFileSync(path, wanted);
  }
  return stale;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const check = process.argv.includes('--check');
  const stale = await writeN8nTables({ check });
  if (check && stale.length > 0) {
    console.error(`Out of date: ${stale.join(', ')}. Run node tools/n8n/tables.mjs`);
    process.exitCode = 1;
  }
}
