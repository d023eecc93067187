import type { SessionId } from '../ids/ids.js';

/** The object store of media, of connectors and edges: what waits to be sent, and what was fetched from WhatsApp lately. */
export const MEDIA_BUCKET = 'WABUS_MEDIA';

/** `media_` and 22 to 64 characters of `A-Z a-z 0-9 _ -`. */
export const MEDIA_REFERENCE_PATTERN = /^media_[A-Za-z0-9_-]{22,64}$/;

/** A stored file, as returned by the upload. It belongs to one session: no other can send or fetch it. */
export interface MediaReference {
  /** The reference of the file in commands of this session and in `GET /api/sessions/:session/media/:media`. */
  media: string;
  /** The type of the file by its first bytes, or as given by its sender if they do not show it. */
  mimetype: string;
  bytes: number;
  /** The hash of the content, in hex. */
  sha256: string;
  /** ISO time after which the file may be deleted. */
  expiresAt: string;
  /** The file name that the sender chose. */
  fileName?: string;
}

export function isMediaReference(value: unknown): value is string {
  return typeof value === 'string' && MEDIA_REFERENCE_PATTERN.test(value);
}

/** The name of the object behind a reference. It holds the session, so that no other session's command finds it. */
export const mediaObjectName = (session: SessionId, media: string): string => `${session}.${media}`;

/** What is known of a stored file, as the object store tells it. */
export interface MediaObject {
  readonly bytes: number;
  readonly sha256: string;
  readonly expiresAt: string;
  /** Written with the file: see `mediaAttributes`. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What is noted beside the content of a file. */
export const mediaAttributes = ({ mimetype, fileName }: { mimetype: string; fileName: string | null }): Record<string, string> =>
  fileName === null ? { mimetype } : { mimetype, fileName };

export function mediaReference(media: string, { bytes, sha256, expiresAt, attributes }: MediaObject): MediaReference {
  const { mimetype = 'application/octet-stream', fileName } = attributes;
  return { media, mimetype, bytes, sha256, expiresAt, ...(fileName === undefined ? {} : { fileName }) };
}
