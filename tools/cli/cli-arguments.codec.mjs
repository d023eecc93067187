// @ts-check
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { IN_REPOSITORY, ROOT } from '../install.mjs';
import { isHeld } from '../start/folder.lock.mjs';

/** A mistake on the command line. It is printed with the usage, and the program exits with code 2. */
export class UsageError extends Error {}

/** The options of every command that connects to an edge. */
export const EDGE_OPTIONS = /** @type {const} */ ({
  url: { type: 'string' },
  data: { type: 'string' },
  help: { type: 'boolean', short: 'h' }
});

export const EDGE_USAGE = `  --url ADDRESS   URL of an edge (default: the edge that runs from the data folder, otherwise http://127.0.0.1:3000)
  --data DIR      data folder with the access token (default .wabus, or .wabus/demo while only the demo runs);
                  WABUS_ACCESS_TOKEN_FILE and WABUS_TOKEN take precedence
  --help          this text`;

/**
 * @template {NonNullable<import('node:util').ParseArgsConfig['options']>} O
 * @param {readonly string[]} args
 * @param {O} options
 * @param {{ positionals: readonly string[], optional?: number, usage: string }} shape names of the positional arguments, of which the last
 * `optional` may be missing
 * @throws {UsageError}
 */
export function readCommandLine(args, options, { positionals: names, optional = 0, usage }) {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if ('help' in values && values['help']) return { values, positionals, help: true };
    const missing = names.slice(positionals.length, names.length - optional);
    if (missing.length > 0) throw new Error(`missing: ${missing.join(', ')}`);
    const [surplus] = positionals.slice(names.length);
    if (surplus !== undefined) throw new Error(`unexpected argument ${surplus}`);
    return { values, positionals, help: false };
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}

/**
 * Returns the given data folder, otherwise that of `npm start`.
 * @param {string | undefined} given
 * @returns {string}
 */
export function dataFolderOf(given) {
  return given === undefined ? join(usualRoot(), '.wabus') : resolve(given);
}

/**
 * Returns the data folder for a command that talks to what is running: like `dataFolderOf`, but that of the demo while only the demo runs.
 * @param {string | undefined} given
 * @param {string} [root] the folder that contains the usual data folder
 * @returns {string}
 */
export function runningFolderOf(given, root = usualRoot()) {
  if (given !== undefined) return resolve(given);
  const usual = join(root, '.wabus');
  const demo = join(usual, 'demo');
  const isOnlyDemo = !isHeld(join(usual, 'start.lock')) && isHeld(join(demo, 'start.lock'));
  return isOnlyDemo ? demo : usual;
}

function usualRoot() {
  return IN_REPOSITORY ? ROOT : process.cwd();
}
