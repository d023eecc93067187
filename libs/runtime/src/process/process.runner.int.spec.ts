import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

// The signals and exit codes of a process are visible only from outside, so the tests run the built fixture.
const FIXTURE = fileURLToPath(import.meta.url)
  .replace('/src/', '/dist/')
  .replace('process.runner.int.spec.ts', 'process.fixture.js');

interface Line extends Record<string, unknown> {
  msg: string;
}

class Run {
  readonly lines: Line[] = [];
  stderr = '';
  /** The address on which it listens, reported on a separate file descriptor. */
  readonly url: Promise<string>;
  private readonly child: ChildProcess;
  private readonly exited: Promise<number | string>;
  private waiting: (() => void)[] = [];

  constructor(env: Record<string, string>, output: readonly ('pipe' | number)[]) {
    this.child = spawn(process.execPath, [FIXTURE], { env: { PATH: '', ...env }, stdio: ['ignore', ...output, 'pipe'] as StdioOptions });
    this.url = once(this.child.stdio[3] as Readable, 'data').then(([chunk]) => String(chunk));
    this.child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    if (this.child.stdout)
      createInterface({ input: this.child.stdout }).on('line', line => {
        this.lines.push(JSON.parse(line) as Line);
        for (const wake of this.waiting.splice(0)) wake();
      });
    this.exited = once(this.child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  }

  async said(msg: string): Promise<Line> {
    for (;;) {
      const line = this.lines.find(candidate => candidate.msg === msg);
      if (line) return line;
      await new Promise<void>(resolve => this.waiting.push(resolve));
    }
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Closes this end of both streams, like a pager that the user quits. */
  stopReading(): void {
    this.child.stdout!.destroy();
    this.child.stderr!.destroy();
  }

  exit(): Promise<number | string> {
    return this.exited;
  }

  get order(): string[] {
    return this.lines.map(({ msg }) => msg);
  }
}

describe('runProcess', () => {
  let run: Run;
  const start = (env: Record<string, string> = {}, output: readonly ('pipe' | number)[] = ['pipe', 'pipe']): Run =>
    (run = new Run(env, output));
  afterEach(async () => {
    run.kill('SIGKILL');
    await run.exit();
  });

  it('names each unknown setting once, with the nearest', async () => {
    await start({ WABUS_EGRES_ALLOW: 'n8n', WABUS_EDGE_PORT: '1', WABUS_TEST_NATS: 'binary' }).said('listening');
    const warned = run.lines.filter(({ msg }) => msg === 'unknown setting');
    expect(warned.map(({ setting, nearest }) => [setting, nearest])).toEqual([['WABUS_EGRES_ALLOW', 'WABUS_EGRESS_ALLOW']]);
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR2'] as const)('stops in order on %s and exits with 0', async signal => {
    start();
    const { url } = await run.said('listening');
    expect((await fetch(`${String(url)}/health/ready`)).status).toBe(200);
    run.kill(signal);
    expect(await run.exit()).toBe(0);
    expect(run.order).toEqual(['starting', 'listening', 'stopping', 'step drain', 'step close', 'nest shutdown', 'stopped']);
  });

  it('logs the effective settings at start, without secrets', async () => {
    start({ FIXTURE_TOKEN: 'hunter2' });
    const line = await run.said('starting');
    expect(line).toMatchObject({ service: 'fixture', settings: { FIXTURE_PORT: '0', FIXTURE_TOKEN: 'set', FIXTURE_FAULT: 'unset' } });
    run.kill('SIGTERM');
    await run.exit();
    expect(JSON.stringify(run.lines)).not.toContain('hunter2');
  });

  it('exits with 1 and one readable list if settings are invalid', async () => {
    start({ FIXTURE_PORT: 'http', FIXTURE_FAULT: 'sometimes' });
    expect(await run.exit()).toBe(1);
    expect(run.stderr).toMatch(/^2 settings are wrong:\n {2}FIXTURE_PORT .*\n {2}FIXTURE_FAULT .*\n$/);
    expect(run.lines).toEqual([]);
  });

  it('exits with 1 and the reason if it cannot start', async () => {
    start({ FIXTURE_FAULT: 'boot' });
    expect(await run.exit()).toBe(1);
    expect(await run.said('cannot start')).toMatchObject({ level: 'fatal', err: { message: 'no broker' } });
  });

  it.each([
    ['throw', 'uncaught exception', 'out of the blue'],
    ['reject', 'unhandled rejection', 'nobody waits']
  ])('after a %s logs the error, stops in order and exits with 1', async (fault, msg, message) => {
    start({ FIXTURE_FAULT: fault });
    expect(await run.exit()).toBe(1);
    expect(await run.said(msg)).toMatchObject({ level: 'fatal', err: { message } });
    expect(run.order.slice(-5)).toEqual(['stopping', 'step drain', 'step close', 'nest shutdown', 'stopped']);
  });

  it('continues after errors of one client, and ends only that one', async () => {
    start({ FIXTURE_FAULT: 'confined' });
    const { url } = await run.said('listening');
    while (run.order.filter(msg => msg === 'ended').length < 2) await new Promise(resolve => setTimeout(resolve, 5));
    expect(await run.said('an uncaught error ended one request or connection')).toMatchObject({
      level: 'error',
      ended: 'request',
      err: { message: 'out of the blue' }
    });
    expect((await fetch(`${String(url)}/health/ready`)).status).toBe(200);
    run.kill('SIGTERM');
    expect(await run.exit()).toBe(0);
  });

  it('continues stopping after a step that fails', async () => {
    start({ FIXTURE_FAULT: 'step' });
    await run.said('listening');
    run.kill('SIGTERM');
    expect(await run.exit()).toBe(0);
    expect(await run.said('stop step failed')).toMatchObject({ step: 'work', err: { message: 'stuck' } });
    expect(run.order).toContain('step close');
  });

  it('stops at its time limit, names the step, exits with 1', async () => {
    start({ FIXTURE_FAULT: 'hang', FIXTURE_STOP_TIMEOUT_MS: '50' });
    await run.said('listening');
    run.kill('SIGTERM');
    expect(await run.exit()).toBe(1);
    expect(await run.said('stopping took too long')).toMatchObject({ step: 'work', timeoutMs: 50 });
  });

  it('treats signals within a second as one request', async () => {
    start({ FIXTURE_FAULT: 'slow' });
    await run.said('listening');
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGTERM', 'SIGHUP'] as const) run.kill(signal);
    await run.said('step drain');
    run.kill('SIGTERM');
    expect(await run.exit()).toBe(0);
    expect(run.order.at(-1)).toBe('stopped');
  });

  it('ends immediately on a signal more than a second later', async () => {
    start({ FIXTURE_FAULT: 'hang' });
    await run.said('listening');
    const since = performance.now();
    const repeating = setInterval(() => run.kill('SIGTERM'), 100);
    expect(await run.exit()).toBe(1);
    clearInterval(repeating);
    expect(performance.now() - since).toBeGreaterThan(1_000);
    expect(run.order.at(-1)).toBe('forced to stop');
  });

  it('never mistakes its supervisor for an impatient operator', async () => {
    start({ FIXTURE_FAULT: 'hang', FIXTURE_STOP_TIMEOUT_MS: '1600' });
    await run.said('listening');
    run.kill('SIGTERM');
    const repeating = setInterval(() => run.kill('SIGUSR2'), 100);
    expect(await run.exit()).toBe(1);
    clearInterval(repeating);
    expect(run.order.at(-1)).toBe('gave up');
  });

  // Every write to /dev/full fails as on a full disk.
  (existsSync('/dev/full') ? it : it.skip)('continues if the disk of its log is full', async () => {
    const full = openSync('/dev/full', 'w');
    start({}, [full, full]);
    closeSync(full);
    const url = await run.url;
    for (let i = 0; i < 3; i++) expect((await fetch(`${url}/unknown`)).status).toBe(404);
    run.kill('SIGTERM');
    expect(await run.exit()).toBe(0);
  });

  it('continues if nothing reads its output anymore', async () => {
    start();
    const { url } = await run.said('listening');
    run.stopReading();
    for (let i = 0; i < 3; i++) expect((await fetch(`${String(url)}/unknown`)).status).toBe(404);
    run.kill('SIGTERM');
    expect(await run.exit()).toBe(0);
  });
});
