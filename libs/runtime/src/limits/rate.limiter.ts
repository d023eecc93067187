/** How many per second in the long run, and how many at once after a pause. `perSecond` 0 means no limit. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Beyond this many keys the longest unused one is forgotten, which gives it its burst back. */
const MAX_KEYS = 10_000;

/**
 * A token bucket for each key, kept as the time at which it will be full again. Memory is bounded; time is given by the caller, in ms of a clock that never goes back.
 */
export class RateLimiter {
  private readonly fullAt = new Map<string, number>();
  /** What one costs, in ms. */
  private readonly costMs: number;

  constructor(private readonly rate: Rate) {
    this.costMs = 1_000 / rate.perSecond;
  }

  /** Takes one of the key's budget and answers 0, or takes nothing and answers how long to wait, in ms. */
  take(key: string, now: number): number {
    const waitMs = this.waitMs(key, now);
    if (waitMs === 0 && this.rate.perSecond > 0) this.set(key, Math.max(now, this.fullAt.get(key) ?? 0) + this.costMs);
    return waitMs;
  }

  /** How long until the key may take one, in ms: 0 for now. Takes nothing. */
  waitMs(key: string, now: number): number {
    if (this.rate.perSecond === 0) return 0;
    const emptyBy = (this.fullAt.get(key) ?? 0) - now;
    return Math.max(0, Math.ceil(emptyBy - (this.rate.burst - 1) * this.costMs));
  }

  /** Gives back what `take` took, for something that did not happen after all. */
  giveBack(key: string): void {
    const fullAt = this.fullAt.get(key);
    if (fullAt !== undefined) this.fullAt.set(key, fullAt - this.costMs);
  }

  private set(key: string, fullAt: number): void {
    // The newest use comes last, so that the first is the longest unused.
    this.fullAt.delete(key);
    this.fullAt.set(key, fullAt);
    if (this.fullAt.size > MAX_KEYS) this.fullAt.delete(this.fullAt.keys().next().value!);
  }
}
