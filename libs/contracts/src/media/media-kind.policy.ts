import { WabusError } from '../errors/wabus-error.js';

const MEBIBYTE = 1024 * 1024;

/** What a field takes that holds a file. */
export interface MediaKind {
  /** Appears in errors. */
  readonly name: string;
  /** Media types, or their beginnings up to the slash; `null` for any. */
  readonly types: readonly string[] | null;
  /** WhatsApp's or Baileys' own limit, whatever the limit of uploads is. */
  readonly maxBytes: number;
}

/** The kinds of files. The limits are those of WhatsApp's own applications; pictures are scaled in the memory of a connector. */
export const MEDIA_KINDS = {
  image: { name: 'an image', types: ['image/'], maxBytes: 16 * MEBIBYTE },
  video: { name: 'a video', types: ['video/', 'image/gif'], maxBytes: 2_048 * MEBIBYTE },
  // Containers of sound alone cannot be told from those of videos by their first bytes.
  audio: { name: 'a sound', types: ['audio/', 'video/mp4', 'video/webm', 'application/ogg'], maxBytes: 2_048 * MEBIBYTE },
  sticker: { name: 'a sticker (WebP)', types: ['image/webp'], maxBytes: MEBIBYTE },
  document: { name: 'a document', types: null, maxBytes: 2_048 * MEBIBYTE },
  picture: { name: 'a picture (JPEG, PNG or WebP)', types: ['image/jpeg', 'image/png', 'image/webp'], maxBytes: 10 * MEBIBYTE }
} as const satisfies Record<string, MediaKind>;

/** What the fields take whose file is converted first. A sticker is made of any picture or video. */
export const CONVERTED_KINDS: Readonly<Record<'audio' | 'video' | 'sticker', MediaKind>> = {
  audio: { name: 'a sound, or a video with sound', types: ['audio/', 'video/', 'application/ogg'], maxBytes: 16 * MEBIBYTE },
  video: { name: 'a video', types: ['video/', 'image/gif'], maxBytes: 64 * MEBIBYTE },
  sticker: { name: 'a picture or a video', types: ['image/', 'video/'], maxBytes: 16 * MEBIBYTE }
};

export type MediaKindName = keyof typeof MEDIA_KINDS;

/** Refuses a file that is not of the kind. Throws `INVALID_ARGUMENTS` or `PAYLOAD_TOO_LARGE` and names the field. */
export function checkMediaKind(kind: MediaKind, { field, mimetype, bytes }: { field: string; mimetype: string; bytes: number }): void {
  if (kind.types !== null && !kind.types.some(type => (type.endsWith('/') ? mimetype.startsWith(type) : mimetype === type))) {
    const problem = `${field} must be ${kind.name}, and the file is ${mimetype}`;
    throw new WabusError('INVALID_ARGUMENTS', { message: `Argument ${field}: ${problem}.`, details: { fields: { [field]: [problem] } } });
  }
  if (bytes > kind.maxBytes)
    throw new WabusError('PAYLOAD_TOO_LARGE', {
      message: `${field} must be ${kind.name} of at most ${kind.maxBytes} bytes.`,
      details: { field, maxBytes: kind.maxBytes }
    });
}
