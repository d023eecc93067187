// @ts-check

const DAY_MS = 86_400_000;
/** WhatsApp refuses versions after 80 to 150 days: a release with one of 60 days is good for three weeks at least. */
export const MAX_DAYS = 60;

/**
 * What keeps the built-in version of WhatsApp Web out of a release.
 * @param {{ version: readonly number[], publishedAt: string }} builtIn `publishedAt` is a date such as `2026-07-26`
 * @param {number} now ms since 1970
 * @returns {string | null} `null`: it is young enough
 */
export function ageProblem({ version, publishedAt }, now) {
  const days = Math.floor((now - Date.parse(publishedAt)) / DAY_MS);
  if (!Number.isFinite(days)) return `The date of the built-in version is none: ${publishedAt}.`;
  if (days < 0) return `The built-in version ${version.join('.')} has a date to come: ${publishedAt}.`;
  if (days <= MAX_DAYS) return null;
  return `The built-in version ${version.join('.')} is ${days} days old, and a release takes one of at most ${MAX_DAYS}: WhatsApp refuses versions after 80 to 150 days.`;
}
