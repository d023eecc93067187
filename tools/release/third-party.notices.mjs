#!/usr/bin/env node
// @ts-check
// Writes THIRD_PARTY_NOTICES.txt from the lock file and the license files of the packages: node tools/release/third-party.notices.mjs [--check]
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../install.mjs';
import { ownDependencies } from '../setup/own-dependencies.reader.mjs';

export const NOTICES = 'THIRD_PARTY_NOTICES.txt';

/**
 * The distributed artifacts that contain third-party packages, the workspaces that these packages belong to, and the packages that a bundler
 * adds.
 * The console contains types and tables of our contracts, but not the packages that the contracts need on a server.
 * @type {readonly { title: string, projects: readonly string[], bundled?: readonly string[] }[]}
 */
const ARTIFACTS = [
  { title: 'connector image', projects: ownDependencies(ROOT, 'apps/connector') },
  { title: 'edge image', projects: ownDependencies(ROOT, 'apps/edge') },
  { title: 'console', projects: ['apps/console', 'libs/sdk'], bundled: ['node_modules/fflate'] },
  { title: 'simulator image', projects: ownDependencies(ROOT, 'apps/simulator') }
];

/** @typedef {{ version?: string, license?: string, os?: string[], cpu?: string[], link?: boolean, resolved?: string, optional?: boolean, [part: string]: any }} Entry */
/** @typedef {{ path: string, name: string, version: string, license: string | undefined, ofPlatform: boolean, artifacts: string[] }} Shipped */

/** Packages whose manifest has the license in the old form, which the lock file omits. @type {Record<string, string>} */
export const OLD_FORM = {
  buildcheck: 'MIT',
  busboy: 'MIT',
  'cpu-features': 'MIT',
  ssh2: 'MIT',
  streamsearch: 'MIT',
  'xmlhttprequest-ssl': 'MIT'
};

/**
 * Returns every third-party package in the artifacts, by name and version.
 * @param {Record<string, Entry>} packages the packages of the lock file
 * @param {typeof ARTIFACTS} artifacts
 * @returns {Shipped[]}
 */
export function shippedPackages(packages, artifacts) {
  /** @type {Map<string, Shipped>} */
  const shipped = new Map();
  for (const { title, projects, bundled = [] } of artifacts) {
    for (const path of new Set([...closureOf(packages, projects), ...bundled])) {
      const { version = '', license, os, cpu } = packages[path] ?? {};
      const name = nameAt(path);
      const one = shipped.get(path) ?? {
        path,
        name,
        version,
        license: license ?? OLD_FORM[name],
        ofPlatform: !!(os ?? cpu),
        artifacts: []
      };
      shipped.set(path, { ...one, artifacts: [...one.artifacts, title] });
    }
  }
  return [...shipped.values()].sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version) || compare(a.path, b.path));
}

/** @param {string} a @param {string} b */
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
/** @param {string} path */
const nameAt = path => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/**
 * Returns the packages that workspaces need in production, as npm installs them.
 * @param {Record<string, Entry>} packages
 * @param {readonly string[]} workspaces
 */
function closureOf(packages, workspaces) {
  /** @type {Set<string>} */
  const found = new Set();
  const visit = (/** @type {string} */ path) => {
    const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta = {} } = packages[path] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
      if (peerDependenciesMeta[name]?.optional && !dependencies?.[name] && !optionalDependencies?.[name]) continue;
      const at = resolved(packages, path, name);
      if (at === null || packages[at]?.link || found.has(at)) continue;
      found.add(at);
      visit(at);
    }
  };
  workspaces.forEach(visit);
  return found;
}

/**
 * Resolves a dependency of a package in the same way as Node.js.
 * @param {Record<string, Entry>} packages
 * @param {string} from
 * @param {string} name
 */
function resolved(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    const at = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (at in packages) return at;
    if (folder === '') return null;
  }
}

/** Returns the license and notice files of an installed package, by name. @param {string} folder */
function licenseFiles(folder) {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter(
    name => /^(licen[cs]e|copying|notice|copyright)/i.test(name) && !/\.(js|ts|json|html)$/i.test(name)
  );
  return names.sort().map(name =>
    readFileSync(join(folder, name), 'utf8')
      .replaceAll('\r\n', '\n')
      .replaceAll(/[ \t]+$/gm, '')
      .trim()
  );
}

/**
 * Formats the notices: a list of the packages, then each license text once with the packages to which it applies.
 * Packages for only one platform appear in the list without their texts, because it depends on the machine which of them are installed.
 * @param {readonly Shipped[]} shipped
 * @param {(path: string) => string[]} textsOf
 */
export function formatNotices(shipped, textsOf) {
  const rows = shipped.map(
    ({ name, version, license, artifacts }) => `${name} ${version}\n    ${license ?? 'see its package'}; in: ${artifacts.join(', ')}`
  );
  /** @type {Map<string, string[]>} */
  const texts = new Map();
  for (const { name, version, path, ofPlatform } of shipped) {
    if (ofPlatform) continue;
    for (const text of textsOf(path)) texts.set(text, [...(texts.get(text) ?? []), `${name} ${version}`]);
  }
  const parts = [...texts].map(([text, names]) => `${[...new Set(names)].join('\n')}\n\n${text}`);
  return [
    'Third-party notices of Wabus',
    '',
    'Generated from package-lock.json and the license files of the packages by tools/release/third-party.notices.mjs.',
    'The SDK, @wabus/nest, the command wabus, the nodes for n8n, the browser extension and the client for Python contain no packages of others; npm and pip install what they need.',
    'docs/licences.md explains the licenses that are not permissive. LICENSE is the license of Wabus itself.',
    '',
    ...[...new Set(rows)],
    ...parts.map(part => `\n${'-'.repeat(80)}\n\n${part}`),
    ''
  ].join('\n');
}

/** Generates the notices of this tree. */
export function generateNotices() {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  return formatNotices(shippedPackages(packages, ARTIFACTS), path => licenseFiles(join(ROOT, path)));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const text = generateNotices();
  if (!process.argv.includes('--check')) writeFileSync(join(ROOT, NOTICES), text);
  else if (!existsSync(join(ROOT, NOTICES)) || readFileSync(join(ROOT, NOTICES), 'utf8') !== text) {
    console.error(`${NOTICES} does not match the lock file: run node tools/release/third-party.notices.mjs`);
    process.exitCode = 1;
  }
}
