// @ts-check

/**
 * How many tests passed, failed and were skipped.
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
 * The totals in the results that Jest writes with `--json`. A suite that could not run counts as one failure.
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number, numRuntimeErrorTestSuites: number }} results
 * @returns {Totals}
 */
export function totalsOfJest(results) {
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
    skipped: results.numPendingTests + results.numTodoTests
  };
}

/**
 * The totals at the end of what node's test runner prints as TAP. A failed suite without a failed test in it counts as one failure.
 * @param {string} tap
 * @param {boolean} succeeded whether the runner ended with code 0
 * @returns {Totals}
 */
export function totalsOfTap(tap, succeeded) {
  const count = (/** @type {string} */ name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(tap)?.[1] ?? 0);
  const failed = count('fail') + count('cancelled');
  return { passed: count('pass'), failed: succeeded ? failed : Math.max(failed, 1), skipped: count('skipped') + count('todo') };
}

/**
 * The last line of a test run.
 * @param {Totals} totals
 */
export function formatTotals({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
