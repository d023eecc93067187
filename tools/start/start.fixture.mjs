// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { endProcesses, identify } from '../process/process-identity.mjs';

const APPS = ['connector', 'edge'];
const START = fileURLToPath(new URL('../start.mjs', import.meta.url));

/** A folder for running `npm start`, with replacements for the apps and a real nats-server. */
export class StartFixture {
  folder = mkdtempSync(join(tmpdir(), 'wabus-start-'));
  data = join(this.folder, 'data');
  journalFile = join(this.folder, 'journal');
  /** @type {StartedRun[]} */
  runs = [];

  constructor() {
    writeFileSync(join(this.folder, 'package.json'), '{"type":"module"}');
    writeFileSync(this.journalFile, '');
    this.setState({ state: 'starting' });
    for (const app of APPS) {
      mkdirSync(join(this.folder, 'apps', app, 'dist', 'bundle'), { recursive: true });
      copyFileSync(new URL(`fixture/${app}.main.mjs`, import.meta.url), join(this.folder, 'apps', app, 'dist', 'bundle', 'main.js'));
    }
    this.setBehavior({});
  }

  /** @param {{ state: string, qr?: string | null, sessions?: string[] }} state */
  setState(state) {
    writeFileSync(join(this.folder, 'state.json'), JSON.stringify(state));
  }

  /**
   * Configures the replacement apps through a file, because their environment contains only their settings.
   * @param {{ fail?: string, deaf?: boolean }} behavior
   */
  setBehavior(behavior) {
    const content = JSON.stringify({ journal: this.journalFile, state: join(this.folder, 'state.json'), ...behavior });
    for (const app of APPS) writeFileSync(join(this.folder, 'apps', app, 'dist', 'bundle', 'fixture.json'), content);
  }

  /** The journal of the replacement apps, oldest entry first. */
  get journal() {
    return readFileSync(this.journalFile, 'utf8').trim().split('\n');
  }

  /**
   * The process ids in the journal and the lock file, which includes nats-server.
   * @returns {number[]}
   */
  get pids() {
    const noted = this.journal.flatMap(line => /pid=(\d+)/.exec(line)?.[1] ?? []).map(Number);
    const lock = join(this.data, 'start.lock');
    const held = existsSync(lock)
      ? JSON.parse(readFileSync(lock, 'utf8')).children.map((/** @type {{ pid: number }} */ child) => child.pid)
      : [];
    return [...new Set([...noted, ...held])];
  }

  /**
   * @param {string[]} args
   * @param {Record<string, string>} [env]
   * @param {string[]} [command] the program that runs the script, with its arguments
   */
  start(args, env = {}, [command, ...before] = [process.execPath]) {
    const apps = { WABUS_APPS_FOLDER: join(this.folder, 'apps') };
    const run = new StartedRun(['--data', this.data, ...args], { ...apps, ...env }, [command ?? '', ...before]);
    this.runs.push(run);
    return run;
  }

  async dispose() {
    const alive = this.pids.map(identify).filter(identity => identity !== null);
    for (const run of this.runs) run.signal('SIGKILL');
    await endProcesses(alive, 0);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A running `npm start`. */
export class StartedRun {
  output = '';

  /**
   * @param {string[]} args
   * @param {Record<string, string>} env
   * @param {string[]} [command] the program that runs the script, with its arguments
   */
  constructor(args, env, [program = '', ...before] = [process.execPath]) {
    this.child = spawn(program, [...before, START, ...args], {
      env: { ...process.env, NODE_OPTIONS: '', WABUS_NATS_URL: '', ...env },
      stdio: ['ignore', 'pipe', 'pipe']
    });
    for (const stream of [this.child.stdout, this.child.stderr]) stream.setEncoding('utf8').on('data', chunk => (this.output += chunk));
    this.ended = once(this.child, 'close').then(([code]) => /** @type {number | null} */ (code));
  }

  /** @param {NodeJS.Signals} name */
  signal(name) {
    this.child.kill(name);
  }

  /**
   * Waits until the output contains a text.
   * @param {string | RegExp} text
   * @param {number} [waitMs]
   */
  async awaitOutput(text, waitMs = 30_000) {
    await awaitTrue(
      () => (typeof text === 'string' ? this.output.includes(text) : text.test(this.output)),
      waitMs,
      () => `${text} in:\n${this.output}`
    );
  }
}

/**
 * @param {() => boolean} condition
 * @param {number} waitMs
 * @param {() => string} what
 */
export async function awaitTrue(condition, waitMs, what) {
  for (const deadline = Date.now() + waitMs; !condition(); await delay(20)) {
    if (Date.now() > deadline) throw new Error(`not within ${waitMs} ms: ${what()}`);
  }
}

/**
 * Ends the processes that a killed run has left behind.
 * @param {string} data its data folder
 */
export async function endLeftovers(data) {
  const lock = join(data, 'start.lock');
  if (existsSync(lock)) await endProcesses(JSON.parse(readFileSync(lock, 'utf8')).children, 0);
}

/**
 * Returns the environment with which a running process was started, as Linux reports it.
 * @param {number} pid
 * @returns {Record<string, string>}
 */
export function environmentOf(pid) {
  const entries = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean);
  return Object.fromEntries(entries.map(entry => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]));
}
