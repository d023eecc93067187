// @ts-check
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { debianArchives, formatSource } from '../nats/apt-sources.codec.mjs';
import { cacheFolder } from '../nats/binary.inspection.mjs';
import { failureOf, findOnPath, runCommand } from '../process/command.runner.mjs';
import { AptWorkspace, hasApt, readAptSources } from './apt.workspace.mjs';

/**
 * @typedef {object} DebianProgram
 * @property {string} title the usual name, for messages
 * @property {string} variable the environment variable that may contain a path
 * @property {string} name the name on the `PATH`, also used for the folder in the cache
 * @property {string} packageName
 * @property {string} path the path inside the package
 * @property {string[]} [beside] names of further programs in the same folder, which the caller also starts
 * @property {{ args: string[], says: RegExp, exits?: number }} check identifies the program; `exits` is 0 if missing
 */

/**
 * Finds a program for tests: the one in the environment variable, otherwise the installed one, otherwise Debian's packages unpacked into the
 * cache and not installed, with the libraries that are missing on this machine.
 * @param {DebianProgram} wanted
 * @param {NodeJS.ProcessEnv} env
 * @param {(detail: string) => void} report
 * @returns {Promise<string>} the path of a working program
 * @throws {Error} if none can be found or unpacked here; the message says what to install
 */
export async function findDebianProgram(wanted, env, report) {
  const { title, variable, name, packageName } = wanted;
  const refused = (/** @type {string} */ program) => refusal(program, wanted.check);
  const named = env[variable];
  if (named) {
    const reason = await refused(named);
    if (reason !== null) throw new Error(`${variable} names ${named}, which does not start: ${reason}`);
    return named;
  }
  const installed = findOnPath(name, env['PATH']);
  if (installed !== null && (await refused(installed)) === null) return installed;
  const folder = join(cacheFolder(env), name);
  const cached = join(folder, 'start');
  if (existsSync(cached) && (await refused(cached)) === null) return cached;
  try {
    await unpack(wanted, folder, report);
    const reason = await refused(cached);
    if (reason !== null) throw new Error(`the unpacked program does not start: ${reason}`);
    return cached;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(
      `${title} is not installed, and Debian's package could not be unpacked (${error instanceof Error ? error.message : error}). ` +
        `Install it (Debian: apt-get install ${packageName}), or set ${variable} to its path.`,
      { cause: error }
    );
  }
}

/**
 * Returns why a program is a different one or does not start; `null` if it is usable.
 * @param {string} program
 * @param {DebianProgram['check']} check
 */
async function refusal(program, { args, says, exits = 0 }) {
  const outcome = await runCommand(program, args, { timeoutMs: 30_000 });
  return outcome.code === exits && says.test(`${outcome.stdout}${outcome.stderr}`) ? null : failureOf(outcome);
}

/**
 * @param {DebianProgram} wanted
 * @param {string} folder
 * @param {(detail: string) => void} report
 */
async function unpack({ packageName, path, beside = [] }, folder, report) {
  if (!hasApt()) throw new Error('apt-get or dpkg is missing');
  const [archive] = debianArchives(readAptSources('/etc/apt'));
  const suite = archive?.suites[0];
  if (!archive || !suite) throw new Error("the machine's apt sources contain no Debian archive");
  await AptWorkspace.using(formatSource(archive, suite), async apt => {
    report('fetching packages');
    await apt.extractMissing(packageName, report);
    const staging = `${folder}.${process.pid}`;
    mkdirSync(dirname(folder), { recursive: true });
    rmSync(staging, { recursive: true, force: true });
    const copied = await runCommand('cp', ['-r', apt.root, staging], { timeoutMs: 120_000 });
    if (copied.code !== 0) throw new Error('the packages could not be copied into the cache');
    const scripts = { start: path, ...Object.fromEntries(beside.map(name => [name, join(dirname(path), name)])) };
    const libraries = libraryFolders(staging);
    for (const [name, program] of Object.entries(scripts))
      writeFileSync(join(staging, name), startScript(folder, program, libraries), { mode: 0o755 });
    rmSync(folder, { recursive: true, force: true });
    renameSync(staging, folder);
  });
}

/**
 * Returns the folders with libraries in unpacked packages, relative to the root. An installation would link some of them, such as
 * `blas/libblas.so.3`, into a folder that the linker searches.
 * @param {string} root
 * @returns {string[]}
 */
export function libraryFolders(root) {
  const files = ['usr/lib', 'lib'].flatMap(base =>
    existsSync(join(root, base)) ? readdirSync(join(root, base), { recursive: true, withFileTypes: true }) : []
  );
  return [...new Set(files.filter(({ name }) => /\.so(\.\d+)*$/.test(name)).map(({ parentPath }) => relative(root, parentPath)))].sort();
}

/**
 * @param {string} folder
 * @param {string} path
 * @param {readonly string[]} libraries
 */
function startScript(folder, path, libraries) {
  return `#!/bin/sh
LD_LIBRARY_PATH='${libraries.map(part => join(folder, part)).join(':')}'
export LD_LIBRARY_PATH
exec '${folder}/${path}' "$@"
`;
}
