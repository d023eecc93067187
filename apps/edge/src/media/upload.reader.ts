import type { IncomingMessage } from 'node:http';
import { PassThrough, type Writable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { WabusError, plainFileName, type MediaReference, type SessionId } from '@wabus/contracts';
import openBusboy from 'busboy';
import type { Principal } from '../auth/principal.js';
import { MediaSettings, TransferLimiter } from './media.settings.js';
import { MediaStore } from './media.store.js';
import { PaceWatch, type Pace, type PaceBreach } from './pace.watch.js';

/** A file as a client sends it. */
export interface UploadedFile {
  readonly content: AsyncIterable<Uint8Array>;
  readonly fileName: string | null;
  /** What the client says it is. */
  readonly mimetype: string | undefined;
}

export interface UploadLimits {
  /** Of the file. What a form has besides is little. */
  readonly maxFileBytes: number;
  readonly pace: Pace;
}

type Take<T> = (file: UploadedFile) => Promise<T>;

const MAX_FIELDS = 16;
/** Parts that are neither a file nor a field count as well. */
const MAX_PARTS = 32;
const MAX_BYTES_BESIDES = 256 * 1024;
/** Who is refused before all was sent can finish sending in this time, and so read why. */
const LINGER_MS = 30_000;

/**
 * Hands the file in a request to `take` while it comes: the first file of a form (`multipart/form-data`), or the body itself. Settles as `take` does, and only when the
 * request came to its end. Settles whatever the client does or leaves undone. Throws `INVALID_REQUEST` when the request did not come to its end, came too slowly, or has no file.
 */
export async function readUpload<T>(
  request: IncomingMessage,
  { fileName, limits }: { fileName: string | undefined; limits: UploadLimits },
  take: Take<T>
): Promise<T> {
  try {
    return await (isForm(request) ? readForm(request, limits, take) : readBody(request, { fileName, limits }, take));
  } catch (thrown) {
    linger(request);
    throw thrown;
  }
}

const isForm = ({ headers }: IncomingMessage): boolean => /^multipart\/form-data/i.test(headers['content-type'] ?? '');

async function readBody<T>(
  request: IncomingMessage,
  { fileName, limits }: { fileName: string | undefined; limits: UploadLimits },
  take: Take<T>
): Promise<T> {
  // The parser of JSON bodies comes first.
  if (request.readableEnded)
    throw new WabusError('INVALID_REQUEST', {
      message: 'Send a JSON file as multipart/form-data: a JSON body is read as arguments.'
    });
  const content = new PassThrough();
  const fed = feed(request, content, limits);
  const mimetype = request.headers['content-type'] ?? '';
  const taken = take({ content: asSent(content), fileName: plainFileName(fileName), mimetype });
  return both(fed, taken);
}

async function readForm<T>(request: IncomingMessage, limits: UploadLimits, take: Take<T>): Promise<T> {
  const form = openForm(request);
  let taken: Promise<T> | null = null;
  form.on('file', (_field, content, { filename, mimeType }) => {
    // A file whose form ends early fails with the form, also when nobody reads it any more.
    content.on('error', () => undefined);
    taken = take({ content: asSent(content), fileName: plainFileName(filename), mimetype: mimeType });
    // Whether it failed is asked below; until then the form need not be read on.
    taken.catch((error: unknown) => form.destroy(error as Error));
  });
  const tooMuch = (): unknown => form.destroy(invalid(`The form has more than ${MAX_FIELDS} fields.`));
  form.on('fieldsLimit', tooMuch).on('partsLimit', tooMuch);
  const fed = feed(request, form, limits);
  await fed.catch(async (cause: unknown) => {
    // What went wrong with the file itself says more.
    await taken;
    throw cause;
  });
  return taken ?? Promise.reject(invalid('The form contains no file.'));
}

function openForm({ headers }: IncomingMessage): openBusboy.Busboy {
  try {
    const limits = { files: 1, fields: MAX_FIELDS, fieldSize: 4_096, parts: MAX_PARTS };
    return openBusboy({ headers, limits, defParamCharset: 'utf8' });
  } catch (cause) {
    throw invalid('The form cannot be read: its boundary is missing.', cause);
  }
}

/** Pipes a request into `sink`. Settles when that has taken all of it, or with why it will not. Nothing is read of the request afterwards. */
async function feed(request: IncomingMessage, sink: Writable, { maxFileBytes, pace }: UploadLimits): Promise<void> {
  const most = maxFileBytes + MAX_BYTES_BESIDES;
  let bytes = 0;
  let watch: PaceWatch | null = null;
  const ended = new AbortController();
  try {
    await new Promise<void>((resolve, reject) => {
      const fail = (error: Error): void => {
        reject(error);
        sink.destroy(error);
      };
      const cutOff = (): void => (request.complete ? undefined : fail(truncated()));
      if (request.destroyed) cutOff();
      listen(request, 'error', cutOff, ended.signal);
      listen(request, 'close', cutOff, ended.signal);
      sink.on('error', (cause: unknown) => fail(cause instanceof WabusError ? cause : truncated(cause)));
      sink.once('finish', resolve);
      // Whoever took the file wants no more of it.
      sink.once('close', () => (sink.writableFinished ? resolve() : reject(truncated())));
      watch = new PaceWatch(pace, breach => fail(unpunctual(breach, pace)));
      request.pipe(sink);
      const count = (chunk: Uint8Array): void => {
        watch?.passed(chunk.length);
        if (sink.writableNeedDrain) watch?.pause();
        if ((bytes += chunk.length) > most) fail(tooLarge(maxFileBytes));
      };
      listen(request, 'data', count as () => void, ended.signal);
      listen(sink, 'drain', () => watch?.resume(), ended.signal);
    });
  } finally {
    ended.abort();
    (watch as PaceWatch | null)?.stop();
    request.unpipe(sink);
  }
}

function listen(emitter: NodeJS.EventEmitter, event: string, listener: () => void, until: AbortSignal): void {
  emitter.on(event, listener);
  until.addEventListener('abort', () => emitter.off(event, listener), { once: true });
}

/** What went wrong with the file itself says more than what went wrong with the request. */
async function both<T>(fed: Promise<void>, taken: Promise<T>): Promise<T> {
  fed.catch(() => undefined);
  const result = await taken;
  await fed;
  return result;
}

/** The answer comes before the end of the request, and a client that still sends would not read it if its connection were closed. */
function linger(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  request.resume();
  const timer = setTimeout(() => request.destroy(), LINGER_MS);
  request.once('close', () => clearTimeout(timer));
}

/** The same, with an end before its time as our error. */
async function* asSent(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (cause) {
    throw cause instanceof WabusError ? cause : truncated(cause);
  }
}

function truncated(cause?: unknown): WabusError {
  return invalid('The upload ended before it was complete and was discarded.', cause);
}

function unpunctual(breach: PaceBreach, { bytesPerSecond, limitMs }: Pace): WabusError {
  const [message, details] =
    breach === 'too slow'
      ? [`The upload was slower than ${bytesPerSecond} bytes per second and was discarded.`, { bytesPerSecond }]
      : [`The upload took longer than ${limitMs} ms and was discarded.`, { limitMs }];
  return new WabusError('INVALID_REQUEST', { message, details });
}

function tooLarge(maxBytes: number): WabusError {
  return new WabusError('PAYLOAD_TOO_LARGE', { message: `The file is larger than the limit of ${maxBytes} bytes.`, details: { maxBytes } });
}

function invalid(message: string, cause?: unknown): WabusError {
  return new WabusError('INVALID_REQUEST', { message, cause });
}

/** Takes the files that clients upload. */
@Injectable()
export class Uploads {
  constructor(
    private readonly store: MediaStore,
    private readonly settings: MediaSettings,
    private readonly transfers: TransferLimiter
  ) {}

  /** Hands what a request brings to `use`, under the limits of uploads but for its size. Throws as `readUpload` and `use` do, and `LIMIT_REACHED`. */
  through<T>(
    principal: Principal,
    { request, maxFileBytes }: { request: IncomingMessage; maxFileBytes: number },
    use: (content: AsyncIterable<Uint8Array>) => Promise<T>
  ): Promise<T> {
    const limits = { ...this.settings, maxFileBytes };
    return this.transfers.pass(principal, () => readUpload(request, { fileName: undefined, limits }, ({ content }) => use(content)));
  }

  /** Stores the file in a request. Throws as `readUpload` and `MediaStore.put` do, and `LIMIT_REACHED`. */
  take(
    principal: Principal,
    session: SessionId,
    upload: { request: IncomingMessage; fileName: string | undefined }
  ): Promise<MediaReference> {
    const { request, fileName } = upload;
    return this.transfers.pass(principal, () =>
      readUpload(request, { fileName, limits: this.settings }, file => this.store.put(session, file))
    );
  }
}
