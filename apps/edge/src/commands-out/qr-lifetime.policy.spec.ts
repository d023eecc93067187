import { qrLeftMs } from './qr-lifetime.policy.js';

const [issuedAt, expiresAt] = ['2026-01-01T12:00:00.000Z', '2026-01-01T12:00:20.000Z'];
const left = (now: string) => qrLeftMs({ text: 'x', attempt: 1, issuedAt, expiresAt }, Date.parse(now));

test('a code is valid for as long as its owner intended', () => {
  expect(left('2026-01-01T12:00:05Z')).toBe(15_000);
  expect(left('2026-01-01T12:00:25Z')).toBe(-5_000);
});

test('the clock of this edge may differ', () => {
  expect(left('2026-01-01T11:00:00Z')).toBe(20_000);
  expect(left('2026-01-01T13:00:00Z')).toBe(10_000);
});
