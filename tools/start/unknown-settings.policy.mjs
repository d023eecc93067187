// @ts-check
import { SETTINGS } from './child.environment.mjs';

/** Variables of the tools, of examples and of tests. */
const OTHERS =
  /^WABUS_(NATS_SERVER_BIN|APPS_FOLDER|USER|URL|TOKEN|TOKEN_FILE|WEBHOOK_SECRET|CURSOR_FILE|CURSOR_FOLDER|TEST_.*|NATS_[A-Z]+_PASSWORD)$/;
/** A name that differs by more is another word. */
const MOST_EDITS = 3;

/**
 * Names in the environment that look like settings of Wabus and are none: each process gets its own settings only, so none of them would tell.
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ name: string, nearest: string | null }[]}
 */
export function unknownSettings(env) {
  const known = new Set(Object.values(SETTINGS).flat());
  return Object.keys(env)
    .filter(name => name.startsWith('WABUS_') && env[name] && !known.has(name) && !OTHERS.test(name))
    .sort()
    .map(name => ({ name, nearest: nearestOf(name, known) }));
}

/**
 * @param {string} name
 * @param {Iterable<string>} known
 */
function nearestOf(name, known) {
  let [nearest, least] = [/** @type {string | null} */ (null), MOST_EDITS + 1];
  for (const candidate of known) {
    const edits = editsBetween(name, candidate);
    if (edits < least) [nearest, least] = [candidate, edits];
  }
  return nearest;
}

/**
 * Levenshtein distance.
 * @param {string} a
 * @param {string} b
 */
function editsBetween(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}
