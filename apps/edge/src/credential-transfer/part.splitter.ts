import { WabusError } from '@wabus/contracts';

/** Below what NATS carries when it is sealed and written as base64. */
const PART_BYTES = 500_000;

/** The same bytes in parts of one size. Throws `PAYLOAD_TOO_LARGE` when there are more than `maxBytes`. */
export async function* inParts(content: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Buffer> {
  let pending: Buffer[] = [];
  let size = 0;
  let total = 0;
  for await (const piece of content) {
    total += piece.length;
    if (total > maxBytes) throw new WabusError('PAYLOAD_TOO_LARGE', { details: { maxBytes, setting: 'WABUS_IMPORT_MAX_BYTES' } });
    pending.push(Buffer.from(piece));
    size += piece.length;
    if (size < PART_BYTES) continue;
    const whole = Buffer.concat(pending);
    let from = 0;
    for (; whole.length - from >= PART_BYTES; from += PART_BYTES) yield whole.subarray(from, from + PART_BYTES);
    pending = [whole.subarray(from)];
    size = whole.length - from;
  }
  if (size > 0) yield Buffer.concat(pending);
}
