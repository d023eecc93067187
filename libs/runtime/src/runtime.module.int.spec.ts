import { Controller, Get, Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { HealthRegistry } from './health/health.registry.js';
import { FrameworkLogger } from './logging/framework.logger.js';
import { Log } from './logging/log.js';
import { createLogger } from './logging/process.logger.js';
import { VERSION } from './process/version.js';
import { MetricsRegistry } from './metrics/metrics.registry.js';
import { RuntimeModule } from './runtime.module.js';
import { StopSequence } from './stop/stop-sequence.js';

@Controller('sample')
class SampleController {
  @Get('served')
  served(): string {
    return 'ok';
  }

  @Get('broken')
  broken(): never {
    throw new Error('something broke');
  }
}

interface Line extends Record<string, unknown> {
  msg: string;
}

describe('a process with the runtime module', () => {
  const lines: Line[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Line) };
  const logger = createLogger({ service: 'sample', level: 'debug', redact: ['noiseKey'], destination });
  let app: INestApplication;
  let url: string;

  beforeEach(async () => {
    @Module({ imports: [RuntimeModule.register({ service: 'sample', logger })], controllers: [SampleController] })
    class SampleModule {}

    lines.length = 0;
    app = await NestFactory.create(SampleModule, { logger: new FrameworkLogger(logger) });
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  });
  afterEach(() => app.close());

  const requestLine = async (): Promise<Line> => {
    for (;;) {
      const line = lines.find(({ msg }) => msg.startsWith('request '));
      if (line) return line;
      await new Promise(resolve => setImmediate(resolve));
    }
  };

  it('is alive and ready without any check of its own', async () => {
    for (const kind of ['live', 'ready']) expect((await fetch(`${url}/health/${kind}`)).status).toBe(200);
  });

  it('reports its release', async () => {
    const node = process.versions.node;
    expect(await (await fetch(`${url}/version`)).json()).toEqual({ service: 'sample', version: VERSION, node });
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain(`wabus_build_info{version="${VERSION}",node="${node}",service="sample"} 1`);
  });

  it('answers 503 with the failing check, and stays alive', async () => {
    app.get(HealthRegistry).add({ name: 'broker', kind: 'ready', check: () => ({ failing: 'not connected' }) });
    const response = await fetch(`${url}/health/ready`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      version: VERSION,
      status: 'failing',
      checks: { process: { status: 'ok' }, broker: { status: 'failing', reason: 'not connected' } }
    });
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
  });

  it('is not ready once it stops', async () => {
    await app.get(StopSequence).run({ stepFailed: () => undefined });
    const response = await fetch(`${url}/health/ready`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ checks: { process: { reason: 'stopping' } } });
  });

  it('serves its own and Node.js metrics, one per name', async () => {
    const metrics = app.get(MetricsRegistry);
    metrics.counter({ name: 'sample_total', help: 'Samples.', labels: ['kind'] }).inc({ kind: 'a' });
    metrics.counter({ name: 'sample_total', help: 'Samples.', labels: ['kind'] }).inc({ kind: 'a' });
    const response = await fetch(`${url}/metrics`);
    expect(response.headers.get('content-type')).toContain('text/plain');
    const text = await response.text();
    expect(text).toContain('sample_total{kind="a",service="sample"} 2');
    expect(text).toContain('process_cpu_seconds_total');
  });

  it('logs a request without query, headers and long numbers', async () => {
    await fetch(`${url}/sample/served?token=hunter2`, { headers: { authorization: 'Bearer hunter2', 'x-request-id': 'req-1' } });
    expect(await requestLine()).toMatchObject({
      level: 'debug',
      msg: 'request served',
      req: { id: 'req-1', method: 'GET', path: '/sample/served' },
      res: { statusCode: 200 }
    });
    expect(JSON.stringify(lines)).not.toContain('hunter2');
  });

  it('logs a request that failed as an error', async () => {
    await fetch(`${url}/sample/broken`);
    expect(await requestLine()).toMatchObject({ level: 'error', msg: 'request failed', res: { statusCode: 500 } });
    expect(lines).toContainEqual(
      expect.objectContaining({
        level: 'error',
        err: expect.objectContaining({ message: expect.stringContaining('something broke') as string }) as object
      })
    );
  });

  it('does not log probes and scrapes', async () => {
    await fetch(`${url}/health/live`);
    await fetch(`${url}/metrics`);
    await fetch(`${url}/sample/served`);
    await requestLine();
    expect(lines.filter(({ msg }) => msg.startsWith('request '))).toHaveLength(1);
  });

  it('logs JSON lines with secrets replaced three levels deep', () => {
    app
      .get(Log)
      .for('room')
      .info(
        {
          session: 'a',
          token: 'hunter2',
          auth: { creds: 'hunter2', deep: { noiseKey: 'hunter2' } },
          err: Object.assign(new Error('x'), { token: 'hunter2' })
        },
        'something done'
      );
    expect(lines.at(-1)).toMatchObject({
      level: 'info',
      service: 'sample',
      component: 'room',
      session: 'a',
      msg: 'something done',
      token: '[redacted]',
      auth: { creds: '[redacted]', deep: { noiseKey: '[redacted]' } }
    });
    expect(JSON.stringify(lines)).not.toContain('hunter2');
  });

  it('logs the startup output of Nest at debug', () => {
    const chatter = lines.filter(({ component }) => component === 'RouterExplorer' || component === 'InstanceLoader');
    expect(chatter.length).toBeGreaterThan(0);
    expect(new Set(chatter.map(({ level }) => level))).toEqual(new Set(['debug']));
  });
});
