import type { AuthState } from '../auth-state/auth-state.js';

/** The type of the records in the auth state. */
const TYPE = 'seen';
const DAY_MS = 24 * 3_600_000;
/** WhatsApp keeps what it could not deliver about as long. */
const LIFETIME_MS = 30 * DAY_MS;
const ID_BYTES = 8;
const IDS_PER_CHUNK = 256;
/** About ten thousand messages. */
const CHUNKS = 40;
/** So many may be in memory alone: the inbox journal has the last 64 ciphertexts, of which a message has two at most. */
const MAX_UNSTORED = 24;

interface Chunk {
  /** Counts the chunks of a session, over all its owners. */
  readonly n: number;
  /** When its last id was added, ms since 1970. */
  at: number;
  readonly ids: string[];
}

interface StoredChunk {
  readonly n: number;
  readonly at: number;
  readonly ids: Uint8Array;
}

/**
 * Which messages of a session are in the log, over all its owners: WhatsApp delivers some again after hours, encrypted again. Kept with the auth state in chunks of hashes,
 * each rewritten while it fills, so that a message costs a small part of a write. Bounded by number and by time.
 */
export class RememberedMessages {
  private chunks: Chunk[] = [];
  private readonly known = new Set<string>();
  private unstored = 0;
  private storing: Promise<void> = Promise.resolve();

  constructor(private readonly auth: Pick<AuthState, 'listKeys' | 'writeKeys'>) {}

  /** Reads what is stored. Throws like `AuthState`. */
  async load(now = Date.now()): Promise<void> {
    const stored = Object.values(await this.auth.listKeys(TYPE)) as StoredChunk[];
    const young = stored.filter(({ at }) => at > now - LIFETIME_MS).sort((a, b) => a.n - b.n);
    this.chunks = young.map(({ n, at, ids }) => ({ n, at, ids: split(ids) }));
    for (const { ids } of this.chunks) for (const id of ids) this.known.add(id);
  }

  /** Whether the event with this id is in the log. */
  has(eventId: string): boolean {
    return this.known.has(shortened(eventId));
  }

  /** The log has stored an event. Answers whether so many are in memory alone that `store` must be called. */
  add(eventId: string, now = Date.now()): boolean {
    const id = shortened(eventId);
    if (this.known.has(id)) return false;
    this.known.add(id);
    let last = this.chunks.at(-1);
    if (!last || last.ids.length >= IDS_PER_CHUNK) this.chunks.push((last = { n: (last?.n ?? 0) + 1, at: now, ids: [] }));
    last.ids.push(id);
    last.at = now;
    this.unstored++;
    this.forgetOldest();
    return this.unstored >= MAX_UNSTORED;
  }

  /** Stores what was added; one write, of the present chunk, unless it has just filled. Throws like `AuthState`. */
  store(): Promise<void> {
    if (this.unstored === 0) return this.storing;
    const stored = this.storing.then(() => this.write());
    this.storing = stored.catch(() => undefined);
    return stored;
  }

  /** The auth state was cleared or replaced. */
  forget(): void {
    this.chunks = [];
    this.known.clear();
    this.unstored = 0;
  }

  private async write(): Promise<void> {
    const count = this.unstored;
    // An earlier write has taken it along.
    if (count === 0) return;
    let left = count;
    const changed: Record<string, StoredChunk> = {};
    for (const { n, at, ids } of this.chunks.toReversed()) {
      if (left <= 0) break;
      left -= ids.length;
      changed[String(n % CHUNKS)] = { n, at, ids: Buffer.from(ids.join(''), 'latin1') };
    }
    this.unstored = 0;
    try {
      await this.auth.writeKeys({ [TYPE]: changed });
    } catch (error) {
      this.unstored += count;
      throw error;
    }
  }

  private forgetOldest(): void {
    if (this.chunks.length <= CHUNKS - 1) return;
    for (const id of this.chunks.shift()!.ids) this.known.delete(id);
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
