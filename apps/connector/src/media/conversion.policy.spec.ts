import { conversionArguments, isMoving, isOpus, waveOf } from './conversion.policy.js';

const opus = Buffer.concat([Buffer.from('OggS'), Buffer.alloc(24), Buffer.from('OpusHead')]);

test.each([
  [Buffer.from('RIFF'), false],
  [opus, true],
  [Buffer.from('OggS and vorbis'), false]
])('a file that begins with %j is Opus: %s', (head, is) => expect(isOpus({ mimetype: null, head })).toBe(is));

test('Opus is not encoded again', () => {
  const codec = (head: Uint8Array): string => {
    const args = conversionArguments('audio', { mimetype: null, head })[0]!;
    return args[args.indexOf('-c:a') + 1]!;
  };
  expect([codec(opus), codec(new Uint8Array())]).toEqual(['copy', 'libopus']);
});

test('every conversion opens one file with one protocol', () => {
  for (const kind of ['audio', 'video', 'sticker'] as const) {
    for (const args of conversionArguments(kind, { mimetype: 'image/gif', head: new Uint8Array() })) {
      const input = args.indexOf('-i');
      expect([args[input + 1], args.filter(one => one === '-i').length]).toEqual(['in', 1]);
      expect(args.slice(0, input)).toEqual(expect.arrayContaining(['-nostdin', '-protocol_whitelist', 'file', '-format_whitelist']));
      expect(args.join(' ')).not.toMatch(/hls|concat|https?:|tcp/);
    }
  }
});

test.each([
  ['image/gif', true],
  ['video/mp4', true],
  ['image/png', false],
  [null, false]
])('a sticker of %s is animated: %s', (mimetype, moves) => expect(isMoving({ mimetype, head: new Uint8Array() })).toBe(moves));

test('the waveform has 64 heights up to 100', () => {
  const rising = waveOf(Int16Array.from({ length: 6_400 }, (_, i) => (i % 2 === 0 ? i : -i)));
  expect([rising.length, rising.at(-1), Math.min(...rising) >= 0]).toEqual([64, 100, true]);
  expect(rising).toEqual([...rising].sort((a, b) => a - b));
  expect(waveOf(new Int16Array(640))).toEqual(Array.from({ length: 64 }, () => 0));
  expect(waveOf(new Int16Array())).toHaveLength(64);
  expect(waveOf(Int16Array.of(5, -5))).toHaveLength(64);
});
