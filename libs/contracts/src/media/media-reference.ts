import type { SessionId } from '../ids/ids.js';

/** The object store for media, used by connectors and edges: files to send, and files recently downloaded from WhatsApp. */
export const MEDIA_BUCKET = 'WABUS_MEDIA';

/** `media_` followed by 22 to 64 characters of `A-Z a-z 0-9 _ -`. */
export const MEDIA_REFERENCE_PATTERN = /^media_[A-Za-z0-9_-]{22,64}$/;

/** A stored file, as returned by the upload. It belongs to one session: no other session can send or download it. */
export interface MediaReference {
  /** The reference of the file, for commands of this session and `GET /api/sessions/:session/media/:media`. */
  media: string;
  /** The media type, detected from the first bytes; otherwise the type that the sender gave. */
  mimetype: string;
  bytes: number;
  /** The SHA-256 of the content, in hex. */
  sha256: string;
  /** When the file may be deleted, as an ISO time. */
  expiresAt: string;
  /** The file name that the sender chose. */
  fileName?: string;
}

export function isMediaReference(value: unknown): value is string {
  return typeof value === 'string' && MEDIA_REFERENCE_PATTERN.test(value);
}

/** Returns the name of the object for a reference. It includes the session, so that a command of another session does not find the object. */
export const mediaObjectName = (session: SessionId, media: string): string => `${session}.${media}`;

/** The properties of a stored file in the object store. */
export interface MediaObject {
  readonly bytes: number;
  readonly sha256: string;
  readonly expiresAt: string;
  /** The attributes that were stored with the file; see `mediaAttributes`. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Returns the attributes to store with a file. */
export const mediaAttributes = ({ mimetype, fileName }: { mimetype: string; fileName: string | null }): Record<string, string> =>
  fileName === null ? { mimetype } : { mimetype, fileName };

export function mediaReference(media: string, { bytes, sha256, expiresAt, attributes }: MediaObject): MediaReference {
  const { mimetype = 'application/octet-stream', fileName } = attributes;
  return { media, mimetype, bytes, sha256, expiresAt, ...(fileName === undefined ? {} : { fileName }) };
}
