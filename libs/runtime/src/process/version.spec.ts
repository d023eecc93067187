import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { VERSION } from './version.js';

test('every package has the version that processes report', () => {
  const root = fileURLToPath(new URL('../../../../', import.meta.url));
  const folders = ['.', ...['libs', 'apps'].flatMap(group => readdirSync(root + group).map(name => `${group}/${name}`))];
  const versions = folders.map(
    folder => (JSON.parse(readFileSync(`${root}${folder}/package.json`, 'utf8')) as { version?: string }).version ?? VERSION
  );
  expect(new Set(versions)).toEqual(new Set([VERSION]));
});
