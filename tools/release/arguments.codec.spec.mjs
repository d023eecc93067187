// @ts-check
import { readReleaseArguments } from './arguments.codec.mjs';

describe('the arguments of a release', () => {
  it('are a version and options', () => {
    const defaults = { version: '0.3.0', dryRun: false, skipTests: false, registry: false, out: 'dist/release' };
    expect(readReleaseArguments(['0.3.0'])).toEqual(defaults);
    expect(readReleaseArguments(['--dry-run', '0.3.0-rc.1', '--skip-tests', '--registry', '--out', 'x'])).toEqual({
      version: '0.3.0-rc.1',
      dryRun: true,
      skipTests: true,
      registry: true,
      out: 'x'
    });
    expect(readReleaseArguments(['--help'])).toBeNull();
  });

  it.each([
    [['--skip-tests', '0.3.0'], 'works with --dry-run only'],
    [['--dry-run', 'v0.3.0'], 'Name one version'],
    [['0.3.0', '0.4.0'], 'Name one version'],
    [[], 'Name one version'],
    [['--publish', '0.3.0'], "Unknown option '--publish'"]
  ])('are refused: %j', (args, message) => expect(() => readReleaseArguments(args)).toThrow(message));
});
