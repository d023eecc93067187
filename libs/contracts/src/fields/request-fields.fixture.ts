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
  /** Builds arguments in which this field has the value. */
  readonly args: (value: unknown) => Record<string, unknown>;
  readonly rules: ReadonlySet<string>;
  /** The error messages of the field's validators. */
  readonly messages: readonly string[];
}

// The package does not export it, and only this storage has the class of a nested field.
const { defaultMetadataStorage } = createRequire(import.meta.url)('class-transformer/cjs/storage.js') as {
  defaultMetadataStorage: { findTypeMetadata(type: Class, field: string): { typeFunction: () => Class } | undefined };
};

/** Fields that are accepted but not used. */
export const UNUSED = new Set(['stopSession.error', 'chatModify.chatInfo', 'newsletterMetadata.count']);
/** Fields that accept any object, because WhatsApp defines its content. */
export const FREE = new Set([
  'relayMessage.message',
  'relayMessage.options',
  'sendMessage.content.contextInfo',
  'downloadMedia.message',
  'submitPasskeyAssertion.assertion',
  'updateMediaMessage.message'
]);

/** Returns all fields of a request class, including those of nested classes. */
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

/** Returns the fields of each class of a choice, combined with the field that selects the class. */
function fieldsOfChoice({ byField, otherwise }: ClassChoice, { path, args }: Field): Field[] {
  const chosen = Object.entries(byField).flatMap(([field, type]) =>
    fieldsOf(type, [...path], value => args({ [field]: {}, ...(value as object) }))
  );
  return [...fieldsOf(otherwise, [...path], args), ...chosen];
}

/** All fields of all commands. */
export const REQUEST_FIELDS = (Object.entries(COMMAND_CATALOG) as [CommandName, CommandRow][]).flatMap(([method, row]) =>
  fieldsOf(row.request).map(field => ({ method, name: [method, ...field.path].join('.'), field }))
);

/** The same without the fields that are not used. */
export const FIELDS = REQUEST_FIELDS.filter(({ name }) => !UNUSED.has(name));

/** Returns the values that a command accepts in this field, or refuses without naming the field. An error should name a field at or below the path. */
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

/** Formats a value briefly, for the messages of failing tests. */
function shown(value: unknown): string {
  return inspect(value, { depth: 2, maxStringLength: 60, breakLength: Infinity });
}
