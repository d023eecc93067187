// @ts-check
import { formatTotals, ONE_FAILED, ONE_PASSED, sum, totalsOfJest, totalsOfTap } from './totals.codec.mjs';

describe('the totals of a test run', () => {
  it('count a suite that cannot run as a failure', () => {
    const results = { numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, numRuntimeErrorTestSuites: 2 };
    expect(totalsOfJest(results)).toEqual({ passed: 7, failed: 3, skipped: 3 });
  });

  it('are read from the end of a TAP report', () => {
    const tap =
      'TAP version 13\n# pass 99 is no total\n1..2\n# tests 6\n# suites 1\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n';
    expect(totalsOfTap(tap, false)).toEqual({ passed: 3, failed: 2, skipped: 1 });
  });

  it('never turn a runner that failed, or that printed nothing, into a success', () => {
    expect(totalsOfTap('# pass 3\n# fail 0\n', false)).toEqual({ passed: 3, failed: 1, skipped: 0 });
    expect(totalsOfTap('', false)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('end in one line that names skipped tests only where there are some', () => {
    expect(formatTotals(sum([ONE_PASSED, ONE_PASSED, ONE_FAILED]))).toBe('2 passed, 1 failed');
    expect(formatTotals({ passed: 1, failed: 0, skipped: 4 })).toBe('1 passed, 0 failed, 4 skipped');
  });
});
