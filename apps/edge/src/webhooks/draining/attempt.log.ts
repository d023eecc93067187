import type { AttemptView } from '@wabus/contracts';

const KEPT = 50;

/** The last attempts of a webhook, newest first, for people who look. */
export class AttemptLog {
  private attempts: AttemptView[];
  /** Something is new since `taken`. */
  changed = false;

  constructor(before: readonly AttemptView[]) {
    this.attempts = before.slice(0, KEPT);
  }

  add(attempt: AttemptView): void {
    this.attempts = [attempt, ...this.attempts].slice(0, KEPT);
    this.changed = true;
  }

  take(): readonly AttemptView[] {
    this.changed = false;
    return this.attempts;
  }
}
