import type { JsMsg } from '@nats-io/jetstream';

/** The part of `@opentelemetry/api` that this package uses. A service passes its own as `openTelemetry`. */
export interface OpenTelemetryApi {
  readonly trace: {
    getTracer(name: string): { startSpan(name: string, options?: object, context?: unknown): OpenTelemetrySpan };
    setSpan(context: unknown, span: unknown): unknown;
  };
  readonly context: { active(): unknown; with<T>(context: unknown, work: () => T): T };
  readonly propagation: { inject(context: unknown, carrier: object): void; extract(context: unknown, carrier: object): unknown };
}

/** The part of an OpenTelemetry span that this package uses. */
export interface OpenTelemetrySpan {
  setStatus(status: { code: number }): unknown;
  end(): void;
}

/** The properties of a handled event that its span has. */
export interface HandledEvent {
  readonly id: string;
  readonly session: string;
  readonly event: string;
  readonly subject: string;
  readonly attempt: number;
}

/** `SpanKind.CONSUMER` and `SpanStatusCode.ERROR`, whose numbers OpenTelemetry does not change. */
const CONSUMER = 4;
const ERROR = 2;

/** Runs the handlers of an event in a span that continues the trace of the event's headers. Without OpenTelemetry, it only runs them. */
export async function handledIn(
  api: OpenTelemetryApi | undefined,
  event: HandledEvent,
  { headers }: Pick<JsMsg, 'headers'>,
  work: () => Promise<void>
): Promise<void> {
  if (api === undefined) return work();
  const { trace, context, propagation } = api;
  const traceparent = headers?.get('traceparent');
  const parent = propagation.extract(context.active(), traceparent ? { traceparent } : {});
  const template = `wa.evt.{session}.${event.event}`;
  const span = trace
    .getTracer('@wabus/nest')
    .startSpan(`process ${template}`, { kind: CONSUMER, attributes: attributesOf(event, template) }, parent);
  try {
    await context.with(trace.setSpan(parent, span), work);
  } catch (error) {
    span.setStatus({ code: ERROR });
    throw error;
  } finally {
    span.end();
  }
}

/** Returns the headers that continue the current trace in a command. */
export function traceHeaders(api: OpenTelemetryApi | undefined): [name: string, value: string][] {
  const carrier: Record<string, string> = {};
  api?.propagation.inject(api.context.active(), carrier);
  return Object.entries(carrier).filter(([name]) => name === 'traceparent' || name === 'tracestate');
}

function attributesOf({ id, session, event, subject, attempt }: HandledEvent, template: string): Record<string, string | number> {
  return {
    'messaging.system': 'nats',
    'messaging.operation.type': 'process',
    'messaging.operation.name': 'process',
    'messaging.destination.name': subject,
    'messaging.destination.template': template,
    'messaging.message.id': id,
    'wabus.session': session,
    'wabus.event': event,
    'wabus.attempt': attempt
  };
}
