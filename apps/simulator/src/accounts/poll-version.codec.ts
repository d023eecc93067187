import { encodeWAMessage, proto } from '@whiskeysockets/baileys';

/**
 * Polls of version 6 (field 119 of `Message`, since July 2026: mautrix 5250ddf, zapo fb08dee), which the protobuf of Baileys 7.0.0-rc14 lacks. They
 * are encoded as version 3, which has the same form, with the field number of version 6.
 */
const V3_TAG = [0x82, 0x04];
const V6_TAG = Buffer.from([0xba, 0x07]);
const DEVICE_SENT = 31;
const INNER_MESSAGE = 2;

const sixth = new WeakSet<object>();

/** Builds the message that a JSON object describes, which may contain `pollCreationMessageV6`. */
export function messageFromJson(json: object): proto.Message {
  const { pollCreationMessageV6: poll, ...rest } = json as { pollCreationMessageV6?: object };
  if (poll === undefined) return proto.Message.fromObject(rest);
  const message = proto.Message.fromObject({ ...rest, pollCreationMessageV3: poll });
  sixth.add(message);
  return message;
}

/** Encodes a message with the padding that encryption requires. */
export function encodePhoneMessage(message: proto.IMessage): Uint8Array {
  const padded = Buffer.from(encodeWAMessage(message));
  if (sixth.has(message)) renumber(padded, 0, padded.length);
  const inner = message.deviceSentMessage?.message;
  if (inner && sixth.has(inner)) renumber(padded, ...fieldOf(padded, fieldOf(padded, [0, padded.length], DEVICE_SENT), INNER_MESSAGE));
  return padded;
}

type Span = [from: number, to: number];

function renumber(bytes: Buffer, from: number, to: number): void {
  for (const { number, tagAt } of fields(bytes, [from, to])) {
    if (number === 64 && V3_TAG.every((byte, i) => bytes[tagAt + i] === byte)) V6_TAG.copy(bytes, tagAt);
  }
}

function fieldOf(bytes: Buffer, span: Span, wanted: number): Span {
  for (const { number, span: found } of fields(bytes, span)) if (number === wanted) return found;
  return [0, 0];
}

/** Yields the length-delimited fields until another wire type follows, which is padding. */
function* fields(bytes: Buffer, [from, to]: Span): Generator<{ number: number; tagAt: number; span: Span }> {
  let at = from;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; at < to; shift += 7) {
      const byte = bytes[at++]!;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    return value;
  };
  while (at < to) {
    const tagAt = at;
    const tag = varint();
    if ((tag & 7) !== 2) return;
    const length = varint();
    if (at + length > to) return;
    yield { number: tag >>> 3, tagAt, span: [at, at + length] };
    at += length;
  }
}
