// @ts-check
import { PICTURES, VIEWS } from './picture.table.mjs';

/**
 * Returns the pictures that are missing in a list of files.
 * @param {readonly string[]} files
 */
export function missingPictures(files) {
  const wanted = PICTURES.flatMap(name => VIEWS.map(view => `${name}-${view}.png`));
  return wanted.filter(file => !files.includes(file));
}

/** Returns a page that shows all pictures: a row for each, with a column for each view. */
export function galleryPage() {
  const cell = (/** @type {string} */ file) => `<td><a href="${file}"><img loading="lazy" src="${file}" alt="${file}"></a></td>`;
  const rows = PICTURES.map(name => `<tr id="${name}"><th>${name}</th>${VIEWS.map(view => cell(`${name}-${view}.png`)).join('')}</tr>`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Pictures of the Wabus console</title>
<style>
  body { font: 14px system-ui; margin: 1rem; background: #8883; }
  table { border-spacing: 12px; }
  th { text-align: left; vertical-align: top; position: sticky; left: 0; }
  td { vertical-align: top; }
  img { width: 420px; border: 1px solid #8888; background: #fff; }
  img[src*='-phone-'] { width: 160px; }
</style>
<table>
<tr><th></th>${VIEWS.map(view => `<th>${view}</th>`).join('')}</tr>
${rows.join('\n')}
</table>
</html>
`;
}

/**
 * Reads the width and height of a PNG from its header.
 * @param {Buffer} png
 */
export function sizeOfPng(png) {
  if (png.toString('latin1', 1, 4) !== 'PNG') throw new Error('The file must be a PNG.');
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}
