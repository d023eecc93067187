// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../install.mjs';
import { galleryPage, missingPictures, sizeOfPng } from './gallery.page.mjs';
import { COPIES, COPY_SIZE, PICTURES, VIEWS } from './picture.table.mjs';

it.each(Object.keys(COPIES))('%s has the size of the pictures that the tests take', path => {
  expect(sizeOfPng(readFileSync(join(ROOT, path)))).toEqual(COPY_SIZE);
});

it('the README shows a picture that the tests take', () => {
  expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toMatch(/^!\[[^\]]{20,}\]\(docs\/pictures\/console\.png\)$/m);
});

it('names the pictures that a run did not take', () => {
  const all = PICTURES.flatMap(name => VIEWS.map(view => `${name}-${view}.png`));
  expect(missingPictures(all)).toEqual([]);
  expect(missingPictures(all.filter(file => file !== 'health-phone-dark.png'))).toEqual(['health-phone-dark.png']);
});

it('shows each picture in each view once', () => {
  const shown = [...galleryPage().matchAll(/ src="([^"]+)"/g)].map(([, file]) => file);
  expect(new Set(shown).size).toBe(shown.length);
  expect(missingPictures(/** @type {string[]} */ (shown))).toEqual([]);
});
