// @ts-check

/**
 * The numbers of tests that passed, failed and were skipped.
 * @typedef {{ passed: number, failed: number, skipped: number }} Totals
 */

/** @type {Readonly<Totals>} */
export const NOTHING = { passed: 0, failed: 0, skipped: 0 };
/** @type {Readonly<Totals>} */
export const ONE_PASSED = { ...NOTHING, passed: 1 };
/** @type {Readonly<Totals>} */
export const ONE_FAILED = { ...NOTHING, failed: 1 };

/** @param {Totals[]} parts */
export function sum(parts) {
  return parts.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }), NOTHING);
}

/**
 * The parts of Jest's `--json` output that are read here.
 * @typedef {{ name: string, status: string, assertionResults: { status: string, ancestorTitles?: string[] }[] }} FileResult
 * @typedef {{ testResults: FileResult[] }} JestResults
 */

/**
 * Returns the totals of Jest's `--json` results. A file that could not run counts as one failure.
 * @param {JestResults} results
 * @returns {Totals}
 */
export function totalsOfJest({ testResults }) {
  return sum(
    testResults.map(({ status, assertionResults }) => {
      const count = (/** @type {string[]} */ ...statuses) => assertionResults.filter(one => statuses.includes(one.status)).length;
      const failed = count('failed');
      return {
        passed: count('passed'),
        failed: status === 'failed' ? Math.max(failed, 1) : failed,
        skipped: count('pending', 'todo', 'skipped', 'disabled')
      };
    })
  );
}

/**
 * Returns the paths of the files with failures.
 * @param {JestResults} results
 */
export function failedFiles({ testResults }) {
  return testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);
}

/**
 * Returns the results without some of the files.
 * @param {JestResults} results
 * @param {readonly string[]} files
 * @returns {JestResults}
 */
export function withoutFiles({ testResults }, files) {
  return { testResults: testResults.filter(({ name }) => !files.includes(name)) };
}

/**
 * Returns the totals at the end of the TAP output of Node's test runner. A failed suite without a failed test counts as one failure.
 * @param {string} tap
 * @param {boolean} succeeded whether the runner exited with code 0
 * @returns {Totals}
 */
export function totalsOfTap(tap, succeeded) {
  const count = (/** @type {string} */ name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(tap)?.[1] ?? 0);
  const failed = count('fail') + count('cancelled');
  return { passed: count('pass'), failed: succeeded ? failed : Math.max(failed, 1), skipped: count('skipped') + count('todo') };
}

/**
 * Returns the last line of a test run.
 * @param {Totals} totals
 */
export function formatTotals({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
