// @ts-check
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { projectFolders } from '../test/spec-file.search.mjs';

const TEST = /\.(spec|fixture|conformance|d)\.[cm]?tsx?$|\/(testing|fixture)\//;
const GENERATED = /^(\/\/|\/\*\*?) (@generated|Made (from|by) )/m;

/** @typedef {{project: string, room: string, path: string, text: string, lines: number, file: ts.SourceFile}} Source */

/**
 * Returns the sources of a working copy, without tests, fixtures, declarations and generated files. A room is the folder below `src`, or `.`.
 * @param {string} root
 * @returns {Source[]}
 */
export function readSources(root) {
  return projectFolders(root).flatMap(project =>
    files(join(root, project, 'src'))
      .map(path => relative(root, path))
      .filter(path => !TEST.test(path))
      .map(path => readSource(root, project, path))
      .filter(({ text }) => !GENERATED.test(text.slice(0, 400)))
  );
}

/**
 * Returns the path of the source file that an import specifier refers to, or `null` for a package.
 * @param {string} root
 * @param {string} from
 * @param {string} specifier
 */
export function importedPath(root, from, specifier) {
  const target = specifier.startsWith('.')
    ? join(dirname(from), specifier).replace(/\.js$/, '.ts')
    : specifier.replace(/^@wabus\/([\w-]+)$/, 'libs/$1/src/index.ts').replace(/^@wabus\/([\w-]+)\/([\w-]+)$/, 'libs/$1/src/$2/index.ts');
  return target.endsWith('.ts') && existsSync(join(root, target)) ? target : null;
}

/** @param {string} root @param {string} project @param {string} path @returns {Source} */
function readSource(root, project, path) {
  const text = readFileSync(join(root, path), 'utf8');
  const below = path.slice(project.length + '/src/'.length).split('/');
  return {
    project,
    room: below.length > 1 ? /** @type {string} */ (below[0]) : '.',
    path,
    text,
    lines: text.split('\n').length - 1,
    file: ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true)
  };
}

/** @param {string} folder @returns {string[]} */
function files(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? files(path) : /\.tsx?$/.test(entry.name) ? [path] : [];
    });
}
