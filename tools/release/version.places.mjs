// @ts-check
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A file that contains the release version.
 * @typedef {object} Place
 * @property {string} file the path from the root
 * @property {(text: string) => string[]} found returns the versions in the text
 * @property {(text: string, version: string) => string} changed returns the text with another version
 */

/** Files that are not npm manifests: each pattern has the version in its second group. @type {[file: string, ...patterns: RegExp[]][]} */
const OTHERS = [
  ['libs/runtime/src/process/version.ts', /(VERSION = ')([^']+)(')/g],
  ['apps/extension/public/manifest.json', /("version": ")([^"]+)(")/g],
  ['clients/python/pyproject.toml', /(^version = ")([^"]+)(")/gm],
  ['deploy/helm/wabus/Chart.yaml', /(^(?:version|appVersion): )(\S+)()/gm],
  ['deploy/Dockerfile', /(ARG WABUS_VERSION=)(\S+)()/g],
  ['docs/protocol/asyncapi.json', /("title": "Wabus",\s+"version": ")([^"]+)(")/g],
  ['docs/n8n.md', /(n8n-nodes-wabus-)(\d+\.\d+\.\d+)(\.tgz)/g],
  ['libs/sdk/README.md', /(wabus-sdk-)(\d+\.\d+\.\d+)(\.tgz)/g]
];

/** Matches our own packages, by the name of the workspace. */
const OWN = /^(@wabus\/|n8n-nodes-wabus$|wabus$)/;
const DEPENDENCIES = /** @type {const} */ (['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']);

/** Returns the version in the manifest of a folder. @param {string} folder @returns {string} */
export const releaseOf = folder => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;

/** Whether a text is a release version: no range, no leading `v`. */
export const isVersion = (/** @type {string} */ text) => /^\d+\.\d+\.\d+(-[0-9a-z.]+)?$/.test(text);

/**
 * Returns every file that contains the release version. The root's `package.json` is the first, and the authoritative one.
 * @param {string} root
 * @returns {Place[]}
 */
export function versionPlaces(root) {
  const folders = ['libs', 'apps', 'clients'].flatMap(group =>
    readdirSync(join(root, group), { withFileTypes: true }).map(({ name }) => `${group}/${name}`)
  );
  const manifests = ['.', ...folders].filter(folder => folder !== 'clients/python').map(folder => join(folder, 'package.json'));
  return [
    ...manifests.map(file => ({ file, found: releasesIn, changed: withRelease })),
    { file: 'package-lock.json', found: releasesInLock, changed: withReleaseInLock },
    ...OTHERS.map(([file, ...patterns]) => ({
      file,
      found: (/** @type {string} */ text) => patterns.flatMap(pattern => [...text.matchAll(pattern)].map(([, , version = '']) => version)),
      changed: (/** @type {string} */ text, /** @type {string} */ version) =>
        patterns.reduce((result, pattern) => result.replace(pattern, `$1${version}$3`), text)
    }))
  ];
}

/**
 * Returns the files that a release changes, with their new texts.
 * @param {string} root
 * @param {string} version
 * @returns {{ file: string, text: string }[]}
 */
export function plannedVersions(root, version) {
  return versionPlaces(root).flatMap(({ file, changed }) => {
    const before = readFileSync(join(root, file), 'utf8');
    const text = changed(before, version);
    return text === before ? [] : [{ file, text }];
  });
}

/** @typedef {{ version?: string, [part: string]: any }} Manifest */

/** @param {Manifest} manifest @param {(owner: Record<string, string>, key: string) => void} visit */
function visitReleases(manifest, visit) {
  if (manifest.version !== undefined) visit(/** @type {Record<string, string>} */ (manifest), 'version');
  for (const part of DEPENDENCIES) for (const name of Object.keys(manifest[part] ?? {})) if (OWN.test(name)) visit(manifest[part], name);
}

/** @param {Manifest[]} manifests */
function listed(manifests) {
  /** @type {string[]} */
  const found = [];
  for (const manifest of manifests) visitReleases(manifest, (owner, key) => found.push(owner[key] ?? ''));
  return found;
}

/** @param {Manifest[]} manifests @param {string} version */
function replace(manifests, version) {
  for (const manifest of manifests) visitReleases(manifest, (owner, key) => (owner[key] = version));
}

/** @param {string} text */
const releasesIn = text => listed([JSON.parse(text)]);

/** @param {string} text @param {string} version */
export function withRelease(text, version) {
  const manifest = JSON.parse(text);
  replace([manifest], version);
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Returns the top of the lock file and its workspaces; all other entries are third-party packages. @param {any} lock @returns {Manifest[]} */
function ownEntries(lock) {
  return [
    { version: lock.version },
    ...Object.entries(lock.packages).flatMap(([path, entry]) => (path.includes('node_modules/') ? [] : [entry]))
  ];
}

/** @param {string} text */
const releasesInLock = text => listed(ownEntries(JSON.parse(text)));

/** @param {string} text @param {string} version */
function withReleaseInLock(text, version) {
  const lock = JSON.parse(text);
  lock.version = version;
  replace(ownEntries(lock), version);
  return `${JSON.stringify(lock, null, 2)}\n`;
}
