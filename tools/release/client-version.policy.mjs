// @ts-check

const DAY_MS = 86_400_000;
/** WhatsApp refuses versions after 80 to 150 days, so a release with a version of 60 days works for at least 20 days. */
export const MAX_DAYS = 60;

/**
 * Returns why the built-in version of WhatsApp Web must not be released.
 * @param {{ version: readonly number[], publishedAt: string }} builtIn `publishedAt` is a date such as `2026-07-26`
 * @param {number} now ms since 1970
 * @returns {string | null} `null` if it is recent enough
 */
export function ageProblem({ version, publishedAt }, now) {
  const days = Math.floor((now - Date.parse(publishedAt)) / DAY_MS);
  if (!Number.isFinite(days)) return `The date of the built-in version is not a date: ${publishedAt}.`;
  if (days < 0) return `The built-in version ${version.join('.')} has a date in the future: ${publishedAt}.`;
  if (days <= MAX_DAYS) return null;
  return `The built-in version ${version.join('.')} is ${days} days old, and the limit for a release is ${MAX_DAYS} days: WhatsApp refuses versions after 80 to 150 days.`;
}

const REVISION = /(version: \[2, 3000, )[\d_]+(\])/;
const DAY = /(publishedAt: ')[^']+(')/;
const ORIGIN = /^ \* The date lies .*$/m;

/**
 * Returns the source file of the built-in version with WhatsApp's current revision.
 * @param {string} source
 * @param {{ revision: number, day: string }} found `day` is a date such as `2026-11-30`
 * @returns {string} the same text if that revision is already built in
 * @throws {Error} if the file does not have the expected form
 */
export function withRevision(source, { revision, day }) {
  const written = String(revision).replace(/\B(?=(\d{3})+$)/g, '_');
  if (![REVISION, DAY].every(part => part.test(source)))
    throw new Error('built-in-version.ts has no version [2, 3000, …] with a publishedAt.');
  if (source.includes(written)) return source;
  return source
    .replace(REVISION, `$1${written}$2`)
    .replace(DAY, `$1${day}$2`)
    .replace(ORIGIN, ' * The date is the day on which a release read the version from WhatsApp Web.');
}
