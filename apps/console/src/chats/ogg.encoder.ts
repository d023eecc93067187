import type { OpusSound } from './webm.codec.js';

const SAMPLES_PER_MS = 48;
/** The maximum number of segments in a page. */
const MOST_SEGMENTS = 255;
const FIRST = 2;
const LAST = 4;
/** Arbitrary: the file contains only one stream. */
const SERIAL = 0x57616275;

/** Returns the sound as an Ogg file that phones can play (RFC 7845). */
export function oggOf({ head, packets }: OpusSound): Uint8Array {
  const vendor = new TextEncoder().encode('wabus');
  const tags = new Uint8Array([...new TextEncoder().encode('OpusTags'), vendor.length, 0, 0, 0, ...vendor, 0, 0, 0, 0]);
  const pages = [pageOf([head], { granule: 0, sequence: 0, flags: FIRST }), pageOf([tags], { granule: 0, sequence: 1, flags: 0 })];
  let granule = 0;
  let gathered: Uint8Array[] = [];
  packets.forEach((packet, index) => {
    gathered.push(packet);
    granule += samplesOf(packet);
    const last = index === packets.length - 1;
    const next = packets[index + 1];
    if (!last && next !== undefined && segmentsOf([...gathered, next]) <= MOST_SEGMENTS) return;
    pages.push(pageOf(gathered, { granule, sequence: pages.length, flags: last ? LAST : 0 }));
    gathered = [];
  });
  return joined(pages);
}

/** Returns the duration of a packet in samples at 48 kHz. Its first byte contains it: RFC 6716, section 3.1. */
export function samplesOf(packet: Uint8Array): number {
  const toc = packet[0] ?? 0;
  const config = toc >> 3;
  const frameMs = config < 12 ? [10, 20, 40, 60][config & 3]! : config < 16 ? [10, 20][config & 1]! : [2.5, 5, 10, 20][config & 3]!;
  const code = toc & 3;
  const frames = code === 0 ? 1 : code === 3 ? (packet[1] ?? 0) & 63 : 2;
  return frames * frameMs * SAMPLES_PER_MS;
}

const segmentsOf = (packets: readonly Uint8Array[]): number =>
  packets.reduce((sum, { length }) => sum + Math.floor(length / MOST_SEGMENTS) + 1, 0);

function pageOf(
  packets: readonly Uint8Array[],
  { granule, sequence, flags }: { granule: number; sequence: number; flags: number }
): Uint8Array {
  const segments = packets.flatMap(({ length }) => [
    ...Array<number>(Math.floor(length / MOST_SEGMENTS)).fill(MOST_SEGMENTS),
    length % MOST_SEGMENTS
  ]);
  const header = new Uint8Array(27 + segments.length);
  const fields = new DataView(header.buffer);
  header.set(new TextEncoder().encode('OggS'));
  fields.setUint8(5, flags);
  fields.setBigUint64(6, BigInt(granule), true);
  fields.setUint32(14, SERIAL, true);
  fields.setUint32(18, sequence, true);
  fields.setUint8(26, segments.length);
  header.set(segments, 27);
  const page = joined([header, ...packets]);
  new DataView(page.buffer).setUint32(22, checksum(page), true);
  return page;
}

/** The CRC of Ogg: polynomial 0x04c11db7, neither reflected nor inverted. */
function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  }
  return sum >>> 0;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
