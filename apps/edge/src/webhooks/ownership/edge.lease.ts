import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { KeyValue } from '@wabus/broker';
import { edgeKey } from '@wabus/contracts';
import type { Logger } from '@wabus/runtime';
import { encodeJsonValue } from '../definition/webhook-record.codec.js';

/** Renewals per lease, and the part of it after which an edge that could not renew stops by itself, before the others may take its webhooks. */
const RENEWALS = 5;
const FENCE_PART = 0.6;

export interface EdgeLeaseOptions {
  readonly bucket: KeyValue;
  readonly leaseMs: number;
  readonly logger: Logger;
  /** After each renewal, with the time since the one before. */
  readonly renewed: (elapsedMs: number) => void;
  /** The lease is gone: others take what this edge had. */
  readonly lost: () => void;
}

/** The sign of life of an edge: a key renewed by compare-and-set. Deleting it at its last revision, another edge declares this one dead; then the next renewal fails. */
export class EdgeLease {
  /** The name of this edge, of this run of it. */
  readonly edge = randomBytes(9).toString('base64url');
  private readonly stopped = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private revision = 0;
  private renewedAt = -Infinity;

  constructor(private readonly options: EdgeLeaseOptions) {}

  /** Whether this edge may act for what it owns: asked before each step that others see, since a process may have been frozen between two lines. */
  get held(): boolean {
    return performance.now() - this.renewedAt < this.options.leaseMs * FENCE_PART && !this.stopped.signal.aborted;
  }

  start(): void {
    this.running = this.run();
  }

  /** Gives the lease back, so that others need not wait for its end. */
  async stop(): Promise<void> {
    this.stopped.abort();
    await this.running;
    if (this.revision > 0) await this.options.bucket.delete(edgeKey(this.edge), this.revision).catch(() => undefined);
  }

  private async run(): Promise<void> {
    const { leaseMs, logger } = this.options;
    while (!this.stopped.signal.aborted) {
      const began = performance.now();
      try {
        await this.renew(began);
      } catch (err) {
        logger.debug({ err }, 'the lease of this edge cannot be renewed yet, still trying');
      }
      if (!this.held && this.renewedAt > -Infinity && !this.stopped.signal.aborted) this.options.lost();
      await delay(leaseMs / RENEWALS, undefined, { signal: this.stopped.signal }).catch(() => undefined);
    }
  }

  private async renew(began: number): Promise<void> {
    const { bucket } = this.options;
    const value = encodeJsonValue({ at: new Date().toISOString() });
    const outcome = await bucket.compareAndSet(edgeKey(this.edge), value, this.revision);
    if (!outcome.written) {
      // A write whose answer was lost has moved the key on; nobody else writes it, others only delete it.
      const entry = await bucket.get(edgeKey(this.edge));
      this.revision = entry?.revision ?? 0;
      if (entry === null) this.renewedAt = -Infinity;
      if (entry === null) this.options.lost();
      return;
    }
    const elapsedMs = Number.isFinite(this.renewedAt) ? began - this.renewedAt : 0;
    this.revision = outcome.revision;
    this.renewedAt = began;
    this.options.renewed(elapsedMs);
  }
}
