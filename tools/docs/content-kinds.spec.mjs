// @ts-check
import { writeContentKindsPage } from './content-kinds.mjs';

describe('docs/protocol/content-kinds.md', () => {
  it('is what the table says', async () => {
    expect(await writeContentKindsPage({ check: true })).toBe(true);
  });
});
