import { createHash } from 'node:crypto';

export interface MediaLimits {
  /** The largest single blob accepted. */
  maxBlobBytes: number;
  /** The maximum total size of all blobs; the oldest are deleted first. */
  maxTotalBytes: number;
  /** How long a blob can be fetched after it was stored. */
  expiresAfterMs: number;
}

export const DEFAULT_MEDIA_LIMITS: MediaLimits = {
  maxBlobBytes: 128 * 1024 * 1024,
  maxTotalBytes: 384 * 1024 * 1024,
  expiresAfterMs: 60 * 60 * 1000
};

/** The result of a fetch: WhatsApp answers 410 for an expired blob and 404 for one that it never had. */
export type BlobLookup = { found: 'yes'; bytes: Buffer } | { found: 'expired' | 'never' };

/** In-memory blobs by the SHA-256 of their bytes, bounded in size and time. */
export class SimulatorMediaStore {
  private readonly blobs = new Map<string, { bytes: Buffer; storedAt: number }>();
  /** Hashes of deleted blobs, so that a late fetch gets "expired". Bounded. */
  private readonly gone = new Set<string>();
  private totalBytes = 0;

  constructor(
    readonly limits: MediaLimits = DEFAULT_MEDIA_LIMITS,
    private readonly now: () => number = Date.now
  ) {}

  /** Stores bytes and returns their key: the SHA-256 as base64url without padding, as Baileys writes it in upload paths. */
  put(bytes: Buffer): string {
    if (bytes.length > this.limits.maxBlobBytes)
      throw new RangeError(`a blob of ${bytes.length} bytes, the limit is ${this.limits.maxBlobBytes}`);
    const hash = createHash('sha256').update(bytes).digest('base64url');
    this.remove(hash);
    this.blobs.set(hash, { bytes, storedAt: this.now() });
    this.gone.delete(hash);
    this.totalBytes += bytes.length;
    for (const oldest of this.blobs.keys()) {
      if (this.totalBytes <= this.limits.maxTotalBytes || oldest === hash) break;
      this.forget(oldest);
    }
    return hash;
  }

  get(hash: string): BlobLookup {
    const blob = this.blobs.get(hash);
    if (!blob) return { found: this.gone.has(hash) ? 'expired' : 'never' };
    if (this.now() - blob.storedAt < this.limits.expiresAfterMs) return { found: 'yes', bytes: blob.bytes };
    this.forget(hash);
    return { found: 'expired' };
  }

  /** Deletes a blob as its expiry would, so that a client has to request it from the phone again. */
  forget(hash: string): void {
    if (!this.remove(hash)) return;
    this.gone.add(hash);
    if (this.gone.size > 10_000) {
      for (const first of this.gone) {
        this.gone.delete(first);
        break;
      }
    }
  }

  private remove(hash: string): boolean {
    const blob = this.blobs.get(hash);
    if (!blob) return false;
    this.totalBytes -= blob.bytes.length;
    return this.blobs.delete(hash);
  }
}
