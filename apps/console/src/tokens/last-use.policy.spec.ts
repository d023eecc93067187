import { lastUseOf } from './last-use.policy.js';

const createdAt = '2026-11-30T13:17:25.310Z';

it('knows no use before the creation', () => {
  expect(lastUseOf({ createdAt, lastUsedAt: '2026-11-30T13:17:00.000Z' })).toBe(createdAt);
});

it('keeps later uses, and that there was none', () => {
  expect(lastUseOf({ createdAt, lastUsedAt: '2026-11-30T13:18:00.000Z' })).toBe('2026-11-30T13:18:00.000Z');
  expect(lastUseOf({ createdAt, lastUsedAt: null })).toBeNull();
});
