// @ts-check

/** The headings of a release in their order. Text that must be read before an upgrade comes first. */
export const KINDS = /** @type {const} */ (['Upgrade notes', 'Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security']);
/** @typedef {typeof KINDS[number]} Kind */
/** Entries by heading: the lines of each, without the kind. @typedef {Map<Kind, string[]>} Entries */

const UNRELEASED = /^## \[?Unreleased\]?[^\n]*$/m;
const NEXT = /^## /m;
/** Matches the beginning of a line under Unreleased: `- Added: …`. */
const OPENING = new RegExp(`^- (${KINDS.join('|')}|Upgrade): `);

/**
 * Returns the changelog with the unreleased entries moved to a release. If the release already exists, the new entries are added to its lists.
 * @param {string} text
 * @param {{ version: string, date: string }} release `date` is a day such as `2026-11-30`
 * @throws {Error} if an entry has no kind, or if there are no unreleased entries
 */
export function cutRelease(text, { version, date }) {
  const unreleased = sectionAt(text, UNRELEASED);
  if (unreleased === null) throw new Error('CHANGELOG.md has no heading "## [Unreleased]".');
  const added = readEntries(unreleased.body);
  const present = releaseSection(text, version);
  if (present === null && added.size === 0) throw new Error(`CHANGELOG.md has nothing unreleased for ${version}.`);
  const entries = merged(added, present === null ? new Map() : readEntries(present.body));
  const after = text.slice(present?.end ?? unreleased.end);
  const between = present === null ? '' : text.slice(unreleased.end, present.start);
  return `${text.slice(0, unreleased.start)}## [Unreleased]\n\n${between}## [${version}] - ${date}\n\n${formatEntries(entries)}${after === '' ? '' : `\n${after}`}`;
}

/**
 * Returns the changes of a release as Markdown, without its heading.
 * @param {string} text
 * @param {string} version
 * @throws {Error} if the changelog does not contain the release
 */
export function releaseNotes(text, version) {
  const section = releaseSection(text, version);
  if (section === null) throw new Error(`CHANGELOG.md has no release ${version}.`);
  return section.body.trim();
}

/** @param {string} text @param {string} version */
const releaseSection = (text, version) => sectionAt(text, new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\][^\\n]*$`, 'm'));

/** @param {string} text @param {RegExp} heading */
function sectionAt(text, heading) {
  const found = heading.exec(text);
  if (found === null) return null;
  const from = found.index + found[0].length;
  const next = NEXT.exec(text.slice(from));
  const end = next === null ? text.length : from + next.index;
  return { start: found.index, end, body: text.slice(from, end) };
}

/**
 * @param {string} body entries with a kind each, or entries below headings
 * @returns {Entries}
 */
function readEntries(body) {
  /** @type {Entries} */
  const entries = new Map();
  /** @type {Kind | null} */
  let heading = null;
  /** @type {string[] | null} */
  let list = null;
  for (const line of body.split('\n')) {
    if (line.startsWith('### ')) {
      heading = kindOf(line.slice(4).trim());
      list = null;
    } else if (line.startsWith('- ')) {
      const [, named] = OPENING.exec(line) ?? [];
      const kind = named === undefined ? heading : kindOf(named);
      if (kind === null) throw new Error(`CHANGELOG.md: an entry names no kind (Added, Changed, Fixed, …): ${line.slice(0, 80)}`);
      list = entries.get(kind) ?? [];
      entries.set(kind, list);
      list.push(named === undefined ? line : `- ${capitalized(line.replace(OPENING, ''))}`);
    } else if (line.trim() !== '') {
      if (list === null) throw new Error(`CHANGELOG.md: this line belongs to no entry: ${line.slice(0, 80)}`);
      list.push(`${list.pop()}\n${line}`);
    }
  }
  return entries;
}

/** @param {string} name @returns {Kind} */
function kindOf(name) {
  const kind = KINDS.find(one => one === (name === 'Upgrade' ? 'Upgrade notes' : name));
  if (kind === undefined) throw new Error(`CHANGELOG.md: there is no kind ${name}. There are ${KINDS.join(', ')}.`);
  return kind;
}

/** @param {string} text */
const capitalized = text => text.replace(/^(\[?)([a-z])(?=[a-z-]*[ ,.\]])/, (_, bracket, letter) => bracket + letter.toUpperCase());

/** @param {Entries} newer @param {Entries} older @returns {Entries} */
function merged(newer, older) {
  return new Map(KINDS.map(kind => [kind, [...new Set([...(newer.get(kind) ?? []), ...(older.get(kind) ?? [])])]]));
}

/** @param {Entries} entries */
function formatEntries(entries) {
  return KINDS.flatMap(kind => {
    const list = entries.get(kind) ?? [];
    return list.length === 0 ? [] : [`### ${kind}\n\n${list.join('\n')}\n`];
  }).join('\n');
}
