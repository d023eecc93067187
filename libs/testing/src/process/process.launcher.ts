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
 * For Node.js as it runs one of our apps in a test: it ends before most of what V8 optimizes pays, and its helpers take cores from other tests. The
 * budget comes after the start: with other flags, V8 rejects what the build compiled. Bundles have no source maps.
 */
const SHORT_LIFE = [
  '--single-threaded-gc',
  `--import=data:text/javascript,${encodeURIComponent(
    `import { setFlagsFromString } from 'node:v8'; setTimeout(() => setFlagsFromString('--interrupt-budget=1000000'), 400).unref();`
  )}`
];
/** Measurements run the apps as they are. */
const isTest = process.env['JEST_WORKER_ID'] !== undefined;

export interface ProcessOptions {
  /** Appears in failures. */
  name: string;
  /** The JavaScript file to run, or the name of one of our apps. */
  main: string;
  args?: string[];
  /** Runs `main`, which is a path then, in place of Node.js. */
  interpreter?: string;
  /** Flags for Node.js itself. */
  nodeArgs?: string[];
  /** Added to the environment of this process; `undefined` takes a variable away. */
  env?: Record<string, string | undefined>;
  cwd?: string;
  /** `GET` on this URL answers 200 when the process is ready. Without it the process counts as ready at once. */
  readyUrl?: string;
  /** Limit for getting ready. */
  waitMs?: number;
}

/** How a process ended. */
export interface ProcessEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
}

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

/** The file that runs one of our apps, as the build bundled it: the one in this folder, or in that of another tree. */
export function appMain(app: string, root: string = ROOT): string {
  return join(root, 'apps', app, 'dist', 'bundle', 'main.js');
}

function commandOf({ interpreter, main, nodeArgs = [] }: ProcessOptions): [command: string, ...args: string[]] {
  if (interpreter !== undefined) return [interpreter, main];
  if (main.endsWith('js')) return [process.execPath, '--enable-source-maps', ...nodeArgs, main];
  return [process.execPath, ...(isTest ? SHORT_LIFE : []), ...nodeArgs, appMain(main)];
}

/**
 * Starts a Node.js process and settles when it is ready. It cannot outlive this process.
 * @throws Error with the last lines of its output when it ends before, or is not ready in time
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

/** A running process of ours: its output line by line, and its ends. */
export class LaunchedProcess extends EventEmitter<{ line: [string] }> implements AsyncDisposable {
  /** What it printed, both streams, oldest first. */
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
      // What it printed last may still be on its way. Who inherited its output may hold it open for longer.
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

  /** Settles when it answers `readyUrl`; at once without one. */
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

  /** Settles with the first line, printed or to come, that satisfies the predicate. */
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

  /** Asks it to stop (SIGTERM) and settles when it has; kills it after `limitMs`. */
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

  /** Ends it as a crash does (SIGKILL), and settles when it is gone. */
  async kill(): Promise<ProcessEnd> {
    if (!this.end) this.child.kill('SIGKILL');
    return this.ended;
  }

  /** Freezes it (SIGSTOP): connections stay open, nothing runs. */
  pause(): void {
    this.child.kill('SIGSTOP');
  }

  resume(): void {
    this.child.kill('SIGCONT');
  }

  /** Settles when it ends on its own. */
  awaitEnd(): Promise<ProcessEnd> {
    return this.ended;
  }

  /** The last lines it printed, for failures. */
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
