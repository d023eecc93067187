// @ts-check
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { ROOT } from '../install.mjs';
import { anchorsOf, linksOf } from './markdown.codec.mjs';

const FOLDERS = ['docs', 'examples', 'libs', 'apps'];

/** @param {string} folder @returns {string[]} */
function pagesBelow(folder) {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap(entry => {
    if (entry.name === 'node_modules' || entry.name === 'dist') return [];
    if (entry.isDirectory()) return pagesBelow(join(folder, entry.name));
    return entry.name.endsWith('.md') ? [join(folder, entry.name)] : [];
  });
}

const PAGES = [...readdirSync(ROOT).filter(name => name.endsWith('.md')), ...FOLDERS.flatMap(pagesBelow)];
const read = (/** @type {string} */ page) => readFileSync(join(ROOT, page), 'utf8');

/** Returns why a link is broken, or `null`. @param {string} page @param {string} target */
function faultOf(page, target) {
  if (/^[a-z]+:/.test(target)) return null;
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? join(ROOT, page) : resolve(join(ROOT, dirname(page)), path);
  if (relative(ROOT, file).startsWith('..') || !existsSync(file)) return `${target}: there is no such file`;
  if (anchor !== undefined && file.endsWith('.md') && !anchorsOf(readFileSync(file, 'utf8')).has(anchor))
    return `${target}: there is no such heading`;
  return null;
}

describe('links of the documentation', () => {
  it.each(PAGES)('%s has no broken links', page => {
    const faults = linksOf(read(page)).map(({ target }) => faultOf(page, target));
    expect(faults.filter(fault => fault !== null)).toEqual([]);
  });

  it('are reported when they are broken', () => {
    expect(faultOf('README.md', 'docs/nothing.md')).toMatch('no such file');
    expect(faultOf('README.md', 'docs/architecture.md#nothing')).toMatch('no such heading');
    expect(faultOf('README.md', '../elsewhere.md')).toMatch('no such file');
    expect(faultOf('README.md', 'docs/architecture.md#lifecycle')).toBeNull();
  });

  it('list every decision in docs/adr/README.md by its title', () => {
    const decisions = PAGES.filter(page => /^docs\/adr\/\d/.test(page)).sort();
    const lines = decisions.map(page => `- [${/^# (.+)$/m.exec(read(page))?.[1]}](${page.slice('docs/adr/'.length)})`);
    expect(
      read('docs/adr/README.md')
        .split('\n')
        .filter(line => line.startsWith('- '))
    ).toEqual(lines);
  });

  it('in the console have existing targets', () => {
    const table = read('apps/console/src/app/document.table.ts');
    const documents = [...table.matchAll(/: '(\S+\.md)'/g)].map(([, path]) => String(path));
    expect(documents.length).toBeGreaterThan(10);
    expect(documents.filter(path => !PAGES.includes(path))).toEqual([]);
  });

  it('reach every page of docs from README in two steps', () => {
    const reached = new Set(['README.md']);
    for (let step = 0; step < 2; step++) {
      for (const page of [...reached]) {
        for (const { target } of linksOf(read(page))) {
          const file = relative(ROOT, resolve(join(ROOT, dirname(page)), target.split('#')[0] || page));
          if (PAGES.includes(file)) reached.add(file);
        }
      }
    }
    const wanted = PAGES.filter(page => /^(docs|examples)\//.test(page) && !page.startsWith('docs/adr/'));
    expect(wanted.filter(page => !reached.has(page))).toEqual([]);
  });
});
