// @ts-check

/** A link in its source form: `[text](target)`. @typedef {{ text: string, target: string }} Link */
/** A table: the cells of its head and of its rows in their source form. @typedef {{ head: string[], rows: string[][] }} Table */

const FENCE = /^(`{3,}|~{3,}).*?^\1/gms;
const CODE = /(`+)(?:.*?)\1/g;

/** Returns the links of a page, except those in code. @param {string} page @returns {Link[]} */
export function linksOf(page) {
  const prose = page.replace(FENCE, '');
  return [...prose.matchAll(/\[((?:`[^`]*`|[^\]`])*)\]\(([^()\s]+)\)/g)].map(([, text = '', target = '']) => ({ text, target }));
}

/**
 * Returns the anchors of a page's headings, as GitHub generates them; equal anchors are numbered.
 * @param {string} page
 * @returns {Set<string>}
 */
export function anchorsOf(page) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  const headings = [...page.replace(FENCE, '').matchAll(/^#{1,6} (.*)$/gm)].map(([, heading = '']) => anchorOf(heading));
  return new Set(
    headings.map(anchor => {
      const count = seen.get(anchor) ?? 0;
      seen.set(anchor, count + 1);
      return count === 0 ? anchor : `${anchor}-${count}`;
    })
  );
}

/** Returns the anchor of a heading, as GitHub generates it. @param {string} heading */
export function anchorOf(heading) {
  const text = heading.trim().replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

/** Returns the tables of a page. @param {string} page @returns {Table[]} */
export function tablesOf(page) {
  const blocks = page.replace(FENCE, '').match(/(?:^\|.*\|[ ]*\n?)+/gm) ?? [];
  return blocks.map(block => {
    const [head = [], , ...rows] = block.trim().split('\n').map(cellsOf);
    return { head, rows };
  });
}

/** @param {string} line */
function cellsOf(line) {
  return line
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map(cell => cell.trim());
}

/** Returns the code spans of a text. @param {string} text @returns {string[]} */
export function codeOf(text) {
  return [...text.matchAll(CODE)].map(([code]) => code.replace(/^`+|`+$/g, '').trim());
}
