// @ts-check
import { writeClientFiles } from './client-catalog.mjs';

describe('clients/python/src/wabus/catalog', () => {
  it('matches the contracts', () => {
    expect(writeClientFiles({ check: true })).toBe(true);
  });
});
