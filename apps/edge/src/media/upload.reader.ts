import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream';
import Busboy from '@fastify/busboy';
import { WabusError } from '@wabus/contracts';
import { plainFileName } from './file-name.policy.js';

/** A file as a client sends it. */
export interface UploadedFile {
  readonly content: AsyncIterable<Uint8Array>;
  readonly fileName: string | null;
  /** What the client says it is. */
  readonly mimetype: string | undefined;
}

type BusboyHeaders = ConstructorParameters<typeof Busboy.default>[0]['headers'];

/**
 * Hands the file in a request to `take` while it comes: the first file of a form (`multipart/form-data`), or the body itself. Settles as `take` does, and only when the
 * request came to its end. Throws `INVALID_REQUEST` when it did not, or has no file.
 */
export function readUpload<T>(
  request: IncomingMessage,
  fileName: string | undefined,
  take: (file: UploadedFile) => Promise<T>
): Promise<T> {
  const type = request.headers['content-type'] ?? '';
  if (/^multipart\/form-data/i.test(type)) return readForm(request, take);
  // The parser of JSON bodies comes first.
  if (request.readableEnded)
    throw new WabusError('INVALID_REQUEST', {
      message: 'A JSON file is sent as multipart/form-data, since a JSON body would be arguments.'
    });
  return take({ content: untilTruncated(request), fileName: plainFileName(fileName), mimetype: type });
}

async function readForm<T>(request: IncomingMessage, take: (file: UploadedFile) => Promise<T>): Promise<T> {
  const form = openForm(request);
  let taken: Promise<T> | null = null;
  form.on('file', (...[, content, fileName, , mimetype]) => {
    if (taken !== null) return void content.resume();
    taken = take({ content: untilTruncated(content), fileName: plainFileName(fileName), mimetype });
    // Whether it failed is asked below; what is left of the form must be read, or it would never end.
    taken.catch(() => content.resume());
  });
  await new Promise<void>((resolve, reject) => {
    // The form ends in error when the client goes, and so does the file in it.
    form.on('finish', resolve).on('error', reject);
    request.on('aborted', () => form.destroy(new Error('the client went away')));
    pipeline(request, form, error => (error ? reject(error) : undefined));
  }).catch(async (cause: unknown) => {
    // What went wrong with the file itself says more.
    await taken;
    throw truncated(cause);
  });
  if (taken === null) throw new WabusError('INVALID_REQUEST', { message: 'The form holds no file.' });
  return taken;
}

function openForm(request: IncomingMessage): InstanceType<typeof Busboy.default> {
  try {
    return new Busboy.default({ headers: request.headers as BusboyHeaders, limits: { files: 1, fields: 16, fieldSize: 4_096, parts: 17 } });
  } catch (cause) {
    throw new WabusError('INVALID_REQUEST', { message: 'The form cannot be read: its boundary is missing.', cause });
  }
}

/** The same, with an end before its time as our error. */
async function* untilTruncated(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (cause) {
    throw truncated(cause);
  }
}

function truncated(cause: unknown): WabusError {
  return new WabusError('INVALID_REQUEST', { message: 'The upload ended before its time: nothing of it was kept.', cause });
}
