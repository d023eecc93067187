// @ts-check
import { writeContentKindsPage } from './content-kinds.mjs';

describe('docs/protocol/content-kinds.md', () => {
  it('matches the table', async () => {
    expect(await writeContentKindsPage({ check: true })).toBe(true);
  });
});
