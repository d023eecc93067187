/** The object store for parts that are too large or too deeply nested for the event log. It keeps them as long as the log keeps events. */
export const EVENT_PARTS_BUCKET = 'WABUS_EVENT_PARTS';

/** `media_part-` and a hash of the session and the content: a session stores the same content only once. */
const EVENT_PART_PATTERN = /^media_part-[A-Za-z0-9_-]{43}$/;

/**
 * The form of the stored content: `text` is UTF-8, `bytes` is the original binary data, and `json` is the JSON text of a list or an object in the form of every
 * payload.
 */
export type LargePartForm = 'text' | 'bytes' | 'json';

/** The reference that replaces a part of a payload which is too large or too deeply nested for the log. */
export interface LargePart {
  /**
   * The reference of the content, for `GET /api/sessions/:session/media/:media`. Missing if the store was full: this part is lost, but not the rest of the
   * event.
   */
  media?: string;
  form: LargePartForm;
  /** The size of the content in bytes. */
  bytes: number;
  /** The SHA-256 of the content, in hex. */
  sha256: string;
  /** The beginning of the text. Only for the form `text`. */
  preview?: string;
}

/** An object whose only field is `$large`. No payload of WhatsApp has a field with this name. */
export interface LargePartJson {
  $large: LargePart;
}

/** Whether a value in a payload is a reference to a part that is stored outside of the log. */
export function isLargePart(value: unknown): value is LargePartJson {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, '$large')) return false;
  const { $large } = value as Partial<LargePartJson>;
  return typeof $large === 'object' && $large !== null && typeof $large.form === 'string' && typeof $large.bytes === 'number';
}

/** Whether a reference names a part of an event rather than a file. */
export const isEventPart = (media: string): boolean => EVENT_PART_PATTERN.test(media);
