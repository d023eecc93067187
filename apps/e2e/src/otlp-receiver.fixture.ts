import { WebhookReceiver, awaitCondition, type ReceiverAnswer } from '@wabus/testing';

interface OtlpValue {
  readonly stringValue?: string;
  readonly intValue?: number | string;
}

/** A span in OTLP's JSON form, as the exporter writes it. */
interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly attributes: readonly { readonly key: string; readonly value: OtlpValue }[];
  readonly links?: readonly { readonly traceId: string }[];
  readonly status: { readonly code?: number };
}

interface OtlpRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: OtlpSpan['attributes'] };
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[];
  }[];
}

/** A span that a process has sent. */
export interface ReceivedSpan {
  readonly service: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parent: string;
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
}

/** A receiver of traces over OTLP/HTTP. */
export class OtlpReceiver {
  private constructor(private readonly http: WebhookReceiver) {}

  static async listen(): Promise<OtlpReceiver> {
    return new OtlpReceiver(await WebhookReceiver.listen(() => 200));
  }

  /** The value for `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  get endpoint(): string {
    return new URL(this.http.url).origin;
  }

  get requests(): readonly { readonly path: string; readonly body: string }[] {
    return this.http.deliveries;
  }

  /** Sends this response from now on. */
  answerWith(answer: ReceiverAnswer): void {
    this.http.answerWith(() => answer);
  }

  spans(): ReceivedSpan[] {
    return this.http.deliveries.flatMap(({ json }) => (json as OtlpRequest).resourceSpans).flatMap(spansOf);
  }

  /** Resolves with all spans of a trace, once it has a span with each of these names. */
  async awaitTrace(traceId: () => string | undefined, names: readonly string[]): Promise<ReceivedSpan[]> {
    const ofTrace = () => this.spans().filter(span => span.traceId === traceId());
    return awaitCondition(ofTrace, spans => names.every(name => spans.some(span => span.name === name)), {
      what: `a trace with ${names.join(', ')}`
    });
  }

  close(): Promise<void> {
    return this.http.close();
  }
}

function spansOf({ resource, scopeSpans }: OtlpRequest['resourceSpans'][number]): ReceivedSpan[] {
  const service = String(attributesOf(resource.attributes)['service.name']);
  return scopeSpans.flatMap(({ spans }) =>
    spans.map(({ name, traceId, spanId, parentSpanId = '', attributes }) => ({
      ...{ service, name, traceId, spanId, parent: parentSpanId },
      attributes: attributesOf(attributes)
    }))
  );
}

function attributesOf(attributes: OtlpSpan['attributes']): ReceivedSpan['attributes'] {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue)]));
}
