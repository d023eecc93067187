import { earliestNow } from '@wabus/contracts';
import type { AuthState } from './auth-state.js';

/** The type, limits and encoding of a ring's records. */
export interface RingShape<T> {
  /** The type of its chunks in the auth state. */
  readonly type: string;
  /** Maximum number of chunks; the oldest one is dropped. */
  readonly chunks: number;
  readonly perChunk: number;
  /** How long a chunk is valid after its last record, in ms. */
  readonly lifetimeMs: number;
  readonly pack: (records: readonly T[]) => Uint8Array;
  readonly unpack: (packed: Uint8Array) => T[];
}

interface Chunk<T> {
  /** Counts the chunks of a session, across all its owners. */
  readonly n: number;
  /** When its last record was added, ms since 1970. */
  at: number;
  readonly records: T[];
}

interface StoredChunk {
  readonly n: number;
  readonly at: number;
  readonly ids: Uint8Array;
}

/** The store of the chunks. */
export type ChunkRecords = Pick<AuthState, 'listKeys' | 'writeKeys'>;

/**
 * Records of a session in the order in which they were added, across all its owners.
 * They are stored with the auth state in chunks, each rewritten while it fills, so that a record costs a fraction of a write. Limited by number and by time.
 */
export class RecordRing<T> {
  private chunks: Chunk<T>[] = [];
  private count = 0;
  private storing: Promise<void> = Promise.resolve();

  constructor(
    private readonly auth: ChunkRecords,
    private readonly shape: RingShape<T>
  ) {}

  /** Number of records that are only in memory. */
  get unstored(): number {
    return this.count;
  }

  /** Loads the stored records and resolves with them, oldest first. Throws like `AuthState`. */
  async load(now = earliestNow()): Promise<T[]> {
    const { type, lifetimeMs, unpack } = this.shape;
    const stored = Object.values(await this.auth.listKeys(type)) as StoredChunk[];
    const young = stored.filter(({ at }) => at > now - lifetimeMs).sort((a, b) => a.n - b.n);
    this.chunks = young.map(({ n, at, ids }) => ({ n, at, records: unpack(ids) }));
    return this.chunks.flatMap(({ records }) => records);
  }

  /** Adds a record. Returns the records that were dropped for it. */
  add(record: T, now = earliestNow()): readonly T[] {
    const { chunks, perChunk } = this.shape;
    let last = this.chunks.at(-1);
    if (!last || last.records.length >= perChunk) this.chunks.push((last = { n: (last?.n ?? 0) + 1, at: now, records: [] }));
    last.records.push(record);
    last.at = now;
    this.count++;
    return this.chunks.length <= chunks - 1 ? [] : this.chunks.shift()!.records;
  }

  /** Stores the added records with one write of the current chunk, or more if it has just filled. Throws like `AuthState`. */
  store(): Promise<void> {
    if (this.count === 0) return this.storing;
    const stored = this.storing.then(() => this.write());
    this.storing = stored.catch(() => undefined);
    return stored;
  }

  /** Clears the ring after the auth state was cleared or replaced. */
  forget(): void {
    this.chunks = [];
    this.count = 0;
  }

  private async write(): Promise<void> {
    const { type, chunks, pack } = this.shape;
    const count = this.count;
    // An earlier write included these records.
    if (count === 0) return;
    let left = count;
    const changed: Record<string, StoredChunk> = {};
    for (const { n, at, records } of this.chunks.toReversed()) {
      if (left <= 0) break;
      left -= records.length;
      changed[String(n % chunks)] = { n, at, ids: pack(records) };
    }
    this.count = 0;
    try {
      await this.auth.writeKeys({ [type]: changed });
    } catch (error) {
      this.count += count;
      throw error;
    }
  }
}
