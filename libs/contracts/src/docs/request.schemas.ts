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

/**
 * Returns the JSON Schema of a command's arguments, self-contained: it has all referenced schemas in its own `$defs`, for readers who see one command at a
 * time.
 */
export function argumentSchema(method: CommandName): JsonSchema {
  const row: CommandRow = COMMAND_CATALOG[method];
  return selfContained(row.request.name, commandSchemas());
}

/** Returns the JSON Schema of a request class that does not belong to a command, self-contained in the same way. */
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

/**
 * Omits the pattern of a field that is transformed before validation: a pattern for a jid does not apply to the phone number from which the jid is made. The
 * message of the validator becomes the description.
 */
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
    // The package describes every field with bounds as a number, even an integer, and cannot describe custom validators.
    min: ({ constraints }) => ({ minimum: constraints[0] as number }),
    max: ({ constraints }) => ({ maximum: constraints[0] as number }),
    customValidation: {}
  }
};

/**
 * Returns the JSON Schemas of request classes and of the classes in their fields, by class name. They are made from the validators and the descriptions of the
 * fields.
 */
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

/** Returns the JSON Schemas of the arguments of all commands and of all route forms, by class name. */
export function commandSchemas(): Record<string, JsonSchema> {
  const requests = Object.values(COMMAND_CATALOG as Record<string, CommandRow>).map(({ request }) => request);
  return (ofCommands ??= requestSchemas([...requests, ...COMMAND_ROUTES.map(requestOfRoute)]));
}

/** Returns the fields of an object schema. */
export function schemaFields(schema: JsonSchema): Record<string, JsonSchema> {
  return (schema['properties'] ?? {}) as Record<string, JsonSchema>;
}

/** Returns the names of the required fields of an object schema. */
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

/** Adds a description: the meaning of the field, then the messages of its validators. */
function described(field: JsonSchema, meaning: string | undefined): JsonSchema {
  const { description: own, items } = field as { description?: string; items?: { description?: string } };
  const texts = [meaning, own, items?.description];
  const description = texts.filter(text => text !== undefined).join(' ');
  return description === '' ? field : { ...field, description };
}

/** Returns the classes that the object in a field may have; empty if there is only one. */
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
