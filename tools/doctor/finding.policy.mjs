// @ts-check
// The findings of the doctor's checks, and the order in which checks run.

/**
 * @typedef {'ok' | 'warning' | 'failed' | 'skipped'} FindingState
 * @typedef {{ state: FindingState, detail: string, remedy?: string }} Finding
 * @typedef {import('./surroundings.reader.mjs').Surroundings} Surroundings
 */

/**
 * A check of the doctor.
 * @typedef {object} Check
 * @property {string} id
 * @property {string} title the subject of the check
 * @property {string[]} [needs] checks that must have succeeded; if one failed, this check would add nothing new
 * @property {(surroundings: Surroundings) => Finding | Promise<Finding>} run
 */

/** @param {string} detail @returns {Finding} */
export const ok = detail => ({ state: 'ok', detail });
/** @param {string} detail @param {string} remedy @returns {Finding} */
export const warning = (detail, remedy) => ({ state: 'warning', detail, remedy });
/** @param {string} detail @param {string} remedy @returns {Finding} */
export const failed = (detail, remedy) => ({ state: 'failed', detail, remedy });
/** @param {string} detail @returns {Finding} */
export const skipped = detail => ({ state: 'skipped', detail });

/**
 * Runs checks one after another. A check that throws counts as failed; if a check failed, the checks that need it are skipped.
 * @param {readonly Check[]} checks
 * @param {Surroundings} surroundings
 * @param {(check: Check) => (finding: Finding) => void} begun called when a check begins; the returned function is called with its finding
 * @returns {Promise<Map<string, Finding>>} the findings by the id of the check
 */
export async function examine(checks, surroundings, begun) {
  /** @type {Map<string, Finding>} */
  const findings = new Map();
  for (const check of checks) {
    const missing = (check.needs ?? []).find(id => ['failed', 'skipped'].includes(findings.get(id)?.state ?? 'skipped'));
    const ended = begun(check);
    const finding =
      missing === undefined
        ? await attempt(check, surroundings)
        : skipped(`needs the check "${checks.find(({ id }) => id === missing)?.title ?? missing}"`);
    findings.set(check.id, finding);
    ended(finding);
  }
  return findings;
}

/**
 * @param {Check} check
 * @param {Surroundings} surroundings
 */
async function attempt(check, surroundings) {
  try {
    return await check.run(surroundings);
  } catch (error) {
    return failed(
      error instanceof Error ? error.message : String(error),
      'This is unexpected: attach the output of `wabus doctor --report` to a bug report.'
    );
  }
}
