import type { Watch } from '@wabus/broker';
import { type EventFacts, steadyNow, type SubscriptionName } from '@wabus/contracts';
import type { DeadLetterStore, StoredLetter } from './dead-letter.store.js';

/** The longest time for which a dead letter can be taken. */
const LONGEST_TAKEN_MS = 2 * 3_600_000;
/** A dead letter without an outcome may be taken again this long after the time limit for its answer. */
const GRACE_MS = 1_000;
/** How often to check dead letters that other edges have taken. */
const LOOK_AGAIN_MS = 500;

/**
 * The dead letters of one subscription and their redrive requests, as one edge sees them. A dead letter is taken by compare-and-set, so
 * that only one edge at a time tries it. If that edge dies, the dead letter becomes free again after some time.
 */
export class RedriveQueue {
  private readonly wanted = new Map<number, StoredLetter>();
  private readonly known = new Map<number, StoredLetter>();
  private readonly waiting = new Set<() => void>();
  private watch: Promise<Watch>;

  constructor(
    private readonly store: DeadLetterStore,
    name: SubscriptionName
  ) {
    this.watch = store.watch(name, ({ letter, stored }) => {
      if (stored === null) this.known.delete(letter);
      else this.known.set(letter, stored);
      if (stored?.record.redrive === undefined) this.wanted.delete(letter);
      else this.wanted.set(letter, stored);
      this.wake();
    });
    // Taking a damaged dead letter finds nothing. The store logs the reason.
    this.watch.catch(() => undefined);
  }

  /**
   * Takes the oldest free dead letter whose event is `wanted`, for `forMs`. Returns `null` if there is none. Other dead letters remain for
   * the members that accept them. Throws `BROKER_UNAVAILABLE`.
   */
  async take(forMs: number, wanted: (facts: EventFacts) => boolean): Promise<StoredLetter | null> {
    const now = steadyNow();
    for (const stored of [...this.wanted.values()].sort((a, b) => a.letter - b.letter)) {
      const { redrive } = stored.record;
      if (redrive === undefined || isTaken(redrive.takenUntil, now) || !wanted(stored.record.facts)) continue;
      // It is not offered again until the watch reports its next state.
      this.wanted.delete(stored.letter);
      const taken = await this.store.change(stored, { ...stored.record, redrive: { ...redrive, takenUntil: now + forMs + GRACE_MS } });
      if (taken !== null) return taken;
    }
    return null;
  }

  /** Returns the dead letters beyond `count`, those with the oldest events. */
  beyond(count: number): StoredLetter[] {
    if (this.known.size <= count) return [];
    return [...this.known.values()].sort((a, b) => a.letter - b.letter).slice(0, this.known.size - count);
  }

  /** Resolves when another `take` may succeed, or when `signal` is aborted. */
  async changed(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    await new Promise<void>(resolve => {
      const timer = this.wanted.size > 0 ? setTimeout(() => done(), LOOK_AGAIN_MS) : undefined;
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.waiting.delete(done);
        resolve();
      };
      signal.addEventListener('abort', done, { once: true });
      this.waiting.add(done);
    });
  }

  async stop(): Promise<void> {
    await this.watch.then(
      watch => watch.stop(),
      () => undefined
    );
  }

  private wake(): void {
    for (const done of [...this.waiting]) done();
  }
}

/** No dead letter is taken for longer than the longest time limit for an answer. A later time comes from a clock that was ahead. */
const isTaken = (until: number, now: number): boolean => until > now && until <= now + LONGEST_TAKEN_MS;
