// @ts-check

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {string} from the name of a stage or image
 * @property {{ from: string | null, sources: string[], target: string }[]} copies
 * @property {string[]} runs the shell commands, one per RUN
 * @property {string[]} command the program that ENTRYPOINT or CMD starts, from the JSON form
 * @property {string | null} user
 */

/**
 * Parses the stages of a Dockerfile, as far as the checks of deploy/ need them.
 * @param {string} text
 * @returns {Stage[]}
 */
export function parseDockerfile(text) {
  /** @type {Stage[]} */
  const stages = [];
  const instructions = text
    .replace(/^\s*#.*$/gm, '')
    .replace(/\\\n/g, ' ')
    .split('\n');
  for (const line of instructions) {
    const [, word = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line.trim()) ?? [];
    const stage = stages.at(-1);
    if (word === 'FROM') {
      const [from = '', , name = ''] = rest.split(/\s+/);
      stages.push({ name, from, copies: [], runs: [], command: [], user: null });
    } else if (word === 'COPY') {
      const [, from = null] = /--from=(\S+)/.exec(rest) ?? [];
      const paths = rest.split(/\s+/).filter(part => part && !part.startsWith('--'));
      stage?.copies.push({ from, sources: paths.slice(0, -1), target: paths.at(-1) ?? '' });
    } else if (word === 'RUN') stage?.runs.push(rest);
    else if (stage && word === 'USER') stage.user = rest;
    else if (stage && (word === 'CMD' || word === 'ENTRYPOINT')) stage.command = JSON.parse(rest);
  }
  return stages;
}
