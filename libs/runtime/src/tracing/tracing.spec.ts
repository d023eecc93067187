import { loadConfig } from '../config/config.loader.js';
import { STAGES } from './stages.table.js';
import { errorName, tracing } from './tracing.js';
import { TracingConfig } from './tracing.config.js';
import { Tracer, type Span, type StageEnd } from './tracer.js';

class Settings extends TracingConfig {}

/** Records the outcomes of spans. */
class Recorder extends Tracer {
  readonly ended: (StageEnd | undefined)[] = [];
  private running: string | undefined;

  begin(_stage: unknown, parent: string | undefined): Span {
    return { traceparent: `${parent ?? 'root'}>`, end: how => void this.ended.push(how) };
  }

  within<T>({ traceparent }: Span, work: () => T): T {
    this.running = traceparent;
    return work();
  }

  get current(): string | undefined {
    return this.running;
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }
}

describe('traces', () => {
  afterEach(() => tracing.install(null));

  test('propagate contexts and store nothing while disabled', async () => {
    const span = tracing.begin(STAGES.receive('a'), 'parent');
    tracing.noteMessage('a', 'm', span);
    tracing.noteCause(Settings, span);
    expect([tracing.isOn, span.traceparent, tracing.current, tracing.originOf('a', 'm'), tracing.causeOf(Settings)]).toEqual([
      false,
      ...Array<undefined>(4).fill(undefined)
    ]);
    expect(await tracing.run(span, () => Promise.resolve('done'))).toBe('done');
  });

  test('keep the causes of the newest 2,000 messages', () => {
    tracing.install(new Recorder());
    for (let i = 0; i <= 2_000; i++) tracing.noteMessage('a', `m${i}`, { traceparent: `${i}`, end: () => undefined });
    expect(['m0', 'm1', 'm2000', null].map(id => tracing.originOf('a', id))).toEqual([undefined, '1', '2000', undefined]);
    expect(tracing.originOf('b', 'm1')).toBeUndefined();
  });

  test('end a failed stage with a code, never with a message', async () => {
    const recorder = new Recorder();
    tracing.install(recorder);
    const failing = tracing.run(tracing.begin(STAGES.send('a')), () =>
      Promise.reject(Object.assign(new Error('to 4915112345678'), { code: 'TIMEOUT' }))
    );
    await expect(failing).rejects.toThrow('to 49');
    expect(recorder.ended).toEqual([{ error: 'TIMEOUT' }]);
    expect([new TypeError('x'), { code: 'with a number 123' }, null].map(errorName)).toEqual(['TypeError', 'error', 'error']);
  });

  test.each([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'token'],
    ['OTEL_TRACES_SAMPLER', 'some'],
    ['OTEL_TRACES_SAMPLER_ARG', '1.5']
  ])('refuse %s=%s', (name, value) => {
    expect(() => loadConfig(Settings, { [name]: value })).toThrow(name);
  });

  test('accept the settings that OpenTelemetry documents', () => {
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Basic%20x, tenant=a',
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.05'
    };
    expect(loadConfig(Settings, env)).toMatchObject({ otlpEndpoint: 'http://collector:4318', tracesSamplerArg: 0.05 });
  });
});
