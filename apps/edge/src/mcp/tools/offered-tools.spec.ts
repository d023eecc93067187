import { COMMAND_CATALOG, type CommandRow } from '@wabus/contracts';
import { commandSchemas, schemaFields } from '@wabus/contracts/docs';
import { annotationsOf } from './tool.js';
import { toolNameOf } from './command.tool.js';
import { COMMAND_TOOLS, SHORTCUTS } from './offered-tools.js';

describe('tools that are commands', () => {
  const rows: Record<string, CommandRow> = COMMAND_CATALOG;

  test('have distinct names, as assistants write them', () => {
    expect(['sendMessage', 'getQr', 'getBotListV2', 'query'].map(toolNameOf)).toEqual([
      'send_message',
      'get_qr',
      'get_bot_list_v2',
      'query'
    ]);
    const names = [...Object.keys(rows).map(toolNameOf), ...SHORTCUTS.map(({ name }) => name)];
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(Object.entries(rows))('%s has no argument named like a field of every tool', (_name, { request }) => {
    const fields = Object.keys(schemaFields(commandSchemas()[request.name]!));
    expect(fields.filter(field => field === 'session' || field === 'idempotencyKey')).toEqual([]);
  });

  test('report correctly whether they change or destroy something', () => {
    for (const row of Object.values(rows)) {
      const { readOnlyHint, destructiveHint } = annotationsOf(row);
      expect(readOnlyHint).toBe(row.scope === 'read');
      expect(destructiveHint).toBe(!readOnlyHint);
    }
  });

  test('require no admin: raw stanzas are for programs', () => {
    expect(COMMAND_TOOLS.filter(name => rows[name]!.scope === 'admin')).toEqual([]);
  });
});
