import { earliestNow } from '@wabus/contracts';
import { RecordRing, type ChunkRecords, type RingShape } from '../auth-state/record-ring.js';

const DAY_MS = 24 * 3_600_000;
const ID_BYTES = 8;
/** Number of messages that may be only in memory: the inbox journal has the last 64 ciphertexts, and a message has at most two. */
const MAX_UNSTORED = 24;

/** About ten thousand messages, for about as long as WhatsApp keeps undelivered ones. */
const SHAPE: RingShape<string> = {
  type: 'seen',
  chunks: 40,
  perChunk: 256,
  lifetimeMs: 30 * DAY_MS,
  pack: ids => Buffer.from(ids.join(''), 'latin1'),
  unpack: split
};

/** The messages of a session that are in the log, across all its owners: WhatsApp delivers some again after hours, encrypted again. Stored as hashes. */
export class RememberedMessages {
  private readonly ring: RecordRing<string>;
  private readonly known = new Set<string>();

  constructor(auth: ChunkRecords) {
    this.ring = new RecordRing(auth, SHAPE);
  }

  /** Loads what is stored. Throws like `AuthState`. */
  async load(now = earliestNow()): Promise<void> {
    for (const id of await this.ring.load(now)) this.known.add(id);
  }

  /** Returns whether the event with this id is in the log. */
  has(eventId: string): boolean {
    return this.known.has(shortened(eventId));
  }

  /** Records that the log has stored an event. Returns whether so many are only in memory that `store` must be called. */
  add(eventId: string, now = earliestNow()): boolean {
    const id = shortened(eventId);
    if (this.known.has(id)) return false;
    this.known.add(id);
    for (const forgotten of this.ring.add(id, now)) this.known.delete(forgotten);
    return this.ring.unstored >= MAX_UNSTORED;
  }

  /** Stores the added messages. Throws like `AuthState`. */
  store(): Promise<void> {
    return this.ring.store();
  }

  /** Clears the memory after the auth state was cleared or replaced. */
  forget(): void {
    this.ring.forget();
    this.known.clear();
  }
}

/** Returns the hash at the end of an event id, shortened to what distinguishes ten thousand messages: the odds of a false match are one in 10^15. */
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
