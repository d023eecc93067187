// @ts-check
import { menuOf, sitePath, siteText, titleOf } from './page.codec.mjs';

const target = {
  pages: new Set(['README.md', 'docs/a.md', 'docs/deep/b.md', 'examples/README.md']),
  source: (/** @type {string} */ path) => `https://git/${path}`
};
const from = (/** @type {string} */ page, /** @type {string} */ text) => siteText(page, text, target);

describe('a page of the site', () => {
  it('keeps links to pages, also to those that move', () => {
    expect(from('README.md', '[a](docs/a.md#x) [e](examples) [f](examples/README.md)')).toBe(
      '[a](./docs/a.md#x) [e](./examples/index.md) [f](./examples/index.md)'
    );
    expect(from('docs/deep/b.md', '[`a`](../a.md) [home](../../README.md#start) [here](#x)')).toBe(
      '[`a`](../a.md) [home](../../index.md#start) [here](#x)'
    );
  });

  it('links to the repository for everything else', () => {
    expect(from('docs/a.md', '[code](../libs/x.ts) [page](https://x.y/z.md) ![picture](pictures/p.png)')).toBe(
      '[code](https://git/libs/x.ts) [page](https://x.y/z.md) ![picture](https://git/docs/pictures/p.png)'
    );
  });

  it('keeps code unchanged and escapes braces for Vue', () => {
    const code = '```js\n[x](y.md) {{z}}\n```\n\nand `[x](y.md)`, ``{{ `z` }}``';
    expect(from('docs/a.md', code)).toBe(code);
    expect(from('docs/a.md', 'say {{ it }}')).toBe('say &#123;&#123; it }}');
    expect(from('README.md', '```mermaid\nflowchart LR\n```')).toBe('```mermaid-diagram\nflowchart LR\n```');
  });

  it('has a path and a title', () => {
    expect([sitePath('README.md'), sitePath('examples/README.md'), sitePath('docs/a.md')]).toEqual([
      'index.md',
      'examples/index.md',
      'docs/a.md'
    ]);
    expect(titleOf('\n# The `wabus` command\n\n## Other')).toBe('The wabus command');
  });
});

test('the menu has the order of README, and each page once', () => {
  const titles = new Map([
    ['README.md', 'Wabus'],
    ['docs/a.md', 'A'],
    ['docs/b.md', 'B'],
    ['docs/c.md', 'C'],
    ['docs/adr/1.md', 'One'],
    ['examples/README.md', 'Examples']
  ]);
  const readme = `# Wabus\n\n- **Promise**: [b](docs/b.md) and [c](docs/c.md).\n\n## Documentation\n\n- **First**: [b](docs/b.md),\n  [x](https://x) and [examples](examples/README.md).\n- **No menu**: [b](docs/b.md)\n- **Second.** [a](docs/a.md#x) [b](docs/b.md) [a](docs/a.md)\n\n[c](docs/c.md)\n`;
  expect(menuOf(readme, titles).map(({ text, items }) => [text, ...items.map(({ link }) => link)])).toEqual([
    ['First', '/docs/b', '/examples/'],
    ['Second', '/docs/a'],
    ['More', '/docs/c'],
    ['Decisions', '/docs/adr/1']
  ]);
});
