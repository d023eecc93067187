// @ts-check
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleWhenChanged } from '../setup/bundle.record.mjs';
import { applyDependencyPatches, dependencyPatches } from '../setup/dependency.patches.mjs';
import { ownDependencies } from '../setup/own-dependencies.reader.mjs';
import { listFiles } from '../setup/source-stamp.mjs';
import { Progress } from '../terminal/progress.mjs';

/**
 * What is started as a process, and the module of it that must be evaluated before everything else.
 * @type {{ name: string, first: string | null }[]}
 */
const APPS = [
  { name: 'connector', first: join('whatsapp', 'preload.js') },
  { name: 'edge', first: null },
  { name: 'simulator', first: join('signal', 'fast-libsignal.js') }
];

/**
 * Packages that stay in `node_modules`.
 * The connector and the simulator replace modules of libsignal by their paths, and swagger-ui-dist is a folder of files to serve.
 */
const UNBUNDLED = ['libsignal', 'libsignal/*', 'curve25519-js', 'swagger-ui-dist', 'swagger-ui-dist/*'];

/** What CommonJS packages find in their scope. */
const COMMONJS_SCOPE = `import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);
const __filename = import.meta.filename ?? new URL(import.meta.url).pathname, __dirname = __filename.slice(0, __filename.lastIndexOf('/'));`;

/**
 * Where an app starts.
 * @param {string} app
 */
export const bundleOf = app => join('apps', app, 'dist', 'bundle', 'main.js');

/**
 * Bundles each app that runs as a process with its packages, when anything it is made of has changed. Everything has to be compiled.
 * A process starts in about half the time: Node.js reads one file in place of some 2,400.
 * @param {Progress} progress
 * @param {string} root
 * @returns {Promise<'built' | 'unchanged'>}
 * @throws {Error} with the bundler's messages
 */
export async function bundleApps(progress, root) {
  const present = APPS.filter(({ name }) => existsSync(join(root, 'apps', name, 'dist', 'main.js')));
  const outcomes = [];
  for (const app of present) {
    const folders = ownDependencies(root, join('apps', app.name));
    outcomes.push(
      await bundleWhenChanged(progress, root, {
        name: `${app.name} process`,
        output: bundleOf(app.name),
        files: [
          'package-lock.json',
          ...dependencyPatches(root).map(({ file }) => file),
          join('tools', 'bundle', 'app.bundle.mjs'),
          ...folders.flatMap(folder => [join(folder, 'package.json'), ...listFiles(root, join(folder, 'src')).filter(isProduct)])
        ],
        make: () => makeBundle(root, app)
      })
    );
  }
  return outcomes.includes('built') ? 'built' : 'unchanged';
}

/** @param {string} file */
const isProduct = file => /\.ts$/.test(file) && !/\.(spec|fixture)\.ts$/.test(file);

/**
 * @param {string} root
 * @param {{ name: string, first: string | null }} app
 */
async function makeBundle(root, { name, first }) {
  // Only here: a build that changes nothing does not load the bundler.
  const { build } = await import('esbuild');
  const dist = join(root, 'apps', name, 'dist');
  const folder = join(dist, 'bundle');
  rmSync(folder, { recursive: true, force: true });
  /** @type {import('esbuild').BuildOptions} */
  const options = {
    absWorkingDir: root,
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    // Nest finds classes by their names.
    keepNames: true,
    // Each process reads and scans all of it before it starts. Lines stay short enough for a stack trace to show where it was.
    minifyWhitespace: true,
    lineLimit: 160,
    external: UNBUNDLED,
    banner: { js: COMMONJS_SCOPE },
    logLevel: 'silent'
  };
  if (first === null) {
    await build({ ...options, entryPoints: [join(dist, 'main.js')], plugins: [absentPackages] });
    keepAscii(join(folder, 'main.js'));
    return;
  }
  await build({ ...options, entryPoints: { first: join(dist, first) }, plugins: [absentPackages] });
  await build({ ...options, entryPoints: { app: join(dist, 'main.js') }, plugins: [absentPackages, separate(join(dist, first))] });
  for (const file of ['first.js', 'app.js']) keepAscii(join(folder, file));
  // An import outside a bundle is evaluated before the bundle: only a file of its own comes before the packages that it prepares.
  writeFileSync(join(folder, 'main.js'), `import './first.js';\nimport './app.js';\n`);
}

/**
 * Escapes what the bundler leaves as it is: regular expressions and comments of licences. One character beyond Latin-1 makes Node.js keep and scan the
 * whole file in twice the memory.
 * @param {string} file
 */
function keepAscii(file) {
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text.replaceAll(/[^\0-\x7f]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  );
}

/**
 * Packages that are not installed stay imports: frameworks ask for optional ones and do without.
 * @type {import('esbuild').Plugin}
 */
const absentPackages = {
  name: 'absent-packages',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...rest }) => {
      if (pluginData === absentPackages || rest.kind === 'entry-point') return undefined;
      const found = await resolve(path, { ...rest, pluginData: absentPackages });
      return found.errors.length > 0 ? { path, external: true } : found;
    });
  }
};

/**
 * One module stays a module of its own, of which there is one instance.
 * @param {string} file
 * @returns {import('esbuild').Plugin}
 */
const separate = file => ({
  name: 'separate-module',
  setup({ onResolve, resolve }) {
    const name = file.slice(file.lastIndexOf(sep) + 1).replace('.', '\\.');
    onResolve({ filter: new RegExp(`/${name}$`) }, async ({ path, pluginData, ...rest }) => {
      if (pluginData === separate) return undefined;
      const found = await resolve(path, { ...rest, pluginData: separate });
      return found.path === file ? { path: './first.js', external: true } : found;
    });
  }
});

// As a program, for images: the apps of the working directory.
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await applyDependencyPatches(process.cwd());
  await bundleApps(new Progress(), process.cwd());
}
