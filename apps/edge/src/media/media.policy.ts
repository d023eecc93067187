import { plainFileName } from '@wabus/contracts';

/** Returns a `Content-Disposition` header (RFC 6266). Files stored by older releases may have any name. */
export function contentDisposition(kind: 'inline' | 'attachment', fileName: string | undefined): string {
  const name = plainFileName(fileName);
  if (name === null) return kind;
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const exact = encodeURIComponent(name).replace(/['()*]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${exact}`;
}

/** Media types without meaning, which clients send if they have no better one. */
const NOTHING_SAID = new Set(['application/octet-stream', 'application/x-www-form-urlencoded', 'multipart/form-data', '']);
const MEDIA_TYPE = /^[a-z0-9.+-]+\/[a-z0-9.+-]+$/;
/** Containers of many kinds of files. The claimed type is more specific than the first bytes. */
const CONTAINERS = new Set(['application/zip', 'application/x-cfb', 'application/xml']);

/**
 * Returns the media type of a file: the type that its first bytes show, or the sender's claim if they show none or only a container. A
 * claim cannot turn another file into an image, audio or video.
 */
export function mediaType(sniffed: string | null, said: string | undefined): string {
  const claim = (said ?? '').split(';')[0]!.trim().toLowerCase();
  const usable = MEDIA_TYPE.test(claim) && !NOTHING_SAID.has(claim) && !/^(image|audio|video)\//.test(claim);
  if (sniffed !== null && !(CONTAINERS.has(sniffed) && usable)) return sniffed;
  return usable ? claim : 'application/octet-stream';
}

const SHOWN = /^(image\/(jpeg|png|gif|webp)|audio\/[a-z0-9.+-]+|video\/[a-z0-9.+-]+)$/;

/** Returns whether a browser may display a file inline. Files that could run scripts in the origin of this server are excluded. */
export const mayBeShown = (mimetype: string): boolean => SHOWN.test(mimetype.split(';')[0]!.trim());

export interface RequestedRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Returns the part of a file that a `Range` header requests (RFC 9110): one range of bytes, including both ends. `null` stands for the
 * whole file, also for several ranges or other units, which a server may ignore.
 */
export function requestedRange(header: string | undefined, bytes: number): RequestedRange | 'unsatisfiable' | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  if (match[1] === '') {
    const suffix = Number(match[2]);
    return suffix === 0 || bytes === 0 ? 'unsatisfiable' : { first: Math.max(0, bytes - suffix), last: bytes - 1 };
  }
  const first = Number(match[1]);
  const last = match[2] === '' ? bytes - 1 : Number(match[2]);
  if (match[2] !== '' && last < first) return null;
  return first >= bytes ? 'unsatisfiable' : { first, last: Math.min(last, bytes - 1) };
}

interface MessageLike {
  readonly key?: { readonly id?: unknown };
}

/**
 * Returns the message with this id, or the only message, from the JSON of an event's payload. Returns `null` if there is none. Events that
 * contain messages have a list of them.
 */
export function messageIn(body: string, id: string | null): object | null {
  const payload = JSON.parse(body) as unknown;
  if (typeof payload !== 'object' || payload === null) return null;
  const list = Array.isArray(payload) ? payload.map(updated) : ((payload as { messages?: unknown }).messages ?? []);
  const messages = (Array.isArray(list) ? list : []).filter(one => typeof one === 'object' && one !== null) as MessageLike[];
  if (id === null) return messages.length === 1 ? messages[0]! : null;
  return messages.find(({ key }) => key?.id === id) ?? null;
}

/** `messages.update` contains the changes next to the key. */
function updated(item: unknown): unknown {
  const { key, update } = (item ?? {}) as { key?: unknown; update?: object };
  return key === undefined ? null : { key, ...update };
}
