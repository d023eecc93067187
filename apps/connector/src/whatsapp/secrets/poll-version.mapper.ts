/** Field 119 of `Message`, `pollCreationMessageV6` (mautrix 5250ddf, zapo fb08dee), which the protobuf of Baileys 7.0.0-rc14 lacks and would drop. */
const V6_TAG = [0xba, 0x07];
/** Field 64, `pollCreationMessageV3`, which has the same form and length of tag. */
const V3_TAG = [0x82, 0x04];
const DEVICE_SENT = 31;
const EPHEMERAL = 40;
/** The wrappers of polls: the field number of the wrapper, and that of the message inside. */
const WRAPPERS: ReadonlyMap<number, number> = new Map([
  [DEVICE_SENT, 2],
  [EPHEMERAL, 1]
]);
const MAX_DEPTH = 4;

/** Converts polls of version 6 to version 3 in an encoded `Message`, padded or not. Returns the same bytes if there are none. */
export function withKnownPolls(encoded: Uint8Array): Uint8Array {
  // A fast path: most messages do not contain these bytes.
  if (!Buffer.from(encoded.buffer, encoded.byteOffset, encoded.byteLength).includes(Buffer.from(V6_TAG))) return encoded;
  const copy = Uint8Array.from(encoded);
  renumber(copy, { from: 0, to: copy.length }, 0);
  return copy;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function renumber(bytes: Uint8Array, span: Span, depth: number): void {
  for (const { tagAt, number, content } of fieldsOf(bytes, span)) {
    if (number === 119 && bytes[tagAt] === V6_TAG[0] && bytes[tagAt + 1] === V6_TAG[1]) bytes.set(V3_TAG, tagAt);
    const inner = WRAPPERS.get(number);
    if (inner === undefined || depth >= MAX_DEPTH) continue;
    for (const field of fieldsOf(bytes, content)) if (field.number === inner) renumber(bytes, field.content, depth + 1);
  }
}

/** Yields the length-delimited fields, up to the padding, which is not a field. */
function* fieldsOf(bytes: Uint8Array, { from, to }: Span): Generator<{ tagAt: number; number: number; content: Span }> {
  let at = from;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; at < to; factor *= 128) {
      const byte = bytes[at++]!;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
    return Number.NaN;
  };
  while (at < to) {
    const tagAt = at;
    const tag = varint();
    const type = tag % 8;
    if (type === 0) varint();
    else if (type === 1) at += 8;
    else if (type === 5) at += 4;
    else if (type === 2) {
      const length = varint();
      const content = { from: at, to: at + length };
      if (!(content.to <= to)) return;
      yield { tagAt, number: Math.floor(tag / 8), content };
      at = content.to;
    } else return;
  }
}
