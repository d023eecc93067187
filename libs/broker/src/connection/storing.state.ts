/** If no write has failed for this long, an old failure says nothing about now: otherwise a process that rarely writes would stay unhealthy forever. */
const FORGET_MS = 15_000;
/** One write that goes unanswered may be a slow disk. */
const LEAST_FAILURES = 2;

/** A stream that NATS does not store into at the moment, and the server's reason where it gave one. */
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
 * Which streams take no writes although the server answers: how a full disk looks from outside. nats-server 2.15 answers such a write with
 * nothing at all, and stays so for that stream when there is room again, until it is restarted (nats-server#6211).
 */
export class StoringState {
  private readonly failing = new Map<string, Failing>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** A write was stored. */
  stored(stream: string): void {
    if (this.failing.size > 0) this.failing.delete(stream);
  }

  /** A write got no answer, or the answer that it was not stored. */
  failed(stream: string, reason: string | null): void {
    const lastAt = this.now();
    const known = this.failing.get(stream);
    const isFresh = known !== undefined && lastAt - known.lastAt <= FORGET_MS;
    this.failing.set(stream, { failures: isFresh ? known.failures + 1 : 1, lastAt, reason: reason ?? (isFresh ? known.reason : null) });
  }

  /** There is a new connection: what failed over the old one says nothing. */
  reset(): void {
    this.failing.clear();
  }

  /** The streams that do not store now, by name. */
  get trouble(): NotStoring[] {
    const now = this.now();
    return [...this.failing]
      .filter(([, { failures, lastAt }]) => failures >= LEAST_FAILURES && now - lastAt <= FORGET_MS)
      .map(([stream, { reason }]) => ({ stream, reason }))
      .toSorted((a, b) => a.stream.localeCompare(b.stream));
  }
}
