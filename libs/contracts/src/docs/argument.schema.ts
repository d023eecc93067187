import { COMMAND_CATALOG, type CommandName } from '../commands/command-catalog.js';
import type { CommandRow } from '../commands/command-row.js';
import type { JsonSchema } from './async-api.types.js';
import { commandSchemas, requestSchemas } from './request.schemas.js';

const IN_DOCUMENT = '#/components/schemas/';
const IN_ITSELF = '#/$defs/';

/** The JSON Schema of the arguments of a command, with everything it refers to in its own `$defs`: for readers who see one command at a time. */
export function argumentSchema(method: CommandName): JsonSchema {
  const row: CommandRow = COMMAND_CATALOG[method];
  return selfContained(row.request.name, commandSchemas());
}

/** The same for a request class that is no command's. */
export function requestSchema(request: new () => object): JsonSchema {
  return selfContained(request.name, requestSchemas([request]));
}

function selfContained(name: string, schemas: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const needed = new Set<string>();
  const pending = [name];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next !== name) needed.add(next);
    pending.push(...referencesOf(schemas[next]!).filter(found => !needed.has(found)));
  }
  const definitions = [...needed].sort().map(found => [found, pointedAtItself(schemas[found]!)] as const);
  const schema = pointedAtItself(schemas[name]!);
  return definitions.length === 0 ? schema : { ...schema, $defs: Object.fromEntries(definitions) };
}

function referencesOf(schema: JsonSchema): string[] {
  return [...JSON.stringify(schema).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name!);
}

function pointedAtItself(schema: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema).replaceAll(`"$ref":"${IN_DOCUMENT}`, `"$ref":"${IN_ITSELF}`)) as JsonSchema;
}
