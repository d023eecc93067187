import { setTimeout as delay } from 'node:timers/promises';
import type { KeyValue, Write } from '@wabus/broker';
import { WabusError } from '@wabus/contracts';
import { ownerKey } from '../ownership/ownership-records.codec.js';
import { LeaseLostError, type SessionLease } from '../ownership/session-lease.js';

const RETRY_FIRST_MS = 50;
const RETRY_MAX_MS = 1_000;

/** Writes for one session under its epoch: the server refuses them once another process has taken the session. Calls must not overlap. */
export class EpochWriter {
  constructor(
    private readonly bucket: KeyValue,
    private readonly lease: SessionLease
  ) {}

  /**
   * Writes up to 1,000 keys in one step; resolves when all are on disk.
   * Retries while the broker does not answer, for as long as the lease holds: keys that may already be written are written again with the same content.
   * Throws `LeaseLostError` if nothing was written, or if the outcome is unknown because the lease is over.
   */
  write(changes: ReadonlyMap<string, Write>): Promise<void> {
    const { session, epoch } = this.lease;
    return this.repeat(async () => {
      const outcome = await this.bucket.commit(changes, { key: ownerKey(session), revision: epoch });
      if (!outcome.written) throw new LeaseLostError(session);
    });
  }

  /** Retries a step while the broker does not answer, for as long as the lease holds: later steps stay behind it. */
  async repeat<T>(step: () => Promise<T>): Promise<T> {
    for (let retryMs = RETRY_FIRST_MS; ; retryMs = Math.min(2 * retryMs, RETRY_MAX_MS)) {
      await this.holdLease();
      try {
        return await step();
      } catch (error) {
        if (!(error instanceof WabusError && error.code === 'BROKER_UNAVAILABLE')) throw error;
        await delay(retryMs, undefined, { signal: this.lease.lost }).catch(() => undefined);
      }
    }
  }

  /** Reads the owner of the session. Throws `LeaseLostError` if it is another process. */
  async confirmOwner(): Promise<void> {
    await this.holdLease();
    const entry = await this.bucket.get(ownerKey(this.lease.session));
    if (entry?.revision !== this.lease.epoch) throw new LeaseLostError(this.lease.session);
  }

  /**
   * Resolves when the lease holds. A lease that has lapsed because of a late renewal may hold again, so it waits for that.
   * Throws `LeaseLostError` if the lease is permanently lost.
   */
  async holdLease(): Promise<void> {
    while (!this.lease.isValid()) {
      this.requireHope();
      await delay(RETRY_FIRST_MS, undefined, { signal: this.lease.lost }).catch(() => undefined);
    }
  }

  /** Throws `LeaseLostError` if the lease is permanently lost. */
  requireHope(): void {
    if (this.lease.lost.aborted) throw new LeaseLostError(this.lease.session);
  }
}
