/** The slowest permitted pace of a transfer. */
export interface Pace {
  /** Average bytes per second; 0 for no minimum. */
  readonly bytesPerSecond: number;
  /** How long a transfer may make no progress, in ms. */
  readonly patienceMs: number;
  /** How long a transfer may take in total, in ms. */
  readonly limitMs: number;
}

/** Files are written in pieces of at most this many bytes. Until a client has accepted a piece, it counts as having read nothing. */
const PIECE_BYTES = 64 * 1024;

export type PaceBreach = 'too slow' | 'too long';

/** Watches one transfer, and reports once if it falls below the pace. Time in which the client waits for this side does not count. */
export class PaceWatch {
  private readonly startedAt = performance.now();
  private readonly mostCreditMs: number;
  private deadline: number;
  private pausedAt: number | null = null;
  private timer: NodeJS.Timeout | null = null;

  /** @param breached called once, unless `stop` is called first */
  constructor(
    private readonly pace: Pace,
    private readonly breached: (breach: PaceBreach) => void
  ) {
    const { bytesPerSecond, patienceMs } = pace;
    this.mostCreditMs = Math.max(patienceMs, bytesPerSecond === 0 ? 0 : (PIECE_BYTES * 1_000) / bytesPerSecond);
    this.deadline = this.startedAt + patienceMs;
    this.look();
  }

  /** Records transferred bytes. They extend the deadline by the time that they may take at the minimum pace. */
  passed(bytes: number): void {
    const now = performance.now();
    const { bytesPerSecond, patienceMs } = this.pace;
    const boughtMs = bytesPerSecond === 0 ? patienceMs : (bytes * 1_000) / bytesPerSecond;
    this.deadline = Math.min(Math.max(this.deadline, now) + boughtMs, now + this.mostCreditMs);
  }

  /** Stops the clock, because the client now waits for this side. */
  pause(): void {
    this.pausedAt ??= performance.now();
  }

  /** Restarts the clock, because this side now waits for the client. */
  resume(): void {
    if (this.pausedAt === null) return;
    this.deadline += performance.now() - this.pausedAt;
    this.pausedAt = null;
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private look(): void {
    const now = performance.now();
    const limit = this.startedAt + this.pace.limitMs;
    const deadline = this.pausedAt === null ? this.deadline : now + this.pace.patienceMs;
    if (now >= limit) return this.breached('too long');
    if (now >= deadline) return this.breached('too slow');
    this.timer = setTimeout(() => this.look(), Math.ceil(Math.min(deadline, limit) - now));
    this.timer.unref();
  }
}
