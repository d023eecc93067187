// @ts-check
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { debianArchives, formatSource } from '../nats/apt-sources.codec.mjs';
import { runCommand } from '../process/command.runner.mjs';
import { AptWorkspace, hasApt, readAptSources } from './apt.workspace.mjs';

/** The folder in which Debian keeps the programs of PostgreSQL servers, with a subfolder per version. */
const POSTGRES_FOLDER = join('usr', 'lib', 'postgresql');

/**
 * Debian's PostgreSQL, Redis and SQLite for the tests of the import: the folders of their programs, and the `LD_LIBRARY_PATH` they need.
 * @typedef {{ postgres: string, redis: string, sqlite: string, libraries: string }} DatabasePrograms
 */

/**
 * Finds the installed programs; otherwise unpacks Debian's packages with their dependencies, without installing them.
 * @param {(detail: string) => void} report
 * @returns {Promise<DatabasePrograms>}
 * @throws {Error} if the programs are not available here; the message is one line
 */
export async function findDatabasePrograms(report) {
  // Not inside a home folder: if the tests run as root, PostgreSQL runs as nobody, who could not read it there.
  const folder = join(tmpdir(), `wabus-databases-${process.getuid?.() ?? 0}`);
  if (PROGRAMS.some(({ find }) => find('/') === null && find(folder) === null)) await unpack(folder, report);
  const [postgres, redis, sqlite] = PROGRAMS.map(({ name, find }) => {
    const found = find('/') ?? find(folder);
    if (found === null) throw new Error(`the unpacked packages do not contain ${name}`);
    return found;
  });
  return { postgres: String(postgres), redis: String(redis), sqlite: String(sqlite), libraries: libraryFolders(folder).join(':') };
}

/**
 * The programs by package: `find` returns the folder of the program below a root, or `null`.
 * @type {readonly { name: string, find: (root: string) => string | null }[]}
 */
const PROGRAMS = [
  { name: 'postgresql', find: postgresFolder },
  { name: 'redis-server', find: root => folderWith(root, 'redis-server') },
  { name: 'sqlite3', find: root => folderWith(root, 'sqlite3') }
];

/** @param {string} root */
function postgresFolder(root) {
  const versions = existsSync(join(root, POSTGRES_FOLDER)) ? readdirSync(join(root, POSTGRES_FOLDER)) : [];
  return versions.map(version => join(root, POSTGRES_FOLDER, version, 'bin')).find(bin => existsSync(join(bin, 'initdb'))) ?? null;
}

/**
 * @param {string} root
 * @param {string} program
 */
const folderWith = (root, program) => (existsSync(join(root, 'usr', 'bin', program)) ? join(root, 'usr', 'bin') : null);

/** @param {string} folder */
function libraryFolders(folder) {
  return ['usr/lib', 'lib'].flatMap(base => {
    const path = join(folder, base);
    if (!existsSync(path)) return [];
    return [
      path,
      ...readdirSync(path)
        .filter(name => name.includes('-linux-'))
        .map(name => join(path, name))
    ];
  });
}

/**
 * @param {string} folder
 * @param {(detail: string) => void} report
 */
async function unpack(folder, report) {
  if (!hasApt()) throw new Error('PostgreSQL and Redis cannot be downloaded without apt-get');
  const [archive] = debianArchives(readAptSources('/etc/apt'));
  const suite = archive?.suites[0];
  if (!archive || !suite) throw new Error("the machine's apt sources contain no Debian archive");
  await AptWorkspace.using(formatSource(archive, suite), async apt => {
    report('downloading PostgreSQL, Redis and SQLite');
    mkdirSync(apt.root, { recursive: true });
    for (const { name } of PROGRAMS) await apt.extractMissing(name, report).catch(ignoreInstalled);
    const staging = `${folder}.${process.pid}`;
    const copied = await runCommand('cp', ['-r', apt.root, staging]);
    if (copied.code !== 0) throw new Error('the packages could not be copied into the cache');
    chmodSync(staging, 0o755);
    rmSync(folder, { recursive: true, force: true });
    renameSync(staging, folder);
  });
}

/** Ignores the error of a package that is already installed: there is nothing to download. @param {unknown} error */
function ignoreInstalled(error) {
  if (!(error instanceof Error && error.message === 'downloaded no package')) throw error;
}
