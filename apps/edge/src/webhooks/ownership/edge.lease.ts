import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { KvLease, type KeyValue } from '@wabus/broker';
import { edgeKey, encodeJsonRecord } from '@wabus/contracts';
import { ProcessFigures, type Logger } from '@wabus/runtime';

const RENEWALS_PER_LEASE = 5;
/** The fraction of the lease after which an edge that could not renew it stops, before other edges may take its webhooks. It allows three failed renewals. */
export const EDGE_FENCE_PART = 0.6;

export interface EdgeLeaseOptions {
  readonly bucket: KeyValue;
  readonly leaseMs: number;
  readonly logger: Logger;
  /** Called after each renewal. */
  readonly renewed: () => void;
  /** Called when the lease is lost. Other edges then take this edge's webhooks. */
  readonly lost: () => void;
}

/**
 * The lease that shows that an edge is alive. Each run has its own key. Other edges delete the key when the edge stops renewing it,
 * and the next renewal then fails.
 */
export class EdgeLease {
  /** The name of this run of the edge. */
  readonly edge = randomBytes(9).toString('base64url');
  private readonly stopped = new AbortController();
  private readonly lease: KvLease;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly options: EdgeLeaseOptions) {
    this.lease = edgeLease(options.bucket, { edge: this.edge, leaseMs: options.leaseMs });
  }

  /**
   * Whether this edge may still act on what it owns. Check it before each step with an external effect, because the process may have
   * been frozen between two lines.
   */
  get held(): boolean {
    return this.lease.held && !this.stopped.signal.aborted;
  }

  /** The time since which this edge has renewed without interruption. Only from then on does the silence of other edges count. */
  get steadySince(): number {
    return this.lease.steadySince;
  }

  start(): void {
    this.running = this.run();
  }

  /** Releases the lease, so that other edges need not wait until it expires. */
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

/** Creates the lease with which edges own webhooks. */
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
    // The key contains the name of the edge. No other edge writes it; others only delete it.
    isOwn: () => true,
    isFree: () => false,
    now
  });
}
