import { AsyncLocalStorage } from 'node:async_hooks';
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Context,
  type Link,
  type Span as OtelSpan,
  type SpanContext,
  type Tracer as OtelApiTracer
} from '@opentelemetry/api';
import { ExportResultCode, parseTraceParent, type ExportResult } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  type ReadableSpan,
  type Sampler,
  type SpanExporter
} from '@opentelemetry/sdk-trace-base';
import type { Logger } from 'pino';
import type { Stage } from './stages.table.js';
import { Tracer, type Span, type StageEnd } from './tracer.js';
import type { SamplerName } from './tracing.config.js';

/** Time limit for sending traces to the receiver at the end of the process. */
const FLUSH_LIMIT_MS = 2_000;

/** The receiver of traces, and which traces to send. */
export interface OtelOptions {
  /** Base address of the receiver. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly service: string;
  readonly version: string;
  readonly sampler: SamplerName;
  /** The ratio for the samplers that use one. */
  readonly ratio: number;
  readonly logger: Logger;
}

const KINDS = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER
} as const;

class RecordedSpan implements Span {
  readonly traceparent: string;

  constructor(
    private readonly span: OtelSpan,
    private readonly name: string
  ) {
    const { traceId, spanId, traceFlags } = span.spanContext();
    this.traceparent = `00-${traceId}-${spanId}-0${traceFlags & TraceFlags.SAMPLED}`;
  }

  end({ error, status, route }: StageEnd = {}): void {
    const { span } = this;
    if (route !== undefined) span.updateName(`${this.name} ${route}`).setAttribute('http.route', route);
    if (status !== undefined) span.setAttribute('http.response.status_code', status);
    if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', error);
    span.end();
  }
}

/** Records stages with OpenTelemetry. Only this file loads the OpenTelemetry SDK, so import it only on demand. */
export class OtelTracer extends Tracer {
  private readonly provider: BasicTracerProvider;
  private readonly tracer: OtelApiTracer;
  private readonly running = new AsyncLocalStorage<string | undefined>();

  constructor({ endpoint, headers, service, version, sampler, ratio, logger }: OtelOptions) {
    super();
    const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
    const exporter = new QuietExporter(new OTLPTraceExporter({ url, headers: { ...headers } }), logger);
    this.provider = new BasicTracerProvider({
      resource: resourceFromAttributes({ 'service.name': service, 'service.version': version }),
      sampler: samplerOf(sampler, ratio),
      spanProcessors: [new BatchSpanProcessor(exporter)]
    });
    this.tracer = this.provider.getTracer('wabus', version);
  }

  begin({ name, kind, attributes, links = [] }: Stage, parent: string | undefined): Span {
    const options = { kind: KINDS[kind], attributes, links: links.flatMap(linkTo) };
    return new RecordedSpan(this.tracer.startSpan(name, options, contextOf(parent)), name);
  }

  within<T>({ traceparent }: Span, work: () => T): T {
    return this.running.run(traceparent, work);
  }

  get current(): string | undefined {
    return this.running.getStore();
  }

  async flush(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>(resolve => (timer = setTimeout(resolve, FLUSH_LIMIT_MS).unref()));
    await Promise.race([this.provider.forceFlush().catch(() => undefined), limit]);
    clearTimeout(timer);
  }
}

function contextOf(traceparent: string | undefined): Context {
  const remote = remoteContext(traceparent);
  return remote ? trace.setSpanContext(ROOT_CONTEXT, remote) : ROOT_CONTEXT;
}

function remoteContext(traceparent: string | undefined): SpanContext | null {
  const parsed = traceparent === undefined ? null : parseTraceParent(traceparent);
  return parsed && { ...parsed, isRemote: true };
}

function linkTo(traceparent: string): Link[] {
  const context = remoteContext(traceparent);
  return context ? [{ context }] : [];
}

function samplerOf(name: SamplerName, ratio: number): Sampler {
  switch (name) {
    case 'always_on':
      return new AlwaysOnSampler();
    case 'always_off':
      return new AlwaysOffSampler();
    case 'traceidratio':
      return new TraceIdRatioBasedSampler(ratio);
    case 'parentbased_always_on':
    case 'parentbased_always_off':
    case 'parentbased_traceidratio':
      return new ParentBasedSampler({ root: samplerOf(name.slice('parentbased_'.length) as SamplerName, ratio) });
  }
}

/**
 * Logs once that the receiver accepts no traces, and once that it does again.
 * The spans in between are lost: their number is limited and nothing waits for them.
 */
class QuietExporter implements SpanExporter {
  private lost = 0;

  constructor(
    private readonly exporter: SpanExporter,
    private readonly logger: Logger
  ) {}

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.exporter.export(spans, result => {
      this.note(spans.length, result);
      done(result);
    });
  }

  shutdown(): Promise<void> {
    return this.exporter.shutdown();
  }

  async forceFlush(): Promise<void> {
    await this.exporter.forceFlush?.();
  }

  private note(spans: number, { code, error }: ExportResult): void {
    if (code === ExportResultCode.SUCCESS) {
      if (this.lost > 0) this.logger.info({ lost: this.lost }, 'sending traces again');
      this.lost = 0;
      return;
    }
    if (this.lost === 0) this.logger.warn({ err: error }, 'cannot send traces, dropping them until the receiver recovers');
    this.lost += spans;
  }
}
