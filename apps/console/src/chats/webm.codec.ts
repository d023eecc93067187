/** A browser recording without its container. */
export interface OpusSound {
  /** The `OpusHead` header, which contains the number of channels and the delay. */
  readonly head: Uint8Array;
  readonly packets: readonly Uint8Array[];
}

// Ids of EBML elements, https://www.matroska.org/technical/elements.html
const HOLDS_OTHERS = new Set([0x18538067, 0x1654ae6b, 0xae, 0x1f43b675, 0xa0]);
const CODEC_PRIVATE = 0x63a2;
const SIMPLE_BLOCK = 0xa3;
const BLOCK = 0xa1;
/** Track number, time and flags. */
const TIME_AND_FLAGS = 3;

/** Returns the Opus packets of a WebM file with one track, as `MediaRecorder` writes it; `null` if there are none. */
export function opusInWebm(file: Uint8Array): OpusSound | null {
  let head: Uint8Array | null = null;
  const packets: Uint8Array[] = [];
  for (const { id, body } of elements(file)) {
    if (id === CODEC_PRIVATE) head = body;
    if (id === SIMPLE_BLOCK || id === BLOCK) packets.push(body.subarray(vint(body, 0).length + TIME_AND_FLAGS));
  }
  return head === null || packets.length === 0 ? null : { head, packets };
}

/**
 * Yields every element and descends into containers. A recorder does not know the size of a container, so the end of a container is ignored.
 */
function* elements(file: Uint8Array): Generator<{ id: number; body: Uint8Array }> {
  for (let at = 0; at < file.length;) {
    const idLength = vint(file, at).length;
    const id = file.subarray(at, at + idLength).reduce((whole, byte) => whole * 256 + byte, 0);
    const size = vint(file, at + idLength);
    const start = at + idLength + size.length;
    if (HOLDS_OTHERS.has(id)) {
      at = start;
      continue;
    }
    if (size.value === null || start + size.value > file.length) return;
    yield { id, body: file.subarray(start, start + size.value) };
    at = start + size.value;
  }
}

/** Reads a number of variable length; its value is `null` if it means "unknown". */
function vint(bytes: Uint8Array, at: number): { length: number; value: number | null } {
  const first = bytes[at] ?? 0;
  const length = Math.clz32(first) - 23;
  if (length > 8) return { length: 1, value: null };
  let value = first & (0xff >> length);
  let unknown = value === 0xff >> length;
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i] ?? 0;
    value = value * 256 + byte;
    unknown &&= byte === 0xff;
  }
  return { length, value: unknown ? null : value };
}
