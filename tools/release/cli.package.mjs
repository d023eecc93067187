// @ts-check
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLI_COMMANDS } from '../cli/command.catalog.mjs';
import { releaseOf } from './version.places.mjs';

/** Dependencies that npm installs together with the command. All other code is ours and is compiled into the package. */
const DEPENDENCIES = ['@nats-io/transport-node', '@redis/client', 'pg', 'sql.js', 'fflate', 'nanotar'];

/** A file that a tool reads at this path. */
const SETTINGS = join('tools', 'start', 'settings.catalog.json');

const README = `# wabus

The command line of [Wabus](https://github.com/wabus/wabus), for machines on which Wabus itself does not run.

\`\`\`sh
WABUS_TOKEN=… npx wabus tail --url https://wabus.example
npx wabus doctor --url https://wabus.example
npx wabus --help
\`\`\`

\`wabus start\` and \`wabus demo\` need the repository.
`;

/**
 * Writes the package \`wabus\`, which contains the compiled tools that do not need the sources, into a folder that npm can pack.
 * @param {string} root
 * @param {{ folder: string, version: string }} options
 */
export async function writeCliPackage(root, { folder, version }) {
  const { build } = await import('esbuild');
  const modules = Object.values(CLI_COMMANDS).filter(({ ofRepository }) => !ofRepository);
  const entries = ['tools/wabus.mjs', 'tools/install.mjs', ...modules.map(({ module }) => join('tools', 'cli', module))];
  // The folder structure stays the same: the command loads its modules by path, and its root is the parent folder.
  await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: join(folder, 'tools'),
    outbase: join(root, 'tools'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    // The bundler and the patches are only for the repository.
    external: ['@wabus/sdk', 'esbuild', 'diff', ...DEPENDENCIES],
    logLevel: 'silent'
  });
  const { description, license, engines, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const manifest = {
    name: 'wabus',
    version,
    description: `The command wabus. ${description}`,
    license,
    type: 'module',
    bin: { wabus: 'tools/wabus.mjs' },
    files: ['tools'],
    engines,
    repository: { type: 'git', url: 'git+https://github.com/wabus/wabus.git' },
    dependencies: { '@wabus/sdk': version, ...Object.fromEntries(DEPENDENCIES.map(name => [name, versionOf(root, name, devDependencies)])) }
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  writeFileSync(join(folder, 'README.md'), README);
  mkdirSync(join(folder, 'tools', 'start'), { recursive: true });
  copyFileSync(join(root, SETTINGS), join(folder, SETTINGS));
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
}

/** @param {string} root @param {string} name @param {Record<string, string>} declared */
const versionOf = (root, name, declared) => declared[name] ?? releaseOf(join(root, 'node_modules', name));
