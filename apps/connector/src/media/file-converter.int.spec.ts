import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { WabusError } from '@wabus/contracts';
import { ffmpegChoice } from '@wabus/testing';
import { findFfmpeg, runBounded, type FoundFfmpeg } from './bounded-ffmpeg.js';
import { FileConverter } from './file-converter.js';

const found = await findFfmpeg(ffmpegChoice());
const missing = 'missing' in found;
if (missing) process.stderr.write(`No conversions are tested: ${found.missing}.\n`);
const withFfmpeg = missing ? describe.skip : describe;

/** Creates a PCM sound: a tone at 8 kHz for this many seconds, the second half at a tenth of the volume. */
function wav(seconds: number): Buffer {
  const samples = Int16Array.from({ length: 8_000 * seconds }, (_, i) =>
    Math.round(Math.sin(i / 4) * (i < 4_000 * seconds ? 20_000 : 2_000))
  );
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.byteLength, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([head, Buffer.from(samples.buffer)]);
}

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');
const codeOf = (thrown: unknown): string => (thrown as WabusError).code;
const file = (content: Buffer, mimetype: string) => ({ field: 'content.audio', mimetype, bytes: content.length, content });
const folders = (): string[] => readdirSync(tmpdir()).filter(name => name.startsWith('wabus-convert-'));

test('without ffmpeg, a conversion is refused by its own code', async () => {
  const converter = new FileConverter(findFfmpeg('off'));
  const refusal = await converter.convert('audio', file(wav(1), 'audio/wav')).catch((thrown: unknown) => thrown as WabusError);
  expect(refusal).toMatchObject({ code: 'CONVERSION_UNAVAILABLE', details: { field: 'content.audio' } });
  expect(await findFfmpeg('/nowhere/ffmpeg')).toEqual({ missing: expect.any(String) as unknown });
  expect(await findFfmpeg(process.execPath)).toEqual({ missing: expect.any(String) as unknown });
});

withFfmpeg('with ffmpeg', () => {
  const converter = new FileConverter(Promise.resolve(found));

  it('a sound becomes a voice note with its length and waveform', async () => {
    const { content, mimetype, facts } = await converter.convert('audio', file(wav(3), 'audio/wav'));
    expect([mimetype, content.subarray(0, 4).toString(), content.subarray(0, 64).includes('OpusHead')]).toEqual([
      'audio/ogg; codecs=opus',
      'OggS',
      true
    ]);
    expect(facts.seconds).toBe(3);
    expect(facts.waveform).toHaveLength(64);
    expect(facts.waveform!.slice(0, 30).every(height => height > 80)).toBe(true);
    expect(facts.waveform!.slice(34).every(height => height < 30)).toBe(true);
    const again = await converter.convert('audio', file(content, 'audio/ogg'));
    expect([again.facts.seconds, again.content.length > 0]).toEqual([3, true]);
    expect(folders()).toEqual([]);
  });

  it('a video becomes an MP4 and an animated sticker', async () => {
    const made = ['-f', 'lavfi', '-i', 'testsrc=duration=1:size=321x241:rate=10', '-c:v', 'mpeg4', '-f', 'avi', 'pipe:1'];
    const avi = execFileSync((found as FoundFfmpeg).path, ['-loglevel', 'error', ...made]);
    const video = await converter.convert('video', file(avi, 'video/x-msvideo'));
    expect([video.mimetype, video.content.subarray(4, 8).toString(), video.content.includes('avc1')]).toEqual(['video/mp4', 'ftyp', true]);
    const sticker = await converter.convert('sticker', file(avi, 'video/x-msvideo'));
    expect([sticker.mimetype, sticker.content.subarray(8, 12).toString(), sticker.content.includes('ANIM'), sticker.facts]).toEqual([
      'image/webp',
      'WEBP',
      true,
      { isAnimated: true }
    ]);
  });

  it('a picture becomes a still sticker', async () => {
    const { content, facts } = await converter.convert('sticker', file(PNG, 'image/png'));
    expect([content.subarray(8, 12).toString(), content.includes('ANIM'), facts]).toEqual(['WEBP', false, { isAnimated: false }]);
  });

  it.each<[string, string]>([
    ['a file without sound', 'a letter'],
    ['a playlist with a file of this machine', '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n'],
    ['a playlist with a URL', '#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\nhttp://127.0.0.1:1/a.ts\n#EXT-X-ENDLIST\n'],
    ['a list of files', "ffconcat version 1.0\nfile '/etc/passwd'\n"],
    ['a script', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'],
    ['nothing', '']
  ])('%s is refused and leaves no file', async (_name, text) => {
    const refusal = await converter.convert('audio', file(Buffer.from(text), 'audio/mpeg')).catch(codeOf);
    expect([refusal, folders()]).toEqual(['INVALID_ARGUMENTS', []]);
  });

  it('a picture has no sound, and a large file is not read', async () => {
    expect(await converter.convert('audio', file(PNG, 'image/png')).catch(codeOf)).toBe('INVALID_ARGUMENTS');
    expect(await converter.convert('audio', { ...file(wav(1), 'audio/wav'), bytes: 17 * 1024 * 1024 }).catch(codeOf)).toBe(
      'PAYLOAD_TOO_LARGE'
    );
  });

  it('a run ends at its limits', async () => {
    const endless = ['-f', 'lavfi', '-i', 'anullsrc', '-f', 's16le', 'pipe:1'];
    const bounds = { folder: tmpdir(), limitMs: 60_000, maxStdoutBytes: 1_000_000, maxFileBytes: 0 };
    expect(await runBounded(found as FoundFfmpeg, endless, bounds)).toMatchObject({ code: null, complaint: 'the recording is too long' });
    const slow = await runBounded(found as FoundFfmpeg, ['-re', ...endless], { ...bounds, limitMs: 500 });
    expect(slow).toMatchObject({ code: null, complaint: 'the conversion took too long' });
  });
});
