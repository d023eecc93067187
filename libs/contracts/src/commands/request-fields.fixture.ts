import { createRequire } from 'node:module';
import { getMetadataStorage } from 'class-validator';
import { COMMAND_CATALOG, type CommandName } from './command-catalog.js';
import type { CommandRow } from './command-row.js';

type Class = new () => object;
/** One field of a request, at any depth. */
export interface RequestField {
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

/** Every field of a request class, those of nested classes too. */
function fieldsOf(
  type: Class,
  path: string[] = [],
  wrap: RequestField['args'] = value => value as Record<string, unknown>
): RequestField[] {
  const rows = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  return [...new Set(rows.map(({ propertyName }) => propertyName))].flatMap(name => {
    const own = rows.filter(({ propertyName }) => propertyName === name);
    const rules = new Set(own.map(row => row.name ?? row.type));
    const messages = own.flatMap(({ message }) => (typeof message === 'string' ? [message] : []));
    const here: RequestField = { path: [...path, name], args: value => wrap({ [name]: value }), rules, messages };
    const nested = rules.has('nestedValidation') ? defaultMetadataStorage.findTypeMetadata(type, name)?.typeFunction() : undefined;
    if (!nested) return [here];
    const isList = rules.has('isArray');
    const inside = isList ? [...here.path, '0'] : [...here.path];
    return [here, ...fieldsOf(nested, inside, value => here.args(isList ? [value] : value))];
  });
}

/** Every field of every command. */
export const REQUEST_FIELDS = (Object.entries(COMMAND_CATALOG) as [CommandName, CommandRow][]).flatMap(([method, row]) =>
  fieldsOf(row.request).map(field => ({ method, name: [method, ...field.path].join('.'), field }))
);
