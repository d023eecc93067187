// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** The maximum number of functions and files in each walk. */
export const LIMITS = {
  'An inbound message': { frames: 12, files: 20 },
  'A command': { frames: 14, files: 16 }
};

/** @typedef {{file: string, name: string, isHandedOn: boolean}} Frame */

/**
 * Parses the walks in a document: a heading `### <walk>` with a numbered list of `file#function` or `file#Class.method`. If the previous frame
 * does not call a frame by name, the line says how it is reached: `over NATS`, `by Nest`, or `as the` listener, handler or work that it was
 * passed.
 * @param {string} text
 * @returns {Map<string, Frame[]>}
 */
export function readWalks(text) {
  const part = /^## Frames$([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(text)?.[1] ?? '';
  const walks = new Map();
  for (const section of part.split(/^### /m).slice(1)) {
    const [title = ''] = section.split('\n');
    const lines = [...section.matchAll(/^\d+\. `([^#`]+)#([\w.]+)`(.*)$/gm)];
    walks.set(
      title.trim(),
      lines.map(([, file, name, rest = '']) => ({
        file,
        name,
        isHandedOn: / (over NATS|by Nest|as the (listener|handler|work))\b/.test(rest)
      }))
    );
  }
  return walks;
}

/**
 * Returns the faults of a walk: a frame that does not exist or does not call the next one, or more frames or files than the limit.
 * @param {string} root
 * @param {readonly Frame[]} walk
 * @param {{frames: number, files: number}} limits
 */
export function walkFaults(root, walk, limits) {
  const bodies = walk.map(({ file, name }) => bodyOf(root, file, name));
  const faults = walk.flatMap(({ file, name }, i) => {
    const body = bodies[i];
    if (body === undefined) return [`${file} has no ${name}`];
    const next = walk[i + 1];
    if (next === undefined || next.isHandedOn) return [];
    const called = /** @type {string} */ (next.name.split('.').at(-1));
    return names(body).has(called) ? [] : [`${name} of ${file} does not call ${called}`];
  });
  const files = new Set(walk.map(({ file }) => file)).size;
  if (walk.length > limits.frames) faults.push(`${walk.length} frames, at most ${limits.frames}`);
  if (files > limits.files) faults.push(`${files} files, at most ${limits.files}`);
  return faults;
}

/**
 * Returns the declaration of `function` or `Class.method` in a file.
 * @param {string} root
 * @param {string} file
 * @param {string} name
 * @returns {ts.Node | undefined}
 */
function bodyOf(root, file, name) {
  let text;
  try {
    text = readFileSync(join(root, file), 'utf8');
  } catch {
    return undefined;
  }
  /** @type {ts.Node | undefined} */
  let found = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
  for (const part of name.split('.')) found = found && declaration(found, part);
  return found;
}

/** @param {ts.Node} within @param {string} name @returns {ts.Node | undefined} */
function declaration(within, name) {
  /** @param {ts.Node} node @returns {ts.Node | undefined} */
  const visit = node => {
    const { name: own } = /** @type {{name?: ts.Node}} */ (/** @type {unknown} */ (node));
    const isDeclared =
      ts.isFunctionDeclaration(node) ||
      ts.isClassDeclaration(node) ||
      ts.isMethodDeclaration(node) ||
      ts.isPropertyDeclaration(node) ||
      ts.isPropertyAssignment(node) ||
      ts.isVariableDeclaration(node) ||
      ts.isConstructorDeclaration(node);
    const called = ts.isConstructorDeclaration(node)
      ? 'constructor'
      : own && (ts.isIdentifier(own) || ts.isStringLiteral(own))
        ? own.text
        : '';
    if (isDeclared && called === name) return node;
    return ts.forEachChild(node, visit);
  };
  return ts.forEachChild(within, visit);
}

/** Returns every name that a body uses: calls, and functions that it passes on. @param {ts.Node} body */
function names(body) {
  /** @type {Set<string>} */
  const all = new Set();
  ts.forEachChild(body, function visit(node) {
    if (ts.isIdentifier(node)) all.add(node.text);
    ts.forEachChild(node, visit);
  });
  if (ts.isClassDeclaration(body)) all.add('constructor');
  return all;
}
