import type { KeyChanges } from '../../auth-state/auth-state.types.js';
import type { AuthState } from '../../auth-state/auth-state.js';

/** The type of the records in the auth state. */
const TYPE = 'history-chunk';
/** With room for base64, encryption and what belongs to a record below what a NATS server takes by default. */
const PIECE_BYTES = 384 * 1024;

/** A chunk of history that WhatsApp may not forget yet. */
export interface HistoryChunk {
  /** Of the message that brought it. */
  readonly id: string;
  /** Order of reception. */
  readonly at: number;
  /** The encoded notification. */
  readonly notification: Uint8Array;
  /** No history came before it. */
  readonly isLatest: boolean;
  /** How often the phone was asked for it again. */
  readonly asked: number;
}

/** The first piece of a chunk; further ones are bytes alone. */
type ChunkRecord = HistoryChunk & { readonly pieces: number };

/** Chunks of history that are not published, in the auth state of a session, so that they outlive the process. */
export class HistoryChunkStore {
  constructor(private readonly auth: Pick<AuthState, 'writeKeys' | 'listKeys'>) {}

  /** Settles when it is on disk. */
  async put(chunk: HistoryChunk): Promise<void> {
    const pieces = inPieces(chunk.notification);
    const head: ChunkRecord = { ...chunk, notification: pieces[0]!, pieces: pieces.length };
    // One record a write: a NATS server takes no batch of this size. The head is last, and counts.
    for (const [index, piece] of pieces.entries()) if (index > 0) await this.write({ [`${chunk.id}.${index}`]: { piece } });
    await this.write({ [chunk.id]: head });
  }

  async remove({ id, notification }: HistoryChunk): Promise<void> {
    const further = inPieces(notification)
      .slice(1)
      .map((_, index) => [`${id}.${index + 1}`, null] as const);
    await this.write(Object.fromEntries([[id, null], ...further]));
  }

  /** In the order of reception. What was not stored to its end is left out. */
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
