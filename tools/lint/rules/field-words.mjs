import { readFileSync } from 'node:fs';
import { isExempt, readExemptions } from '../exempt/exemptions.reader.mjs';

const EXEMPT = readExemptions('field-words');

/**
 * Returns the discouraged words with their replacements, from the last table of docs/glossary.md.
 * @param {string} text
 * @returns {Map<string, string>}
 */
export function readDialect(text) {
  const [, rows = ''] = text.split('## Words we do not use');
  const words = new Map();
  for (const [, old = '', field = ''] of rows.matchAll(/^\| `([^|]+)` +\| ([^|]+?) +\|$/gm)) {
    for (const word of old.split('`, `')) words.set(word.toLowerCase(), field);
  }
  if (words.size === 0) throw new Error('docs/glossary.md has no table of words that are not used');
  return words;
}

/** Returns the words of a name in lower case: `tellRecoveries` has two, and `letGo` also counts as one combined word. @param {string} name */
function wordsOf(name) {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[ _$-]+/);
  return [...words, ...words.slice(1).map((word, i) => words[i] + word)];
}

/** Returns the first discouraged word in a name, or `undefined`. @param {string} name @param {ReadonlyMap<string, string>} dialect */
export function dialectIn(name, dialect) {
  return wordsOf(name).find(word => dialect.has(word));
}

const DIALECT = readDialect(readFileSync(new URL('../../../docs/glossary.md', import.meta.url), 'utf8'));

const MEMBERS = new Set([
  'MethodDefinition',
  'PropertyDefinition',
  'TSAbstractMethodDefinition',
  'TSAbstractPropertyDefinition',
  'TSMethodSignature',
  'TSPropertySignature'
]);
const isFunction = type => type === 'TSEmptyBodyFunctionExpression' || /Function(Expression|Declaration)$/.test(type);

/** Whether an identifier declares its name. Names that are declared elsewhere are not checked. */
function declares(node) {
  const { parent } = node;
  if (parent.id === node) return true;
  if (MEMBERS.has(parent.type)) return parent.key === node && !parent.computed;
  return isFunction(parent.type) || parent.type === 'ArrowFunctionExpression' ? parent.params.includes(node) : false;
}

/** Names of functions, classes, types, members, parameters and variables use established terms: emit, receive, subscribe, release. */
export const fieldWords = {
  meta: { type: 'suggestion', docs: { description: 'names use established terms' }, schema: [] },
  create(context) {
    if (isExempt(EXEMPT, context.filename.replaceAll('\\', '/'))) return {};
    const check = node => {
      if (!declares(node)) return;
      const word = dialectIn(node.name, DIALECT);
      if (word) context.report({ node, message: `'${node.name}': the established terms are ${DIALECT.get(word)} (docs/glossary.md).` });
    };
    return { Identifier: check, PrivateIdentifier: check };
  }
};
