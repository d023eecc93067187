/** Engine.IO protocol, revision 4: the packet type "message" as text. */
const MESSAGE = '4';
/** RFC 6455, section 5.2: the last frame of a text, not masked since it comes from a server. */
const FINAL_TEXT = 0x81;
const IN_TWO_BYTES = 126;
const IN_EIGHT_BYTES = 127;

/** The text of a Socket.IO packet, in parts that are written one after the other. */
export type PacketParts = readonly string[];

/**
 * Socket.IO packets as WebSocket frames, one after the other in one buffer: written at once and without another copy, with the cost of one write however many there are.
 */
export function encodeFrames(packets: readonly PacketParts[]): Buffer {
  const lengths = packets.map(parts => parts.reduce((sum, part) => sum + Buffer.byteLength(part), MESSAGE.length));
  const frames = Buffer.allocUnsafeSlow(lengths.reduce((sum, length) => sum + headBytes(length) + length, 0));
  let offset = 0;
  for (const [index, parts] of packets.entries()) {
    offset = writeHead(frames, offset, lengths[index]!);
    offset += frames.write(MESSAGE, offset, 'latin1');
    for (const part of parts) offset += frames.write(part, offset, 'utf8');
  }
  return frames;
}

function headBytes(length: number): number {
  if (length < IN_TWO_BYTES) return 2;
  return length < 65_536 ? 4 : 10;
}

function writeHead(frames: Buffer, offset: number, length: number): number {
  const size = headBytes(length);
  frames[offset] = FINAL_TEXT;
  if (size === 2) frames[offset + 1] = length;
  else if (size === 4) {
    frames[offset + 1] = IN_TWO_BYTES;
    frames.writeUInt16BE(length, offset + 2);
  } else {
    frames[offset + 1] = IN_EIGHT_BYTES;
    frames.writeUInt32BE(Math.floor(length / 2 ** 32), offset + 2);
    frames.writeUInt32BE(length >>> 0, offset + 6);
  }
  return offset + size;
}
