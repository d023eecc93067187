import type { Stage } from './stages.table.js';
import type { Span, StageEnd, Tracer } from './tracer.js';

export { STAGES, type Stage, type TracedEvent } from './stages.table.js';
export type { Span, StageEnd, Tracer } from './tracer.js';

const NO_SPAN: Span = { traceparent: undefined, end: () => undefined };
/** So many messages are known with the trace that they belong to. */
const KNOWN_MESSAGES = 2_000;

/**
 * The traces of this process: nothing happens unless a tracer was installed. Each stage of a message or a command is recorded in one place, which asks here.
 * One for the whole process, as its log is: a trace passes through rooms that do not know each other.
 */
export class Tracing {
  private tracer: Tracer | null = null;
  private readonly messages = new Map<string, string>();
  private readonly causes = new WeakMap<object, string>();

  install(tracer: Tracer | null): void {
    this.tracer = tracer;
    this.messages.clear();
  }

  /** Whether stages are recorded: ask before making the facts of a stage where there are many. */
  get isOn(): boolean {
    return this.tracer !== null;
  }

  /** The trace context of what runs now, if it runs within a stage. */
  get current(): string | undefined {
    return this.tracer?.current;
  }

  begin(stage: Stage, parent?: string): Span {
    return this.tracer?.begin(stage, parent) ?? NO_SPAN;
  }

  within<T>(span: Span, work: () => T): T {
    return this.tracer ? this.tracer.within(span, work) : work();
  }

  /** Runs `work` as one stage; `ended` says how it ended. */
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

  /** Notes what a message of a session comes of: its frame, or the command that sends it. */
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

  /** Notes what the payload of an event comes of. */
  noteCause(payload: object, { traceparent }: Span): void {
    if (traceparent !== undefined) this.causes.set(payload, traceparent);
  }

  causeOf(payload: unknown): string | undefined {
    return this.tracer && typeof payload === 'object' && payload !== null ? this.causes.get(payload) : undefined;
  }

  /** Sends what has ended, before the process ends. */
  async flush(): Promise<void> {
    await this.tracer?.flush();
  }
}

export const tracing = new Tracing();

function failure(outcome: { value: unknown } | { error: unknown }): StageEnd {
  return 'error' in outcome ? { error: errorName(outcome.error) } : {};
}

/** The code of an error, never its message: that may have a number or a text in it. */
export function errorName(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  const word = typeof code === 'string' ? code : name;
  return typeof word === 'string' && /^[A-Za-z0-9_.-]{1,64}$/.test(word) ? word : 'error';
}
