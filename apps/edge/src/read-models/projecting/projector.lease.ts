import { randomBytes } from 'node:crypto';
import { KvLease, type KeyValue } from '@wabus/broker';
import { decodeJsonRecord, encodeJsonRecord, PROJECTOR_KEY } from '@wabus/contracts';

/** The part of a lease after which a projector that could not renew stops, before others may take over. Three renewals may fail. */
export const PROJECTOR_FENCE_PART = 0.75;
const RENEWALS_PER_LEASE = 4;

/**
 * Which edge projects. The revision of its key is the epoch that the store checks in the same step as each write: two edges that both take themselves for the projector cost work,
 * and no harm.
 */
export class ProjectorLease {
  private readonly lease: KvLease;

  constructor(
    bucket: KeyValue,
    private readonly leaseMs: number
  ) {
    this.lease = projectorLease(bucket, { edge: randomBytes(9).toString('base64url'), leaseMs });
  }

  /** Epoch of this edge, `null` while it does not project, or may not act: its lease is fenced. */
  get epoch(): number | null {
    return this.lease.held ? this.lease.epoch : null;
  }

  /** Makes this edge the projector if nobody else is. */
  take(): Promise<boolean> {
    return this.lease.take();
  }

  /** Shows life, when it is time for that. Whether this edge is still the projector. */
  async keep(): Promise<boolean> {
    return this.lease.ageMs < this.leaseMs / RENEWALS_PER_LEASE || (await this.lease.renew());
  }

  /** This edge does not know any more whether it is the projector. */
  doubt(): void {
    this.lease.drop();
  }

  async stop(): Promise<void> {
    await this.lease.release(encodeJsonRecord({ edge: null })).catch(() => undefined);
  }
}

/** The kit's lease as the projector uses it: one key for all edges. */
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

/** `null` when it was given back, or is damaged. */
function edgeIn(value: Uint8Array): string | null {
  return decodeJsonRecord<{ edge: string }>(value, ({ edge }) => typeof edge === 'string')?.edge ?? null;
}
