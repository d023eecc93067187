import { Injectable } from '@nestjs/common';

/**
 * The order in which a process stops:
 * `refuse` accepts no new work, `drain` finishes the work in progress, `hand-over` releases what other processes may take over, `close` ends connections.
 */
export const STOP_PHASES = ['refuse', 'drain', 'hand-over', 'close'] as const;
export type StopPhase = (typeof STOP_PHASES)[number];

export interface StopStep {
  name: string;
  phase: StopPhase;
  stop: () => void | Promise<void>;
}

export interface StopObserver {
  stepFailed(step: StopStep, err: unknown): void;
}

/**
 * The steps of a process before its end. Phases run in order; within one, the steps run one after another, the last added first.
 * Connections that other steps need are closed in `close`.
 */
@Injectable()
export class StopSequence {
  private readonly steps: StopStep[] = [];
  private current: StopStep | undefined;
  private running: Promise<void> | undefined;

  /**
   * Adds a step.
   * @returns a function that removes the step, for a resource that ends earlier
   */
  add(step: StopStep): () => void {
    this.steps.push(step);
    return () => {
      const at = this.steps.indexOf(step);
      if (at >= 0) this.steps.splice(at, 1);
    };
  }

  get stopping(): boolean {
    return this.running !== undefined;
  }

  /** The step in progress, to be named if stopping takes too long. */
  get underWay(): StopStep | undefined {
    return this.current;
  }

  /** Runs the steps. A failing step is reported to the observer and does not prevent the others. Further calls return the promise of the first call. */
  run(observer: StopObserver): Promise<void> {
    this.running ??= this.runPhases(observer);
    return this.running;
  }

  private async runPhases(observer: StopObserver): Promise<void> {
    for (const phase of STOP_PHASES) {
      for (const step of this.steps.filter(candidate => candidate.phase === phase).reverse()) {
        this.current = step;
        try {
          await step.stop();
        } catch (err) {
          observer.stepFailed(step, err);
        }
      }
    }
    this.current = undefined;
  }
}
