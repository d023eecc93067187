import type { Watch } from '@wabus/broker';
import { type EventFacts, steadyNow, type SubscriptionName } from '@wabus/contracts';
import type { DeadLetterStore, StoredLetter } from './dead-letter.store.js';

/** A letter may be taken again this long after its time if nothing was written about it. */
const LONGEST_TAKEN_MS = 2 * 3_600_000;
const GRACE_MS = 1_000;
/** How often to look at letters that others have taken. */
const LOOK_AGAIN_MS = 500;

/**
 * The dead letters of one subscription, and those requested for redelivery, as one edge sees them. A letter is taken by compare-and-set, so that one edge at a time
 * tries it, and is free again some time after the edge that took it has died.
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
    // Taking a damaged letter finds nothing; the store logs why.
    this.watch.catch(() => undefined);
  }

  /**
   * The oldest letter that nobody has taken and whose event is `wanted`, taken for `forMs`; `null` when there is none. Others stay for whoever wants them.
   * Throws `BROKER_UNAVAILABLE`.
   */
  async take(forMs: number, wanted: (facts: EventFacts) => boolean): Promise<StoredLetter | null> {
    const now = steadyNow();
    for (const stored of [...this.wanted.values()].sort((a, b) => a.letter - b.letter)) {
      const { redrive } = stored.record;
      if (redrive === undefined || isTaken(redrive.takenUntil, now) || !wanted(stored.record.facts)) continue;
      // It is not offered again before the watch reports its next state.
      this.wanted.delete(stored.letter);
      const taken = await this.store.change(stored, { ...stored.record, redrive: { ...redrive, takenUntil: now + forMs + GRACE_MS } });
      if (taken !== null) return taken;
    }
    return null;
  }

  /** The letters with the oldest events, as many as there are beyond a number. */
  beyond(count: number): StoredLetter[] {
    if (this.known.size <= count) return [];
    return [...this.known.values()].sort((a, b) => a.letter - b.letter).slice(0, this.known.size - count);
  }

  /** Settles when it may be worth to look again, or `signal` is aborted. */
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

/** Nobody takes a letter for longer than the longest time for an answer: a time beyond that was written by a clock that was ahead. */
const isTaken = (until: number, now: number): boolean => until > now && until <= now + LONGEST_TAKEN_MS;
