/** The object store of parts that are too large or too deep for the event log. It keeps them as long as the log keeps events. */
export const EVENT_PARTS_BUCKET = 'WABUS_EVENT_PARTS';

/** `media_part-` and the hash of session and content: the same content is stored once per session. */
const EVENT_PART_PATTERN = /^media_part-[A-Za-z0-9_-]{43}$/;

/** What the stored content is: `text` in UTF-8, `bytes` as they were, or `json`, a JSON text of a list or an object in the form of every payload. */
export type LargePartForm = 'text' | 'bytes' | 'json';

/** Replaces a part of a payload that is too large or too deep for the log. */
export interface LargePart {
  /** Names the content in `GET /api/sessions/:session/media/:media`. Missing if the store had no room for it: the part is lost, but not the rest of the event. */
  media?: string;
  form: LargePartForm;
  /** Of the content. */
  bytes: number;
  /** The hash of the content, in hex. */
  sha256: string;
  /** The beginning of a text. */
  preview?: string;
}

/** An object with this one field. No payload of WhatsApp has a field of this name. */
export interface LargePartJson {
  $large: LargePart;
}

/** Whether a value in a payload stands for a part that is stored beside the log. */
export function isLargePart(value: unknown): value is LargePartJson {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, '$large')) return false;
  const { $large } = value as Partial<LargePartJson>;
  return typeof $large === 'object' && $large !== null && typeof $large.form === 'string' && typeof $large.bytes === 'number';
}

/** Whether a reference names a part of an event and not a file. */
export const isEventPart = (media: string): boolean => EVENT_PART_PATTERN.test(media);
