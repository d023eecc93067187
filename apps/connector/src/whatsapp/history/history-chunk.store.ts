import type { KeyChanges } from '../../auth-state/auth-state.types.js';
import type { AuthState } from '../../auth-state/auth-state.js';

/** The type of the records in the auth state. */
const TYPE = 'history-chunk';
/** Small enough that a record with base64, encryption and other fields stays below the default limit of a NATS server. */
const PIECE_BYTES = 384 * 1024;

/** A chunk of history that is not confirmed yet, so WhatsApp must keep it. */
export interface HistoryChunk {
  /** The id of its message. */
  readonly id: string;
  /** The time of reception in milliseconds since 1970; unique and increasing within a connection. */
  readonly at: number;
  /** The encoded notification. */
  readonly notification: Uint8Array;
  /** Whether no history was received before it. */
  readonly isLatest: boolean;
  /** How often the phone was asked to upload it again. */
  readonly asked: number;
}

/** The record with the first piece of a chunk; the other pieces are records with bytes only. */
type ChunkRecord = HistoryChunk & { readonly pieces: number };

/** Stores unpublished chunks of history in the auth state of a session, so that they outlive the process. */
export class HistoryChunkStore {
  constructor(private readonly auth: Pick<AuthState, 'writeKeys' | 'listKeys'>) {}

  /** Stores a chunk. Resolves once it is on disk. */
  async put(chunk: HistoryChunk): Promise<void> {
    const pieces = inPieces(chunk.notification);
    const head: ChunkRecord = { ...chunk, notification: pieces[0]!, pieces: pieces.length };
    // Each record is a write of its own: a NATS server refuses a batch of this size. The head is last, since a chunk without it does not count.
    for (const [index, piece] of pieces.entries()) if (index > 0) await this.write({ [`${chunk.id}.${index}`]: { piece } });
    await this.write({ [chunk.id]: head });
  }

  async remove({ id, notification }: HistoryChunk): Promise<void> {
    const further = inPieces(notification)
      .slice(1)
      .map((_, index) => [`${id}.${index + 1}`, null] as const);
    await this.write(Object.fromEntries([[id, null], ...further]));
  }

  /** Resolves to the stored chunks in the order of reception, without incompletely stored ones. */
  async list(): Promise<HistoryChunk[]> {
    const records = (await this.auth.listKeys(TYPE)) as Record<string, Partial<ChunkRecord> & { piece?: Uint8Array }>;
    const chunks: HistoryChunk[] = [];
    for (const record of Object.values(records)) {
      const { pieces, notification, ...head } = record as ChunkRecord;
      if (notification === undefined) continue;
      const further = Array.from({ length: pieces - 1 }, (_, index) => records[`${head.id}.${index + 1}`]?.piece);
      if (further.every(piece => piece !== undefined)) chunks.push({ ...head, notification: Buffer.concat([notification, ...further]) });
    }
    return chunks.sort((a, b) => a.at - b.at);
  }

  private write(records: KeyChanges[string]): Promise<void> {
    return this.auth.writeKeys({ [TYPE]: records });
  }
}

function inPieces(bytes: Uint8Array): Buffer[] {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = Math.max(1, Math.ceil(whole.length / PIECE_BYTES));
  return Array.from({ length: count }, (_, index) => whole.subarray(index * PIECE_BYTES, (index + 1) * PIECE_BYTES));
}
