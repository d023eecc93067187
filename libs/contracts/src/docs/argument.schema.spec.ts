import { Ajv2020 } from 'ajv/dist/2020.js';
import { COMMAND_CATALOG, type CommandName } from '../commands/command-catalog.js';
import { argumentSchema } from './argument.schema.js';
import { exampleOf } from './command.examples.js';

const methods = Object.keys(COMMAND_CATALOG) as CommandName[];

describe('the schema of the arguments of one command', () => {
  test.each(methods)('%s: is understood without any other document, and its example fits', method => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    const fits = ajv.compile(argumentSchema(method));
    expect(fits(JSON.parse(JSON.stringify(exampleOf(method))))).toBe(true);
    expect(fits({ ...exampleOf(method), 'not-there': 1 })).toBe(false);
  });

  test('has what is referred to at any depth, and nothing else', () => {
    const { $defs = {} } = argumentSchema('groupAcceptInviteV4') as { $defs?: object };
    expect(Object.keys($defs).sort()).toEqual(['GroupInviteFields', 'MessageKeyFields']);
    expect(argumentSchema('groupMetadata')).not.toHaveProperty('$defs');
  });
});
