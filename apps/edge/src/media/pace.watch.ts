/** How slow a client may be. */
export interface Pace {
  /** Bytes per second in the long run; 0 for no minimum. */
  readonly bytesPerSecond: number;
  /** How long nothing may pass. */
  readonly patienceMs: number;
  /** How long a transfer may take, however fast it is. */
  readonly limitMs: number;
}

/** Files are written in pieces of at most this many bytes: until a client has accepted a piece, it counts as having read nothing. */
const PIECE_BYTES = 64 * 1024;

export type PaceBreach = 'too slow' | 'too long';

/** Watches one transfer: reports once that it fell below the pace. Time in which a client waits for this side does not count. */
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

  /** So much came through: it buys the time that it may take at the slowest. */
  passed(bytes: number): void {
    const now = performance.now();
    const { bytesPerSecond, patienceMs } = this.pace;
    const boughtMs = bytesPerSecond === 0 ? patienceMs : (bytes * 1_000) / bytesPerSecond;
    this.deadline = Math.min(Math.max(this.deadline, now) + boughtMs, now + this.mostCreditMs);
  }

  /** From now on the client waits for this side. */
  pause(): void {
    this.pausedAt ??= performance.now();
  }

  /** From now on this side waits for the client. */
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
