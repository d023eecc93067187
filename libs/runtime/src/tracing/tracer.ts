import type { Stage } from './stages.table.js';

/** The outcome of a stage. */
export interface StageEnd {
  /** Why it failed: an error code or another word of a closed list. Missing if it succeeded. */
  readonly error?: string | undefined;
  /** Status of an HTTP response. */
  readonly status?: number | undefined;
  /** The route that answered, known only at the end. */
  readonly route?: string | undefined;
}

/** One stage of a trace, until it ends. */
export interface Span {
  /** The W3C trace context to propagate; `undefined` if nothing is traced. */
  readonly traceparent: string | undefined;
  /** Ends the span; call it once. */
  end(how?: StageEnd): void;
}

/** The recorder of stages. */
export abstract class Tracer {
  /**
   * Begins a stage.
   * @param parent the trace context that the stage continues; without one, a new trace begins
   */
  abstract begin(stage: Stage, parent: string | undefined): Span;
  /** Runs `work` as part of a span: `current` is the span's trace context meanwhile, including across `await`. */
  abstract within<T>(span: Span, work: () => T): T;
  abstract get current(): string | undefined;
  /** Sends the ended spans. Resolves after a time limit at the latest; never rejects. */
  abstract flush(): Promise<void>;
}
