// @ts-check

/**
 * The first version of each maintained release line that the locked dependencies support, as in `engines` of package.json. Odd-numbered lines
 * have no long-term support and end soon; from 24 on, every version is supported.
 */
const LINES = [
  { major: 20, minor: 19 },
  { major: 22, minor: 12 },
  { major: 24, minor: 0 }
];

/**
 * Checks whether Wabus runs on a version of Node.js.
 * @param {string} version such as `v20.20.2`
 * @returns {string | null} what is wrong and what to do, or `null`
 */
export function nodeVersionFault(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const newest = LINES.at(-1)?.major ?? 0;
  if (major >= newest) return null;
  const line = LINES.find(each => each.major === major);
  if (line && minor >= line.minor) return null;
  const needed = LINES.map(each => `${each.major}.${each.minor}`).join(', ');
  return `Wabus needs Node.js ${needed} or a newer release of these lines, or any version after ${newest}; this is ${version}. Install a current one: https://nodejs.org/en/download`;
}

/** The same versions in the notation of `engines`. */
export const NODE_ENGINES = LINES.map((line, index) => {
  const isNewest = index === LINES.length - 1;
  return isNewest ? `>=${line.major}` : `^${line.major}.${line.minor}.0`;
}).join(' || ');
