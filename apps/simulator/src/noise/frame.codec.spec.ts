import { encodeFrame, FrameReader } from './frame.codec.js';

const PROLOGUE = Buffer.from([0x57, 0x41, 6, 3]);

describe('FrameReader', () => {
  it('finds the frames of a stream regardless of its chunks', () => {
    const stream = Buffer.concat([
      PROLOGUE,
      encodeFrame(Buffer.from('first')),
      encodeFrame(Buffer.alloc(0)),
      encodeFrame(Buffer.from('third'))
    ]);
    for (let size = 1; size <= stream.length; size++) {
      const reader = new FrameReader();
      const frames: string[] = [];
      for (let at = 0; at < stream.length; at += size) frames.push(...reader.feed(stream.subarray(at, at + size)).map(String));
      expect(frames).toEqual(['first', '', 'third']);
      expect(reader.prologue).toEqual(PROLOGUE);
    }
  });

  it('accepts an edge-routing preamble before the prologue', () => {
    const preamble = Buffer.concat([Buffer.from('ED'), Buffer.from([0, 1, 0, 0, 3]), Buffer.from([7, 8, 9])]);
    const reader = new FrameReader();
    expect(reader.feed(preamble.subarray(0, 5))).toEqual([]);
    expect(reader.feed(Buffer.concat([preamble.subarray(5), PROLOGUE, encodeFrame(Buffer.from('x'))])).map(String)).toEqual(['x']);
    expect(reader.routingInfo).toEqual(Buffer.from([7, 8, 9]));
  });

  it('refuses a stream with another beginning', () => {
    expect(() => new FrameReader().feed(Buffer.from('GET / HTTP/1.1'))).toThrow(/WA header/);
  });

  it('refuses a frame beyond its limit before it is complete', () => {
    expect(() => new FrameReader(10).feed(Buffer.concat([PROLOGUE, Buffer.from([0, 0, 11])]))).toThrow(RangeError);
  });
});
