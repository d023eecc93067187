// @ts-check
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runCommand } from '../process/command.runner.mjs';
import { bundleWhenChanged } from '../setup/bundle.record.mjs';
import { applyDependencyPatches, dependencyPatches } from '../setup/dependency.patches.mjs';
import { ownDependencies } from '../setup/own-dependencies.reader.mjs';
import { listFiles } from '../setup/source-stamp.mjs';
import { Progress } from '../terminal/progress.mjs';

/** The apps that run as processes. */
const APPS = ['connector', 'edge', 'simulator'];

/**
 * Packages that stay in `node_modules`.
 * The connector and the simulator replace modules of libsignal by path, and swagger-ui-dist is a folder of files to serve.
 * Only a process that sends traces loads OpenTelemetry.
 */
const UNBUNDLED = [
  '@opentelemetry/core',
  '@opentelemetry/exporter-trace-otlp-http',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-trace-base',
  'libsignal',
  'libsignal/*',
  'curve25519-js',
  'swagger-ui-dist',
  'swagger-ui-dist/*'
];

/** The replacement for `import.meta.url`: the bundle is a script, because V8 caches compiled code only for scripts. */
const SCRIPT_SCOPE = `const __bundleUrl = require('node:url').pathToFileURL(__filename).href;`;
const START = fileURLToPath(new URL('bundle.main.mjs', import.meta.url));
/** Makes both apps stop right after they have read their settings. */
const NO_PORT = { WABUS_CONNECTOR_PORT: 'none', WABUS_EDGE_PORT: 'none' };

/**
 * Returns the path of the file that starts an app.
 * @param {string} app
 */
export const bundleOf = app => join('apps', app, 'dist', 'bundle', 'main.js');

/**
 * Bundles each app that runs as a process together with its packages, if any of its inputs has changed. The projects must be compiled first.
 * A bundled process starts in about half the time: Node.js reads one file instead of about 2,400.
 * @param {Progress} progress
 * @param {string} root
 * @returns {Promise<'built' | 'unchanged'>}
 * @throws {Error} with the bundler's messages
 */
export async function bundleApps(progress, root) {
  const present = APPS.filter(name => existsSync(join(root, 'apps', name, 'dist', 'main.js')));
  const outcomes = [];
  for (const name of present) {
    const folders = ownDependencies(root, join('apps', name));
    outcomes.push(
      await bundleWhenChanged(progress, root, {
        name: `${name} process`,
        output: bundleOf(name),
        files: [
          'package-lock.json',
          ...dependencyPatches(root).map(({ file }) => file),
          join('tools', 'bundle', 'app.bundle.mjs'),
          join('tools', 'bundle', 'bundle.main.mjs'),
          ...folders.flatMap(folder => [join(folder, 'package.json'), ...listFiles(root, join(folder, 'src')).filter(isProduct)])
        ],
        make: () => makeBundle(root, name)
      })
    );
  }
  return outcomes.includes('built') ? 'built' : 'unchanged';
}

/** @param {string} file */
const isProduct = file => /\.ts$/.test(file) && !/\.(spec|fixture)\.ts$/.test(file);

/**
 * @param {string} root
 * @param {string} name
 */
async function makeBundle(root, name) {
  // Imported here, so that a build without changes does not load the bundler.
  const { build } = await import('esbuild');
  const dist = join(root, 'apps', name, 'dist');
  const folder = join(dist, 'bundle');
  rmSync(folder, { recursive: true, force: true });
  const app = join(folder, 'app.cjs');
  await build({
    absWorkingDir: root,
    entryPoints: [join(dist, 'main.js')],
    outfile: app,
    bundle: true,
    platform: 'node',
    // Modules are evaluated in import order, including the external packages: the preload of libsignal comes first.
    format: 'cjs',
    target: 'node20.19',
    // A script from V8's cache cannot use `import()`. Dynamic imports become `require` calls.
    supported: { 'dynamic-import': false },
    // Each process reads the whole file before it starts. Lines stay short enough for useful positions in stack traces.
    minifyWhitespace: true,
    lineLimit: 160,
    external: UNBUNDLED,
    define: { 'import.meta.url': '__bundleUrl' },
    logOverride: { 'empty-import-meta': 'error' },
    banner: { js: SCRIPT_SCOPE },
    logLevel: 'silent',
    plugins: [absentPackages]
  });
  keepAscii(app);
  copyFileSync(START, join(root, bundleOf(name)));
  await keepCompiled(root, name);
}

/**
 * Starts an app once with settings that it refuses, so that V8's compiled code for everything it loads is stored next to the bundle.
 * The app also starts without this file, but more slowly.
 * @param {string} root
 * @param {string} name
 */
async function keepCompiled(root, name) {
  const args = ['--title=wabus-code-cache', join(root, bundleOf(name)), ...(name === 'simulator' ? ['--help'] : [])];
  await runCommand(process.execPath, args, { cwd: root, env: { ...process.env, ...NO_PORT }, timeoutMs: 60_000 });
}

/**
 * Escapes non-ASCII characters that the bundler leaves in regular expressions and license comments. A single character beyond Latin-1 makes
 * Node.js store and scan the whole file at twice the size.
 * @param {string} file
 */
function keepAscii(file) {
  // The code is wrapped in a function, where a shebang line would be a syntax error.
  const text = readFileSync(file, 'utf8').replace(/^#!.*\n/, '');
  writeFileSync(
    file,
    text.replaceAll(/[^\0-\x7f]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  );
}

/**
 * Keeps packages that are not installed as imports, because frameworks try to load optional packages and work without them.
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

// Run as a program, for images: bundles the apps of the working directory.
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await applyDependencyPatches(process.cwd());
  await bundleApps(new Progress(), process.cwd());
}
