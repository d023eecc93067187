import { faultsOf } from './json-schema.policy.js';
import type { Schema } from './command-catalog.codec.js';

const schemas: Record<string, Schema> = {
  Key: { type: 'object', properties: { id: { type: 'string', minLength: 1 } }, required: ['id'], additionalProperties: false }
};
const schema: Schema = {
  type: 'object',
  properties: {
    jid: { type: 'string' },
    count: { type: 'integer', minimum: 1, maximum: 9 },
    action: { type: 'string', enum: ['add', 'remove'] },
    keys: { type: 'array', items: { $ref: '#/components/schemas/Key' }, minItems: 1, maxItems: 2 },
    content: { anyOf: [{ $ref: '#/components/schemas/Key' }, { type: 'object', required: ['text', 'jid'] }] },
    tags: { type: 'array', uniqueItems: true },
    code: { type: 'string', pattern: '^[A-Z]+$', maxLength: 3 }
  },
  required: ['jid'],
  additionalProperties: false
};

describe('the faults of arguments', () => {
  it.each([
    [{}, 'jid required'],
    [{ jid: 1 }, 'jid type string'],
    [{ jid: 'x', count: 0 }, 'count small 1'],
    [{ jid: 'x', count: 10 }, 'count large 9'],
    [{ jid: 'x', count: 1.5 }, 'count type integer'],
    [{ jid: 'x', action: 'promote' }, 'action choice "add", "remove"'],
    [{ jid: 'x', keys: [] }, 'keys few 1'],
    [{ jid: 'x', keys: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] }, 'keys many 2'],
    [{ jid: 'x', keys: [{ id: 'a' }, { id: '' }] }, 'keys[1].id short 1'],
    [{ jid: 'x', content: {} }, 'content.id required'],
    [{ jid: 'x', content: { id: 'a', more: 1 } }, 'content.more unknown id'],
    [{ jid: 'x', tags: [1, 1] }, 'tags twice'],
    [{ jid: 'x', code: 'ABCD' }, 'code long 3'],
    [{ jid: 'x', code: 'a' }, 'code form ^[A-Z]+$'],
    [{ jid: 'x', other: 1 }, 'other unknown jid, count, action, keys, content, tags, code'],
    [null, ' type object']
  ])('%j: %s', (value, fault) => {
    expect(
      faultsOf(value, schema, schemas).map(({ path, kind, limit }) => [path, kind, limit].filter(part => part !== undefined).join(' '))
    ).toEqual([fault]);
  });

  it('are empty for valid arguments', () => {
    const value = { jid: 'x', count: 9, action: 'add', keys: [{ id: 'a' }], content: { text: 't', jid: 'j' }, tags: [1, 2], code: 'AB' };
    expect(faultsOf(value, schema, schemas)).toEqual([]);
  });
});
