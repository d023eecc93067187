/** The targets of a conversion: a voice note, a video that phones play, a sticker. */
export type ConversionKind = 'audio' | 'video' | 'sticker';

export interface ConversionTerms {
  /** Maximum size of the source file. */
  readonly maxInputBytes: number;
  readonly maxOutputBytes: number;
  readonly mimetype: string;
  /** Required encoders that a build of ffmpeg may lack. */
  readonly encoders: readonly string[];
}

const MEBIBYTE = 1024 * 1024;

export const CONVERSIONS: Readonly<Record<ConversionKind, ConversionTerms>> = {
  audio: { maxInputBytes: 16 * MEBIBYTE, maxOutputBytes: 8 * MEBIBYTE, mimetype: 'audio/ogg; codecs=opus', encoders: ['libopus'] },
  video: { maxInputBytes: 64 * MEBIBYTE, maxOutputBytes: 16 * MEBIBYTE, mimetype: 'video/mp4', encoders: ['libx264', 'aac'] },
  sticker: { maxInputBytes: 16 * MEBIBYTE, maxOutputBytes: 500 * 1024, mimetype: 'image/webp', encoders: ['libwebp'] }
};

/** Sample rate of the sound from which the waveform is drawn, in Hz. */
export const WAVE_RATE = 8_000;
/** The file names of a conversion in its own folder. */
export const INPUT = 'in';
export const OUTPUT = 'out';

const MAX_SOUND_SECONDS = 600;
const MAX_STICKER_SECONDS = 6;
/**
 * Demuxers that read a single file. Playlists (`hls`, `dash`, `concat`) are excluded: they reference further files, which an attacker could choose.
 * Scripts and devices are excluded too (WAHA 2104 was a vulnerability of that kind).
 */
const FORMATS = [
  ...[
    'mov',
    'matroska',
    'ogg',
    'mp3',
    'wav',
    'flac',
    'aac',
    'amr',
    'aiff',
    'caf',
    'asf',
    'avi',
    'mpegts',
    'mpeg',
    'flv',
    'w64',
    'au',
    'ac3'
  ],
  ...['gif', 'webp_pipe', 'png_pipe', 'jpeg_pipe', 'bmp_pipe', 'apng']
];

/** Arguments before every conversion: no prompts, no access to any other file, and no metadata in the output. */
const BEFORE = [
  '-hide_banner',
  '-nostdin',
  '-loglevel',
  'error',
  '-threads',
  '2',
  '-protocol_whitelist',
  'file',
  '-format_whitelist',
  FORMATS.join(',')
];
const AFTER = ['-map_metadata', '-1', '-map_chapters', '-1', '-sn', '-dn', '-threads', '2', '-y'];

export interface ConversionInput {
  readonly mimetype: string | null;
  /** The first bytes. */
  readonly head: Uint8Array;
}

/** Returns whether a sound already has the format that phones record: Ogg with Opus. */
export function isOpus({ head }: ConversionInput): boolean {
  const text = Buffer.from(head.subarray(0, 64)).toString('latin1');
  return text.startsWith('OggS') && text.includes('OpusHead');
}

/** Returns whether a sticker of this file is animated. */
export const isMoving = ({ mimetype }: ConversionInput): boolean => mimetype === 'image/gif' || (mimetype?.startsWith('video/') ?? false);

/** Returns argument lists for ffmpeg, to be tried in order until the result is small enough. */
export function conversionArguments(kind: ConversionKind, input: ConversionInput): string[][] {
  switch (kind) {
    case 'audio':
      return [voiceArguments(input)];
    case 'video':
      return [VIDEO];
    case 'sticker':
      return [70, 40, 15].map(quality => stickerArguments(quality, isMoving(input)));
  }
}

/** The sound also goes to standard output, as raw samples, to determine its length and waveform. */
function voiceArguments(input: ConversionInput): string[] {
  const codec = isOpus(input) ? ['-c:a', 'copy'] : ['-ac', '1', '-ar', '48000', '-c:a', 'libopus', '-b:a', '32k', '-application', 'voip'];
  const limit = ['-t', String(MAX_SOUND_SECONDS)];
  return [
    ...[...BEFORE, '-i', INPUT],
    ...['-map', '0:a:0', '-vn', ...limit, ...codec, ...AFTER, '-f', 'ogg', OUTPUT],
    ...['-map', '0:a:0', '-vn', ...limit, '-ac', '1', '-ar', String(WAVE_RATE), '-f', 's16le', 'pipe:1']
  ];
}

const FIT_VIDEO = "scale=w='min(1280,iw)':h='min(1280,ih)':force_original_aspect_ratio=decrease:force_divisible_by=2";
const VIDEO: string[] = [
  ...[...BEFORE, '-i', INPUT, '-map', '0:v:0', '-map', '0:a:0?', '-vf', FIT_VIDEO],
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '27', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-b:a', '96k', '-ac', '2'],
  ...[...AFTER, '-movflags', '+faststart', '-f', 'mp4', OUTPUT]
];

const FIT_STICKER = 'scale=512:512:force_original_aspect_ratio=decrease,format=yuva420p,pad=512:512:(ow-iw)/2:(oh-ih)/2:color=black@0';

function stickerArguments(quality: number, moving: boolean): string[] {
  const frames = moving ? ['-t', String(MAX_STICKER_SECONDS), '-loop', '0'] : ['-frames:v', '1'];
  const filter = moving ? `fps=12,${FIT_STICKER}` : FIT_STICKER;
  return [
    ...[...BEFORE, '-i', INPUT, '-map', '0:v:0', '-an', ...frames, '-vf', filter],
    ...['-c:v', 'libwebp', '-quality', String(quality), ...AFTER, '-f', 'webp', OUTPUT]
  ];
}

const BARS = 64;

/** Returns the heights (0 to 100) of the waveform that phones draw for a voice note, from samples between -32768 and 32767. */
export function waveOf(samples: Int16Array): number[] {
  if (samples.length === 0) return Array.from({ length: BARS }, () => 0);
  const means = Array.from({ length: BARS }, (_, bar) => {
    const first = Math.floor((bar * samples.length) / BARS);
    const end = Math.max(first + 1, Math.floor(((bar + 1) * samples.length) / BARS));
    let sum = 0;
    for (let i = first; i < end; i++) sum += Math.abs(samples[i] ?? 0);
    return sum / (end - first);
  });
  const loudest = Math.max(...means);
  return means.map(mean => (loudest === 0 ? 0 : Math.round((100 * mean) / loudest)));
}
