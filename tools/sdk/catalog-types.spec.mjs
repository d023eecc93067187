// @ts-check
import { writeCatalogFiles } from './catalog-types.mjs';

describe('libs/sdk/src/generated', () => {
  it('matches the contracts', async () => {
    expect(await writeCatalogFiles({ check: true })).toBe(true);
  }, 120_000);
});
