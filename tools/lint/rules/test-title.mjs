import { isExempt, readExemptions } from '../exempt/exemptions.reader.mjs';

const MOST = 60;
/** Files that still have longer titles. The list may only shrink. */
const EXEMPT = readExemptions('test-titles');
const PLACEHOLDERS = /%[sdifjoOp#%]|\$\{[^}]*\}|\$[\w.#]+/g;
const FUNCTIONS = new Set(['it', 'test', 'describe']);

/** The length of a title in the source: inserted table values do not count. */
export const titleLength = title => title.replace(PLACEHOLDERS, '').length;

/** Returns the name of the function in `it`, `it.skip`, `it.each(rows)`, `it.each`…`` and `(condition ? it : it.skip)`. */
function testFunction(node) {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'MemberExpression') return testFunction(node.object);
  if (node.type === 'CallExpression') return testFunction(node.callee);
  if (node.type === 'TaggedTemplateExpression') return testFunction(node.tag);
  if (node.type === 'ConditionalExpression') return testFunction(node.consequent);
  return null;
}

function textOf(node) {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  return node?.type === 'TemplateLiteral' ? node.quasis.map(({ value }) => value.cooked).join('') : null;
}

/** A red line in a report must show immediately what is broken: one promise in at most 60 characters. */
export const testTitle = {
  meta: {
    type: 'suggestion',
    docs: { description: `titles of tests have at most ${MOST} characters` },
    schema: []
  },
  create(context) {
    const exempt = isExempt(EXEMPT, context.filename.replaceAll('\\', '/'));
    let longTitles = 0;
    return {
      CallExpression(node) {
        if (!FUNCTIONS.has(testFunction(node.callee))) return;
        const text = textOf(node.arguments[0]);
        const length = text === null ? 0 : titleLength(text);
        if (length <= MOST) return;
        longTitles++;
        if (!exempt)
          context.report({
            node: node.arguments[0],
            message: `This title has ${length} characters: state one promise in at most ${MOST}.`
          });
      },
      'Program:exit'(node) {
        if (exempt && longTitles === 0)
          context.report({
            node,
            loc: { line: 1, column: 0 },
            message: 'Its titles are short now: remove it from tools/lint/exempt/test-titles.txt.'
          });
      }
    };
  }
};
