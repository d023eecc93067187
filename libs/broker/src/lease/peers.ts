import type { KeyValue } from '../key-value/key-value.js';
import { silenceMs, type Observer } from './lease.policy.js';

/** Somebody else's lease as it was seen last. */
export interface Peer {
  readonly name: string;
  readonly revision: number;
  /** When this revision arrived, by the observer's monotonic clock. */
  readonly seenAt: number;
}

/** The leases of others. Their silence is counted here, on the clock of the observer: clocks of several machines are never compared. */
export class Peers {
  private readonly peers = new Map<string, Peer>();

  get names(): string[] {
    return [...this.peers.keys()];
  }

  /** A renewal was seen. An older one than before says nothing. */
  renewed(name: string, revision: number, now: number): void {
    if (revision > (this.peers.get(name)?.revision ?? 0)) this.peers.set(name, { name, revision, seenAt: now });
  }

  /** A lease was removed. A removal that is older than the last renewal is news of the past. */
  gone(name: string, revision: number): void {
    if (revision > (this.peers.get(name)?.revision ?? 0)) this.peers.delete(name);
  }

  /** Those that have been silent for longer than `leaseMs`. */
  silent(leaseMs: number, observer: Observer): Peer[] {
    return [...this.peers.values()].filter(({ seenAt }) => silenceMs(seenAt, observer) > leaseMs);
  }
}

/**
 * Removes the lease of somebody who is silent. `false` when it was renewed meanwhile: its key is at another revision then. Throws `BROKER_UNAVAILABLE`.
 * @param revision at which it was silent
 */
export async function declareDead(bucket: KeyValue, key: string, revision: number): Promise<boolean> {
  return (await bucket.delete(key, revision)).written;
}
