import { createHash } from 'node:crypto';
import {
  encodeDeepJson,
  isBytesJson,
  isLargePart,
  toJsonValue,
  type LargePartForm,
  type LargePartJson,
  type SessionId
} from '@wabus/contracts';
import { isRedacted } from './redaction.policy.js';

/** Levels of a payload that stay in the event: including the envelope around it, parsers that stop at 64 levels can read it. */
const LEVELS = 56;
const PREVIEW_CHARS = 500;
/** The approximate size of the reference that replaces a part. */
const REFERENCE_BYTES = 256;
const TEXT_BYTES = 4;

/** The content of a part that is removed from an event. */
export interface EventPart {
  /** The reference by which the event names it. */
  readonly media: string;
  readonly content: Uint8Array;
  readonly form: LargePartForm;
}

/** Extracts parts from payloads of one session, and collects them. */
export class EventParts {
  readonly taken: EventPart[] = [];

  constructor(private readonly session: SessionId) {}

  /** Returns the JSON data of a payload without redaction; content nested too deeply is extracted and redacted. */
  shallow(payload: unknown): unknown {
    return toJsonValue(payload, {
      depth: LEVELS,
      // The encoding redacts the fields of the object, but not the object's own name.
      replace: (value, field) =>
        isRedacted(field, '') ? undefined : this.take('json', Buffer.from(encodeDeepJson(value, field, isRedacted) ?? 'null'))
    });
  }

  /** Returns a JSON text of at most `limitBytes`, or as close as the payload allows: its largest parts are replaced with references. */
  small(text: string, limitBytes: number): string {
    if (Buffer.byteLength(text) <= limitBytes) return text;
    const sizes = new Map<object, number>();
    const payload: unknown = JSON.parse(text);
    sizeOf(payload, sizes);
    return JSON.stringify(this.shrunk(payload, limitBytes, sizes));
  }

  /** Returns the value in a smaller form: without one part if that suffices, without the largest fields of an object, otherwise replaced as a whole. */
  private shrunk(value: unknown, limitBytes: number, sizes: Map<object, number>): unknown {
    const size = sizeOf(value, sizes);
    if (size <= limitBytes || isLargePart(value)) return value;
    if (typeof value === 'string') return this.take('text', Buffer.from(value), value);
    if (typeof value !== 'object' || value === null) return value;
    if (isBytesJson(value)) return this.take('bytes', Buffer.from(value.data, 'base64'));
    const fields = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
    const bySize = Object.keys(fields).sort((one, other) => sizeOf(fields[other], sizes) - sizeOf(fields[one], sizes));
    const before = this.taken.length;
    let left = size;
    for (const name of bySize) {
      const own = sizeOf(fields[name], sizes);
      const room = limitBytes - (left - own);
      // A list is replaced as a whole unless a single item makes it too large.
      if (left <= limitBytes || own <= REFERENCE_BYTES || (room < REFERENCE_BYTES && Array.isArray(value))) break;
      fields[name] = this.shrunk(fields[name], Math.max(REFERENCE_BYTES, room), sizes);
      left += sizeOf(fields[name], sizes) - own;
    }
    if (left <= limitBytes) return fields;
    // Replaces the whole value, so nested replacements are discarded.
    this.taken.length = before;
    return this.take('json', Buffer.from(JSON.stringify(value)));
  }

  private take(form: LargePartForm, content: Uint8Array, text?: string): LargePartJson {
    const name = createHash('sha256').update(this.session).update('\0').update(content).digest('base64url');
    const sha256 = createHash('sha256').update(content).digest('hex');
    const media = `media_part-${name}`;
    if (!this.taken.some(part => part.media === media)) this.taken.push({ media, content, form });
    const preview = text === undefined ? {} : { preview: text.slice(0, PREVIEW_CHARS).replace(/[\ud800-\udbff]$/, '') };
    return { $large: { media, form, bytes: content.length, sha256, ...preview } };
  }
}

/** Returns the same body, with the parts that could not be stored marked as lost. */
export function withoutLost(body: string, lost: ReadonlySet<string>): string {
  return JSON.stringify(JSON.parse(body), (_name, value: unknown) => {
    if (!isLargePart(value) || !lost.has(value.$large.media ?? '')) return value;
    const { media: _lost, ...rest } = value.$large;
    return { $large: rest };
  });
}

/** Returns the size of a value as JSON text in bytes, limited to the levels that stay in an event. */
function sizeOf(value: unknown, sizes: Map<object, number>): number {
  if (typeof value === 'string') return Buffer.byteLength(JSON.stringify(value));
  if (typeof value !== 'object' || value === null) return String(value).length;
  const known = sizes.get(value);
  if (known !== undefined) return known;
  let size = 2;
  for (const [name, item] of Object.entries(value)) size += sizeOf(item, sizes) + 1 + (Array.isArray(value) ? 0 : name.length + TEXT_BYTES);
  sizes.set(value, size);
  return size;
}
