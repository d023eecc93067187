// @ts-check
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { CLI_COMMANDS } from '../cli/command.catalog.mjs';

/** @typedef {import('./clean.project.mjs').CleanProject} CleanProject */
/** @typedef {{ project: CleanProject, root: string, version: string, n8n: string | null }} Surroundings */

const REPOSITORY = 'git+https://github.com/wabus/wabus.git';
const ESM = `import wa, { WabusClient, WabusError } from '@wabus/sdk';
import { FileCursorStore } from '@wabus/sdk/node';
import { EVENT_NAMES } from '@wabus/sdk/catalog';
import { WabusEventServer, WabusModule } from '@wabus/nest';
const all = [wa.connect, WabusClient, WabusError, FileCursorStore, WabusEventServer, WabusModule];
if (all.some(one => typeof one !== 'function') || EVENT_NAMES.length < 30) throw new Error('something is missing');
console.log('loaded');
`;
const CJS = `const { default: wa, WabusClient } = require('@wabus/sdk');
const { FileCursorStore } = require('@wabus/sdk/node');
const { EVENT_NAMES } = require('@wabus/sdk/catalog');
const { WabusEventServer } = require('@wabus/nest');
const all = [wa.connect, WabusClient, FileCursorStore, WabusEventServer];
if (all.some(one => typeof one !== 'function') || EVENT_NAMES.length < 30) throw new Error('something is missing');
console.log('loaded');
`;
const TYPED = `import { WabusClient, type EventEnvelope } from '@wabus/sdk';
import { FileCursorStore } from '@wabus/sdk/node';
const client = new WabusClient({ url: 'http://localhost:3000', token: 'x', cursors: new FileCursorStore('.cursors') });
client.on('messages.upsert', (data, event: EventEnvelope<'messages.upsert'>) => [data.messages[0]?.key.id, event.cursor]);
// @ts-expect-error There is no such event.
client.on('messages.sent', () => undefined);
`;
const TYPED_NEST = `import { WabusModule } from '@wabus/nest';
export const typed = WabusModule.forRoot({ servers: 'nats://127.0.0.1' });
// @ts-expect-error A server is needed.
WabusModule.forRoot({ user: 'x' });
`;
const N8N = `const { PackageDirectoryLoader } = require(process.argv[2] + '/node_modules/n8n-core');
const loader = new PackageDirectoryLoader(process.argv[3]);
loader.loadAll().then(() => console.log(Object.keys(loader.known.nodes).sort().join(' ')));
`;
const TYPES = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022', '--lib', 'es2022,dom', '--module', 'node16'];

/**
 * The checks in a project in which the packages are installed, each with a title. A failed check throws.
 * @type {readonly { title: string, run: (surroundings: Surroundings) => Promise<string | void> }[]}
 */
export const PACKAGE_CHECKS = [
  {
    title: 'every package has its version, license and repository',
    run: async ({ project, version }) => {
      for (const name of ['@wabus/sdk', '@wabus/nest', 'n8n-nodes-wabus', 'wabus']) {
        const { version: found, private: isPrivate, repository } = project.manifest(name);
        if (found !== version || isPrivate) throw new Error(`${name} has version ${found}${isPrivate ? ' and is private' : ''}`);
        for (const file of ['LICENSE', 'README.md'])
          if (!existsSync(join(project.home(name), file))) throw new Error(`${name} has no ${file}`);
        // npm publishes with a statement of origin only if the manifest names the repository, and resolves links in README in its folder.
        if (repository?.url !== REPOSITORY) throw new Error(`${name} does not have the repository ${REPOSITORY}`);
        const isRelative = /\]\(\.{1,2}\//.test(readFileSync(join(project.home(name), 'README.md'), 'utf8'));
        if (isRelative && !repository.directory) throw new Error(`${name} has links in README, but no repository.directory`);
      }
    }
  },
  { title: 'SDK and Nest load as ES modules', run: ({ project }) => runFile(project, 'esm.mjs', ESM) },
  { title: 'SDK and Nest load as CommonJS', run: ({ project }) => runFile(project, 'cjs.cjs', CJS) },
  {
    title: 'a consumer compiles',
    run: async ({ project, root }) => {
      project.write('typed.mts', `${TYPED}export {};\n`);
      project.write('typed.cts', `${TYPED}export {};\n`);
      project.write('nest.mts', TYPED_NEST);
      const tsc = join(root, 'node_modules', 'typescript-native', 'bin', 'tsc');
      await project.run(process.execPath, [tsc, ...TYPES, 'typed.mts', 'typed.cts', 'nest.mts']);
    }
  },
  {
    title: 'wabus runs outside the repository',
    run: async ({ project, version }) => {
      const program = join(project.home('wabus'), 'tools', 'wabus.mjs');
      const wabus = (/** @type {string[]} */ ...args) => project.outcome(process.execPath, [program, ...args]);
      const { stdout } = await wabus('--version');
      if (stdout !== `${version}\n`) throw new Error(`wabus --version prints ${stdout}`);
      const commands = Object.entries(CLI_COMMANDS).map(async ([name, { ofRepository }]) => {
        const { code, stdout: help, stderr } = await wabus(name, '--help');
        const expected = ofRepository ? stderr.includes('git') || stderr.includes('Clone') : help.includes(name);
        if (!expected || code !== (ofRepository ? 2 : 0)) throw new Error(`wabus ${name} --help ends with ${code}: ${help}${stderr}`);
      });
      await Promise.all(commands);
      const doctor = await wabus('doctor', '--offline', '--url', 'http://127.0.0.1:9', '--report', 'report.json');
      if (
        doctor.code !== 1 ||
        !/\d+ ok, .* failed/.test(doctor.stdout) ||
        doctor.stderr !== '' ||
        !existsSync(join(project.folder, 'report.json'))
      )
        throw new Error(`wabus doctor without an installation ends with ${doctor.code}: ${doctor.stdout}${doctor.stderr}`);
    }
  },
  {
    title: "n8n's loader finds the nodes",
    run: async ({ project, n8n }) => {
      const { nodes } = project.manifest('n8n-nodes-wabus').n8n;
      const missing = nodes.filter((/** @type {string} */ file) => !existsSync(join(project.home('n8n-nodes-wabus'), file)));
      if (missing.length > 0) throw new Error(`not packed: ${missing.join(', ')}`);
      if (n8n === null) return 'without n8n itself';
      // The nodes use the n8n-workflow package of the n8n that runs them.
      if (!existsSync(project.home('n8n-workflow'))) symlinkSync(join(n8n, 'node_modules', 'n8n-workflow'), project.home('n8n-workflow'));
      project.write('loader.cjs', N8N);
      const found = await project.run(process.execPath, ['loader.cjs', n8n, project.home('n8n-nodes-wabus')]);
      if (found.trim().split(' ').length !== nodes.length) throw new Error(`n8n finds ${found}`);
      return found.trim();
    }
  }
];

/** @param {CleanProject} project @param {string} file @param {string} code */
async function runFile(project, file, code) {
  project.write(file, code);
  const output = await project.run(process.execPath, [file]);
  if (!output.includes('loaded')) throw new Error(`${file} printed ${output}`);
}
