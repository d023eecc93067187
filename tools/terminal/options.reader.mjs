// @ts-check
import { parseArgs } from 'node:util';

/**
 * Reads the command line of a tool. `--help` prints the usage and ends the process; so does a mistake, with status 2 and what is wrong.
 * @template {NonNullable<import('node:util').ParseArgsConfig['options']>} O
 * @param {string} usage
 * @param {O} options
 * @param {{ positionals?: number }} [shape] the number of positional arguments that are permitted
 */
export function readOptions(usage, options, { positionals: most = 0 } = {}) {
  try {
    const { values, positionals } = parseArgs({
      options: /** @type {O & { help: { type: 'boolean', short: 'h' } }} */ ({ ...options, help: { type: 'boolean', short: 'h' } }),
      allowPositionals: most > 0
    });
    if ('help' in values && values.help) {
      console.log(usage);
      process.exit(0);
    }
    const [surplus] = positionals.slice(most);
    if (surplus !== undefined) throw new Error(`unexpected argument ${surplus}`);
    return { values, positionals };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    process.exit(2);
  }
}
