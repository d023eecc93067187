#!/usr/bin/env node
// @ts-check
import { mkdirSync, readFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as contracts from '@wabus/contracts';
import ts from 'typescript';
import { settled } from '../docs/formatting.mjs';
import { ROOT } from '../install.mjs';
import { askCompiler } from './compiler.questions.mjs';
import { comment, JsonTypePrinter, mayBeUndefined } from './json-type.printer.mjs';

const FOLDER = join(ROOT, 'libs', 'sdk', 'src', 'generated');
const HEAD = '// @generated from the catalogs of @wabus/contracts by tools/sdk/catalog-types.mjs: do not edit.\n';

/** Wire types in the SDK's API other than payloads, arguments and replies. */
const WIRE = [
  'BytesJson',
  'LargePartJson',
  'ErrorBody',
  'SubscribeRequest',
  'SubscribeOutcome',
  'SubscriptionState',
  'DurableSubscribeRequest',
  'DurableSubscribeOutcome',
  'SubscriptionRecord',
  'SubscriptionView',
  'DeliveryAnswer',
  'CommandMessage',
  'MediaReference',
  'SessionView',
  'SessionStatus',
  'Scope'
];

const REQUESTS = Object.entries(contracts.COMMAND_CATALOG).map(([method, { request }]) => ({ method, request: request.name }));

// Refers to a request by its class name, because rows that are checked against Baileys may have only the type `object`.
const QUESTIONS = `
import type { CommandName, CommandReply, EventPayloads, ${[...new Set(REQUESTS.map(({ request }) => request)), ...WIRE].join(', ')} } from '@wabus/contracts';
export type Payloads = { [N in keyof EventPayloads]: EventPayloads[N] };
export interface Requests { ${REQUESTS.map(({ method, request }) => `${method}: ${request}`).join('; ')} }
export type Replies = { [M in CommandName]: CommandReply<M> };
export type Wire = { ${WIRE.map(name => `${name}: ${name}`).join('; ')} };
`;

/** Generates the files of the SDK, by name. @returns {Promise<Map<string, string>>} */
export async function catalogFiles() {
  const { checker, typeNamed } = askCompiler('catalog-questions.ts', QUESTIONS);
  const printer = new JsonTypePrinter(checker, meaningOf);
  const fieldsOf = (/** @type {string} */ name) =>
    checker.getPropertiesOfType(typeNamed(name)).map(symbol => ({ name: symbol.name, type: checker.getTypeOfSymbol(symbol) }));
  for (const { type } of fieldsOf('Wire')) printer.text(type);

  const payloads = fieldsOf('Payloads').map(
    ({ name, type }) => `${comment(rowOf(contracts.EVENT_CATALOG, name).meaning)}\n${JSON.stringify(name)}: ${printer.text(type)};`
  );
  const requests = new Map(fieldsOf('Requests').map(({ name, type }) => [name, type]));
  const replies = new Map(
    fieldsOf('Replies').map(({ name, type }) => [name, type.flags & ts.TypeFlags.Never ? 'void' : printer.text(type)])
  );
  const methods = Object.entries(contracts.COMMAND_CATALOG).map(([name, row]) => ({
    name,
    row: /** @type {import('@wabus/contracts').CommandRow} */ (row),
    request: /** @type {ts.Type} */ (requests.get(name)),
    reply: /** @type {string} */ (replies.get(name))
  }));
  const methodLines = methods.map(
    method => `${comment(method.row.meaning)}\n${method.name}(${parameters(method, printer, checker)}): Promise<${method.reply}>;`
  );
  const argumentLines = methods.map(
    ({ name, request }) => `${name}: ${fieldless(request, checker) ? 'Record<string, never>' : printer.text(request)};`
  );
  const known = ['ErrorJson', ...printer.declarations.keys()];
  const uses = (/** @type {string} */ text) =>
    known.filter(name => new RegExp(`\\b${name}\\b(?!\\?|: |\\()`).test(text.replace(/\/\*\*.*?\*\//gs, '')));
  const imports = (/** @type {string} */ text) =>
    uses(text).length > 0 ? `import type { ${uses(text).join(', ')} } from './payload.catalog.js';\n` : '';

  const eventText = `/** Every event by name, with its payload in JSON. */\nexport interface EventPayloads {\n${payloads.join('\n')}\n}
/** The name of an event. */\nexport type EventName = keyof EventPayloads;
/** The names of all events. */\nexport const EVENT_NAMES: readonly EventName[] = ${JSON.stringify(contracts.EVENT_NAMES)};`;
  const commandText = `/** Every command as a method, with its arguments in the order of Baileys. Each rejects with a \`WabusError\`. */\nexport interface CommandMethods {\n${methodLines.join('\n')}\n}
/** The arguments of every command, with their fields by name. */\nexport interface CommandArguments {\n${argumentLines.join('\n')}\n}
/** The value with which each command resolves. */\nexport interface CommandReplies {\n${methods.map(({ name, reply }) => `${name}: ${reply};`).join('\n')}\n}
/** The name of a command. */\nexport type CommandName = keyof CommandMethods;
/** The facts about a command that the client needs in order to send it. */\nexport interface CommandFacts {
/** Whether running the command twice has the same effect as running it once. */\nreadonly repeatable: boolean;
/** Whether the command accepts an idempotency key, because the owner of the session runs it. */\nreadonly takesKey: boolean;
/** How long the client waits for the reply by default, in ms. */\nreadonly deadlineMs: number;\n}
/** The facts about every command. */\nexport const COMMANDS: Readonly<Record<CommandName, CommandFacts>> = {\n${methods
    .map(
      ({ name, row }) => `${name}: { repeatable: ${row.repeatable}, takesKey: ${row.target !== 'registry'}, deadlineMs: ${row.deadlineMs} }`
    )
    .join(',\n')}\n};`;
  const errorText = `/** The error codes that a server returns: whether the same request may succeed later, whether it certainly had no effect, and the meaning. */
export const ERROR_CODES = ${JSON.stringify(contracts.ERROR_CODES)} as const;
/** An error code that a server returns. */\nexport type ErrorCode = keyof typeof ERROR_CODES;`;
  const declarations = [...printer.declarations.values()].map(({ text }) => text).join('\n');
  const payloadText = `/** The JSON form of an error in a payload. */\nexport interface ErrorJson { name: string; message: string; statusCode?: number; }\n${withBytes(declarations)}`;

  const texts = {
    'event.catalog.ts': imports(eventText) + eventText,
    'command.catalog.ts': imports(commandText) + commandText,
    'error.catalog.ts': errorText,
    'payload.catalog.ts': payloadText
  };
  const files = new Map();
  for (const [name, text] of Object.entries(texts)) files.set(name, await settled(join(FOLDER, name), HEAD + text));
  return files;
}

/** Clients can send bytes as JSON, so a file in arguments may be bytes. @param {string} declarations */
function withBytes(declarations) {
  const [before, after] = ['export interface MediaSource {', 'export interface MediaSourceFields {'];
  if (!declarations.includes(before)) throw new Error('there is no MediaSource in the arguments of commands');
  return `${declarations.replace(before, after)}\n/** A file in the arguments of a command: its bytes or its source. */\nexport type MediaSource = MediaSourceFields | Uint8Array;`;
}

/** Writes the files, or with `check` returns whether they are up to date. @param {{ check?: boolean }} options */
export async function writeCatalogFiles({ check = false } = {}) {
  const files = await catalogFiles();
  if (check) return [...files].every(([name, text]) => existsSync(join(FOLDER, name)) && readFileSync(join(FOLDER, name), 'utf8') === text);
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(FOLDER, name), text);
  return true;
}

/**
 * Prints the parameters of a command in the order of Baileys. An optional parameter before a required one accepts `null`.
 * @param {{ row: import('@wabus/contracts').CommandRow, request: ts.Type }} method
 * @param {JsonTypePrinter} printer
 * @param {ts.TypeChecker} checker
 */
function parameters({ row, request }, printer, checker) {
  if (row.pass === 'object') return `request: ${printer.text(request)}`;
  const fields = row.parameters.map(name => {
    const symbol = checker.getPropertyOfType(request, name);
    if (!symbol) throw new Error(`${checker.typeToString(request)} has no ${name}`);
    const type = checker.getTypeOfSymbol(symbol);
    return { name, text: printer.text(type), isOptional: (symbol.flags & ts.SymbolFlags.Optional) !== 0 || mayBeUndefined(type) };
  });
  const lastNeeded = fields.findLastIndex(({ isOptional }) => !isOptional);
  if (row.pass === 'spread') return fields.map(({ name, text }) => `...${name}: ${text}`).join();
  return fields
    .map(
      ({ name, text, isOptional }, i) =>
        `${name}${isOptional && i > lastNeeded ? '?' : ''}: ${text}${isOptional && text !== 'unknown' && !text.endsWith('| null') ? ' | null' : ''}`
    )
    .join(', ');
}

/** @param {ts.Type} type @param {ts.TypeChecker} checker */
function fieldless(type, checker) {
  return checker.getPropertiesOfType(type).length === 0;
}

/** @param {Record<string, { meaning: string }>} catalog @param {string} name */
function rowOf(catalog, name) {
  const row = catalog[name];
  if (!row) throw new Error(`the catalog has no row ${name}`);
  return row;
}

/** @param {string} owner @param {string} field */
function meaningOf(owner, field) {
  const type = /** @type {Record<string, unknown>} */ (contracts)[owner];
  return typeof type === 'function' ? (contracts.fieldDescriptions(/** @type {new () => object} */ (type))[field] ?? '') : '';
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await writeCatalogFiles();
