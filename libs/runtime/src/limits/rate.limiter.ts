/** The long-term rate per second, and the number allowed at once after a pause. `perSecond` 0 means no limit. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Beyond this number of keys, the least recently used one is dropped, which restores its burst. */
const MAX_KEYS = 10_000;

/** A token bucket per key, stored as the time at which it will be full again. Memory is bounded. The caller provides the time, in ms of a monotonic clock. */
export class RateLimiter {
  private readonly fullAt = new Map<string, number>();
  /** The cost of one token, in ms. */
  private readonly costMs: number;

  constructor(private readonly rate: Rate) {
    this.costMs = 1_000 / rate.perSecond;
  }

  /** Takes one token of the key and returns 0; if there is none, takes nothing and returns how long to wait, in ms. */
  take(key: string, now: number): number {
    const waitMs = this.waitMs(key, now);
    if (waitMs === 0 && this.rate.perSecond > 0) this.set(key, Math.max(now, this.fullAt.get(key) ?? 0) + this.costMs);
    return waitMs;
  }

  /** Returns how long until the key has a token, in ms; 0 means now. Takes nothing. */
  waitMs(key: string, now: number): number {
    if (this.rate.perSecond === 0) return 0;
    const emptyBy = (this.fullAt.get(key) ?? 0) - now;
    return Math.max(0, Math.ceil(emptyBy - (this.rate.burst - 1) * this.costMs));
  }

  /** Returns a taken token, for something that did not happen after all. */
  giveBack(key: string): void {
    const fullAt = this.fullAt.get(key);
    if (fullAt !== undefined) this.fullAt.set(key, fullAt - this.costMs);
  }

  private set(key: string, fullAt: number): void {
    // The most recent use comes last, so the first key is the least recently used.
    this.fullAt.delete(key);
    this.fullAt.set(key, fullAt);
    if (this.fullAt.size > MAX_KEYS) this.fullAt.delete(this.fullAt.keys().next().value!);
  }
}
