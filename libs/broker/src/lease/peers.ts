import type { KeyValue } from '../key-value/key-value.js';
import { silenceMs, type Observer } from './lease.policy.js';

/** The lease of another process as last observed. */
export interface Peer {
  readonly name: string;
  readonly revision: number;
  /** When this revision arrived, by the observer's monotonic clock. */
  readonly seenAt: number;
}

/** The leases of other processes. Their silence is measured with the observer's clock: the clocks of different machines are never compared. */
export class Peers {
  private readonly peers = new Map<string, Peer>();

  get names(): string[] {
    return [...this.peers.keys()];
  }

  /** Records a renewal. An older revision than the known one is ignored. */
  renewed(name: string, revision: number, now: number): void {
    if (revision > (this.peers.get(name)?.revision ?? 0)) this.peers.set(name, { name, revision, seenAt: now });
  }

  /** Records the removal of a lease. A removal older than the last renewal is ignored. */
  gone(name: string, revision: number): void {
    if (revision > (this.peers.get(name)?.revision ?? 0)) this.peers.delete(name);
  }

  /** Returns the leases without a renewal for longer than `leaseMs`. */
  silent(leaseMs: number, observer: Observer): Peer[] {
    return [...this.peers.values()].filter(({ seenAt }) => silenceMs(seenAt, observer) > leaseMs);
  }
}

/**
 * Removes the lease of a silent process. Returns `false` if it was renewed meanwhile, because its key then has another revision. Throws `BROKER_UNAVAILABLE`.
 * @param revision the last observed revision
 */
export async function declareDead(bucket: KeyValue, key: string, revision: number): Promise<boolean> {
  return (await bucket.delete(key, revision)).written;
}
