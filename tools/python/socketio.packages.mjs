// @ts-check
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AptWorkspace, hasApt, readAptSources } from '../debian/apt.workspace.mjs';
import { debianArchives, formatSource } from '../nats/apt-sources.codec.mjs';
import { cacheFolder } from '../nats/binary.inspection.mjs';
import { findOnPath, runCommand } from '../process/command.runner.mjs';

/** `python3-socketio` and `python3-aiohttp` with all dependencies that a bare Python lacks, and the type checker. */
const PACKAGES = [
  'python3-socketio',
  'python3-engineio',
  'python3-bidict',
  'python3-requests',
  'python3-urllib3',
  'python3-certifi',
  'python3-chardet',
  'python3-charset-normalizer',
  'python3-idna',
  'python3-six',
  'python3-websocket',
  'python3-aiohttp',
  'python3-aiosignal',
  'python3-async-timeout',
  'python3-attr',
  'python3-frozenlist',
  'python3-multidict',
  'python3-yarl',
  'python3-mypy',
  'python3-mypy-extensions',
  'python3-typeshed',
  'python3-typing-extensions'
];

/** Debian's own interpreter: another one that comes first on the PATH may have a version that does not match the packages. */
export const INTERPRETERS = ['/usr/bin/python3'];

/**
 * Finds a Python that can run a Socket.IO client, for the tests of the Python snippets: the interpreter and its `PYTHONPATH`.
 * Uses an installed package, otherwise Debian's packages, unpacked into the cache and not installed.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ interpreter: string, pythonPath: string }>}
 * @throws {Error} if none is available here; the message is one line
 */
export async function findPythonClient(env) {
  const interpreter = [...INTERPRETERS, findOnPath('python3', env['PATH'])].find(path => path !== null && existsSync(path));
  if (!interpreter) throw new Error('python3 is not installed');
  if (await imports(interpreter, '')) return { interpreter, pythonPath: '' };
  const folder = join(cacheFolder(env), 'python3-client');
  if (!(await imports(interpreter, folder))) await unpackPython(folder, PACKAGES);
  if (!(await imports(interpreter, folder))) throw new Error(`${interpreter} cannot import the unpacked packages`);
  return { interpreter, pythonPath: folder };
}

/**
 * @param {string} interpreter
 * @param {string} pythonPath
 */
async function imports(interpreter, pythonPath) {
  const check = ['-c', 'import socketio, requests, websocket, aiohttp, mypy'];
  return (
    (await runCommand(interpreter, check, { env: { PATH: process.env['PATH'], PYTHONPATH: pythonPath }, timeoutMs: 20_000 })).code === 0
  );
}

/**
 * Unpacks Debian's Python packages into a folder in the cache.
 * @param {string} folder the future `PYTHONPATH`
 * @param {readonly string[]} packages
 */
export async function unpackPython(folder, packages) {
  if (!hasApt()) throw new Error('python3 lacks the client packages, and without apt-get they cannot be downloaded');
  const [archive] = debianArchives(readAptSources('/etc/apt'));
  const suite = archive?.suites[0];
  if (!archive || !suite) throw new Error("python3 lacks the client packages, and the machine's apt sources contain no Debian archive");
  await AptWorkspace.using(formatSource(archive, suite), async apt => {
    await apt.extract([...packages]);
    const staging = `${folder}.${process.pid}`;
    mkdirSync(dirname(folder), { recursive: true });
    const copied = await runCommand('cp', ['-r', join(apt.root, 'usr', 'lib', 'python3', 'dist-packages'), staging]);
    if (copied.code !== 0) throw new Error('the packages could not be copied into the cache');
    rmSync(folder, { recursive: true, force: true });
    renameSync(staging, folder);
  });
}
