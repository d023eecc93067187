// @ts-check
import { parseArgs } from 'node:util';
import { isVersion } from './version.places.mjs';

export const USAGE = `npm run release -- [--dry-run] [options] VERSION

  --dry-run       changes nothing in the tree: prints what would change, then builds and checks the packages
  --skip-tests    skips npm test; only with --dry-run
  --out FOLDER    folder for the packages (default dist/release)
  --registry      checks the packages with dependencies from the registry instead of the packages of this tree
  --help          this text`;

/** @typedef {{ version: string, dryRun: boolean, skipTests: boolean, registry: boolean, out: string }} ReleaseArguments */

/**
 * @param {string[]} args
 * @returns {ReleaseArguments | null} `null` if the user requested the help
 * @throws {Error} says what is wrong
 */
export function readReleaseArguments(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean', default: false },
      'skip-tests': { type: 'boolean', default: false },
      registry: { type: 'boolean', default: false },
      out: { type: 'string', default: 'dist/release' },
      help: { type: 'boolean', short: 'h', default: false }
    }
  });
  if (values.help) return null;
  const [version = '', ...surplus] = positionals;
  if (!isVersion(version) || surplus.length > 0) throw new Error('Name one version, such as 0.2.0.');
  if (values['skip-tests'] && !values['dry-run']) throw new Error('A release runs all tests: --skip-tests works with --dry-run only.');
  return { version, dryRun: values['dry-run'], skipTests: values['skip-tests'], registry: values.registry, out: values.out };
}
