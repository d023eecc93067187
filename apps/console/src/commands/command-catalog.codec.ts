import type { Scope } from '@wabus/contracts';

/** A JSON schema in the OpenAPI document of an edge. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minProperties?: number;
  readonly pattern?: string;
}

export type Schemas = Readonly<Record<string, Schema>>;

/** A command, with the form of its arguments. */
export interface CommandEntry {
  readonly name: string;
  readonly group: string;
  readonly meaning: string;
  readonly scope: Scope;
  readonly repeatable: boolean;
  /** The schema of the arguments, by name. */
  readonly schema: Schema;
  /** The names in the order of the Baileys parameters. */
  readonly order: readonly string[];
  /** Valid arguments. */
  readonly example: Readonly<Record<string, unknown>>;
}

export interface CommandList {
  readonly commands: readonly CommandEntry[];
  readonly schemas: Schemas;
}

interface Operation {
  readonly tags: readonly string[];
  readonly summary: string;
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema; readonly example?: unknown }>> };
  readonly 'x-command'?: string;
  readonly 'x-scope'?: Scope;
  readonly 'x-repeatable'?: boolean;
}

/** The parts of an OpenAPI document that the console reads. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Schemas };
}

const JSON_TYPE = 'application/json';

/** Returns every command in the OpenAPI document of an edge, sorted by group and name. */
export function readCommands({ paths, components: { schemas } }: ApiDocument): CommandList {
  const operations = Object.values(paths).flatMap(path => Object.values(path));
  const groups = new Map<string, string>();
  for (const { 'x-command': name, tags } of operations) {
    if (name !== undefined && tags[0] !== 'commands') groups.set(name, tags[0]!);
  }
  const commands = operations
    .filter(({ tags }) => tags[0] === 'commands')
    .flatMap(operation => entryOf(operation, groups, schemas))
    .sort((one, other) => one.group.localeCompare(other.group) || one.name.localeCompare(other.name));
  return { commands, schemas };
}

function entryOf(operation: Operation, groups: ReadonlyMap<string, string>, schemas: Schemas): CommandEntry[] {
  const { 'x-command': name, 'x-scope': scope, 'x-repeatable': repeatable, summary, requestBody } = operation;
  const body = requestBody?.content[JSON_TYPE];
  const [byName, byOrder] = body?.schema.properties?.['args']?.anyOf ?? [];
  if (name === undefined || scope === undefined || byName === undefined) return [];
  const { args = {} } = (body?.example ?? {}) as { args?: Record<string, unknown> };
  return [
    {
      name,
      group: groups.get(name) ?? groupByName(name),
      meaning: summary,
      scope,
      repeatable: repeatable ?? false,
      schema: resolve(byName, schemas),
      order: (byOrder?.description ?? '').split(', ').filter(part => part !== ''),
      example: args
    }
  ];
}

/** Commands without a resource route join the group of commands with the same prefix. */
const STARTS = [
  ['group', 'groups'],
  ['updateMemberLabel', 'groups'],
  ['community', 'communities'],
  ['newsletter', 'newsletters'],
  ['update', 'account'],
  ['createSession', 'sessions'],
  ['getQr', 'sessions'],
  ['query', 'protocol'],
  ['sendNode', 'protocol'],
  ['resetContactSession', 'protocol']
] as const;

function groupByName(name: string): string {
  return STARTS.find(([start]) => name.startsWith(start))?.[1] ?? 'messages';
}

/** Returns the schema that a reference points to, or the schema itself. */
export function resolve(schema: Schema, schemas: Schemas): Schema {
  return schema.$ref === undefined ? schema : (schemas[schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)] ?? {});
}
