// @ts-check
import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The folder of the patches, relative to the root: one file per package, with patch-package's file names. */
export const PATCH_FOLDER = 'patches';

/**
 * A patch for an installed package.
 * @typedef {object} DependencyPatch
 * @property {string} file relative to the root
 * @property {string} name the name of the package
 * @property {string} version the only version to which it applies
 */

/**
 * @param {string} root
 * @returns {DependencyPatch[]}
 */
export function dependencyPatches(root) {
  const folder = join(root, PATCH_FOLDER);
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter(file => file.endsWith('.patch'));
  return files.sort().map(file => {
    const parts = file.slice(0, -'.patch'.length).split('+');
    const version = parts.pop() ?? '';
    return { file: join(PATCH_FOLDER, file), name: parts.join('/'), version };
  });
}

/**
 * Patches the installed packages, each file once. A patched file is a new file, because package managers hard-link the same file in several
 * trees.
 * @param {string} root
 * @returns {Promise<'applied' | 'unchanged'>}
 * @throws {Error} if a package is missing, has a version other than the patch's, or has unexpected contents
 */
export async function applyDependencyPatches(root) {
  let outcome = /** @type {'applied' | 'unchanged'} */ ('unchanged');
  for (const patch of dependencyPatches(root)) {
    requireVersion(root, patch);
    const changes = await pendingChanges(root, patch);
    for (const [file, text] of changes) replaceFile(file, text);
    if (changes.length > 0) outcome = 'applied';
  }
  return outcome;
}

/**
 * @param {string} root
 * @param {DependencyPatch} patch
 */
function requireVersion(root, { file, name, version }) {
  const manifest = join(root, 'node_modules', name, 'package.json');
  const installed = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : 'missing';
  if (installed !== version)
    throw new Error(`${file} is for ${name} ${version}; installed: ${installed}. Adapt the patch and its name to the new version.`);
}

/**
 * Returns the files to write. Nothing is written unless the whole patch applies.
 * @param {string} root
 * @param {DependencyPatch} patch
 * @returns {Promise<[file: string, text: string][]>}
 */
async function pendingChanges(root, { file, name }) {
  // Imported here, because the installation must work before any package is installed.
  const { applyPatch, parsePatch, reversePatch } = await import('diff');
  const changed = /** @type {Map<string, string>} */ (new Map());
  // A patch may contain several parts for one file. A part that is added later then also applies to packages that already contain the others.
  for (const part of parsePatch(readFileSync(join(root, file), 'utf8'))) {
    const target = join(root, (part.newFileName ?? '').replace(/^b\//, ''));
    const text = changed.get(target) ?? readFileSync(target, 'utf8');
    if (applyPatch(text, reversePatch(part)) !== false) continue;
    const patched = applyPatch(text, part);
    if (patched === false) throw new Error(`${file} does not apply to ${target}: install ${name} again with npm ci, or adapt the patch.`);
    changed.set(target, patched);
  }
  return [...changed];
}

/**
 * @param {string} file
 * @param {string} text
 */
function replaceFile(file, text) {
  const temporary = `${file}.${process.pid}.patched`;
  writeFileSync(temporary, text, { mode: statSync(file).mode });
  renameSync(temporary, file);
}

// Run as a program, for images: patches the packages of the working directory.
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(`patches of dependencies: ${await applyDependencyPatches(process.cwd())}`);
