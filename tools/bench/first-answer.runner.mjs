// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../install.mjs';
import { runCommand } from '../process/command.runner.mjs';
import { choosePorts } from '../start/ports.mjs';

/** The output that a new user sees, in order. */
const MILESTONES = /** @type {const} */ ([
  ['installed', /✓ dependencies/],
  ['built', /✓ (?:built|build)/],
  ['ready', /Wabus is ready after/],
  ['linked', /✓ session default is open/]
]);
const COMMAND = /^ {2}curl .*$/m;
const ANSWER = /You wrote: Hello from Wabus/;
const LIMIT_MS = 600_000;
/** The limit from the clone to the reply, with cached packages. */
const BUDGET_MS = 120_000;
/** Processes that have not stopped after this time are killed. */
const STOP_LIMIT_MS = 30_000;

/**
 * Clones this repository, runs `npm run demo` in the clone, sends the message with the command that the demo prints, and waits for the reply.
 * @param {object} options
 * @param {boolean} options.isCold whether npm and Wabus start with empty caches
 * @param {(line: string) => void} options.print
 * @returns {Promise<boolean>} whether the time is within the budget
 * @throws {Error} if the demo ends, or does not reply within ten minutes
 */
export async function measureFirstAnswer({ isCold, print }) {
  const folder = mkdtempSync(join(tmpdir(), 'wabus-first-answer-'));
  const clone = join(folder, 'wabus');
  const started = performance.now();
  const report = (/** @type {string} */ step) =>
    print(`${step.padEnd(20)}${((performance.now() - started) / 1000).toFixed(1).padStart(7)} s`);
  try {
    await mustRun('git', ['clone', '--quiet', ROOT, clone], folder);
    report('cloned');
    const demo = new DemoRun(clone, await environment(isCold ? folder : null));
    try {
      for (const [step, pattern] of MILESTONES) {
        await demo.awaitOutput(pattern);
        report(step);
      }
      const curl = await demo.awaitOutput(COMMAND);
      report('command printed');
      await mustRun('bash', ['-c', curl], clone);
      report('sent');
      await demo.awaitOutput(ANSWER);
      report('answered');
    } finally {
      await demo.stop();
    }
    return performance.now() - started <= BUDGET_MS;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Returns the environment of a new user: without Wabus settings and without the variables that npm passes to scripts.
 * @param {string | null} emptyCaches
 */
async function environment(emptyCaches) {
  const [port = 0] = await choosePorts(1);
  const own = Object.entries(process.env).filter(([name]) => !/^(WABUS_|npm_|NODE_OPTIONS$|INIT_CWD$)/.test(name));
  const caches = emptyCaches === null ? {} : { npm_config_cache: join(emptyCaches, 'npm'), XDG_CACHE_HOME: join(emptyCaches, 'cache') };
  return { env: { ...Object.fromEntries(own), ...caches }, port };
}

/** @param {string} command @param {string[]} args @param {string} cwd */
async function mustRun(command, args, cwd) {
  const { code, stderr, error } = await runCommand(command, args, { cwd, timeoutMs: LIMIT_MS });
  if (code !== 0) throw new Error(`${command} failed: ${error ?? stderr.trim()}`);
}

/** A run of `npm run demo` in a clone. */
class DemoRun {
  output = '';
  #changed = () => undefined;

  /** @param {string} clone @param {{ env: NodeJS.ProcessEnv, port: number }} environment */
  constructor(clone, { env, port }) {
    this.child = spawn('npm', ['run', 'demo', '--', '--port', String(port)], {
      cwd: clone,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A separate process group, so that SIGINT reaches all its processes like Ctrl-C in a terminal. npm does not forward signals.
      detached: true
    });
    process.once('exit', () => this.#signal('SIGINT'));
    for (const stream of [this.child.stdout, this.child.stderr])
      stream.setEncoding('utf8').on('data', chunk => {
        this.output += chunk;
        this.#changed();
      });
    this.child.once('exit', () => this.#changed());
  }

  /**
   * @param {RegExp} pattern
   * @returns {Promise<string>} the match, once it has been printed
   */
  async awaitOutput(pattern) {
    const limit = AbortSignal.timeout(LIMIT_MS);
    limit.onabort = () => this.#changed();
    for (;;) {
      const [match] = pattern.exec(this.output) ?? [];
      if (match !== undefined) return match;
      if (this.#hasEnded || limit.aborted) throw new Error(`npm run demo did not print ${pattern}:\n${this.output.slice(-4_000)}`);
      await new Promise(resolve => (this.#changed = () => void resolve(undefined)));
    }
  }

  async stop() {
    if (this.#hasEnded) return;
    const closed = once(this.child, 'close');
    this.#signal('SIGINT');
    const kill = setTimeout(() => this.#signal('SIGKILL'), STOP_LIMIT_MS);
    await closed;
    clearTimeout(kill);
  }

  get #hasEnded() {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** @param {'SIGINT' | 'SIGKILL'} signal */
  #signal(signal) {
    if (!this.#hasEnded && this.child.pid !== undefined) process.kill(-this.child.pid, signal);
  }
}
