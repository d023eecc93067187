// @ts-check

/** What the locked dependencies need. */
export const MINIMUM_NODE = '20.19.0';

/**
 * Whether Wabus runs on a version of Node.js.
 * @param {string} version such as `v20.20.2`
 * @returns {string | null} what is wrong and what to do, `null` when nothing is
 */
export function nodeVersionFault(version) {
  const [have, need] = [version.replace(/^v/, ''), MINIMUM_NODE].map(text => text.split('.').map(part => Number.parseInt(part, 10)));
  for (let i = 0; i < 3; i++) {
    const difference = (have?.[i] ?? 0) - (need?.[i] ?? 0);
    if (difference > 0) return null;
    if (difference < 0)
      return `Wabus needs Node.js ${MINIMUM_NODE} or newer, this is ${version}. Install a current one: https://nodejs.org/en/download`;
  }
  return null;
}
