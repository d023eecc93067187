import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

// A process's signals and exit codes can only be seen from outside, so the built fixture runs.
const FIXTURE = fileURLToPath(import.meta.url)
  .replace('/src/', '/dist/')
  .replace('process.runner.int.spec.ts', 'process.fixture.js');

interface Line extends Record<string, unknown> {
  msg: string;
}

class Run {
  readonly lines: Line[] = [];
  stderr = '';
  private readonly child: ChildProcess;
  private readonly exited: Promise<number | string>;
  private waiting: (() => void)[] = [];

  constructor(env: Record<string, string>) {
    this.child = spawn(process.execPath, [FIXTURE], { env: { PATH: '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stderr!.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    createInterface({ input: this.child.stdout! }).on('line', line => {
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

  exit(): Promise<number | string> {
    return this.exited;
  }

  get order(): string[] {
    return this.lines.map(({ msg }) => msg);
  }
}

describe('runProcess', () => {
  let run: Run;
  const start = (env: Record<string, string> = {}): Run => (run = new Run(env));
  afterEach(async () => {
    run.kill('SIGKILL');
    await run.exit();
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('stops in order on %s and exits with 0', async signal => {
    start();
    const { url } = await run.said('listening');
    expect((await fetch(`${String(url)}/health/ready`)).status).toBe(200);
    run.kill(signal);
    expect(await run.exit()).toBe(0);
    expect(run.order).toEqual(['starting', 'listening', 'stopping', 'step drain', 'step close', 'nest shutdown', 'stopped']);
  });

  it('says at start which settings are in force, without secrets', async () => {
    start({ FIXTURE_TOKEN: 'hunter2' });
    const line = await run.said('starting');
    expect(line).toMatchObject({ service: 'fixture', settings: { FIXTURE_PORT: '0', FIXTURE_TOKEN: 'set', FIXTURE_FAULT: 'unset' } });
    run.kill('SIGTERM');
    await run.exit();
    expect(JSON.stringify(run.lines)).not.toContain('hunter2');
  });

  it('exits with 1 and one readable list when settings are wrong', async () => {
    start({ FIXTURE_PORT: 'http', FIXTURE_FAULT: 'sometimes' });
    expect(await run.exit()).toBe(1);
    expect(run.stderr).toMatch(/^2 settings are wrong:\n {2}FIXTURE_PORT .*\n {2}FIXTURE_FAULT .*\n$/);
    expect(run.lines).toEqual([]);
  });

  it('exits with 1 and says why when it cannot start', async () => {
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

  it('goes on after errors of one client, and ends only that one', async () => {
    start({ FIXTURE_FAULT: 'confined' });
    const { url } = await run.said('listening');
    while (run.order.filter(msg => msg === 'ended').length < 2) await new Promise(resolve => setTimeout(resolve, 5));
    expect(await run.said('an error that nothing caught ended one request or connection')).toMatchObject({
      level: 'error',
      ended: 'request',
      err: { message: 'out of the blue' }
    });
    expect((await fetch(`${String(url)}/health/ready`)).status).toBe(200);
    run.kill('SIGTERM');
    expect(await run.exit()).toBe(0);
  });

  it('goes on stopping after a step that fails', async () => {
    start({ FIXTURE_FAULT: 'step' });
    await run.said('listening');
    run.kill('SIGTERM');
    expect(await run.exit()).toBe(0);
    expect(await run.said('stop step failed')).toMatchObject({ step: 'work', err: { message: 'stuck' } });
    expect(run.order).toContain('step close');
  });

  it('gives up after its time limit, names the step to blame and exits with 1', async () => {
    start({ FIXTURE_FAULT: 'hang', FIXTURE_STOP_TIMEOUT_MS: '50' });
    await run.said('listening');
    run.kill('SIGTERM');
    expect(await run.exit()).toBe(1);
    expect(await run.said('stopping took too long')).toMatchObject({ step: 'work', timeoutMs: 50 });
  });

  it('ends at once on a second signal', async () => {
    start({ FIXTURE_FAULT: 'hang' });
    await run.said('listening');
    run.kill('SIGTERM');
    await run.said('step drain');
    run.kill('SIGTERM');
    expect(await run.exit()).toBe(1);
    expect(run.order.at(-1)).toBe('forced to stop');
  });
});
