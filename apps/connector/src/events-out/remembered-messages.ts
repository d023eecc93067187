import { earliestNow } from '@wabus/contracts';
import { RecordRing, type ChunkRecords, type RingShape } from '../auth-state/record-ring.js';

const DAY_MS = 24 * 3_600_000;
const ID_BYTES = 8;
/** So many may be in memory alone: the inbox journal has the last 64 ciphertexts, of which a message has two at most. */
const MAX_UNSTORED = 24;

/** About ten thousand messages, for about as long as WhatsApp keeps what it could not deliver. */
const SHAPE: RingShape<string> = {
  type: 'seen',
  chunks: 40,
  perChunk: 256,
  lifetimeMs: 30 * DAY_MS,
  pack: ids => Buffer.from(ids.join(''), 'latin1'),
  unpack: split
};

/**
 * Which messages of a session are in the log, over all its owners: WhatsApp delivers some again after hours, encrypted again. Kept as hashes.
 */
export class RememberedMessages {
  private readonly ring: RecordRing<string>;
  private readonly known = new Set<string>();

  constructor(auth: ChunkRecords) {
    this.ring = new RecordRing(auth, SHAPE);
  }

  /** Reads what is stored. Throws like `AuthState`. */
  async load(now = earliestNow()): Promise<void> {
    for (const id of await this.ring.load(now)) this.known.add(id);
  }

  /** Whether the event with this id is in the log. */
  has(eventId: string): boolean {
    return this.known.has(shortened(eventId));
  }

  /** The log has stored an event. Answers whether so many are in memory alone that `store` must be called. */
  add(eventId: string, now = earliestNow()): boolean {
    const id = shortened(eventId);
    if (this.known.has(id)) return false;
    this.known.add(id);
    for (const forgotten of this.ring.add(id, now)) this.known.delete(forgotten);
    return this.ring.unstored >= MAX_UNSTORED;
  }

  /** Stores what was added. Throws like `AuthState`. */
  store(): Promise<void> {
    return this.ring.store();
  }

  /** The auth state was cleared or replaced. */
  forget(): void {
    this.ring.forget();
    this.known.clear();
  }
}

/** The hash at the end of an event id, cut to what tells ten thousand messages apart: a wrong match has odds of one to 10^15. */
function shortened(eventId: string): string {
  return Buffer.from(eventId.slice(eventId.lastIndexOf('.') + 1), 'base64url')
    .subarray(0, ID_BYTES)
    .toString('latin1');
}

function split(ids: Uint8Array): string[] {
  const bytes = Buffer.from(ids);
  return Array.from({ length: Math.floor(bytes.length / ID_BYTES) }, (_, i) =>
    bytes.subarray(i * ID_BYTES, (i + 1) * ID_BYTES).toString('latin1')
  );
}
