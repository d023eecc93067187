// @ts-check

/** Matches comments and literals in TypeScript and JavaScript. */
const TOKEN = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;
/** A literal of three words or more is a text for readers. */
const SENTENCE = /\S\s+\S+\s+\S/;

const blank = (/** @type {string} */ text) => text.replace(/[^\n]/g, ' ');

/**
 * Returns the prose of a file with everything else blanked out, so that line numbers stay the same.
 * @param {string} path determines the language
 * @param {string} text
 * @returns {string}
 */
export function proseOf(path, text) {
  return path.endsWith('.md') ? proseOfMarkdown(text) : proseOfCode(text, /\.(spec|conformance|fixture)\.\w+$/.test(path));
}

/** @param {string} text */
function proseOfMarkdown(text) {
  return text
    .replace(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, blank)
    .replace(/`[^`\n]*`/g, blank)
    .replace(/\]\([^)\s]*\)/g, blank);
}

/**
 * @param {string} text
 * @param {boolean} isTest literals in tests are data
 */
function proseOfCode(text, isTest) {
  let prose = '';
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [token] = match;
    const isComment = token.startsWith('/');
    const isRead = isComment || (!isTest && SENTENCE.test(token));
    const shown = isComment ? token.replace(/^(\s*)\*(?!\/)/gm, '$1 ').replace(/^\/[/*]\*?/, blank) : ` ${token.slice(1, -1)} `;
    prose += blank(text.slice(end, match.index)) + (isRead ? shown : blank(token));
    end = match.index + token.length;
  }
  return prose + blank(text.slice(end));
}
