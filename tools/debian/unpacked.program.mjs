// @ts-check
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { debianArchives, formatSource } from '../nats/apt-sources.codec.mjs';
import { cacheFolder } from '../nats/binary.inspection.mjs';
import { failureOf, findOnPath, runCommand } from '../process/command.runner.mjs';
import { AptWorkspace, hasApt, readAptSources } from './apt.workspace.mjs';

/**
 * @typedef {object} DebianProgram
 * @property {string} title as people call it
 * @property {string} variable of the environment that may name one
 * @property {string} name on the `PATH`, and of its folder in the cache
 * @property {string} packageName
 * @property {string} path in the package
 * @property {string[]} [beside] programs of the package that are found in the same folder as the program, by their names
 * @property {{ args: string[], says: RegExp, exits?: number }} check tells it from any other program; `exits` is 0 if missing
 */

/**
 * A program for tests: the one that the environment names, Debian's where it is installed, else Debian's packages unpacked into the cache and not installed, with the libraries that
 * this machine lacks.
 * @param {DebianProgram} wanted
 * @param {NodeJS.ProcessEnv} env
 * @param {(detail: string) => void} report
 * @returns {Promise<string>} a program that can be started
 * @throws {Error} that says what to install, when there is no way to get one here
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
    if (reason !== null) throw new Error(`what was unpacked does not start: ${reason}`);
    return cached;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(
      `There is no ${title}, and Debian's could not be unpacked (${error instanceof Error ? error.message : error}). ` +
        `Install one (Debian: apt-get install ${packageName}), or name one in ${variable}.`,
      { cause: error }
    );
  }
}

/**
 * Why a program is not the wanted one, or does not start; `null` when all is well.
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
  if (!archive || !suite) throw new Error("the machine's apt sources name no Debian archive");
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
 * The folders of unpacked packages that contain libraries, from the folder of the packages. An installation would link some of them to where the linker looks, such as
 * `blas/libblas.so.3`.
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
