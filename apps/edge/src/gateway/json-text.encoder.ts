import { Decoder, Encoder, PacketType, type Packet } from 'socket.io-parser';

/** JSON that is already text. As the only argument of an event, it is copied into the packet unchanged, without being parsed or encoded again. */
export class JsonText {
  constructor(readonly text: string) {}

  /** Supports encoders that do not recognize this class. */
  toJSON(): unknown {
    return JSON.parse(this.text);
  }
}

/** Encodes packets as the standard parser does, so that standard clients understand them. A `JsonText` payload is spliced in. */
export class JsonTextEncoder extends Encoder {
  override encode(packet: Packet): unknown[] {
    return spliced(packet) ?? super.encode(packet);
  }
}

/** The value for the `parser` option of a Socket.IO server. */
export const JSON_TEXT_PARSER = { Encoder: JsonTextEncoder, Decoder };

/** Returns `2/namespace,<ack id>["event",<text>]` (Socket.IO protocol, revision 5), or `null` for packets without a `JsonText`. */
function spliced({ type, nsp, data, id }: Packet): [string] | null {
  if (type !== PacketType.EVENT || !Array.isArray(data)) return null;
  const [event, payload, ...rest] = data as unknown[];
  if (!(payload instanceof JsonText) || rest.length > 0) return null;
  const [before, after] = aroundPayload(nsp, event as string, id);
  return [before + payload.text + after];
}

/** Returns the text before and after the payload in the packet of an event. */
export function aroundPayload(nsp: string, event: string, id?: number): [before: string, after: string] {
  const namespace = nsp === '/' ? '' : `${nsp},`;
  return [`${PacketType.EVENT}${namespace}${id ?? ''}[${JSON.stringify(event)},`, ']'];
}

/** The packet type "message" as text (Engine.IO protocol, revision 4). */
const MESSAGE = '4';
/** RFC 6455, section 5.2: the final frame of a text. A server does not mask frames. */
const FINAL_TEXT = 0x81;
const IN_TWO_BYTES = 126;
const IN_EIGHT_BYTES = 127;

/** The text of a Socket.IO packet, in parts that are written in sequence. */
export type PacketParts = readonly string[];

/** Encodes Socket.IO packets as WebSocket frames in a single buffer. They are sent in one write, without another copy, however many packets there are. */
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
