// @ts-check
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const COMPILER = '../../node_modules/typescript-native/lib/getExePath.js';
/** Matches the line that the compiler prints after each pass. */
const PASS = /Found (\d+) errors?\. Watching for file changes/;

/**
 * Compiles whenever a source changes.
 * @param {object} watch
 * @param {string} watch.root the folder with tsconfig.build.json
 * @param {readonly string[]} watch.apps the folders below `apps` to report
 * @param {(apps: string[]) => void} watch.onBuilt receives the apps with new outputs, including those of libraries they use
 * @param {(text: string) => void} watch.tell prints a line
 * @param {AbortSignal} watch.signal ends the watch
 */
export async function watchBuild({ root, apps, onBuilt, tell, signal }) {
  // Starts the program itself, because a signal to its wrapper script does not reach it. Imported here, because a fresh clone has no packages
  // yet.
  const { default: compilerPath } = await import(new URL(COMPILER, import.meta.url).href);
  const args = ['-b', 'tsconfig.build.json', '--watch', '--preserveWatchOutput', '--pretty', 'false'];
  const compiler = spawn(compilerPath(), args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const end = () => compiler.kill();
  signal.addEventListener('abort', end);
  process.once('exit', end);
  compiler.once('exit', code => !signal.aborted && tell(`✗ the compiler stopped (code ${code}): changes have no effect any more`));
  const records = new Map(apps.map(app => [app, buildRecord(root, join('apps', app))]));
  let isFirst = true;
  createInterface({ input: compiler.stdout }).on('line', line => {
    const pass = PASS.exec(line);
    if (line.includes('error TS')) tell(line);
    if (pass === null) return;
    if (isFirst) tell('✓ watching the sources');
    isFirst = false;
    if (pass[1] !== '0') return tell('✗ not restarted: the sources have errors');
    const changed = apps.filter(app => {
      const before = records.get(app);
      const now = buildRecord(root, join('apps', app));
      records.set(app, now);
      return now !== before;
    });
    if (changed.length > 0) onBuilt(changed);
  });
}

/**
 * Returns when a project or one of its references was last compiled.
 * @param {string} root
 * @param {string} project
 * @returns {number}
 */
function buildRecord(root, project) {
  const record = join(root, project, 'dist', '.tsbuildinfo');
  /** @type {{ references?: { path: string }[] }} */
  const { references = [] } = JSON.parse(readFileSync(join(root, project, 'tsconfig.json'), 'utf8'));
  const own = existsSync(record) ? statSync(record).mtimeMs : 0;
  return Math.max(own, ...references.map(({ path }) => buildRecord(root, join(project, path))));
}
