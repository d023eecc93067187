import type { Entry, KeyValue } from '../key-value/key-value.js';
import { Peers } from './peers.js';

/** The timing of a lease, in ms. */
export interface LeaseTimes {
  /** Other processes may take over after this time without a renewal. */
  readonly leaseMs: number;
  /** After this time without a renewal, the owner stops acting. It is shorter than `leaseMs`, so that the owner has stopped before another begins. */
  readonly fenceMs: number;
  /** A longer interval between two renewals counts as an interruption: the silence of others is then measured from the later one. Default `fenceMs`. */
  readonly interruptionMs?: number;
}

export interface LeaseParts extends LeaseTimes {
  readonly bucket: KeyValue;
  readonly key: string;
  /** Returns the value that the owner writes: its name, and any data for the others. */
  readonly encode: () => Uint8Array;
  /** Returns whether this process wrote a value. */
  readonly isOwn: (value: Uint8Array) => boolean;
  /** Returns whether a value names no owner, so that the lease is free. A damaged value names none. */
  readonly isFree: (value: Uint8Array) => boolean;
  /** A monotonic clock, in ms. */
  readonly now?: () => number;
}

/**
 * The exclusive right of one process, stored as a key that the process renews by compare-and-set.
 *
 * - The monotonic clock decides whether it is held, from the moment a renewal was *sent*: a process that was paused finds its lease expired when it resumes,
 * and wall clock changes have no effect.
 * - The owner fences itself after `fenceMs`; others take over after `leaseMs` without a renewal, measured with their own clocks.
 * - The revision of the key is the epoch: it increases with every renewal and takeover, so writes with an old epoch are refused after a takeover.
 */
export class KvLease {
  private readonly now: () => number;
  private readonly others = new Peers();
  private revision = 0;
  private begunAt = 0;
  private renewedAt = -Infinity;
  private steady = Infinity;
  private turn: Promise<unknown> = Promise.resolve();

  /** @throws {RangeError} if the owner would not stop before others take over */
  constructor(private readonly parts: LeaseParts) {
    if (!(parts.fenceMs > 0 && parts.fenceMs < parts.leaseMs))
      throw new RangeError('a lease must be fenced before others can take it over');
    this.now = parts.now ?? (() => performance.now());
  }

  /** Whether the owner may act at this instant. Check it before every externally visible step: a process can be paused between any two lines. */
  get held(): boolean {
    return this.now() - this.renewedAt < this.parts.fenceMs;
  }

  /** The revision of the last renewal; 0 while this process is not the owner. */
  get epoch(): number {
    return this.revision;
  }

  /** The revision with which this process became the owner; 0 while it is not. */
  get firstEpoch(): number {
    return this.begunAt;
  }

  /** Time since the last renewal was sent, in ms; `Infinity` without one. */
  get ageMs(): number {
    return this.now() - this.renewedAt;
  }

  /** The monotonic time since which renewals have succeeded without interruption; `Infinity` if they do not. */
  get steadySince(): number {
    return this.steady;
  }

  /**
   * Takes the lease if it is free or has not been renewed for long enough. Returns whether this process owns it now; call it repeatedly.
   * Throws `BROKER_UNAVAILABLE`.
   * @param isGone checks by other means whether the owner named in the entry is gone
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

  /** Renews the lease. Returns `false` if it is lost: another process owns or removed it. Throws `BROKER_UNAVAILABLE`; the lease may then have been renewed. */
  renew(): Promise<boolean> {
    return this.inTurn(async () => {
      if (this.revision === 0) return false;
      if ((await this.write(this.revision)) || (await this.adopt())) return true;
      this.drop();
      return false;
    });
  }

  /** Abandons the lease without a write, because its state is unknown. It can be taken again. */
  drop(): void {
    this.revision = 0;
    this.begunAt = 0;
    this.renewedAt = -Infinity;
    this.steady = Infinity;
  }

  /**
   * Releases the lease, so that no other process has to wait for its expiry. Throws `BROKER_UNAVAILABLE`.
   * @param last the value to leave under the key; by default the key is removed
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
    // A gap during which other processes could not be observed either.
    if (sentAt - this.renewedAt > interruptionMs) this.steady = this.now();
    this.revision = outcome.revision;
    this.renewedAt = sentAt;
    return true;
  }

  /** A renewal whose answer was lost has changed the revision: the key is still ours. */
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
