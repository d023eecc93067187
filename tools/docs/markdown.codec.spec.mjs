// @ts-check
import { anchorsOf, codeOf, linksOf, tablesOf } from './markdown.codec.mjs';

const PAGE = `# A page: of \`code\` & more

[one](a.md) and [\`two\`](b.md#c), no link in \`\`\`code\`\`\`.

\`\`\`md
[three](c.md)
## not a heading
\`\`\`

| a   | b            |
| --- | ------------ |
| 1   | \`x\\|y\` or \`z\` |

## Again

## Again
`;

describe('a page of Markdown', () => {
  it('has links, except in code', () => {
    expect(linksOf(PAGE)).toEqual([
      { text: 'one', target: 'a.md' },
      { text: '`two`', target: 'b.md#c' }
    ]);
  });

  it('has an anchor for every heading', () => {
    expect([...anchorsOf(PAGE)]).toEqual(['a-page-of-code--more', 'again', 'again-1']);
  });

  it('has tables of cells', () => {
    expect(tablesOf(PAGE)).toEqual([{ head: ['a', 'b'], rows: [['1', '`x\\|y` or `z`']] }]);
  });

  it('has code spans in a cell', () => {
    expect(codeOf('`a` and `b c`, not d')).toEqual(['a', 'b c']);
  });
});
