import { MAX_DAYS, ageProblem } from './client-version.policy.mjs';

const BUILT_IN = { version: [2, 3000, 1043857760], publishedAt: '2026-07-26' };
const published = Date.parse('2026-07-26T00:00:00Z');
const after = days => ageProblem(BUILT_IN, published + days * 86_400_000);

test('a version of 60 days is released, one of 61 is not', () => {
  expect([0, 59.9, 60, 60.9].map(after)).toEqual([null, null, null, null]);
  expect(after(61)).toContain(`2.3000.1043857760 is 61 days old, and a release takes one of at most ${MAX_DAYS}`);
  expect(after(400)).toContain('400 days old');
});

test('a date that cannot be right is a problem', () => {
  expect(after(-1)).toContain('a date to come');
  expect(ageProblem({ ...BUILT_IN, publishedAt: 'July' }, published)).toContain('is none: July');
});
