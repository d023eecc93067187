// @ts-check
import ts from 'typescript';
import { importedPath } from './house.sources.mjs';

/** @typedef {import('./house.sources.mjs').Source} Source */

const SHORT = 40;

/**
 * Returns statistics on the lengths of files: count, median, 90th percentile, maximum, and the percentage of short files.
 * @param {readonly {lines: number}[]} sources
 */
export function lengths(sources) {
  const sorted = sources.map(({ lines }) => lines).sort((a, b) => a - b);
  /** @param {number} share */
  const at = share => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const short = sorted.filter(lines => lines <= SHORT).length;
  return {
    files: sorted.length,
    lines: sorted.reduce((sum, lines) => sum + lines, 0),
    median: at(0.5),
    p90: at(0.9),
    max: sorted.at(-1) ?? 0,
    shortPercent: Math.round((100 * short) / Math.max(1, sorted.length))
  };
}

/**
 * Returns the abstract classes by name, with the number of classes that extend or implement each.
 * @param {readonly Source[]} sources
 */
export function ports(sources) {
  const classes = sources.flatMap(source =>
    source.file.statements.filter(ts.isClassDeclaration).map(node => ({ node, path: source.path }))
  );
  const isAbstract = (/** @type {ts.ClassDeclaration} */ node) =>
    node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword) ?? false;
  return classes
    .filter(({ node }) => isAbstract(node))
    .map(({ node, path }) => {
      const name = node.name?.text ?? '';
      const drivers = classes.filter(({ node: other }) =>
        other.heritageClauses?.some(({ types }) => types.some(({ expression }) => expression.getText() === name))
      ).length;
      return { name, path, drivers };
    });
}

/**
 * Returns exported names that are declared in more than one file, with these files. The SDK publishes names of the contracts but must not
 * depend on them, so these two declarations count as one.
 * @param {readonly Source[]} sources
 */
export function severalHomes(sources) {
  /** @type {Map<string, Set<string>>} */
  const homes = new Map();
  for (const { file, path } of sources) {
    for (const name of exportedNames(file)) homes.set(name, (homes.get(name) ?? new Set()).add(path));
  }
  return [...homes]
    .filter(([, paths]) => paths.size > 1 && !isWireOfSdk([...paths]))
    .map(([name, paths]) => ({ name, paths: [...paths].sort() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @param {string[]} paths */
const isWireOfSdk = paths =>
  paths.length === 2 && ['libs/contracts/', 'libs/sdk/'].every(part => paths.some(path => path.startsWith(part)));

/** @param {ts.SourceFile} file @returns {string[]} */
export function exportedNames(file) {
  return file.statements.flatMap(statement => {
    if (!ts.canHaveModifiers(statement)) return [];
    if (!ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
    const { name } = /** @type {{name?: ts.Node}} */ (/** @type {unknown} */ (statement));
    return name && ts.isIdentifier(name) ? [name.text] : [];
  });
}

/**
 * Counts the dependencies between the rooms of a project that point backward: the smallest number to reverse so that the rooms form layers.
 * Type imports count. A file at the top of a project (entry point, fixture, contract between rooms) does not belong to a room.
 * @param {readonly Source[]} sources
 * @param {string} root
 */
export function arrowsBack(sources, root) {
  /** @type {Map<string, Set<string>>} */
  const arrows = new Map();
  const roomOf = new Map(sources.map(({ path, project, room }) => [path, `${project}/${room}`]));
  for (const { file, path, room } of sources) {
    if (room === '.') continue;
    for (const { fileName } of ts.preProcessFile(file.text, true, true).importedFiles) {
      const target = importedPath(root, path, fileName);
      const [from, to] = [roomOf.get(path), target === null ? undefined : roomOf.get(target)];
      if (!from || !to || from === to || to.endsWith('/.') || projectOf(from) !== projectOf(to)) continue;
      arrows.set(`${from} -> ${to}`, (arrows.get(`${from} -> ${to}`) ?? new Set()).add(path));
    }
  }
  const all = [...arrows.keys()].map(key => /** @type {[string, string]} */ (key.split(' -> ')));
  return backward(all).map(([from, to]) => ({ from, to, files: [...(arrows.get(`${from} -> ${to}`) ?? [])].sort() }));
}

/** @param {string} room */
const projectOf = room => room.split('/').slice(0, 2).join('/');

/**
 * Removes rooms without incoming or outgoing arrows; from the rest, first removes the room that reverses the fewest arrows (Eades, Lin, Smyth).
 * @param {readonly [string, string][]} arrows
 */
export function backward(arrows) {
  const rest = new Set(arrows.flat().sort());
  /** @type {string[]} */
  const top = [];
  /** @type {string[]} */
  const bottom = [];
  /** @param {string} room */
  const out = room => arrows.filter(([from, to]) => from === room && rest.has(to)).length;
  /** @param {string} room */
  const into = room => arrows.filter(([from, to]) => to === room && rest.has(from)).length;
  while (rest.size > 0) {
    const sink = [...rest].find(room => out(room) === 0);
    const source = [...rest].find(room => into(room) === 0);
    const next = sink ?? source ?? [...rest].reduce((best, room) => (out(room) - into(room) > out(best) - into(best) ? room : best));
    if (sink) bottom.unshift(next);
    else top.push(next);
    rest.delete(next);
  }
  const floor = new Map([...top, ...bottom].map((room, index) => [room, index]));
  return arrows.filter(([from, to]) => (floor.get(from) ?? 0) > (floor.get(to) ?? 0));
}
