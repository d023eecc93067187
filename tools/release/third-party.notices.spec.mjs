// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../install.mjs';
import { formatNotices, generateNotices, NOTICES, shippedPackages } from './third-party.notices.mjs';

const LOCK = {
  'apps/a': { dependencies: { x: '1', gone: '1' }, devDependencies: { tool: '1' } },
  'apps/b': { dependencies: { x: '2' }, optionalDependencies: { native: '1' } },
  'apps/b/node_modules/x': { version: '2.0.0', license: 'ISC' },
  'node_modules/x': {
    version: '1.0.0',
    license: 'MIT',
    dependencies: { y: '1' },
    peerDependencies: { z: '1', o: '1' },
    peerDependenciesMeta: { o: { optional: true } }
  },
  'node_modules/x/node_modules/y': { version: '1.1.0', license: 'MIT', dependencies: { x: '1' } },
  'node_modules/y': { version: '9.0.0', license: 'MIT' },
  'node_modules/z': { version: '3.0.0', license: 'Apache-2.0' },
  'node_modules/o': { version: '4.0.0' },
  'node_modules/native': { version: '5.0.0', license: 'LGPL-3.0', os: ['linux'] },
  'node_modules/tool': { version: '6.0.0' },
  'node_modules/extra': { version: '7.0.0', license: 'MIT' }
};
const shipped = shippedPackages(LOCK, [
  { title: 'A', projects: ['apps/a'], bundled: ['node_modules/extra'] },
  { title: 'B', projects: ['apps/b'] }
]);

describe('third-party notices', () => {
  it('match THIRD_PARTY_NOTICES.txt', () => {
    // If this fails, run node tools/release/third-party.notices.mjs.
    // Compared line by line, so that the reported difference is short.
    expect(generateNotices().split('\n')).toEqual(readFileSync(join(ROOT, NOTICES), 'utf8').split('\n'));
  });

  it('name resolved packages with their artifacts, but no tool', () => {
    expect(shipped.map(({ name, version, artifacts }) => [name, version, ...artifacts])).toEqual([
      ['extra', '7.0.0', 'A'],
      ['native', '5.0.0', 'B'],
      ['x', '1.0.0', 'A'],
      ['x', '2.0.0', 'B'],
      ['y', '1.1.0', 'A'],
      ['z', '3.0.0', 'A']
    ]);
  });

  it('have each text once, and none for one-platform packages', () => {
    const text = formatNotices(shipped, path => [path.endsWith('/z') ? 'Apache text' : path.endsWith('native') ? 'not here' : 'MIT text']);
    expect(text.match(/MIT text/g)).toHaveLength(1);
    expect(text).toContain('extra 7.0.0\nx 1.0.0\nx 2.0.0\ny 1.1.0\n\nMIT text');
    expect(text).toContain('z 3.0.0\n\nApache text');
    expect(text).toContain('native 5.0.0\n    LGPL-3.0; in: B');
    expect(text).not.toContain('not here');
  });
});
