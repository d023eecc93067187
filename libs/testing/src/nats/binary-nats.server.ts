import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { awaitCondition } from '../condition.js';
import { attachLifeline } from '../process/lifeline.js';
import { createTempFolder, type TempFolder } from '../temp-folder.js';
import { NatsServer, natsConfiguration, type NatsServerOptions } from './nats-server-port.js';

const READY_LIMIT_MS = 10_000;
const STOP_LIMIT_MS = 5_000;

/** A nats-server as a child process. It is ready within tens of milliseconds and cannot outlive this process. */
export class BinaryNatsServer extends NatsServer {
  readonly driver = 'binary';
  private readonly folder: TempFolder = createTempFolder('nats');
  private readonly log: string[] = [];
  private child: ChildProcess | null = null;
  private cutLifeline: () => void = () => undefined;
  private listenPort = -1;

  private constructor(
    private readonly binary: string,
    private options: NatsServerOptions
  ) {
    super();
  }

  static async launch(binary: string, options: NatsServerOptions): Promise<BinaryNatsServer> {
    const server = new BinaryNatsServer(binary, options);
    try {
      await server.start();
      return server;
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  get port(): number {
    return this.listenPort;
  }

  /** Process id, for tests that inject faults themselves; `null` while the server is not running. */
  get pid(): number | null {
    return this.child?.pid ?? null;
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
    this.folder.remove();
  }

  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async restart(changed: Pick<NatsServerOptions, 'configuration'> = {}): Promise<void> {
    await this.end('SIGTERM');
    this.options = { ...this.options, ...changed };
    await this.start();
  }

  async pause(): Promise<void> {
    const { child } = this;
    child?.kill('SIGSTOP');
    // The signal is asynchronous, and a thread that is still running answers requests.
    await awaitCondition(
      () => statesOf(child?.pid),
      states => states.every(state => state === 'T'),
      { what: 'the pause of nats-server' }
    );
  }

  resume(): Promise<void> {
    this.child?.kill('SIGCONT');
    return Promise.resolve();
  }

  private async start(): Promise<void> {
    const file = join(this.folder.path, 'nats-server.conf');
    const storeDir = this.options.storeDir ?? join(this.folder.path, 'store');
    // Port -1 lets the server choose; a restart keeps that port, because clients use it.
    writeFileSync(file, natsConfiguration({ listen: `127.0.0.1:${this.listenPort}`, storeDir, configuration: this.options.configuration }));
    const child = spawn(this.binary, ['--config', file], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.child = child;
    if (child.pid !== undefined) this.cutLifeline = attachLifeline(child.pid);
    await this.awaitReady(child);
  }

  private awaitReady(child: ChildProcess): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (reason: string): void => reject(new Error(`nats-server ${reason}\n${this.log.slice(-20).join('\n')}`));
      const timer = setTimeout(() => fail(`is not ready within ${READY_LIMIT_MS} ms`), READY_LIMIT_MS);
      child.once('error', error => fail(`cannot be started: ${error.message}`));
      child.once('exit', code => {
        clearTimeout(timer);
        fail(`ended with code ${code ?? 'none'}`);
      });
      if (!child.stderr) return;
      createInterface({ input: child.stderr }).on('line', line => {
        this.log.push(line);
        if (this.log.length > 1000) this.log.splice(0, 500);
        const listening = /Listening for client connections on .*:(\d+)$/.exec(line);
        if (listening) this.listenPort = Number(listening[1]);
        if (!line.endsWith('Server is ready')) return;
        clearTimeout(timer);
        resolve();
      });
    });
  }

  private async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.child;
    if (!child) return;
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill(signal);
      // A paused server receives no SIGTERM until it is resumed.
      child.kill('SIGCONT');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      await gone;
      clearTimeout(timer);
    }
    this.cutLifeline();
    this.child = null;
  }
}

/** Returns the states of a process's threads on Linux; an empty list on other systems. */
function statesOf(pid: number | undefined): string[] {
  const folder = `/proc/${pid}/task`;
  if (pid === undefined || !existsSync(folder)) return [];
  return readdirSync(folder).map(thread => /\) (\S)/.exec(readFileSync(`${folder}/${thread}/stat`, 'utf8'))?.[1] ?? '');
}
