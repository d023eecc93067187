import { IsIn, IsNumber, IsOptional, IsString, IsUrl, Matches, Max, Min } from 'class-validator';
import { Setting } from '../config/setting.decorator.js';

export const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio'
] as const;
export type SamplerName = (typeof SAMPLERS)[number];

/** Whether and where a process sends traces. The names are those of OpenTelemetry. */
export abstract class TracingConfig {
  @Setting({
    env: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    description:
      'Address of a receiver of OpenTelemetry traces over OTLP/HTTP, such as http://collector:4318. The process sends traces to /v1/traces below this address. Without an address nothing is traced, and OpenTelemetry is not loaded.'
  })
  @IsOptional()
  @IsUrl(
    { protocols: ['http', 'https'], require_protocol: true, require_tld: false },
    { message: 'must be an http:// or https:// address' }
  )
  otlpEndpoint?: string;

  @Setting({
    env: 'OTEL_EXPORTER_OTLP_HEADERS',
    description: 'Headers for the trace receiver, such as its token: <name>=<value>, separated by commas, with URL-encoded values.',
    secret: true
  })
  @IsOptional()
  @Matches(/^\s*[^=,\s]+=[^,]*(,\s*[^=,\s]+=[^,]*)*$/)
  otlpHeaders?: string;

  @Setting({
    env: 'OTEL_SERVICE_NAME',
    description: 'The name of the process in traces.',
    defaultText: 'wabus-connector or wabus-edge'
  })
  @IsOptional()
  @IsString()
  otelServiceName?: string;

  @Setting({
    env: 'OTEL_TRACES_SAMPLER',
    description:
      'Which traces are recorded: all, none, or a share of them. With parentbased_…, a trace that another program began is recorded if that program records it. Use the same value for connectors and edges.',
    kind: 'text'
  })
  @IsIn(SAMPLERS)
  tracesSampler: SamplerName = 'parentbased_always_on';

  @Setting({
    env: 'OTEL_TRACES_SAMPLER_ARG',
    description: 'The share of traces to record, from 0 to 1, for the samplers with traceidratio in their names.'
  })
  @IsNumber()
  @Min(0)
  @Max(1)
  tracesSamplerArg: number = 1;
}
