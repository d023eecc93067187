import type { Entry, KeyValue } from '../key-value/key-value.js';
import { Peers } from './peers.js';

/** The times of one use, in ms. */
export interface LeaseTimes {
  /** Others take over after this much silence. */
  readonly leaseMs: number;
  /** Without a renewal for this long the holder stops acting. Shorter than `leaseMs`, so that it has stopped before another begins. */
  readonly fenceMs: number;
  /** Renewals that are further apart than this have been interrupted: silence of others is counted from the later one on. Default `fenceMs`. */
  readonly interruptionMs?: number;
}

export interface LeaseParts extends LeaseTimes {
  readonly bucket: KeyValue;
  readonly key: string;
  /** What the holder writes: its name, and whatever the others should know. */
  readonly encode: () => Uint8Array;
  /** Whether a value was written by this holder. */
  readonly isOwn: (value: Uint8Array) => boolean;
  /** Whether a value names nobody, so that the lease is free. A damaged value names nobody. */
  readonly isFree: (value: Uint8Array) => boolean;
  /** A monotonic clock, in ms. */
  readonly now?: () => number;
}

/**
 * The right of one process to do something, as a key that it renews by compare-and-set.
 *
 * - Whether it holds is decided by the monotonic clock from the moment a renewal was *sent*: a process that was paused finds its lease expired when it wakes, and wall clocks
 *   that jump change nothing.
 * - The holder fences itself after `fenceMs`; others take over after `leaseMs` of silence, counted on their own clocks.
 * - The revision of the key is the epoch: it grows with every renewal and every takeover, so that writes that name it are refused once somebody else has taken over.
 */
export class KvLease {
  private readonly now: () => number;
  private readonly others = new Peers();
  private revision = 0;
  private begunAt = 0;
  private renewedAt = -Infinity;
  private steady = Infinity;
  private turn: Promise<unknown> = Promise.resolve();

  /** @throws {RangeError} when the holder would not stop before others take over */
  constructor(private readonly parts: LeaseParts) {
    if (!(parts.fenceMs > 0 && parts.fenceMs < parts.leaseMs))
      throw new RangeError('a lease must be fenced before others can take it over');
    this.now = parts.now ?? (() => performance.now());
  }

  /** Whether the holder may act at this instant. Ask before every step that others see: a process can be paused between any two lines. */
  get held(): boolean {
    return this.now() - this.renewedAt < this.parts.fenceMs;
  }

  /** The revision of the last renewal; 0 while the key is not ours. */
  get epoch(): number {
    return this.revision;
  }

  /** The revision with which the key became ours; 0 while it is not. */
  get firstEpoch(): number {
    return this.begunAt;
  }

  /** How long ago the last renewal was sent; `Infinity` without one. */
  get ageMs(): number {
    return this.now() - this.renewedAt;
  }

  /** Since when renewals have been working without interruption, by the monotonic clock; `Infinity` when they do not. */
  get steadySince(): number {
    return this.steady;
  }

  /**
   * Takes the lease when it is free, or was silent for long enough: to be called again and again. Throws `BROKER_UNAVAILABLE`.
   * @param isGone asks in another way whether the holder that the entry names is gone
   */
  take(isGone: (entry: Entry) => Promise<boolean> = () => Promise.resolve(false)): Promise<boolean> {
    return this.inTurn(async () => {
      const { bucket, key, leaseMs, isOwn, isFree } = this.parts;
      const entry = await bucket.get(key);
      if (entry !== null && !isOwn(entry.value) && !isFree(entry.value)) {
        this.others.renewed(key, entry.revision, this.now());
        const isSilent = this.others.silent(leaseMs, { now: this.now(), steadySince: -Infinity }).length > 0;
        if (!isSilent && !(await isGone(entry))) return false;
      }
      if (!(await this.write(entry?.revision ?? 0))) return false;
      this.begunAt = this.revision;
      return true;
    });
  }

  /** Shows life. `false` when the lease is lost: somebody else has it, or removed it. Throws `BROKER_UNAVAILABLE`; then it may have been renewed. */
  renew(): Promise<boolean> {
    return this.inTurn(async () => {
      if (this.revision === 0) return false;
      if ((await this.write(this.revision)) || (await this.adopt())) return true;
      this.drop();
      return false;
    });
  }

  /** Gives the lease up without notifying anybody: its state is unknown. It can be taken again. */
  drop(): void {
    this.revision = 0;
    this.begunAt = 0;
    this.renewedAt = -Infinity;
    this.steady = Infinity;
  }

  /**
   * Gives the lease back, so that nobody waits for its end. Throws `BROKER_UNAVAILABLE`.
   * @param last what to leave under the key; removes it if missing
   */
  release(last?: Uint8Array): Promise<void> {
    return this.inTurn(async () => {
      const { bucket, key } = this.parts;
      const { revision } = this;
      this.drop();
      if (revision === 0) return;
      await (last === undefined ? bucket.delete(key, revision) : bucket.compareAndSet(key, last, revision));
    });
  }

  private async write(expected: number): Promise<boolean> {
    const { bucket, key, encode, fenceMs, interruptionMs = fenceMs } = this.parts;
    const sentAt = this.now();
    const outcome = await bucket.compareAndSet(key, encode(), expected);
    if (!outcome.written) return false;
    // A pause in which others could not be judged either.
    if (sentAt - this.renewedAt > interruptionMs) this.steady = this.now();
    this.revision = outcome.revision;
    this.renewedAt = sentAt;
    return true;
  }

  /** A renewal whose answer was lost has moved the key: what is there is ours anyway. */
  private async adopt(): Promise<boolean> {
    const entry = await this.parts.bucket.get(this.parts.key);
    return entry !== null && this.parts.isOwn(entry.value) && this.write(entry.revision);
  }

  private inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.turn.then(task);
    this.turn = result.catch(() => undefined);
    return result;
  }
}
