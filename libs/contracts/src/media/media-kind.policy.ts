import { WabusError } from '../errors/wabus-error.js';

const MEBIBYTE = 1024 * 1024;

/** The files that a field accepts. */
export interface MediaKind {
  /** The name of the kind in error messages. */
  readonly name: string;
  /** The media types, or their beginnings up to the slash; `null` accepts any type. */
  readonly types: readonly string[] | null;
  /** The limit of WhatsApp or Baileys in bytes, which applies in addition to the limit for uploads. */
  readonly maxBytes: number;
}

/** The kinds of files. The limits are those of WhatsApp's own apps. That of pictures is lower, because a connector scales them in memory. */
export const MEDIA_KINDS = {
  image: { name: 'an image', types: ['image/'], maxBytes: 16 * MEBIBYTE },
  video: { name: 'a video', types: ['video/', 'image/gif'], maxBytes: 2_048 * MEBIBYTE },
  // The first bytes do not show whether one of these containers has video or only sound.
  audio: { name: 'a sound', types: ['audio/', 'video/mp4', 'video/webm', 'application/ogg'], maxBytes: 2_048 * MEBIBYTE },
  sticker: { name: 'a sticker (WebP)', types: ['image/webp'], maxBytes: MEBIBYTE },
  document: { name: 'a document', types: null, maxBytes: 2_048 * MEBIBYTE },
  picture: { name: 'a picture (JPEG, PNG or WebP)', types: ['image/jpeg', 'image/png', 'image/webp'], maxBytes: 10 * MEBIBYTE }
} as const satisfies Record<string, MediaKind>;

/** The files that a field accepts if they are converted first. A sticker is made from any picture or video. */
export const CONVERTED_KINDS: Readonly<Record<'audio' | 'video' | 'sticker', MediaKind>> = {
  audio: { name: 'a sound, or a video with sound', types: ['audio/', 'video/', 'application/ogg'], maxBytes: 16 * MEBIBYTE },
  video: { name: 'a video', types: ['video/', 'image/gif'], maxBytes: 64 * MEBIBYTE },
  sticker: { name: 'a picture or a video', types: ['image/', 'video/'], maxBytes: 16 * MEBIBYTE }
};

export type MediaKindName = keyof typeof MEDIA_KINDS;

/**
 * Checks that a file is of the expected kind and not too large.
 * @throws {WabusError} `INVALID_ARGUMENTS` or `PAYLOAD_TOO_LARGE`, which name the field
 */
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
