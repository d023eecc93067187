// @ts-check
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runCommand } from '../process/command.runner.mjs';
import { findPythonBuild } from '../python/build.packages.mjs';
import { versionPlaces } from './version.places.mjs';

const CLIENT = 'clients/python';
const BUILD = `import sys
from setuptools import build_meta
# setuptools changes the arguments of its own process.
out = sys.argv[1]
build_meta.build_sdist(out)
build_meta.build_wheel(out)
`;
/** Checks that a Python without any other package of ours can use the wheel. */
const CHECK = `import importlib.metadata, sys, zipfile
wheel, version = sys.argv[1:]
names = zipfile.ZipFile(wheel).namelist()
assert 'wabus/py.typed' in names and 'wabus/__init__.py' in names, names
assert any(name.endswith('/LICENSE') for name in names), names
sys.path.insert(0, wheel)
assert importlib.metadata.version('wabus') == version, importlib.metadata.version('wabus')
`;

/**
 * Builds the wheel and the source archive of the Python client, and checks the contents of the wheel.
 * @param {string} root
 * @param {{ staging: string, out: string, version: string }} options
 * @returns {Promise<string[]>} the files
 * @throws {Error} with one line if no build tools are available, otherwise with the messages of the build
 */
export async function buildPython(root, { staging, out, version }) {
  const { interpreter, pythonPath } = await findPythonBuild(process.env);
  const folder = join(staging, 'python');
  cpSync(join(root, CLIENT), folder, { recursive: true, filter: path => !/__pycache__|\.egg-info$|\/tests$/.test(path) });
  const place = versionPlaces(root).find(({ file }) => file === `${CLIENT}/pyproject.toml`);
  const manifest = join(folder, 'pyproject.toml');
  writeFileSync(manifest, place?.changed(readFileSync(manifest, 'utf8'), version) ?? '');
  mkdirSync(out, { recursive: true });
  const env = { PATH: process.env['PATH'], PYTHONPATH: pythonPath };
  const run = async (/** @type {string[]} */ args) => {
    const { code, stdout, stderr, error } = await runCommand(interpreter, args, { cwd: folder, env, timeoutMs: 120_000 });
    if (code !== 0) throw new Error(`the Python client: ${error ?? `${stdout}${stderr}`.trim()}`);
  };
  await run(['-c', BUILD, out]);
  const files = readdirSync(out).filter(name => name.startsWith(`wabus-${version}`) && /(\.whl|\.tar\.gz)$/.test(name));
  const wheel = files.find(name => name.endsWith('.whl'));
  if (wheel === undefined || files.length !== 2) throw new Error(`the Python client: the build made ${files.join(', ') || 'nothing'}`);
  await run(['-c', CHECK, join(out, wheel), version]);
  return files.map(name => join(out, basename(name)));
}
