const LENGTH_BYTES = 3;
/** `E` `D` 00 01 and the length: an edge-routing preamble, which clients send if they received routing information. */
const ROUTING_HEADER_BYTES = 7;
const PROLOGUE_BYTES = 4;

/** Prefixes data with its length: three bytes, big-endian. */
export function encodeFrame(data: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(LENGTH_BYTES + data.length);
  frame.writeUIntBE(data.length, 0, LENGTH_BYTES);
  frame.set(data, LENGTH_BYTES);
  return frame;
}

/**
 * Splits the client's byte stream into the prologue (once) and frames. The boundaries of WebSocket messages have no meaning. Throws on a stream that
 * does not begin as WhatsApp's does, and on a frame beyond `maxFrameBytes`.
 */
export class FrameReader {
  /** The `WA` header: `W` `A` version dictionary; `undefined` until it has arrived. */
  prologue: Buffer | undefined;
  /** The edge-routing bytes, if the client sent a preamble. */
  routingInfo: Buffer | undefined;
  private pending: Buffer = Buffer.alloc(0);

  constructor(private readonly maxFrameBytes = 0xffffff) {}

  /** Adds a chunk; returns the frames that are now complete. */
  feed(chunk: Buffer): Buffer[] {
    this.pending = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
    if (!this.prologue && !this.readIntro()) return [];
    const frames: Buffer[] = [];
    while (this.pending.length >= LENGTH_BYTES) {
      const length = this.pending.readUIntBE(0, LENGTH_BYTES);
      if (length > this.maxFrameBytes) throw new RangeError(`a frame of ${length} bytes`);
      if (this.pending.length < LENGTH_BYTES + length) break;
      frames.push(this.pending.subarray(LENGTH_BYTES, LENGTH_BYTES + length));
      this.pending = this.pending.subarray(LENGTH_BYTES + length);
    }
    return frames;
  }

  private readIntro(): boolean {
    let offset = 0;
    if (this.pending.length >= 2 && this.pending.toString('latin1', 0, 2) === 'ED') {
      if (this.pending.length < ROUTING_HEADER_BYTES) return false;
      offset = ROUTING_HEADER_BYTES + this.pending.readUIntBE(4, 3);
      if (offset > this.maxFrameBytes) throw new RangeError('an edge-routing preamble that is too long');
    }
    if (this.pending.length < offset + PROLOGUE_BYTES) return false;
    const prologue = this.pending.subarray(offset, offset + PROLOGUE_BYTES);
    if (prologue.toString('latin1', 0, 2) !== 'WA') throw new Error('the stream does not begin with a WA header');
    if (offset > 0) this.routingInfo = this.pending.subarray(ROUTING_HEADER_BYTES, offset);
    this.prologue = prologue;
    this.pending = this.pending.subarray(offset + PROLOGUE_BYTES);
    return true;
  }
}
