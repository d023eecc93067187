import { FIELDS, FREE, notRefused, type Field } from '../fields/request-fields.fixture.js';

/** Returns values that no field with these rules accepts. */
function wrongFor(rules: Field['rules'], free: boolean): unknown[] {
  const wrong: unknown[] = ['file:///etc/passwd '.repeat(20_000), [[[]]]];
  if (!rules.has('isNumber')) wrong.push(-1.5);
  if (!free) wrong.push({ nobody: { knows: 'this' } }, [{ nobody: 1 }]);
  if (rules.has('isArray') || rules.has('isObject')) wrong.push('text', 5, true);
  if (rules.has('isObject') && !rules.has('isArray')) wrong.push([]);
  if (rules.has('isString') && !rules.has('isArray')) wrong.push(5, true, []);
  if (rules.has('isString') && rules.has('isArray')) wrong.push([5], [null], [{}]);
  if (rules.has('isInt') || rules.has('isNumber')) wrong.push('5', true, {}, rules.has('isArray') ? ['5'] : [5]);
  if (rules.has('isBoolean')) wrong.push('true', 1, 0, {});
  return wrong;
}

test('finds the fields of a request at every depth', () => {
  const names = FIELDS.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['sendMessage.jid', 'sendMessage.content.poll.values']));
  expect(names).toEqual(expect.arrayContaining(['sendMessage.content.contacts.contacts.0.vcard', 'readMessages.keys.0.id']));
});

test.each(FIELDS)('$name refuses values of other types, and the error names it', ({ method, name, field }) => {
  expect(notRefused(method, field, wrongFor(field.rules, FREE.has(name)))).toEqual([]);
});
