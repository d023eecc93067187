import { fileTypeFromBuffer } from 'file-type';

/** What file-type looks at. */
const HEAD_BYTES = 4_100;

export interface SniffedMedia {
  /** By the first bytes; `null` when they identify nothing, as those of text do. */
  readonly mimetype: string | null;
  /** All of the content, also what was looked at. */
  readonly content: AsyncIterable<Uint8Array>;
}

/** Looks at the first bytes of a file. Takes no more of the source than it needs. */
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
