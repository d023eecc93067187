// @ts-check
import { writeClientFiles } from './client-catalog.mjs';

describe('clients/python/src/wabus/catalog', () => {
  it('is what the contracts say', () => {
    expect(writeClientFiles({ check: true })).toBe(true);
  });
});
