import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../install.mjs';
import { MAX_DAYS, ageProblem, withRevision } from './client-version.policy.mjs';

const BUILT_IN = { version: [2, 3000, 1043857760], publishedAt: '2026-07-26' };
const published = Date.parse('2026-07-26T00:00:00Z');
const after = days => ageProblem(BUILT_IN, published + days * 86_400_000);

test('a version of 60 days is released, one of 61 is not', () => {
  expect([0, 59.9, 60, 60.9].map(after)).toEqual([null, null, null, null]);
  expect(after(61)).toContain(`2.3000.1043857760 is 61 days old, and the limit for a release is ${MAX_DAYS} days`);
  expect(after(400)).toContain('400 days old');
});

test('an implausible date is a problem', () => {
  expect(after(-1)).toContain('a date in the future');
  expect(ageProblem({ ...BUILT_IN, publishedAt: 'July' }, published)).toContain('is not a date: July');
});

describe('withRevision', () => {
  const source = readFileSync(join(ROOT, 'apps', 'connector', 'src', 'client-version', 'built-in-version.ts'), 'utf8');
  const found = { revision: 1_050_000_001, day: '2026-11-30' };

  test('builds in the revision and the day', () => {
    const text = withRevision(source, found);
    expect(text).toContain("version: [2, 3000, 1_050_000_001],\n  publishedAt: '2026-11-30'");
    expect(text).not.toContain('whatsmeow');
    expect(withRevision(text, { revision: 1_060_000_000, day: '2027-01-01' })).toContain("publishedAt: '2027-01-01'");
  });

  test('keeps the day if the revision is already built in', () => {
    const text = withRevision(source, found);
    expect(withRevision(text, { ...found, day: '2027-01-01' })).toBe(text);
  });

  test('refuses a file with a different form', () => {
    expect(() => withRevision('export const VERSION = 1;', found)).toThrow('built-in-version.ts');
  });
});
