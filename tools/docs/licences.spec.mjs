// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../install.mjs';
import { OLD_FORM } from '../release/third-party.notices.mjs';

const page = readFileSync(join(ROOT, 'docs', 'licences.md'), 'utf8');
/** @type {Record<string, {license?: string, dev?: boolean, link?: boolean}>} */
const locked = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;
const PERMISSIVE = ['MIT', 'Apache-2.0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'CC0-1.0', 'Unlicense'];

const production = Object.entries(locked)
  .filter(([path, { dev, link }]) => path.includes('node_modules/') && !dev && !link)
  .map(([path, { license }]) => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    return { name, license: license ?? OLD_FORM[name] };
  });

/** @param {string | undefined} license */
const isPermissive = license =>
  !!license &&
  license
    .replace(/[()]/g, '')
    .split(' OR ')
    .some(choice => PERMISSIVE.includes(choice));

describe('docs/licences.md', () => {
  it('names every production package that is not permissive', () => {
    const patterns = [...page.matchAll(/`(@?[a-z0-9*/-]+)`/g)].map(([, name]) => new RegExp(`^${name?.replaceAll('*', '.*')}$`));
    const unnamed = production.filter(({ name, license }) => !isPermissive(license) && !patterns.some(pattern => pattern.test(name)));
    expect(unnamed).toEqual([]);
  });

  it.each(['GPL-3.0', 'LGPL-3.0-or-later', 'AGPL-3.0-only'])('names %s', license => expect(page).toContain(license));

  it('states correctly that our code does not use the bridge', () => {
    const users = Object.entries(locked).filter(([path]) => /^(apps|libs)\/[^/]+$/.test(path));
    const dependencies = users.flatMap(([, manifest]) => Object.keys(/** @type {any} */ (manifest).dependencies ?? {}));
    expect(dependencies).not.toContain('whatsapp-rust-bridge');
    expect(dependencies).toContain('libsodium-wrappers-sumo');
  });
});
