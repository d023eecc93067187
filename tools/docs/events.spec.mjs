// @ts-check
import { writeEventsPage } from './events.mjs';

describe('docs/events.md', () => {
  it('is what the catalog says', async () => {
    expect(await writeEventsPage({ check: true })).toBe(true);
  });
});
