import type { Stage } from './stages.table.js';
import type { Span, StageEnd, Tracer } from './tracer.js';

export { STAGES, type Stage, type TracedEvent } from './stages.table.js';
export type { Span, StageEnd, Tracer } from './tracer.js';

const NO_SPAN: Span = { traceparent: undefined, end: () => undefined };
/** The number of messages whose trace is kept. */
const KNOWN_MESSAGES = 2_000;

/**
 * The traces of this process; does nothing unless a tracer is installed. Each stage of a message or a command is recorded in one place, which calls this class.
 * There is one instance per process, as with the log: a trace spans rooms that do not depend on one another.
 */
export class Tracing {
  private tracer: Tracer | null = null;
  private readonly messages = new Map<string, string>();
  private readonly causes = new WeakMap<object, string>();

  install(tracer: Tracer | null): void {
    this.tracer = tracer;
    this.messages.clear();
  }

  /** Whether stages are recorded. Check it before you compute the facts of a frequent stage. */
  get isOn(): boolean {
    return this.tracer !== null;
  }

  /** The trace context of the current stage, if there is one. */
  get current(): string | undefined {
    return this.tracer?.current;
  }

  begin(stage: Stage, parent?: string): Span {
    return this.tracer?.begin(stage, parent) ?? NO_SPAN;
  }

  within<T>(span: Span, work: () => T): T {
    return this.tracer ? this.tracer.within(span, work) : work();
  }

  /** Runs `work` as one stage; `ended` returns the stage's outcome. */
  async run<T>(span: Span, work: () => Promise<T>, ended: (outcome: { value: T } | { error: unknown }) => StageEnd = failure): Promise<T> {
    try {
      const value = await this.within(span, work);
      span.end(ended({ value }));
      return value;
    } catch (error) {
      span.end(ended({ error }));
      throw error;
    }
  }

  /** Stores the cause of a session's message: its frame, or the command that sends it. */
  noteMessage(session: string, id: string, { traceparent }: Span): void {
    if (traceparent === undefined) return;
    const key = `${session} ${id}`;
    this.messages.delete(key);
    this.messages.set(key, traceparent);
    if (this.messages.size > KNOWN_MESSAGES) this.messages.delete(this.messages.keys().next().value!);
  }

  originOf(session: string, id: string | null | undefined): string | undefined {
    return this.tracer && id ? this.messages.get(`${session} ${id}`) : undefined;
  }

  /** Stores the cause of an event's payload. */
  noteCause(payload: object, { traceparent }: Span): void {
    if (traceparent !== undefined) this.causes.set(payload, traceparent);
  }

  causeOf(payload: unknown): string | undefined {
    return this.tracer && typeof payload === 'object' && payload !== null ? this.causes.get(payload) : undefined;
  }

  /** Sends the ended spans before the process ends. */
  async flush(): Promise<void> {
    await this.tracer?.flush();
  }
}

export const tracing = new Tracing();

function failure(outcome: { value: unknown } | { error: unknown }): StageEnd {
  return 'error' in outcome ? { error: errorName(outcome.error) } : {};
}

/** Returns the code of an error, never its message: that may contain a phone number or a text. */
export function errorName(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  const word = typeof code === 'string' ? code : name;
  return typeof word === 'string' && /^[A-Za-z0-9_.-]{1,64}$/.test(word) ? word : 'error';
}
