// @ts-check

/**
 * An archive in the machine's apt configuration.
 * @typedef {{ uri: string, suites: string[], components: string[], options: Record<string, string> }} AptSource `options` contains the deb822
 * fields that affect trust, by their deb822 name: `Signed-By`, `Trusted`
 */

const OPTION_NAMES = new Map([
  ['signed-by', 'Signed-By'],
  ['trusted', 'Trusted']
]);

/**
 * Parses a file in the one-line format: `deb [signed-by=/path] http://deb.debian.org/debian bookworm main`.
 * @param {string} text
 * @returns {AptSource[]} binary archives only
 */
export function parseSourcesList(text) {
  const sources = [];
  for (const line of text.split('\n')) {
    const match = /^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s*([^#]*)/.exec(line);
    if (!match) continue;
    const [, bracket = '', uri = '', suite = '', components = ''] = match;
    /** @type {Record<string, string>} */
    const options = {};
    for (const option of bracket.trim().split(/\s+/)) {
      const [name = '', value = ''] = option.split('=', 2);
      const field = OPTION_NAMES.get(name.toLowerCase());
      if (field) options[field] = value;
    }
    sources.push({ uri, suites: [suite], components: words(components), options });
  }
  return sources;
}

/**
 * Parses a file in the deb822 format (`*.sources`): stanzas of fields, with folded values such as an inline key.
 * @param {string} text
 * @returns {AptSource[]} enabled binary archives only, one per URI
 */
export function parseDeb822(text) {
  return text
    .split(/\n(?:[ \t]*\n)+/)
    .map(parseStanza)
    .filter(fields => words(fields.get('types')).includes('deb') && fields.get('enabled')?.trim().toLowerCase() !== 'no')
    .flatMap(fields => {
      /** @type {Record<string, string>} */
      const options = {};
      for (const [name, field] of OPTION_NAMES) {
        const value = fields.get(name);
        if (value !== undefined) options[field] = value;
      }
      return words(fields.get('uris')).map(uri => ({
        uri,
        suites: words(fields.get('suites')),
        components: words(fields.get('components')),
        options
      }));
    });
}

/**
 * Selects the archives of Debian itself: component `main`, signed by Debian's keyring or with a URI like Debian's mirrors. Security archives,
 * updates and vendors' archives are excluded, because they only have suites of their own.
 * @param {AptSource[]} sources
 * @returns {AptSource[]} one per URI
 */
export function debianArchives(sources) {
  const archives = sources.filter(({ uri, suites, components, options }) => {
    if (!components.includes('main') || uri.startsWith('cdrom:')) return false;
    if (/security/.test(uri) || suites.every(suite => /security/.test(suite))) return false;
    return /debian-archive/.test(options['Signed-By'] ?? '') || /[/.]debian([/.]|$)/.test(uri);
  });
  return archives.filter((archive, index) => archives.findIndex(other => other.uri === archive.uri) === index);
}

/**
 * Returns a deb822 stanza for one suite of an archive, which replaces the machine's own configuration.
 * @param {AptSource} archive
 * @param {string} suite
 */
export function formatSource(archive, suite) {
  const options = Object.entries(archive.options).map(([name, value]) => `${name}: ${value}\n`);
  return `Types: deb\nURIs: ${archive.uri}\nSuites: ${suite}\nComponents: main\n${options.join('')}`;
}

/** @param {string} stanza */
function parseStanza(stanza) {
  /** @type {Map<string, string>} */
  const fields = new Map();
  let current = '';
  for (const line of stanza.split('\n')) {
    if (line.startsWith('#')) continue;
    if (/^\s/.test(line)) {
      if (current) fields.set(current, `${fields.get(current) ?? ''}\n${line}`);
      continue;
    }
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    current = line.slice(0, colon).trim().toLowerCase();
    fields.set(current, line.slice(colon + 1).trim());
  }
  return fields;
}

/** @param {string | undefined} text */
function words(text) {
  return (text ?? '').split(/\s+/).filter(word => word !== '');
}
