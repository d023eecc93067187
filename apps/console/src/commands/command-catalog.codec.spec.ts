import { openApiDocument } from '@wabus/contracts/docs';
import { COMMAND_CATALOG } from '@wabus/contracts';
import { readCommands, type ApiDocument } from './command-catalog.codec.js';
import { startTexts, readArguments } from './command-form.policy.js';

const document = openApiDocument({ httpStatus: {} as never, version: '0' }) as unknown as ApiDocument;
const { commands, schemas } = readCommands(document);

describe('the commands in the OpenAPI document of an edge', () => {
  it('are those of the catalog, each once', () => {
    expect(commands.map(({ name }) => name).sort()).toEqual(Object.keys(COMMAND_CATALOG).sort());
  });

  it('have the scope and the order of the catalog', () => {
    for (const { name, scope, order, repeatable } of commands) {
      const row = COMMAND_CATALOG[name as keyof typeof COMMAND_CATALOG];
      expect([name, scope, repeatable, [...order]]).toEqual([name, row.scope, row.repeatable, [...row.parameters]]);
    }
  });

  it('are in few groups', () => {
    expect(new Set(commands.map(({ group }) => group)).size).toBeLessThan(14);
  });

  it('have examples that their forms accept', () => {
    const wrong = commands.map(command => ({
      command: command.name,
      ...readArguments(command, startTexts(command, schemas), schemas)
    }));
    expect(wrong.filter(({ faults }) => faults.length > 0)).toEqual([]);
    expect(wrong.map(({ args }) => args)).toEqual(commands.map(({ example }) => example));
  });
});
