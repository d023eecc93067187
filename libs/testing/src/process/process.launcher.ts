import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { awaitCondition } from '../condition.js';
import { attachLifeline } from './lifeline.js';

const OUTPUT_WAIT_MS = 1_000;
/**
 * Node.js flags for an app in a test: it ends before most of V8's optimizations pay off, and V8's helper threads take cores from other tests.
 * The budget is set after the start: with other flags, V8 rejects the code cache of the build. Bundles have no source maps.
 */
const SHORT_LIFE = [
  '--single-threaded-gc',
  `--import=data:text/javascript,${encodeURIComponent(
    `import { setFlagsFromString } from 'node:v8'; setTimeout(() => setFlagsFromString('--interrupt-budget=1000000'), 400).unref();`
  )}`
];
/** Measurements run the apps without these flags. */
const isTest = process.env['JEST_WORKER_ID'] !== undefined;

export interface ProcessOptions {
  /** Appears in failures. */
  name: string;
  /** The JavaScript file to run, or the name of an app. */
  main: string;
  args?: string[];
  /** Runs `main`, which must then be a path, instead of Node.js. */
  interpreter?: string;
  /** Flags for Node.js itself. */
  nodeArgs?: string[];
  /** Added to the environment of this process; `undefined` removes a variable. */
  env?: Record<string, string | undefined>;
  cwd?: string;
  /** `GET` on this URL returns 200 when the process is ready. Without it, the process counts as ready immediately. */
  readyUrl?: string;
  /** Time limit until the process is ready, in ms. */
  waitMs?: number;
}

/** The exit code or signal of a process. */
export interface ProcessEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
}

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

/** Returns the bundled main file of an app, in this tree or in the one at `root`. */
export function appMain(app: string, root: string = ROOT): string {
  return join(root, 'apps', app, 'dist', 'bundle', 'main.js');
}

function commandOf({ interpreter, main, nodeArgs = [] }: ProcessOptions): [command: string, ...args: string[]] {
  if (interpreter !== undefined) return [interpreter, main];
  if (main.endsWith('js')) return [process.execPath, '--enable-source-maps', ...nodeArgs, main];
  return [process.execPath, ...(isTest ? SHORT_LIFE : []), ...nodeArgs, appMain(main)];
}

/**
 * Starts a Node.js process and resolves when it is ready. It cannot outlive this process.
 * @throws Error with the last lines of its output if it ends early or is not ready in time
 */
export async function launchProcess(options: ProcessOptions): Promise<LaunchedProcess> {
  const launched = new LaunchedProcess(options);
  try {
    await launched.awaitReady();
    return launched;
  } catch (error) {
    await launched.kill();
    throw error;
  }
}

/** A running process: its output line by line, and its end. */
export class LaunchedProcess extends EventEmitter<{ line: [string] }> implements AsyncDisposable {
  /** The printed lines of both streams, oldest first. */
  readonly lines: string[] = [];
  private readonly child: ChildProcess;
  private readonly cutLifeline: () => void;
  private readonly ended: Promise<ProcessEnd>;
  private end: ProcessEnd | null = null;

  constructor(private readonly options: ProcessOptions) {
    super();
    const [command, ...commandArgs] = commandOf(options);
    this.child = spawn(command, [...commandArgs, ...(options.args ?? [])], {
      cwd: options.cwd,
      env: { ...process.env, NODE_OPTIONS: undefined, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe']
    });
    this.cutLifeline = attachLifeline(this.pid);
    for (const stream of [this.child.stdout, this.child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', line => this.record(line));
    }
    const closed = new Promise(resolve => this.child.once('close', resolve));
    this.ended = once(this.child, 'exit').then(async ([code, signal]) => {
      this.cutLifeline();
      // The last output may still be in flight. A child process that inherited the output may keep it open for longer.
      await Promise.race([closed, delay(OUTPUT_WAIT_MS, undefined, { ref: false })]);
      this.end = { code: code as number | null, signal: signal as NodeJS.Signals | null };
      return this.end;
    });
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error(`${this.options.name} could not be started`);
    return this.child.pid;
  }

  get running(): boolean {
    return this.end === null;
  }

  /** Resolves when the process answers at `readyUrl`; immediately without one. */
  async awaitReady(): Promise<void> {
    const { name, readyUrl, waitMs = 30_000 } = this.options;
    if (readyUrl === undefined) return;
    const read = async (): Promise<string> => {
      if (this.end) return 'ended';
      const response = await fetch(readyUrl, { signal: AbortSignal.timeout(2_000) });
      await response.arrayBuffer();
      return response.status === 200 ? 'ready' : `status ${response.status}`;
    };
    const state = await awaitCondition(read, value => value === 'ready' || value === 'ended', {
      waitMs,
      what: `readiness of ${name}`
    }).catch((error: unknown) => {
      throw new Error(`${error instanceof Error ? error.message : String(error)}\n${this.tail()}`, { cause: error });
    });
    if (state === 'ended') throw new Error(`${name} ended before it was ready: ${JSON.stringify(this.end)}\n${this.tail()}`);
  }

  /** Resolves with the first line, past or future, that satisfies the predicate. */
  async awaitLine(predicate: (line: string) => boolean, waitMs = 20_000): Promise<string> {
    const seen = this.lines.find(predicate);
    if (seen !== undefined) return seen;
    return new Promise((resolve, reject) => {
      const finish = (): void => {
        clearTimeout(timer);
        this.off('line', onLine);
      };
      const onLine = (line: string): void => {
        if (!predicate(line)) return;
        finish();
        resolve(line);
      };
      const timer = setTimeout(() => {
        finish();
        reject(new Error(`${this.options.name} did not print the expected line within ${waitMs} ms\n${this.tail()}`));
      }, waitMs);
      this.on('line', onLine);
    });
  }

  /** Requests a stop (SIGTERM) and resolves when the process has ended; kills it after `limitMs`. */
  async stop(limitMs = 15_000): Promise<ProcessEnd> {
    if (this.end) return this.end;
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), limitMs);
    try {
      return await this.ended;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Kills the process like a crash (SIGKILL), and resolves when it is gone. */
  async kill(): Promise<ProcessEnd> {
    if (!this.end) this.child.kill('SIGKILL');
    return this.ended;
  }

  /** Freezes the process (SIGSTOP): connections stay open, and nothing runs. */
  pause(): void {
    this.child.kill('SIGSTOP');
  }

  resume(): void {
    this.child.kill('SIGCONT');
  }

  /** Resolves when the process ends on its own. */
  awaitEnd(): Promise<ProcessEnd> {
    return this.ended;
  }

  /** Returns the last printed lines, for failure messages. */
  tail(count = 30): string {
    return this.lines.slice(-count).join('\n');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  private record(line: string): void {
    this.lines.push(line);
    this.emit('line', line);
  }
}
