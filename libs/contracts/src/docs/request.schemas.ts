import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { targetConstructorToSchema } from 'class-validator-jsonschema';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata.js';
import 'reflect-metadata';
import { COMMAND_CATALOG, type CommandName } from '../commands/command-catalog.js';
import type { CommandRow } from '../commands/command-row.js';
import { fieldChoices, fieldDescriptions } from '../fields/request-fields.js';
import { COMMAND_ROUTES, requestOfRoute } from '../http/command-routes.table.js';
import type { JsonSchema } from './async-api.types.js';

const IN_DOCUMENT = '#/components/schemas/';
const IN_ITSELF = '#/$defs/';

/** The JSON Schema of the arguments of a command, with everything it refers to in its own `$defs`: for readers who see one command at a time. */
export function argumentSchema(method: CommandName): JsonSchema {
  const row: CommandRow = COMMAND_CATALOG[method];
  return selfContained(row.request.name, commandSchemas());
}

/** The same for a request class that is not a command's. */
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

type RequestClass = new () => object;
type SchemaOptions = NonNullable<Parameters<typeof targetConstructorToSchema>[1]>;
type TransformStorage = NonNullable<SchemaOptions['classTransformerMetadataStorage']> & {
  findTransformMetadatas(target: unknown, property: string, direction: number): unknown[];
};

const transforms = defaultMetadataStorage as TransformStorage;
const PLAIN_TO_CLASS = 0;

/** What is sent is checked after it was transformed: a pattern for a jid says nothing about the phone number that becomes one. Its message is for people. */
const matches = ({ target, propertyName, constraints, message }: ValidationMetadata): JsonSchema => {
  const said =
    typeof message === 'string' ? { description: message.replace(/^(each value in )?\$property/, 'It').replace(/\.?$/, '.') } : {};
  const transformed = transforms.findTransformMetadatas(target, propertyName, PLAIN_TO_CLASS).length > 0;
  return { type: 'string', ...said, ...(transformed ? {} : { pattern: (constraints[0] as RegExp).source }) };
};

const stanza = {
  type: 'object' as const,
  properties: {
    tag: { type: 'string' as const, minLength: 1 },
    attrs: { type: 'object' as const, additionalProperties: { type: 'string' as const } },
    content: {}
  },
  required: ['tag', 'attrs']
};

const REFERENCE = '#/components/schemas/';

const OPTIONS: SchemaOptions = {
  classTransformerMetadataStorage: transforms,
  refPointerPrefix: REFERENCE,
  additionalConverters: {
    matches,
    exactlyOne: {},
    isStanza: stanza,
    isPlainObject: { type: 'object' },
    // The package calls what has bounds a number, also where it is a whole one; what validators of our own mean it cannot know.
    min: ({ constraints }) => ({ minimum: constraints[0] as number }),
    max: ({ constraints }) => ({ maximum: constraints[0] as number }),
    customValidation: {}
  }
};

/** The JSON Schemas of request classes and of the classes in their fields, by class name; made from their validators and the meanings of their fields. */
export function requestSchemas(requests: Iterable<RequestClass>): Record<string, JsonSchema> {
  const schemas: Record<string, JsonSchema> = {};
  const seen = new Set<RequestClass>();
  const pending = [...requests];
  for (let request = pending.pop(); request !== undefined; request = pending.pop()) {
    if (seen.has(request)) continue;
    seen.add(request);
    if (Object.hasOwn(schemas, request.name)) throw new Error(`two request classes have the name ${request.name}`);
    schemas[request.name] = schemaOf(request);
    pending.push(...nestedClasses(request, schemas[request.name]!));
  }
  return Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
}

let ofCommands: Record<string, JsonSchema> | undefined;

/** The JSON Schemas of the arguments of all commands, and of the forms of routes, by the names of their classes. */
export function commandSchemas(): Record<string, JsonSchema> {
  const requests = Object.values(COMMAND_CATALOG as Record<string, CommandRow>).map(({ request }) => request);
  return (ofCommands ??= requestSchemas([...requests, ...COMMAND_ROUTES.map(requestOfRoute)]));
}

/** The fields of an object schema. */
export function schemaFields(schema: JsonSchema): Record<string, JsonSchema> {
  return (schema['properties'] ?? {}) as Record<string, JsonSchema>;
}

/** The names of the fields that must be there. */
export function requiredOf(schema: JsonSchema): string[] {
  return (schema['required'] ?? []) as string[];
}

function schemaOf(request: RequestClass): JsonSchema {
  const schema = targetConstructorToSchema(request, OPTIONS) as JsonSchema;
  const meanings = fieldDescriptions(request);
  const properties = Object.entries(schemaFields(schema)).map(([name, field]) => {
    const classes = choiceOf(request, name);
    const known = classes.length === 0 ? field : { anyOf: classes.map(({ name }) => ({ $ref: `${REFERENCE}${name}` })) };
    return [name, described(known, meanings[name])];
  });
  return { ...schema, type: 'object', properties: Object.fromEntries(properties) as unknown, additionalProperties: false };
}

/** The meaning of a field first, then what its validators say to people. */
function described(field: JsonSchema, meaning: string | undefined): JsonSchema {
  const { description: own, items } = field as { description?: string; items?: { description?: string } };
  const texts = [meaning, own, items?.description];
  const description = texts.filter(text => text !== undefined).join(' ');
  return description === '' ? field : { ...field, description };
}

/** The classes of which the object in a field may be, when there are several. */
function choiceOf(request: RequestClass, field: string): RequestClass[] {
  const choice = fieldChoices(request)[field];
  return choice === undefined ? [] : [choice.otherwise, ...Object.values(choice.byField)];
}

function nestedClasses(request: RequestClass, schema: JsonSchema): RequestClass[] {
  return Object.keys(schemaFields(schema)).flatMap(field => {
    const choice = choiceOf(request, field);
    if (choice.length > 0) return choice;
    const nested = transforms.findTypeMetadata(request, field)?.typeFunction() as RequestClass | undefined;
    return nested === undefined || nested === (String as unknown) ? [] : [nested];
  });
}
