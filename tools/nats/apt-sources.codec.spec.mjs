// @ts-check
import { debianArchives, formatSource, parseDeb822, parseSourcesList } from './apt-sources.codec.mjs';

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

describe('apt sources', () => {
  it('are parsed from one-line entries without source archives', () => {
    const text = [
      '# deb http://old.example/debian bookworm main',
      `deb [arch=amd64 signed-by=${KEYRING}] http://mirror.example/debian bookworm main contrib # ours`,
      'deb-src http://mirror.example/debian bookworm main',
      'deb http://mirror.example/debian-security bookworm-security main'
    ].join('\n');
    expect(parseSourcesList(text)).toEqual([
      { uri: 'http://mirror.example/debian', suites: ['bookworm'], components: ['main', 'contrib'], options: { 'Signed-By': KEYRING } },
      { uri: 'http://mirror.example/debian-security', suites: ['bookworm-security'], components: ['main'], options: {} }
    ]);
  });

  it('are parsed from the deb822 format', () => {
    const text = [
      'Types: deb deb-src',
      '# a comment inside the stanza',
      'URIs: http://a.example/debian http://b.example/debian',
      'Suites: bookworm bookworm-updates',
      'Components: main',
      'Signed-By:',
      ' -----BEGIN PGP PUBLIC KEY BLOCK-----',
      ' .',
      ' -----END PGP PUBLIC KEY BLOCK-----',
      '',
      'Enabled: no',
      'Types: deb',
      'URIs: http://c.example/debian',
      'Suites: sid',
      'Components: main',
      ''
    ].join('\n');
    const sources = parseDeb822(text);
    expect(sources.map(source => source.uri)).toEqual(['http://a.example/debian', 'http://b.example/debian']);
    expect(sources[0]?.suites).toEqual(['bookworm', 'bookworm-updates']);
    expect(sources[0]?.options['Signed-By']).toBe('\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n -----END PGP PUBLIC KEY BLOCK-----');
  });

  it('include only the archive of Debian itself', () => {
    const sources = parseSourcesList(
      [
        'deb http://deb.debian.org/debian bookworm main',
        'deb http://deb.debian.org/debian bookworm-updates main',
        'deb http://deb.debian.org/debian-security bookworm-security main',
        `deb [signed-by=${KEYRING}] http://intranet.example/mirror bookworm main`,
        'deb https://deb.nodesource.com/node_20.x nodistro main',
        'deb http://archive.ubuntu.com/ubuntu noble main universe',
        'deb cdrom:[Debian]/ bookworm main'
      ].join('\n')
    );
    expect(debianArchives(sources).map(source => source.uri)).toEqual(['http://deb.debian.org/debian', 'http://intranet.example/mirror']);
  });

  it('are written for another suite with its mirror and keys', () => {
    const [archive] = parseSourcesList(`deb [signed-by=${KEYRING}] http://mirror.example/debian bookworm main`);
    if (!archive) throw new Error('the line above is an archive');
    expect(formatSource(archive, 'sid')).toBe(
      `Types: deb\nURIs: http://mirror.example/debian\nSuites: sid\nComponents: main\nSigned-By: ${KEYRING}\n`
    );
  });
});
