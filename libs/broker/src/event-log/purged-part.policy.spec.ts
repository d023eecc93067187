import { firstOf, purgeBegins, type PurgedPart } from './purged-part.policy.js';

const part = (from: number, to: number | null, stream = 'log'): PurgedPart => ({ stream, from, to });

describe('the part of the log that was purged', () => {
  it.each([
    ['nothing was purged', null, 40, 40],
    ['it ends where the log begins', part(10, 40), 40, 10],
    ['a purge is under way', part(10, null), 40, 10],
    ['the log has dropped more since', part(10, 40), 60, 60],
    ['another log', part(10, 40, 'other'), 40, 40]
  ])('%s', (_what, purged, first, seen) => {
    expect(firstOf(purged, 'log', first)).toBe(seen);
  });

  it.each([
    ['the first purge', null, 40, part(40, null)],
    ['one right after another', part(10, 40), 40, part(10, null)],
    ['one that was interrupted', part(10, null), 40, part(10, null)],
    ['after the log has dropped more', part(10, 40), 60, part(60, null)],
    ['in another log', part(10, 40, 'other'), 40, part(40, null)]
  ])('%s begins', (_what, before, first, wanted) => {
    expect(purgeBegins(before, 'log', first)).toEqual(wanted);
  });
});
