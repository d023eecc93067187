// @ts-check
import { deadLinks, withoutInlineScripts } from './html.codec.mjs';

test('inline scripts of a page become files', () => {
  const html =
    '<script id="a">run()</script><script src="b.js"></script><script type="module" src="c.js"></script><script type="application/json">{}</script><script async src="d.js"></script><script>more()</script>';
  /** @type {string[]} */
  const codes = [];
  expect(withoutInlineScripts(html, code => `/${codes.push(code)}.js`)).toBe(
    html.replace('id="a">run()', 'id="a" src="/1.js">').replace('>more()', ' src="/2.js">')
  );
  expect(codes).toEqual(['run()', 'more()']);
});

describe('links of a site', () => {
  const files = new Map([
    [
      'index.html',
      '<h1 id="top">x</h1><a href="/w/docs/a">a</a> <a href="docs/a.html#b%C3%A9">b</a> <a class="x" href="https://x.y/">x</a> <img src="/w/p.png">'
    ],
    ['docs/a.html', '<h2 id="bé">x</h2><a href="../">home</a><a href="#bé">here</a><script>"<a href=\'no\'>"</script>'],
    ['p.png', null]
  ]);

  it('are found, below a base and relative to their page', () => expect(deadLinks(files, '/w/')).toEqual([]));

  it.each([
    ['/w/docs/b', 'leads nowhere'],
    ['/docs/a', 'leads nowhere'],
    ['docs/q.png', 'leads nowhere'],
    ['docs/a#c', 'has no such heading'],
    ['#c', 'has no such heading']
  ])('are reported if %s %s', (link, fault) => {
    expect(deadLinks(new Map([...files, ['x.html', `<a href="${link}">x</a>`]]), '/w/')).toEqual([`x.html: ${link} ${fault}`]);
  });
});
