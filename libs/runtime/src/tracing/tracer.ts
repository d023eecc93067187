import type { Stage } from './stages.table.js';

/** How a stage ended. */
export interface StageEnd {
  /** Why it failed: an error code or another word of a closed list. Missing if it did not. */
  readonly error?: string | undefined;
  /** Of an HTTP response. */
  readonly status?: number | undefined;
  /** The route that answered, known only at the end. */
  readonly route?: string | undefined;
}

/** One stage of a trace, until it ends. */
export interface Span {
  /** The W3C trace context to hand on; `undefined` when nothing is traced. */
  readonly traceparent: string | undefined;
  /** Once. */
  end(how?: StageEnd): void;
}

/** Where stages are recorded. */
export abstract class Tracer {
  /** @param parent the trace context that the stage continues; without one a trace begins */
  abstract begin(stage: Stage, parent: string | undefined): Span;
  /** Runs `work` as a part of a span: `current` is its trace context meanwhile, whatever `work` awaits. */
  abstract within<T>(span: Span, work: () => T): T;
  abstract get current(): string | undefined;
  /** Sends what has ended. Settles after a limit at the latest; never rejects. */
  abstract flush(): Promise<void>;
}
