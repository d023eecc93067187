// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../install.mjs';
import { cutRelease, releaseNotes } from './changelog.codec.mjs';
import { releaseOf } from './version.places.mjs';

const BEFORE = `# Changelog

## [Unreleased]

- Fixed: a thing.
- Added: \`tool\` does it.
  It takes two lines.
- Upgrade: stop everything first.
- Added: n8n shows it.

## [0.1.0] - 2026-11-21

### Added

- The first.
`;
const AFTER = `# Changelog

## [Unreleased]

## [0.2.0] - 2026-11-30

### Upgrade notes

- Stop everything first.

### Added

- \`tool\` does it.
  It takes two lines.
- n8n shows it.

### Fixed

- A thing.

## [0.1.0] - 2026-11-21

### Added

- The first.
`;
const RELEASE = { version: '0.2.0', date: '2026-11-30' };

describe('a release of the changelog', () => {
  it('has the unreleased entries by kind, and its date', () => expect(cutRelease(BEFORE, RELEASE)).toBe(AFTER));

  it('does not change if it is cut twice', () => expect(cutRelease(AFTER, RELEASE)).toBe(AFTER));

  it('includes entries that were added after it was cut', () => {
    const more = AFTER.replace('## [Unreleased]\n', '## [Unreleased]\n\n- Fixed: another thing.\n- Fixed: a thing.\n- Security: a hole.\n');
    const cut = cutRelease(more, { version: '0.2.0', date: '2026-12-01' });
    expect(cut).toBe(
      AFTER.replace('30\n', '01\n')
        .replace('2026-11-01', '2026-12-01')
        .replace('- A thing.\n', '- Another thing.\n- A thing.\n\n### Security\n\n- A hole.\n')
    );
    expect(releaseNotes(cut, '0.1.0')).toBe('### Added\n\n- The first.');
  });

  it('is the first if there was none before', () => {
    const text = '# Changelog\n\n## Unreleased\n\n- Changed: all.\n';
    expect(cutRelease(text, RELEASE)).toBe('# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-11-30\n\n### Changed\n\n- All.\n');
  });

  it.each([
    ['no heading', '# Changelog\n', 'no heading'],
    ['nothing', '## [Unreleased]\n\n## [0.1.0] - x\n', 'nothing unreleased for 0.2.0'],
    ['an entry without a kind', '## [Unreleased]\n\n- it works\n', 'names no kind (Added, Changed, Fixed, …): - it works'],
    ['another heading', '## [Unreleased]\n\n### News\n\n- it works\n', 'no kind News'],
    ['a stray line', '## [Unreleased]\n\nit works\n', 'belongs to no entry: it works']
  ])('is refused with %s', (_, text, message) => expect(() => cutRelease(text, RELEASE)).toThrow(message));

  it('is refused if the changelog does not contain it', () => {
    expect(() => releaseNotes(AFTER, '0.3.0')).toThrow('no release 0.3.0');
    // The dot is not a wildcard.
    expect(() => releaseNotes(AFTER, '0x2.0')).toThrow('no release 0x2.0');
  });
});

describe('CHANGELOG.md', () => {
  const text = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8');

  it('can be cut and contains the notes of this release', () => {
    expect(() => cutRelease(text, { version: '99.0.0', date: '2099-01-01' })).not.toThrow(/kind|entry/);
    expect(releaseNotes(text, releaseOf(ROOT))).toMatch(/^### (Upgrade notes|Added)/);
  });

  it('has short lines', () => expect(text.split('\n').filter(line => line.length > 220)).toEqual([]));
});
