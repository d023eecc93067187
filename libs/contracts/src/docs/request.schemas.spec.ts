import { Ajv2020 } from 'ajv/dist/2020.js';
import { parseCommandArguments } from '../commands/command-arguments.policy.js';
import { COMMAND_CATALOG, type CommandName } from '../commands/command-catalog.js';
import { MEDIA_CONTENTS } from '../commands/content/media.content.js';
import { exampleOf } from './command-examples.js';
import { argumentSchema, commandSchemas, schemaFields, requestSchemas, requiredOf } from './request.schemas.js';

const methods = Object.keys(COMMAND_CATALOG) as CommandName[];

describe('the schema of the arguments of one command', () => {
  test.each(methods)('%s: is self-contained, and its example matches', method => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    const fits = ajv.compile(argumentSchema(method));
    expect(fits(JSON.parse(JSON.stringify(exampleOf(method))))).toBe(true);
    expect(fits({ ...exampleOf(method), 'not-there': 1 })).toBe(false);
  });

  test('has all referenced schemas, and no others', () => {
    const { $defs = {} } = argumentSchema('groupAcceptInviteV4') as { $defs?: object };
    expect(Object.keys($defs).sort()).toEqual(['GroupInviteFields', 'MessageKeyFields']);
    expect(argumentSchema('groupMetadata')).not.toHaveProperty('$defs');
  });
});

const schemas = commandSchemas();
const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema({ $id: 'wabus', components: { schemas } });
const nameOf = (method: CommandName): string => COMMAND_CATALOG[method].request.name;
const fits = (method: CommandName, args: unknown): boolean =>
  ajv.validate(`wabus#/components/schemas/${nameOf(method)}`, JSON.parse(JSON.stringify(args)));
const accepts = (method: CommandName, args: unknown): boolean => {
  try {
    parseCommandArguments(method, args);
    return true;
  } catch {
    return false;
  }
};

describe('schemas of the arguments of commands', () => {
  test.each(methods)('%s: validators and schema accept the example', method => {
    const example = exampleOf(method);
    expect({ accepted: accepts(method, example), fits: fits(method, example) }).toEqual({ accepted: true, fits: true });
  });

  test.each(methods)('%s: validators and schema refuse the same arguments', method => {
    const example = exampleOf(method);
    const schema = schemas[nameOf(method)]!;
    const wrong = [
      { ...example, 'not-there': 1 },
      ...requiredOf(schema).map(name => ({ ...example, [name]: undefined })),
      // `chatInfo` and `count` are accepted but not used, so any value is valid.
      ...Object.entries(schemaFields(schema)).flatMap(([name, field]) =>
        field['type'] || field['$ref'] ? [{ ...example, [name]: [[7]] }] : []
      )
    ];
    for (const args of wrong)
      expect({ args, accepted: accepts(method, args), fits: fits(method, args) }).toEqual({ args, accepted: false, fits: false });
  });

  test('a message with a file requires matching fields', () => {
    const message = (content: object) => ({ jid: '4915112345678', content });
    const source = { media: `media_${'A'.repeat(22)}` };
    for (const kind of Object.keys(MEDIA_CONTENTS)) {
      const file = { [kind]: kind === 'product' ? { productImage: source } : source };
      expect([kind, fits('sendMessage', message(file)), accepts('sendMessage', message(file))]).toEqual([kind, true, true]);
      for (const wrong of [{ ...file, poll: { name: 'a', values: ['a', 'b'] } }, { ...file, 'not-there': 1 }, { [kind]: '/etc/passwd' }])
        expect([wrong, fits('sendMessage', message(wrong)), accepts('sendMessage', message(wrong))]).toEqual([wrong, false, false]);
    }
  });

  test('a phone number is valid in place of a jid', () => {
    expect(fits('groupCreate', { subject: 'S', participants: ['+49 1511 2345678'] })).toBe(true);
    expect(schemas['GroupRequest']).toEqual({
      type: 'object',
      properties: { jid: { type: 'string', description: 'The group or community. It must be the jid of a group (…@g.us).' } },
      required: ['jid'],
      additionalProperties: false
    });
  });

  test('limits of fields are those of their validators', () => {
    expect(schemaFields(schemas['NewsletterMessagesRequest']!)['count']).toEqual({
      type: 'integer',
      minimum: 1,
      maximum: 100,
      description: 'How many messages to return.'
    });
    expect(schemaFields(schemas['RequestPairingCodeRequest']!)['customCode']).toMatchObject({ pattern: '^[1-9A-HJ-NP-TV-Z]{8}$' });
  });

  test('two classes with one name are an error', () => {
    const [one, other] = [class Twin {}, class Twin {}];
    expect(() => requestSchemas([one, other])).toThrow('Twin');
  });
});
