import type { CommandEntry } from './command-catalog.codec.js';
import { argumentOf, argumentFields, readArguments, startTexts } from './command-form.policy.js';

const command: CommandEntry = {
  name: 'x',
  group: 'messages',
  meaning: '',
  scope: 'send',
  repeatable: false,
  order: ['jid', 'content'],
  example: { jid: '1@s.whatsapp.net', content: { text: 'hi' } },
  schema: {
    type: 'object',
    properties: {
      content: { type: 'object', description: 'What to send.', properties: { text: { type: 'string' } }, additionalProperties: false },
      jid: { type: 'string' },
      count: { type: 'integer' },
      action: { type: 'string', enum: ['add', 'remove'] },
      all: { type: 'boolean' }
    },
    required: ['jid', 'content']
  }
};

describe('the form of a command', () => {
  it('has a field for each argument, in order', () => {
    expect(argumentFields(command, {}).map(({ name, kind, required }) => [name, kind, required])).toEqual([
      ['jid', 'text', true],
      ['content', 'json', true],
      ['count', 'number', false],
      ['action', 'choice', false],
      ['all', 'flag', false]
    ]);
  });

  it('starts with the example and reads it back', () => {
    const texts = startTexts(command, {});
    expect(texts).toEqual({ jid: '1@s.whatsapp.net', content: '{\n  "text": "hi"\n}' });
    expect(readArguments(command, texts, {})).toEqual({ args: command.example, faults: [] });
  });

  it('parses numbers and flags, and omits empty arguments', () => {
    const { args, faults } = readArguments(command, { jid: 'x', content: '{}', count: '3', all: 'false', action: '' }, {});
    expect(args).toEqual({ jid: 'x', content: {}, count: 3, all: false });
    expect(faults).toEqual([]);
  });

  it('reports one fault per field', () => {
    const { faults } = readArguments(command, { content: '{"text": 1}', count: 'many', jid: '' }, {});
    expect(faults.map(({ path, kind }) => `${path} ${kind}`)).toEqual(['jid required', 'content.text type', 'count type']);
    const [unreadable, ...others] = readArguments(command, { jid: 'x', content: '{"text": ' }, {}).faults;
    expect(unreadable).toMatchObject({ path: 'content', kind: 'json' });
    expect(others).toEqual([]);
    expect(['content.text', 'keys[1].id', 'jid'].map(argumentOf)).toEqual(['content', 'keys', 'jid']);
  });
});
