// @ts-check
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generateDocument } from '../docs/asyncapi.mjs';
import { generateOpenApi } from '../docs/openapi.mjs';
import { ROOT } from '../install.mjs';
import { releaseOf } from '../release/version.places.mjs';
import { asyncApiPage } from './asyncapi.page.mjs';
import { menuOf, sitePath, siteText, titleOf } from './page.codec.mjs';

const FOLDERS = ['docs', 'examples', 'libs', 'clients'];
const REPOSITORY = 'https://github.com/wabus/wabus';

/** Returns the files below a folder that belong to the repository. @param {string} folder @returns {string[]} */
function below(folder) {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap(entry => {
    if (['node_modules', 'dist', 'src'].includes(entry.name)) return [];
    return entry.isDirectory() ? below(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`];
  });
}

/**
 * Writes the generator's input: all pages, pictures and API documents. The projects must be built first.
 * @param {string} folder an empty folder
 * @returns {Promise<{ menu: ReturnType<typeof menuOf>, version: string }>}
 */
export async function writePages(folder) {
  const version = releaseOf(ROOT);
  const files = [...readdirSync(ROOT).filter(name => name.endsWith('.md')), ...FOLDERS.flatMap(below)];
  const pages = files.filter(file => file.endsWith('.md'));
  const pictures = files.filter(file => /\.(png|svg|jpg|gif|webp)$/.test(file));
  const texts = new Map(pages.map(page => [page, readFileSync(join(ROOT, page), 'utf8')]));
  const target = {
    pages: new Set([...pages, ...pictures]),
    source: (/** @type {string} */ path) => `${REPOSITORY}/blob/v${version}/${path}`
  };
  for (const [page, text] of texts) write(folder, sitePath(page), siteText(page, text, target));
  for (const picture of pictures) {
    mkdirSync(dirname(join(folder, picture)), { recursive: true });
    copyFileSync(join(ROOT, picture), join(folder, picture));
  }
  const asyncApi = await generateDocument();
  write(folder, 'asyncapi.md', siteText('asyncapi.md', asyncApiPage(asyncApi), target));
  write(folder, 'public/asyncapi.json', JSON.stringify(asyncApi));
  write(folder, 'public/openapi.json', JSON.stringify(await generateOpenApi()));
  const { openApiPage, openApiStart, SWAGGER_FILES } = await import(pathToFileURL(join(ROOT, 'libs/contracts/dist/docs/index.js')).href);
  write(folder, 'public/openapi/index.html', openApiPage('', '<p><a href="../">Wabus</a></p>\n'));
  // The page offers no requests, because there is no edge behind the site.
  write(folder, 'public/openapi/start.js', openApiStart('../openapi.json', { supportedSubmitMethods: [] }));
  copyFileSync(join(ROOT, 'apps', 'console', 'public', 'icon.svg'), join(folder, 'public', 'icon.svg'));
  for (const name of Object.keys(SWAGGER_FILES))
    copyFileSync(join(ROOT, 'node_modules', 'swagger-ui-dist', name), join(folder, 'public', 'openapi', name));
  return { menu: menuOf(texts.get('README.md') ?? '', new Map([...texts].map(([page, text]) => [page, titleOf(text)]))), version };
}

/** @param {string} folder @param {string} name @param {string} text */
function write(folder, name, text) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}
