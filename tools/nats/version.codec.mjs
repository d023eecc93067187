// @ts-check

/** The oldest supported nats-server: 2.12 introduced atomic batch publishing, which key transactions need. */
export const MINIMUM_VERSION = '2.12.0';

/**
 * Extracts a version from the output of `nats-server --version`, a Debian version or a release name.
 * @param {string} text such as `nats-server: v2.14.0-RC.1`, `2.15.1-1` or `nats-server-2.14.0`
 * @returns {string | null} `major.minor.patch`, with `-RC.n` for a release candidate; `null` if the text contains no version
 */
export function parseVersion(text) {
  const match = /(\d+)\.(\d+)\.(\d+)(-(?:RC|beta|preview)\.?\d+)?/i.exec(text);
  return match ? `${match[1]}.${match[2]}.${match[3]}${match[4] ?? ''}` : null;
}

/**
 * Compares two versions; a release candidate comes before its release.
 * @param {string} a
 * @param {string} b
 * @returns {number} negative if `a` is older, 0 if equal, positive if newer
 */
export function compareVersions(a, b) {
  const [left, right] = [a, b].map(version => version.split(/[.-]/, 3).map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (difference !== 0) return difference;
  }
  const [candidateA, candidateB] = [a.includes('-'), b.includes('-')];
  if (candidateA !== candidateB) return candidateA ? -1 : 1;
  return a.localeCompare(b, 'en', { numeric: true });
}

/**
 * @param {string} version
 * @returns {boolean}
 */
export function isSupported(version) {
  return compareVersions(version, MINIMUM_VERSION) >= 0;
}
