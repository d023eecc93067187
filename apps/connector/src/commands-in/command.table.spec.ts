import { COMMAND_CATALOG, type CommandRow } from '@wabus/contracts';
import { COMMAND_TABLE, isOwnerCommand } from './command.table.js';

test('the table has exactly the commands for owners', () => {
  const owned = (Object.entries(COMMAND_CATALOG) as [string, CommandRow][])
    .filter(([, row]) => row.target === 'owner')
    .map(([name]) => name);
  expect(Object.keys(COMMAND_TABLE).sort()).toEqual(owned.sort());
});

test.each(['createSession', 'toString', '__proto__', ''])('%j is not run by the owner', name => expect(isOwnerCommand(name)).toBe(false));
