import { randomBytes } from 'node:crypto';
import { KvLease, type KeyValue } from '@wabus/broker';
import { decodeJsonRecord, encodeJsonRecord, PROJECTOR_KEY } from '@wabus/contracts';

/** The fraction of the lease after which a projector that could not renew it stops, before other edges may take over. It allows three failed renewals. */
export const PROJECTOR_FENCE_PART = 0.75;
const RENEWALS_PER_LEASE = 4;

/**
 * Determines which edge projects. The revision of the lease's key is the epoch, which the store checks in the same step as each write. If
 * two edges both consider themselves the projector, this costs work but does no harm.
 */
export class ProjectorLease {
  private readonly lease: KvLease;

  constructor(
    bucket: KeyValue,
    private readonly leaseMs: number
  ) {
    this.lease = projectorLease(bucket, { edge: randomBytes(9).toString('base64url'), leaseMs });
  }

  /** The epoch of this edge, or `null` if it does not project or its lease is fenced. */
  get epoch(): number | null {
    return this.lease.held ? this.lease.epoch : null;
  }

  /** Makes this edge the projector if there is none. Returns whether it succeeded. */
  take(): Promise<boolean> {
    return this.lease.take();
  }

  /** Renews the lease if that is due. Returns whether this edge is still the projector. */
  async keep(): Promise<boolean> {
    return this.lease.ageMs < this.leaseMs / RENEWALS_PER_LEASE || (await this.lease.renew());
  }

  /** Drops the lease, because this edge can no longer tell whether it is the projector. */
  doubt(): void {
    this.lease.drop();
  }

  async stop(): Promise<void> {
    await this.lease.release(encodeJsonRecord({ edge: null })).catch(() => undefined);
  }
}

/** Creates the lease with which an edge owns the projection: one key for all edges. */
export function projectorLease(
  bucket: KeyValue,
  { edge, leaseMs, now }: { readonly edge: string; readonly leaseMs: number; readonly now?: () => number }
): KvLease {
  return new KvLease({
    bucket,
    key: PROJECTOR_KEY,
    leaseMs,
    fenceMs: leaseMs * PROJECTOR_FENCE_PART,
    encode: () => encodeJsonRecord({ edge }),
    isOwn: value => edgeIn(value) === edge,
    isFree: value => edgeIn(value) === null,
    now
  });
}

/** `null` if the lease was released or the record is damaged. */
function edgeIn(value: Uint8Array): string | null {
  return decodeJsonRecord<{ edge: string }>(value, ({ edge }) => typeof edge === 'string')?.edge ?? null;
}
