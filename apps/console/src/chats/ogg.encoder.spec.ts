import { oggOf, samplesOf } from './ogg.encoder.js';
import { opusInWebm } from './webm.codec.js';

const HEAD = [...Buffer.from('OpusHead'), 1, 1, 0x38, 0x01, 0x80, 0xbb, 0, 0, 0, 0, 0];
/** A silent 20 ms frame (CELT, full band). */
const SILENCE = [0xfc, 0xff, 0xfe];

/** In the form that Chromium's `MediaRecorder` writes: segment and cluster of unknown size. */
function webm(packets: readonly number[][], head = HEAD): Uint8Array {
  const element = (id: number[], body: number[]): number[] => [...id, 0x40 | (body.length >> 8), body.length & 0xff, ...body];
  const unknown = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
  const track = element([0xae], [...element([0xd7], [1]), ...element([0x63, 0xa2], head)]);
  return new Uint8Array([
    ...element([0x1a, 0x45, 0xdf, 0xa3], [...element([0x42, 0x82], [...Buffer.from('webm')])]),
    ...[0x18, 0x53, 0x80, 0x67],
    ...unknown,
    ...element([0x16, 0x54, 0xae, 0x6b], track),
    ...[0x1f, 0x43, 0xb6, 0x75],
    ...unknown,
    ...element([0xe7], [0]),
    ...packets.flatMap(packet => element([0xa3], [0x81, 0, 0, 0x80, ...packet]))
  ]);
}

describe('a recorded voice message', () => {
  it('is extracted from WebM', () => {
    const sound = opusInWebm(webm([SILENCE, SILENCE]));
    expect(sound?.head).toEqual(new Uint8Array(HEAD));
    expect(sound?.packets).toEqual([new Uint8Array(SILENCE), new Uint8Array(SILENCE)]);
  });

  it('is null for another file, or one that is cut off', () => {
    expect(opusInWebm(new Uint8Array(Buffer.from('not a recording at all')))).toBeNull();
    expect(opusInWebm(webm([]))).toBeNull();
    expect(opusInWebm(webm([SILENCE, SILENCE]).subarray(0, -2))?.packets).toHaveLength(1);
  });

  it.each([
    ['20 ms', [0xfc], 960],
    ['two frames of 20 ms', [0xfd], 1_920],
    ['three frames of 2.5 ms', [0x83, 3], 360],
    ['60 ms', [0x18], 2_880]
  ])('has the right packet duration: %s', (_, packet, samples) => {
    expect(samplesOf(new Uint8Array(packet))).toBe(samples);
  });

  it('is written to Ogg in pages of at most 255 segments', () => {
    const ogg = Buffer.from(oggOf({ head: new Uint8Array(HEAD), packets: Array.from({ length: 300 }, () => new Uint8Array(SILENCE)) }));
    const starts = [...ogg.toString('latin1').matchAll(/OggS/g)].map(({ index }) => index);
    expect(starts).toHaveLength(4);
    expect(starts.map(at => ogg[at + 5])).toEqual([2, 0, 0, 4]);
    expect(starts.map(at => Number(ogg.readBigUInt64LE(at + 6)))).toEqual([0, 0, 255 * 960, 300 * 960]);
    expect(starts.map(at => ogg[at + 26])).toEqual([1, 1, 255, 45]);
  });

  it('has the checksums that players verify', () => {
    // ffmpeg with `-err_detect crccheck` accepts this file: 2.0 s of Opus.
    const ogg = Buffer.from(oggOf({ head: new Uint8Array(HEAD), packets: Array.from({ length: 100 }, () => new Uint8Array(SILENCE)) }));
    expect(ogg.readUInt32LE(22)).toBe(1_578_814_816);
  });
});
