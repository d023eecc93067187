import type { Logger } from 'pino';
import { VERSION } from '../process/version.js';
import { tracing } from './tracing.js';
import type { TracingConfig } from './tracing.config.js';

/** Enables traces if the settings name a receiver. Only then is OpenTelemetry loaded. Never rejects: a process also works without traces. */
export async function startTracing(config: Partial<TracingConfig>, process: string, logger: Logger): Promise<void> {
  const { otlpEndpoint: endpoint, otlpHeaders = '', otelServiceName: service = `wabus-${process}` } = config;
  if (endpoint === undefined) return;
  const { tracesSampler: sampler = 'parentbased_always_on', tracesSamplerArg: ratio = 1 } = config;
  try {
    const { OtelTracer } = await import('./otel-tracer.js');
    tracing.install(new OtelTracer({ endpoint, headers: headersOf(otlpHeaders), service, version: VERSION, sampler, ratio, logger }));
    logger.info({ sampler, ratio }, 'sending traces');
  } catch (err) {
    logger.error({ err }, 'cannot enable tracing');
  }
}

/** Parses headers in OpenTelemetry's format: `name=value,…`, values URL-encoded. */
function headersOf(text: string): Record<string, string> {
  const pairs = text.split(',').filter(pair => pair.includes('='));
  return Object.fromEntries(
    pairs.map(pair => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at).trim(), decoded(pair.slice(at + 1).trim())];
    })
  );
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
