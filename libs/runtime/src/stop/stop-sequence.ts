import { Injectable } from '@nestjs/common';

/**
 * The order in which a process stops:
 * `refuse` takes no new work, `drain` finishes what is in progress, `hand-over` gives up what others may take, `close` ends connections.
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
 * What a process does before it ends. Phases run in order; within one, the step that was added last runs first, one after the other.
 * Connections that other steps need are closed in `close`.
 */
@Injectable()
export class StopSequence {
  private readonly steps: StopStep[] = [];
  private current: StopStep | undefined;
  private running: Promise<void> | undefined;

  /** @returns what takes the step out again, for a resource that ends earlier. */
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

  /** The step that is in progress: which one to blame when stopping takes too long. */
  get underWay(): StopStep | undefined {
    return this.current;
  }

  /** Runs the steps; a failing one is reported to the observer and does not keep the others from running. Further calls get the first call's promise. */
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
