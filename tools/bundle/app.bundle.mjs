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

/** What is started as a process. */
const APPS = ['connector', 'edge', 'simulator'];

/**
 * Packages that stay in `node_modules`.
 * The connector and the simulator replace modules of libsignal by their paths, and swagger-ui-dist is a folder of files to serve.
 * OpenTelemetry is read only by a process that sends traces.
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

/** What modules find in place of `import.meta.url`: the bundle is a script, since V8 keeps what it compiled of scripts alone. */
const SCRIPT_SCOPE = `const __bundleUrl = require('node:url').pathToFileURL(__filename).href;`;
const START = fileURLToPath(new URL('bundle.main.mjs', import.meta.url));
/** Neither app starts with it: it ends where the settings have been read. */
const NO_PORT = { WABUS_CONNECTOR_PORT: 'none', WABUS_EDGE_PORT: 'none' };

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
  // Only here: a build that changes nothing does not load the bundler.
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
    // Modules are evaluated in the order of their imports, packages that stay outside included: the preload of libsignal comes first.
    format: 'cjs',
    target: 'node20.19',
    // A script from V8's cache cannot import. What is imported late is required late.
    supported: { 'dynamic-import': false },
    // Each process reads all of it before it starts. Lines stay short enough for a stack trace to show where it was.
    minifyWhitespace: true,
    // Code reads class names at run time: the logger drops the startup lines of Nest by the name of the class that writes them.
    keepNames: true,
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
 * Starts an app once with settings that it refuses, so that V8's compiled code of everything it loads is kept beside the bundle.
 * Without it the app starts too, only slower.
 * @param {string} root
 * @param {string} name
 */
async function keepCompiled(root, name) {
  const args = ['--title=wabus-code-cache', join(root, bundleOf(name)), ...(name === 'simulator' ? ['--help'] : [])];
  await runCommand(process.execPath, args, { cwd: root, env: { ...process.env, ...NO_PORT }, timeoutMs: 60_000 });
}

/**
 * Escapes what the bundler leaves as it is: regular expressions and comments of licences. One character beyond Latin-1 makes Node.js keep and scan the
 * whole file in twice the memory.
 * @param {string} file
 */
function keepAscii(file) {
  // Within the function around it, the line for shells would be no comment.
  const text = readFileSync(file, 'utf8').replace(/^#!.*\n/, '');
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

// As a program, for images: the apps of the working directory.
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await applyDependencyPatches(process.cwd());
  await bundleApps(new Progress(), process.cwd());
}
