// @ts-check
import { failedFiles, formatTotals, ONE_FAILED, ONE_PASSED, sum, totalsOfJest, totalsOfTap, withoutFiles } from './totals.codec.mjs';

describe('the totals of a test run', () => {
  /** @param {string} name @param {string} status @param {string[]} statuses */
  const file = (name, status, statuses) => ({ name, status, assertionResults: statuses.map(one => ({ status: one })) });
  const results = {
    testResults: [
      file('/a', 'passed', ['passed', 'passed', 'pending', 'todo']),
      file('/b', 'failed', ['passed', 'failed', 'failed']),
      file('/c', 'failed', []),
      // A hook at the end has failed.
      file('/d', 'failed', ['passed'])
    ]
  };

  it('count a file that cannot run as a failure', () => {
    expect(totalsOfJest(results)).toEqual({ passed: 4, failed: 4, skipped: 2 });
    expect(totalsOfJest({ testResults: [] })).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });

  it('exclude files that are run again', () => {
    expect(failedFiles(results)).toEqual(['/b', '/c', '/d']);
    expect(totalsOfJest(withoutFiles(results, failedFiles(results)))).toEqual({ passed: 2, failed: 0, skipped: 2 });
  });

  it('are read from the end of a TAP report', () => {
    const tap =
      'TAP version 13\n# pass 99 is no total\n1..2\n# tests 6\n# suites 1\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n';
    expect(totalsOfTap(tap, false)).toEqual({ passed: 3, failed: 2, skipped: 1 });
  });

  it('never report a failed or silent runner as success', () => {
    expect(totalsOfTap('# pass 3\n# fail 0\n', false)).toEqual({ passed: 3, failed: 1, skipped: 0 });
    expect(totalsOfTap('', false)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('end in one line that names skipped tests, if any', () => {
    expect(formatTotals(sum([ONE_PASSED, ONE_PASSED, ONE_FAILED]))).toBe('2 passed, 1 failed');
    expect(formatTotals({ passed: 1, failed: 0, skipped: 4 })).toBe('1 passed, 0 failed, 4 skipped');
  });
});
