import { WabusError } from '../errors/wabus-error.js';
import { parseCommandArguments, parseCommandName } from './command-arguments.policy.js';
import { COMMAND_CATALOG } from './command-catalog.js';
import type { CommandRow } from './command-row.js';
import { decodeCommandBody, decodeOutcome, encodeCommandBody, encodeOutcome } from './command-wire.codec.js';

const thrown = (act: () => unknown): WabusError => {
  try {
    act();
  } catch (error) {
    if (error instanceof WabusError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};
const fieldsOf = (args: unknown) =>
  Object.keys((thrown(() => parseCommandArguments('sendMessage', args)).details as { fields: object }).fields);

describe('arguments', () => {
  test('by name: a phone number becomes a jid', () => {
    const request = parseCommandArguments('sendMessage', { jid: '+1 650 555 1234', content: { text: 'hi' } });
    expect(request).toMatchObject({ jid: '16505551234@s.whatsapp.net', content: { text: 'hi' } });
  });

  test('by position: in the order of the Baileys method', () => {
    const request = parseCommandArguments('sendMessage', ['1@lid', { text: 'hi' }, { messageId: '3EB0123456' }]);
    expect(request).toMatchObject({ jid: '1@lid', content: { text: 'hi' }, options: { messageId: '3EB0123456' } });
  });

  test.each<[string, unknown, string[]]>([
    ['nothing', undefined, ['jid', 'content']],
    ['null', null, ['jid', 'content']],
    ['a string', 'x', ['args']],
    ['a number', 5, ['args']],
    ['too many by position', [1, 2, 3, 4], ['args']],
    ['a wrong jid', { jid: 'bob', content: { text: 'x' } }, ['jid']],
    ['an empty text', { jid: '1@lid', content: { text: '' } }, ['content.text']],
    ['a number as text', { jid: '1@lid', content: { text: 5 } }, ['content.text']],
    ['a megabyte of text', { jid: '1@lid', content: { text: 'x'.repeat(1_000_000) } }, ['content.text']],
    ['a string as content', { jid: '1@lid', content: 'x' }, ['content']],
    ['content as an array', { jid: '1@lid', content: [] }, ['content']],
    ['an unknown field', { jid: '1@lid', content: { text: 'x' }, mood: 1 }, ['mood']],
    ['an unknown nested field', { jid: '1@lid', content: { text: 'x', url: 'file:///etc/passwd' } }, ['content.url']],
    ['a prototype key', JSON.parse('{"jid":"1@lid","content":{"text":"x"},"constructor":{"prototype":{"a":1}}}'), ['constructor']],
    ['mentions of the wrong kind', { jid: '1@lid', content: { text: 'x', mentions: [1] } }, ['content.mentions']],
    ['a message id in lower case', { jid: '1@lid', content: { text: 'x' }, options: { messageId: 'abc' } }, ['options.messageId']]
  ])('%s is refused, and the field is named', (_name, args, fields) => {
    expect(fieldsOf(args)).toEqual(fields);
  });

  test('that are nested deeply are refused', () => {
    let deep: unknown = 'x';
    for (let i = 0; i < 50; i++) deep = { deep };
    expect(fieldsOf({ jid: '1@lid', content: deep })).toEqual([['content', ...Array.from({ length: 15 }, () => 'deep')].join('.')]);
  });

  test('may be missing for a command without arguments', () => {
    expect(parseCommandArguments('startSession', undefined)).toEqual({});
    expect(thrown(() => parseCommandArguments('startSession', { x: 1 })).code).toBe('INVALID_ARGUMENTS');
  });

  test.each(['nope', '', 'toString', '__proto__', null, 5, {}])('%j is an unknown command', name => {
    expect(thrown(() => parseCommandName(name)).code).toBe('UNKNOWN_COMMAND');
  });
});

describe('the catalog', () => {
  test.each(Object.entries(COMMAND_CATALOG) as [string, CommandRow][])(
    '%s has a deadline, a meaning and a NATS token as name',
    (name, row) => {
      expect(name).toMatch(/^[A-Za-z][A-Za-z0-9]*$/);
      expect(row.deadlineMs).toBeGreaterThan(0);
      expect(row.meaning).toMatch(/\.$/);
    }
  );
});

describe('on the wire', () => {
  test('arguments and data parse back', () => {
    expect(decodeCommandBody(encodeCommandBody({ jid: 'x' }))).toEqual({ jid: 'x' });
    expect(decodeCommandBody('')).toBeUndefined();
    expect(decodeOutcome(encodeOutcome({ ok: true, data: { a: 1 } }))).toEqual({ a: 1 });
  });

  test('an error keeps its code, message and details', () => {
    const sent = new WabusError('NOT_CONNECTED', { message: 'm', details: { d: 1 } });
    const got = thrown(() => decodeOutcome(encodeOutcome({ ok: false, error: sent.toBody() })));
    expect(got.toBody()).toEqual(sent.toBody());
  });

  test('an unknown code of a newer peer becomes INTERNAL', () => {
    const got = thrown(() => decodeOutcome('{"ok":false,"error":{"code":"FROM_THE_FUTURE","message":"m"}}'));
    expect(got).toMatchObject({ code: 'INTERNAL', retryable: false, certain: false, details: { code: 'FROM_THE_FUTURE' } });
    const said = thrown(() => decodeOutcome('{"ok":false,"error":{"code":"NEW","message":"m","retryable":true,"certain":true}}'));
    expect(said).toMatchObject({ code: 'INTERNAL', retryable: true, certain: true });
  });

  test.each(['{', '[]', '"x"', 'null', '5'])('a body %j is refused', text => {
    expect(thrown(() => decodeCommandBody(text)).code).toBe('INVALID_REQUEST');
    expect(thrown(() => decodeOutcome(text)).code).toBe('INTERNAL');
  });

  test.each(['deadlineMs', 'idempotencyKey', 'Args', '__proto__'])('a body with the field %s is refused', field => {
    const error = thrown(() => decodeCommandBody(`{"args":{},"${field}":1}`));
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', details: { unknown: [field] } });
  });
});
