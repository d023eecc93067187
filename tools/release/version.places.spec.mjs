// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../install.mjs';
import { isVersion, plannedVersions, versionPlaces } from './version.places.mjs';

const read = (/** @type {string} */ file) => readFileSync(join(ROOT, file), 'utf8');
const RELEASE = JSON.parse(read('package.json')).version;

describe('the release', () => {
  it.each(versionPlaces(ROOT))('is the version in $file', ({ file, found }) => {
    expect(isVersion(RELEASE)).toBe(true);
    const releases = found(read(file));
    if (file !== 'libs/migrate/package.json') expect(releases.length).toBeGreaterThan(0);
    expect(new Set(releases)).toEqual(new Set([RELEASE]));
  });

  it('changes in every place at once', () => {
    expect(plannedVersions(ROOT, RELEASE)).toEqual([]);
    const planned = new Map(plannedVersions(ROOT, '9.8.7').map(({ file, text }) => [file, text]));
    for (const { file, found, changed } of versionPlaces(ROOT)) {
      expect([file, new Set(found(planned.get(file) ?? ''))]).toEqual([file, new Set(['9.8.7'])]);
      expect(changed(planned.get(file) ?? '', RELEASE)).toBe(read(file));
    }
  });

  it.each(['v1.0.0', '1.0', '1.0.0 ', '^1.0.0', ''])('cannot be named %j', text => expect(isVersion(text)).toBe(false));
});
