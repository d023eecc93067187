// @ts-check
import { writeCatalogFiles } from './catalog-types.mjs';

describe('libs/sdk/src/generated', () => {
  it('is what the contracts say', async () => {
    expect(await writeCatalogFiles({ check: true })).toBe(true);
  }, 120_000);
});
