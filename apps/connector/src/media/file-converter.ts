import { createWriteStream } from 'node:fs';
import { mkdtemp, open, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { Semaphore } from '@wabus/broker';
import { WabusError } from '@wabus/contracts';
import {
  CONVERSIONS,
  conversionArguments,
  INPUT,
  isMoving,
  OUTPUT,
  WAVE_RATE,
  waveOf,
  type ConversionInput,
  type ConversionKind
} from './conversion.policy.js';
import { runBounded, type FoundFfmpeg, type NoFfmpeg } from './bounded-ffmpeg.js';

/** Each conversion takes a processor and memory. */
const AT_ONCE = 2;
const LIMIT_MS = 60_000;
/** Ten minutes of sound at the sample rate of the waveform, and a little more. */
const MAX_SOUND_BYTES = 601 * WAVE_RATE * 2;
const HEAD_BYTES = 64;

/** A file in the format that phones expect. */
export interface ConvertedFile {
  readonly content: Buffer;
  readonly mimetype: string;
  /** The facts about the file that the message contains. */
  readonly facts: { readonly seconds?: number; readonly waveform?: readonly number[]; readonly isAnimated?: boolean };
}

/** A file before its conversion. */
export interface ConvertibleFile {
  readonly field: string;
  readonly mimetype: string | null;
  readonly bytes: number;
  readonly content: Readable | Buffer;
}

/** Converts files into formats that phones play, with ffmpeg in a separate folder. No content of a request becomes a path or an argument. */
@Injectable()
export class FileConverter {
  private readonly runs = new Semaphore(AT_ONCE);

  constructor(private readonly ffmpeg: Promise<FoundFfmpeg | NoFfmpeg>) {}

  /**
   * Throws `CONVERSION_UNAVAILABLE` without a suitable ffmpeg, `PAYLOAD_TOO_LARGE`, and `INVALID_ARGUMENTS` with ffmpeg's error if the file cannot be
   * converted.
   * It reads `content` itself, so the caller must not.
   */
  async convert(kind: ConversionKind, file: ConvertibleFile): Promise<ConvertedFile> {
    const ffmpeg = await this.ffmpeg;
    if ('missing' in ffmpeg) throw unavailable(file.field, ffmpeg.missing);
    if (!ffmpeg.kinds.has(kind)) throw unavailable(file.field, `this ffmpeg lacks one of ${CONVERSIONS[kind].encoders.join(', ')}`);
    const { maxInputBytes: maxBytes } = CONVERSIONS[kind];
    if (file.bytes > maxBytes)
      throw new WabusError('PAYLOAD_TOO_LARGE', {
        message: `${file.field} is too large to convert: at most ${maxBytes} bytes are permitted.`,
        details: { field: file.field, maxBytes }
      });
    return this.runs.run(() => inFolder(folder => convertIn(folder, { kind, file, ffmpeg })));
  }
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'wabus-convert-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Conversion {
  readonly kind: ConversionKind;
  readonly file: ConvertibleFile;
  readonly ffmpeg: FoundFfmpeg;
}

async function convertIn(folder: string, { kind, file, ffmpeg }: Conversion): Promise<ConvertedFile> {
  const source = Buffer.isBuffer(file.content) ? Readable.from([file.content]) : file.content;
  await pipeline(source, createWriteStream(join(folder, INPUT), { mode: 0o600 }));
  const input: ConversionInput = { mimetype: file.mimetype, head: await headOf(join(folder, INPUT)) };
  const { maxOutputBytes, mimetype } = CONVERSIONS[kind];
  let complaint = `the result is larger than ${maxOutputBytes} bytes`;
  for (const args of conversionArguments(kind, input)) {
    // Slightly more than allowed, to distinguish truncated output from output that fits.
    const bounds = { folder, limitMs: LIMIT_MS, maxStdoutBytes: MAX_SOUND_BYTES, maxFileBytes: Math.max(file.bytes, 4 * maxOutputBytes) };
    const done = await runBounded(ffmpeg, args, bounds);
    if (done.code !== 0) throw refused(file.field, done.complaint);
    const { size } = await stat(join(folder, OUTPUT));
    if (size === 0) throw refused(file.field, 'the result is empty');
    if (size <= maxOutputBytes)
      return { content: await readFile(join(folder, OUTPUT)), mimetype, facts: factsOf(kind, input, done.stdout) };
    complaint = `the result has ${size} bytes; at most ${maxOutputBytes} are permitted`;
  }
  throw refused(file.field, complaint);
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function factsOf(kind: ConversionKind, input: ConversionInput, sound: Buffer): ConvertedFile['facts'] {
  switch (kind) {
    case 'audio': {
      const samples = new Int16Array(Math.floor(sound.length / 2)).map((_, i) => sound.readInt16LE(2 * i));
      return { seconds: Math.max(1, Math.round(samples.length / WAVE_RATE)), waveform: waveOf(samples) };
    }
    case 'video':
      return {};
    case 'sticker':
      return { isAnimated: isMoving(input) };
  }
}

function unavailable(field: string, why: string): WabusError {
  return new WabusError('CONVERSION_UNAVAILABLE', {
    message: `This connector cannot convert ${field}: ${why}. Install ffmpeg on its machine, use a container image whose tag ends in -media, or send the file in a format that phones can play.`,
    details: { field }
  });
}

function refused(field: string, complaint: string): WabusError {
  const problem = `${field} cannot be converted: ${complaint}`;
  return new WabusError('INVALID_ARGUMENTS', { message: `Argument ${problem}.`, details: { fields: { [field]: [problem] } } });
}
