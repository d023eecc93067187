import type { ItemStep } from './item.step.js';

/** Smaller files are sent within the command, so that a repetition with the same key is the same request. */
const INLINE_BYTES = 512 * 1024;
/** The uploads of this process by idempotency key, so that a repeated step refers to the same file. */
const uploads = new Map<string, string>();
const MOST_UPLOADS = 500;

/** A file for a command, with the metadata of its binary field. */
export interface OutgoingFile {
  readonly source: object;
  readonly fileName: string;
  readonly mimetype: string;
}

/** Returns the file of a binary field. Files larger than 512 KiB are uploaded, as a stream if n8n stores them outside its memory. */
export async function binarySource(step: ItemStep): Promise<OutgoingFile> {
  const { context, index } = step;
  const property = step.text('binaryProperty');
  const { id, fileName = '', mimeType } = context.helpers.assertBinaryData(index, property);
  const about = { fileName, mimetype: mimeType };
  const key = step.key();
  const known = key === undefined ? undefined : uploads.get(`${step.sessionPath} ${key}`);
  if (known !== undefined) return { source: { media: known }, ...about };

  const buffer = id === undefined ? await context.helpers.getBinaryDataBuffer(index, property) : null;
  if (buffer !== null && buffer.length <= INLINE_BYTES) return { source: { base64: buffer.toString('base64') }, ...about };
  const data = buffer ?? (await context.helpers.getBinaryStream(id as string));
  // The edge would parse a JSON body as arguments. It detects the media type from the first bytes instead.
  const type = /json/i.test(mimeType) ? 'application/octet-stream' : mimeType;
  const request = { method: 'POST', path: `${step.sessionPath}/media`, query: { fileName }, content: { data, type } } as const;
  const { body } = await step.call<{ media: string } | string>(request);
  const { media } = typeof body === 'string' ? (JSON.parse(body) as { media: string }) : body;
  if (key !== undefined) remember(`${step.sessionPath} ${key}`, media);
  return { source: { media }, ...about };
}

function remember(step: string, media: string): void {
  uploads.set(step, media);
  const [oldest] = uploads.keys();
  if (uploads.size > MOST_UPLOADS && oldest !== undefined) uploads.delete(oldest);
}
