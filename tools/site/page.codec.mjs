// @ts-check
import { posix } from 'node:path';

/** @typedef {{ pages: ReadonlySet<string>, source: (path: string) => string }} Target */

const FENCED = /^(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\1[^\n]*$/gm;
const SPAN = /(`+)[^`][\s\S]*?\1/g;

/** Returns the path of a page in the site: `README.md` becomes the index page of its folder. @param {string} page */
export const sitePath = page => page.replace(/(^|\/)README\.md$/, '$1index.md');

/**
 * Converts a page of the repository to the form that the generator expects. Links to other pages stay, and all others lead to the repository.
 * @param {string} page the path from the root
 * @param {string} text
 * @param {Target} target `pages` are the pages of the site
 */
export function siteText(page, text, { pages, source }) {
  return outsideCode(text, prose => {
    // Comments are for editors of the repository. The generator would show them, because it accepts no HTML.
    const linked = prose
      .replace(/<!--[\s\S]*?-->\n*/g, '')
      .replace(/(\]\()([^()\s]+)(\))/g, (_, open, link, close) => `${open}${siteLink(page, link, { pages, source })}${close}`);
    // Vue would interpret them as expressions.
    return linked.replaceAll('{{', '&#123;&#123;');
  }).replaceAll(/^```mermaid$/gm, '```mermaid-diagram');
}

/** @param {string} page @param {string} link @param {Target} target */
function siteLink(page, link, { pages, source }) {
  if (/^([a-z]+:|#|\/)/.test(link)) return link;
  const [path = '', anchor] = link.split('#');
  const file = posix.join(posix.dirname(page), path).replace(/\/$/, '');
  const found = [file, `${file}/README.md`].find(one => pages.has(one));
  const suffix = anchor === undefined ? '' : `#${anchor}`;
  if (found === undefined) return `${source(file)}${suffix}`;
  const relative = posix.relative(posix.dirname(sitePath(page)), sitePath(found));
  return `${relative.startsWith('.') ? relative : `./${relative}`}${suffix}`;
}

/**
 * Changes only text outside code blocks and code spans. The text of a link may be a code span.
 * @param {string} text
 * @param {(prose: string) => string} change
 */
function outsideCode(text, change) {
  /** @type {string[]} */
  const kept = [];
  const keep = (/** @type {string} */ code) => `\u0000${kept.push(code) - 1}\u0000`;
  const changed = change(text.replace(FENCED, keep).replace(SPAN, keep));
  const restore = (/** @type {string} */ part) => part.replaceAll(/\u0000(\d+)\u0000/g, (_, at) => kept[Number(at)] ?? '');
  return restore(restore(changed));
}

/** Returns the title of a page: its first heading. @param {string} text */
export const titleOf = text => /^# (.+)$/m.exec(text)?.[1]?.replaceAll('`', '') ?? '';

/** @typedef {{ text: string, link: string }} Item */

/**
 * Returns the menu in the order in which README lists the documents: each row `- **Group**: links` is a group. Pages that README does not list
 * come last.
 * @param {string} readme
 * @param {ReadonlyMap<string, string>} titles the titles of all pages, by path
 * @returns {{ text: string, items: Item[] }[]}
 */
export function menuOf(readme, titles) {
  const named = new Set(['README.md']);
  const list = readme.split(/^## Document[^\n]*$/m).at(-1) ?? '';
  const rows = list.split(/^(?=- |#|\n)/m).flatMap(row => {
    const [, group] = /^- \*\*([^*]+?)[.:]?\*\*/.exec(row) ?? [];
    const links = [...row.matchAll(/\]\(([^()#\s]+)\)/g)].map(([, link = '']) => link).filter(link => titles.has(link));
    return group === undefined || links.length < 2 ? [] : [{ group, links }];
  });
  const item = (/** @type {string} */ page) => ({
    text: titles.get(page) ?? page,
    link: `/${sitePath(page).replace(/(index)?\.md$/, '')}`
  });
  const groups = rows.map(({ group, links }) => ({
    text: group,
    items: [...new Set(links)].filter(link => !named.has(link) && named.add(link)).map(item)
  }));
  const rest = [...titles.keys()].filter(page => !named.has(page)).sort();
  const decisions = rest.filter(page => page.startsWith('docs/adr/'));
  const others = rest.filter(page => !decisions.includes(page));
  return [...groups, { text: 'More', items: others.map(item) }, { text: 'Decisions', items: decisions.map(item) }].filter(
    ({ items }) => items.length > 0
  );
}
