// @ts-check
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../nats/binary.inspection.mjs';
import { findOnPath, runCommand } from '../process/command.runner.mjs';
import { INTERPRETERS, unpackPython } from './socketio.packages.mjs';

const PACKAGES = ['python3-setuptools', 'python3-pkg-resources', 'python3-wheel'];
/** `clients/python/pyproject.toml` requires setuptools 66. Since 70.1, setuptools does not need the package wheel. */
const CHECK = `import setuptools
version = tuple(map(int, setuptools.__version__.split('.')[:2]))
assert version >= (66, 0), 'setuptools is too old'
if version < (70, 1): import wheel
`;

/**
 * Finds a Python that can build packages: an installed one with the tools, otherwise with Debian's packages, unpacked into the cache and not
 * installed.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ interpreter: string, pythonPath: string }>}
 * @throws {Error} if none is available here; the message is one line
 */
export async function findPythonBuild(env) {
  const folder = join(cacheFolder(env), 'python3-build');
  const interpreters = [...INTERPRETERS, findOnPath('python3', env['PATH'])].filter(path => path !== null && existsSync(path));
  for (const pythonPath of ['', folder]) {
    if (pythonPath !== '' && !existsSync(folder)) await unpackPython(folder, PACKAGES);
    for (const interpreter of /** @type {string[]} */ (interpreters))
      if (await works(interpreter, pythonPath)) return { interpreter, pythonPath };
  }
  throw new Error('python3 has no setuptools 66 or later with wheel');
}

/** @param {string} interpreter @param {string} pythonPath */
async function works(interpreter, pythonPath) {
  const env = { PATH: process.env['PATH'], PYTHONPATH: pythonPath };
  return (await runCommand(interpreter, ['-c', CHECK], { env, timeoutMs: 20_000 })).code === 0;
}
