// @ts-check
import { parseServices } from './services.codec.mjs';

const parse = (/** @type {unknown} */ value) => parseServices(JSON.stringify(value), 'services.json');

describe('a list of services', () => {
  it('reads every event under its own name by default', () => {
    expect(parse({ invoicing: {} })).toEqual([{ name: 'invoicing', consumers: ['invoicing'], read: '*', command: [] }]);
    const own = { consumers: ['a', 'b', 'a'], read: ['sales'], command: '*' };
    expect(parse({ crm: own })).toEqual([{ name: 'crm', consumers: ['a', 'b'], read: ['sales'], command: '*' }]);
  });

  it.each([
    [[], /object of services/],
    [{ Invoicing: {} }, /Invoicing: a name/],
    [{ 'a.b': {} }, /a\.b: a name/],
    [{ edge: {} }, /edge is an existing user/],
    [{ crm: [] }, /crm must be an object/],
    [{ crm: { durable: [] } }, /durable is not one of consumers, read, command/],
    [{ crm: { consumers: 'crm' } }, /crm: consumers a list/],
    [{ crm: { consumers: ['*'] } }, /crm: consumers a list/],
    [{ crm: { consumers: ['group_orders'] } }, /reserved for edges/],
    [{ crm: { consumers: ['service_1'] } }, /already belongs to service/],
    [{ crm: {}, sales: { consumers: ['crm'] } }, /already belongs to crm/],
    [{ crm: { command: ['a.>'] } }, /crm: command must be/],
    [{ crm: { read: [1] } }, /crm: read must be/],
    [{ 'a-b': {}, a_b: {} }, /share one password variable/]
  ])('refuses %j', (value, reason) => {
    expect(() => parse(value)).toThrow(reason);
  });

  it('is JSON', () => {
    expect(() => parseServices('{', 'services.json')).toThrow(/^services\.json is not JSON/);
  });
});
