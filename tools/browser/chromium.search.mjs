// @ts-check
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AptWorkspace, hasApt, readAptSources } from '../debian/apt.workspace.mjs';
import { debianArchives, formatSource } from '../nats/apt-sources.codec.mjs';
import { cacheFolder } from '../nats/binary.inspection.mjs';
import { failureOf, findOnPath, runCommand } from '../process/command.runner.mjs';

/** Where Debian's packages put libraries that the linker does not find by itself outside of `/`. */
const LIBRARY_FOLDERS = ['usr/lib', 'lib'].flatMap(base =>
  ['x86_64-linux-gnu', 'x86_64-linux-gnu/pulseaudio', 'aarch64-linux-gnu', 'aarch64-linux-gnu/pulseaudio'].map(part => `${base}/${part}`)
);

/**
 * A Chromium for the tests of the console: the one that `WABUS_TEST_CHROMIUM` names, Debian's where it is installed, else Debian's packages unpacked into the
 * cache and not installed, with the libraries that this machine lacks.
 * @param {NodeJS.ProcessEnv} env
 * @param {(detail: string) => void} report
 * @returns {Promise<string>} a program that can be started
 * @throws {Error} that says what to install, when there is no way to get one here
 */
export async function findChromium(env, report) {
  const named = env['WABUS_TEST_CHROMIUM'];
  if (named) {
    const reason = await refusal(named);
    if (reason !== null) throw new Error(`WABUS_TEST_CHROMIUM names ${named}, which does not start: ${reason}`);
    return named;
  }
  const installed = findOnPath('chromium', env['PATH']);
  if (installed !== null && (await refusal(installed)) === null) return installed;
  const folder = join(cacheFolder(env), 'chromium');
  const cached = join(folder, 'start');
  if (existsSync(cached) && (await refusal(cached)) === null) return cached;
  try {
    await unpack(folder, report);
    const reason = await refusal(cached);
    if (reason !== null) throw new Error(`what was unpacked does not start: ${reason}`);
    return cached;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(
      `There is no Chromium, and Debian's could not be unpacked (${error instanceof Error ? error.message : error}). ` +
        'Install one (Debian: apt-get install chromium), or name one in WABUS_TEST_CHROMIUM.',
      { cause: error }
    );
  }
}

/**
 * Why a program is no Chromium that starts, or `null`.
 * @param {string} program
 */
async function refusal(program) {
  const outcome = await runCommand(program, ['--version'], { timeoutMs: 30_000 });
  return outcome.code === 0 && /chrom/i.test(outcome.stdout) ? null : failureOf(outcome);
}

/**
 * @param {string} folder
 * @param {(detail: string) => void} report
 */
async function unpack(folder, report) {
  if (!hasApt()) throw new Error('apt-get or dpkg is not there');
  const [archive] = debianArchives(readAptSources('/etc/apt'));
  const suite = archive?.suites[0];
  if (!archive || !suite) throw new Error("the machine's apt sources name no Debian archive");
  await AptWorkspace.using(formatSource(archive, suite), async apt => {
    report('fetching packages');
    await apt.extractMissing('chromium', report);
    const staging = `${folder}.${process.pid}`;
    mkdirSync(dirname(folder), { recursive: true });
    rmSync(staging, { recursive: true, force: true });
    const copied = await runCommand('cp', ['-r', apt.root, staging], { timeoutMs: 120_000 });
    if (copied.code !== 0) throw new Error('the packages could not be copied into the cache');
    writeFileSync(join(staging, 'start'), startScript(folder));
    chmodSync(join(staging, 'start'), 0o755);
    rmSync(folder, { recursive: true, force: true });
    renameSync(staging, folder);
  });
}

/** @param {string} folder */
function startScript(folder) {
  const libraries = LIBRARY_FOLDERS.map(part => join(folder, part)).join(':');
  return `#!/bin/sh
LD_LIBRARY_PATH='${libraries}'
export LD_LIBRARY_PATH
exec '${folder}/usr/lib/chromium/chromium' "$@"
`;
}
