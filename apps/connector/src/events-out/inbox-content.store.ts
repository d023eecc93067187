import type { ExpiringRecords } from '../auth-state/auth-state.types.js';

/** The type of the records in the auth state. */
const TYPE = 'inbox-piece';
/** With room for base64 and encryption in one record. */
const PIECE_BYTES = 192 * 1024;
const SMALL_BYTES = 16 * 1024;
/** As long as WhatsApp keeps undelivered messages. Content that a crash has left without its entry expires. */
const TTL_MS = 30 * 24 * 3_600_000;

/** Replaces bytes in a value that are stored separately. */
interface ApartBytes {
  readonly apart: readonly [offset: number, length: number];
}

/** A value without its large bytes. */
export interface LightContent {
  readonly value: unknown;
  /** Number of records with the bytes; 0 if nothing is stored separately. */
  readonly pieces: number;
}

/** Stores contents of inbox entries that are too large for one record: their large bytes are in separate records, encrypted and fenced like the entries. */
export class InboxContentStore {
  constructor(private readonly auth: ExpiringRecords) {}

  /** Stores the large bytes of an entry's content; resolves when they are on disk. Throws like `AuthState`. */
  async put(entry: number, content: unknown): Promise<LightContent> {
    const large: Uint8Array[] = [];
    const value = lightened(content, large, { bytes: 0 });
    const bytes = Buffer.concat(large);
    const pieces = Math.ceil(bytes.length / PIECE_BYTES);
    // One after another: a NATS server accepts no batch of this size.
    for (let i = 0; i < pieces; i++) await this.write(entry, i, bytes.subarray(i * PIECE_BYTES, (i + 1) * PIECE_BYTES));
    return { value, pieces };
  }

  /** Returns the complete content; `null` if a piece is gone. */
  async get(entry: number, { value, pieces }: LightContent): Promise<unknown> {
    const found: Buffer[] = [];
    for (let i = 0; i < pieces; i++) {
      const piece = (await this.auth.readExpiring(TYPE, nameOf(entry, i))) as Buffer | null;
      if (piece === null) return null;
      found.push(piece);
    }
    return whole(value, Buffer.concat(found));
  }

  async remove(entry: number, pieces: number): Promise<void> {
    for (let i = 0; i < pieces; i++) await this.write(entry, i, null);
  }

  private write(entry: number, index: number, value: Buffer | null): Promise<void> {
    return this.auth.writeExpiring({ type: TYPE, id: nameOf(entry, index), value, ttlMs: TTL_MS });
  }
}

const nameOf = (entry: number, index: number): string => `${entry}.${index}`;

function lightened(value: unknown, large: Uint8Array[], end: { bytes: number }): unknown {
  if (value instanceof Uint8Array) {
    if (value.length < SMALL_BYTES) return value;
    const apart: ApartBytes = { apart: [end.bytes, value.length] };
    end.bytes += value.length;
    large.push(value);
    return apart;
  }
  if (Array.isArray(value)) return value.map(item => lightened(item, large, end));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, lightened(item, large, end)]));
}

function whole(value: unknown, bytes: Buffer): unknown {
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(item => whole(item, bytes));
  if (isApart(value)) return bytes.subarray(value.apart[0], value.apart[0] + value.apart[1]);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, whole(item, bytes)]));
}

/** The attributes of a stanza are texts, so none of them is a list. */
const isApart = (value: object): value is ApartBytes => Array.isArray((value as Partial<ApartBytes>).apart);
