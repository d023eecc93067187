import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { KvLease, type KeyValue } from '@wabus/broker';
import { edgeKey, encodeJsonRecord } from '@wabus/contracts';
import { ProcessFigures, type Logger } from '@wabus/runtime';

const RENEWALS_PER_LEASE = 5;
/** The part of a lease after which an edge that could not renew stops, before the others may take its webhooks. Three renewals may fail. */
export const EDGE_FENCE_PART = 0.6;

export interface EdgeLeaseOptions {
  readonly bucket: KeyValue;
  readonly leaseMs: number;
  readonly logger: Logger;
  /** After each renewal. */
  readonly renewed: () => void;
  /** The lease is gone: others take what this edge had. */
  readonly lost: () => void;
}

/** The sign of life of an edge. Each run has a key of its own; others remove it when it falls silent, and then the next renewal fails. */
export class EdgeLease {
  /** The name of this edge, of this run of it. */
  readonly edge = randomBytes(9).toString('base64url');
  private readonly stopped = new AbortController();
  private readonly lease: KvLease;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly options: EdgeLeaseOptions) {
    this.lease = edgeLease(options.bucket, { edge: this.edge, leaseMs: options.leaseMs });
  }

  /** Whether this edge may act for what it owns: asked before each step that others see, since a process may have been frozen between two lines. */
  get held(): boolean {
    return this.lease.held && !this.stopped.signal.aborted;
  }

  /** Since when this edge renews without interruption: from then on the silence of others counts. */
  get steadySince(): number {
    return this.lease.steadySince;
  }

  start(): void {
    this.running = this.run();
  }

  /** Gives the lease back, so that others need not wait for its end. */
  async stop(): Promise<void> {
    this.stopped.abort();
    await this.running;
    await this.lease.release().catch(() => undefined);
  }

  private async run(): Promise<void> {
    const { leaseMs, logger, renewed, lost } = this.options;
    while (!this.stopped.signal.aborted) {
      const wasTaken = this.lease.epoch > 0;
      try {
        if (await (wasTaken ? this.lease.renew() : this.lease.take())) renewed();
        else lost();
      } catch (err) {
        logger.debug({ err }, 'failed to renew the lease of this edge, retrying');
        if (wasTaken && !this.lease.held) lost();
      }
      await delay(leaseMs / RENEWALS_PER_LEASE, undefined, { signal: this.stopped.signal }).catch(() => undefined);
    }
  }
}

/** The kit's lease as edges use it for webhooks. */
export function edgeLease(
  bucket: KeyValue,
  { edge, leaseMs, now }: { readonly edge: string; readonly leaseMs: number; readonly now?: () => number }
): KvLease {
  const figures = new ProcessFigures();
  return new KvLease({
    bucket,
    key: edgeKey(edge),
    leaseMs,
    fenceMs: leaseMs * EDGE_FENCE_PART,
    encode: () => encodeJsonRecord({ at: new Date().toISOString(), ...figures.read() }),
    // The key names the edge, and nobody else writes it: others only remove it.
    isOwn: () => true,
    isFree: () => false,
    now
  });
}
