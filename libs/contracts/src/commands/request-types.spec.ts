import type { WabusError } from '../errors/wabus-error.js';
import { parseCommandArguments } from './command-arguments.policy.js';
import { REQUEST_FIELDS, type RequestField } from './request-fields.fixture.js';

/** Fields that are taken and not used. */
const UNUSED = new Set(['stopSession.error', 'chatModify.chatInfo', 'newsletterMetadata.count']);
/** Fields that take any object: their content is WhatsApp's business. */
const FREE = new Set([
  'relayMessage.message',
  'relayMessage.options',
  'sendMessage.content.contextInfo',
  'downloadMedia.message',
  'updateMediaMessage.message'
]);

/** Values that no field takes which has these rules. */
function wrongFor(rules: RequestField['rules'], free: boolean): unknown[] {
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

const cases = REQUEST_FIELDS.filter(({ name }) => !UNUSED.has(name));

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
