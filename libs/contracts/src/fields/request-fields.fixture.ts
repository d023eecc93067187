import { createRequire } from 'node:module';
import { inspect } from 'node:util';
import { getMetadataStorage } from 'class-validator';
import type { WabusError } from '../errors/wabus-error.js';
import { parseCommandArguments } from '../commands/command-arguments.policy.js';
import { COMMAND_CATALOG, type CommandName } from '../commands/command-catalog.js';
import type { CommandRow } from '../commands/command-row.js';
import { fieldChoices, type ClassChoice } from './request-fields.js';

type Class = new () => object;
/** A field of a request class, or of a class in one of its fields. */
export interface Field {
  readonly path: readonly string[];
  /** Builds the arguments in which this field has a value. */
  readonly args: (value: unknown) => Record<string, unknown>;
  readonly rules: ReadonlySet<string>;
  /** What its validators say to people. */
  readonly messages: readonly string[];
}

// Not among the exports of the package's entry, and the only place that knows the class of a nested field.
const { defaultMetadataStorage } = createRequire(import.meta.url)('class-transformer/cjs/storage.js') as {
  defaultMetadataStorage: { findTypeMetadata(type: Class, field: string): { typeFunction: () => Class } | undefined };
};

/** Fields that are taken and not used. */
export const UNUSED = new Set(['stopSession.error', 'chatModify.chatInfo', 'newsletterMetadata.count']);
/** Fields that take any object: their content is WhatsApp's business. */
export const FREE = new Set([
  'relayMessage.message',
  'relayMessage.options',
  'sendMessage.content.contextInfo',
  'downloadMedia.message',
  'submitPasskeyAssertion.assertion',
  'updateMediaMessage.message'
]);

/** Every field of a request class, those of nested classes too. */
function fieldsOf(type: Class, path: string[] = [], wrap: Field['args'] = value => value as Record<string, unknown>): Field[] {
  const rows = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  const choices = fieldChoices(type);
  return [...new Set(rows.map(({ propertyName }) => propertyName))].flatMap(name => {
    const own = rows.filter(({ propertyName }) => propertyName === name);
    const rules = new Set(own.map(row => row.name ?? row.type));
    const messages = own.flatMap(({ message }) => (typeof message === 'string' ? [message] : []));
    const here: Field = { path: [...path, name], args: value => wrap({ [name]: value }), rules, messages };
    if (Object.hasOwn(choices, name)) return [here, ...fieldsOfChoice(choices[name]!, here)];
    const nested = rules.has('nestedValidation') ? defaultMetadataStorage.findTypeMetadata(type, name)?.typeFunction() : undefined;
    if (!nested) return [here];
    const isList = rules.has('isArray');
    const inside = isList ? [...here.path, '0'] : [...here.path];
    return [here, ...fieldsOf(nested, inside, value => here.args(isList ? [value] : value))];
  });
}

/** The fields of each class of a choice, beside the field that tells the class. */
function fieldsOfChoice({ byField, otherwise }: ClassChoice, { path, args }: Field): Field[] {
  const chosen = Object.entries(byField).flatMap(([field, type]) =>
    fieldsOf(type, [...path], value => args({ [field]: {}, ...(value as object) }))
  );
  return [...fieldsOf(otherwise, [...path], args), ...chosen];
}

/** Every field of every command. */
export const REQUEST_FIELDS = (Object.entries(COMMAND_CATALOG) as [CommandName, CommandRow][]).flatMap(([method, row]) =>
  fieldsOf(row.request).map(field => ({ method, name: [method, ...field.path].join('.'), field }))
);

/** The same, but those that are not used. */
export const FIELDS = REQUEST_FIELDS.filter(({ name }) => !UNUSED.has(name));

/** The values that a command takes in this field, or refuses without naming it. Each should be refused by a field at or below the path. */
export function notRefused(method: CommandName, { path, args }: Field, values: readonly unknown[]): unknown[] {
  const name = path.join('.');
  return values.flatMap((value): unknown[] => {
    try {
      parseCommandArguments(method, args(value));
      return [shown(value)];
    } catch (thrown) {
      const { code, details } = thrown as WabusError;
      const named = Object.keys((details as { fields?: object } | undefined)?.fields ?? {});
      const isNamed = named.some(each => each === name || each.startsWith(`${name}.`));
      return code === 'INVALID_ARGUMENTS' && isNamed ? [] : [{ value: shown(value), code, named: named.map(each => each.slice(0, 200)) }];
    }
  });
}

/** A value as far as a person wants to read it. */
function shown(value: unknown): string {
  return inspect(value, { depth: 2, maxStringLength: 60, breakLength: Infinity });
}
