import { createRequire } from 'node:module';
import { getMetadataStorage } from 'class-validator';
import type { WabusError } from '../errors/wabus-error.js';
import { parseCommandArguments } from './command-arguments.policy.js';
import { COMMAND_CATALOG, type CommandName } from './command-catalog.js';
import type { CommandRow } from './command-row.js';

type Class = new () => object;
interface Field {
  readonly path: readonly string[];
  /** Builds the arguments in which this field has a value. */
  readonly args: (value: unknown) => Record<string, unknown>;
  readonly rules: ReadonlySet<string>;
}

// Not among the exports of the package's entry, and the only place that knows the class of a nested field.
const { defaultMetadataStorage } = createRequire(import.meta.url)('class-transformer/cjs/storage.js') as {
  defaultMetadataStorage: { findTypeMetadata(type: Class, field: string): { typeFunction: () => Class } | undefined };
};

/** Fields that are taken and not used. */
const UNUSED = new Set(['chatModify.chatInfo', 'newsletterMetadata.count']);
/** Fields that take any object: their content is WhatsApp's business. */
const FREE = new Set([
  'relayMessage.message',
  'relayMessage.options',
  'sendMessage.content.contextInfo',
  'downloadMedia.message',
  'updateMediaMessage.message'
]);

/** Every field of a request class, those of nested classes too. */
function fieldsOf(type: Class, path: string[] = [], wrap: Field['args'] = value => value as Record<string, unknown>): Field[] {
  const rows = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  return [...new Set(rows.map(({ propertyName }) => propertyName))].flatMap(name => {
    const own = rows.filter(({ propertyName }) => propertyName === name);
    const rules = new Set(own.map(row => row.name ?? row.type));
    const here: Field = { path: [...path, name], args: value => wrap({ [name]: value }), rules };
    const nested = rules.has('nestedValidation') ? defaultMetadataStorage.findTypeMetadata(type, name)?.typeFunction() : undefined;
    if (!nested) return [here];
    const isList = rules.has('isArray');
    const inside = isList ? [...here.path, '0'] : [...here.path];
    return [here, ...fieldsOf(nested, inside, value => here.args(isList ? [value] : value))];
  });
}

/** Values that no field takes which has these rules. */
function wrongFor(rules: Field['rules'], free: boolean): unknown[] {
  const wrong: unknown[] = ['file:///etc/passwd '.repeat(20_000), [[[]]]];
  if (!rules.has('isNumber')) wrong.push(-1.5);
  if (!free) wrong.push({ nobody: { knows: 'this' } }, [{ nobody: 1 }]);
  if (rules.has('isArray') || rules.has('isObject')) wrong.push('text', 5, true);
  if (rules.has('isObject') && !rules.has('isArray')) wrong.push([]);
  if (rules.has('isString') && !rules.has('isArray')) wrong.push(5, true, []);
  if (rules.has('isString') && rules.has('isArray')) wrong.push([5], [null], [{}]);
  if (rules.has('isInt') || rules.has('isNumber')) wrong.push('5', true, {}, [5]);
  if (rules.has('isBoolean')) wrong.push('true', 1, 0, {});
  return wrong;
}

const cases = (Object.entries(COMMAND_CATALOG) as [CommandName, CommandRow][])
  .flatMap(([method, row]) => fieldsOf(row.request).map(field => ({ method, name: [method, ...field.path].join('.'), field })))
  .filter(({ name }) => !UNUSED.has(name));

test('the metadata are read: fields at every depth of a request are found', () => {
  const names = cases.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['sendMessage.jid', 'sendMessage.content.poll.values']));
  expect(names).toEqual(expect.arrayContaining(['sendMessage.content.contacts.contacts.0.vcard', 'readMessages.keys.0.id']));
});

test.each(cases)('$name refuses what is of another type, and the error names it', ({ method, name, field }) => {
  const path = field.path.join('.');
  const accepted: unknown[] = [];
  for (const value of wrongFor(field.rules, FREE.has(name))) {
    try {
      parseCommandArguments(method, field.args(value));
      accepted.push(value);
    } catch (thrown) {
      const { code, details } = thrown as WabusError;
      const named = Object.keys((details as { fields?: object } | undefined)?.fields ?? {});
      if (code !== 'INVALID_ARGUMENTS' || !named.some(each => each === path || each.startsWith(`${path}.`)))
        accepted.push({ value, code, named });
    }
  }
  expect(accepted).toEqual([]);
});
