import type { IncomingMessage } from 'node:http';
import { PassThrough, type Writable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { WabusError, plainFileName, type MediaReference, type SessionId } from '@wabus/contracts';
import openBusboy from 'busboy';
import type { Principal } from '../auth/principal.js';
import { MediaSettings, TransferLimiter } from './media.settings.js';
import { MediaStore } from './media.store.js';
import { PaceWatch, type Pace, type PaceBreach } from './pace.watch.js';

/** A file as sent by a client. */
export interface UploadedFile {
  readonly content: AsyncIterable<Uint8Array>;
  readonly fileName: string | null;
  /** The type that the client claims. */
  readonly mimetype: string | undefined;
}

export interface UploadLimits {
  /** The size limit of the file. Other parts of a form have a small limit of their own. */
  readonly maxFileBytes: number;
  readonly pace: Pace;
}

type Take<T> = (file: UploadedFile) => Promise<T>;

const MAX_FIELDS = 16;
/** Parts that are neither a file nor a field count as well. */
const MAX_PARTS = 32;
const MAX_BYTES_BESIDES = 256 * 1024;
/** A client that is refused early may finish sending within this time, so that it can read the reason. */
const LINGER_MS = 30_000;

/**
 * Passes the file in a request to `take` while it arrives: the first file of a form (`multipart/form-data`), or the body itself. Resolves
 * with the result of `take`, but only once the request is complete. Always settles, whatever the client does. Throws `INVALID_REQUEST` if
 * the request is incomplete, arrives too slowly or contains no file.
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
  // The parser of JSON bodies runs first.
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
    // If the form ends early, the file fails as well, even when nobody reads it any more.
    content.on('error', () => undefined);
    taken = take({ content: asSent(content), fileName: plainFileName(filename), mimetype: mimeType });
    // Errors are awaited below. Until then, a failure stops the reading of the form.
    taken.catch((error: unknown) => form.destroy(error as Error));
  });
  const tooMuch = (): unknown => form.destroy(invalid(`The form has more than ${MAX_FIELDS} fields.`));
  form.on('fieldsLimit', tooMuch).on('partsLimit', tooMuch);
  const fed = feed(request, form, limits);
  await fed.catch(async (cause: unknown) => {
    // The error of the file itself is more specific.
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

/** Pipes a request into `sink`. Resolves when the sink has accepted everything, and rejects if it fails. Afterward, nothing more is read from the request. */
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
      // The consumer of the file has stopped reading.
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

/** The error of the file itself is more specific than that of the request. */
async function both<T>(fed: Promise<void>, taken: Promise<T>): Promise<T> {
  fed.catch(() => undefined);
  const result = await taken;
  await fed;
  return result;
}

/** The response precedes the end of the request. If the connection closed now, a client that is still sending would not read it. */
function linger(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  request.resume();
  const timer = setTimeout(() => request.destroy(), LINGER_MS);
  request.once('close', () => clearTimeout(timer));
}

/** Yields the source. A premature end becomes a Wabus error. */
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

/** Accepts files that clients upload. */
@Injectable()
export class Uploads {
  constructor(
    private readonly store: MediaStore,
    private readonly settings: MediaSettings,
    private readonly transfers: TransferLimiter
  ) {}

  /**
   * Passes the content of a request to `use`, under the limits of uploads except for the size. Throws the errors of `readUpload`
   * and `use`, and `LIMIT_REACHED`.
   */
  through<T>(
    principal: Principal,
    { request, maxFileBytes }: { request: IncomingMessage; maxFileBytes: number },
    use: (content: AsyncIterable<Uint8Array>) => Promise<T>
  ): Promise<T> {
    const limits = { ...this.settings, maxFileBytes };
    return this.transfers.pass(principal, () => readUpload(request, { fileName: undefined, limits }, ({ content }) => use(content)));
  }

  /** Stores the file in a request. Throws the errors of `readUpload` and `MediaStore.put`, and `LIMIT_REACHED`. */
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
