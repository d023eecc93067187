// @ts-check
import { writeCommandsPage } from './commands.mjs';

describe('docs/commands.md', () => {
  it('is what the catalog says', async () => {
    expect(await writeCommandsPage({ check: true })).toBe(true);
  });
});
