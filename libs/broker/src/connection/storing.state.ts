/** A failure is forgotten after this time without another one. Otherwise a process that rarely writes would stay unhealthy forever. */
const FORGET_MS = 15_000;
/** A single unanswered write may be a slow disk. */
const LEAST_FAILURES = 2;

/** A stream that NATS does not store at the moment, and the server's reason if it gave one. */
export interface NotStoring {
  readonly stream: string;
  readonly reason: string | null;
}

interface Failing {
  failures: number;
  lastAt: number;
  reason: string | null;
}

/**
 * Tracks which streams reject or ignore writes although the server answers, which is the symptom of a full disk.
 * nats-server 2.15 does not answer such a write at all.
 * Even after space is freed, it continues to ignore writes to that stream until it is restarted (nats-server#6211).
 */
export class StoringState {
  private readonly failing = new Map<string, Failing>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Records a stored write. */
  stored(stream: string): void {
    if (this.failing.size > 0) this.failing.delete(stream);
  }

  /** Records a write that got no answer or was refused for lack of storage. */
  failed(stream: string, reason: string | null): void {
    const lastAt = this.now();
    const known = this.failing.get(stream);
    const isFresh = known !== undefined && lastAt - known.lastAt <= FORGET_MS;
    this.failing.set(stream, { failures: isFresh ? known.failures + 1 : 1, lastAt, reason: reason ?? (isFresh ? known.reason : null) });
  }

  /** Clears all failures after a reconnect: they belong to the old connection. */
  reset(): void {
    this.failing.clear();
  }

  /** The streams that do not store at the moment, sorted by name. */
  get trouble(): NotStoring[] {
    const now = this.now();
    return [...this.failing]
      .filter(([, { failures, lastAt }]) => failures >= LEAST_FAILURES && now - lastAt <= FORGET_MS)
      .map(([stream, { reason }]) => ({ stream, reason }))
      .toSorted((a, b) => a.stream.localeCompare(b.stream));
  }
}
