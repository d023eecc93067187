// @ts-check
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generateDocument } from '../docs/asyncapi.mjs';
import { generateOpenApi } from '../docs/openapi.mjs';
import { ROOT } from '../install.mjs';
import { releaseOf } from '../release/version.places.mjs';
import { asyncApiPage } from './asyncapi.page.mjs';
import { menuOf, sitePath, siteText, titleOf } from './page.codec.mjs';

const FOLDERS = ['docs', 'examples', 'libs', 'clients'];
const REPOSITORY = 'https://github.com/wabus/wabus';
const SWAGGER = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

const OPENAPI_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Wabus: HTTP</title>
<link rel="stylesheet" href="swagger-ui.css">
<link rel="icon" href="favicon-32x32.png">
</head>
<body>
<p><a href="../">Wabus</a></p>
<div id="ui"></div>
<script src="swagger-ui-bundle.js"></script>
<script src="start.js"></script>
</body>
</html>
`;
// Nothing is sent from here: there is no edge behind the site.
const OPENAPI_START =
  "SwaggerUIBundle({ url: '../openapi.json', dom_id: '#ui', deepLinking: true, docExpansion: 'none', filter: true, supportedSubmitMethods: [], validatorUrl: null });\n";

/** Files below a folder that git would know. @param {string} folder @returns {string[]} */
function below(folder) {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap(entry => {
    if (['node_modules', 'dist', 'src'].includes(entry.name)) return [];
    return entry.isDirectory() ? below(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`];
  });
}

/**
 * Writes what the generator reads: all pages, pictures, the documents of the APIs. Everything has to be built.
 * @param {string} folder that is empty
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
  write(folder, 'public/openapi/index.html', OPENAPI_PAGE);
  write(folder, 'public/openapi/start.js', OPENAPI_START);
  for (const name of SWAGGER) copyFileSync(join(ROOT, 'node_modules', 'swagger-ui-dist', name), join(folder, 'public', 'openapi', name));
  return { menu: menuOf(texts.get('README.md') ?? '', new Map([...texts].map(([page, text]) => [page, titleOf(text)]))), version };
}

/** @param {string} folder @param {string} name @param {string} text */
function write(folder, name, text) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}
