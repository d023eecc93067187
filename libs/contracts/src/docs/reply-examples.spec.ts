import { Ajv2020 } from 'ajv/dist/2020.js';
import { COMMAND_CATALOG, type CommandName } from '../commands/command-catalog.js';
import type { CommandRow } from '../commands/command-row.js';
import { COMMAND_GROUPS } from './command-groups.table.js';
import { replyExampleOf } from './reply-examples.table.js';
import { commandReply } from './reply.schemas.js';
import { VIEW_COMPONENTS } from './view-schemas.catalog.js';

const methods = Object.keys(COMMAND_CATALOG) as CommandName[];
const targetOf = (method: CommandName): CommandRow['target'] => COMMAND_CATALOG[method].target;
const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema({ $id: 'wabus', components: { schemas: VIEW_COMPONENTS } });
const fits = (method: CommandName, data: unknown): boolean => {
  const schema = JSON.parse(JSON.stringify(commandReply(method, targetOf(method))).replaceAll('"#/', '"wabus#/')) as object;
  return ajv.validate(schema, data === undefined ? null : data);
};

describe('the example of an answer', () => {
  test.each(methods)('%s: matches the schema of the reply', method => {
    expect({ example: replyExampleOf(method), fits: fits(method, replyExampleOf(method)) }).toMatchObject({ fits: true });
  });

  test('does not match the schema of another reply', () => {
    expect(fits('getQr', { format: 'svg' })).toBe(false);
    expect(fits('getSession', { session: 'sales' })).toBe(false);
  });
});

test('every command is in exactly one group', () => {
  const listed = COMMAND_GROUPS.flatMap(({ commands }) => commands);
  expect([...listed].sort()).toEqual([...methods].sort());
});
