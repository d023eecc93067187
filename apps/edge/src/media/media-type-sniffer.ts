import { fileTypeFromBuffer } from 'file-type';

/** The number of bytes that file-type examines. */
const HEAD_BYTES = 4_100;

export interface SniffedMedia {
  /** The type according to the first bytes, or `null` if they identify none, as in text files. */
  readonly mimetype: string | null;
  /** The whole content, including the examined bytes. */
  readonly content: AsyncIterable<Uint8Array>;
}

/** Examines the first bytes of a file. Reads no more of the source than necessary. */
export async function sniffMedia(source: AsyncIterable<Uint8Array>): Promise<SniffedMedia> {
  const pieces = source[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  for (let bytes = 0; bytes < HEAD_BYTES; bytes += seen.at(-1)!.length) {
    const next = await pieces.next();
    if (next.done) break;
    seen.push(next.value);
  }
  const type = await fileTypeFromBuffer(Buffer.concat(seen).subarray(0, HEAD_BYTES));
  return { mimetype: type?.mime ?? null, content: rest(seen, pieces) };
}

async function* rest(seen: Uint8Array[], pieces: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for (let piece = seen.shift(); piece; piece = seen.shift()) yield piece;
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
  } finally {
    await pieces.return?.();
  }
}
