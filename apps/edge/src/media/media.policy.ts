import { plainFileName } from '@wabus/contracts';

/** A `Content-Disposition` header (RFC 6266). Files that were stored before may have any name. */
export function contentDisposition(kind: 'inline' | 'attachment', fileName: string | undefined): string {
  const name = plainFileName(fileName);
  if (name === null) return kind;
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const exact = encodeURIComponent(name).replace(/['()*]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${exact}`;
}

/** Media types without meaning: what a client sends that knows nothing better. */
const NOTHING_SAID = new Set(['application/octet-stream', 'application/x-www-form-urlencoded', 'multipart/form-data', '']);
const MEDIA_TYPE = /^[a-z0-9.+-]+\/[a-z0-9.+-]+$/;
/** Containers that hold many kinds of files, where the name says more than the first bytes. */
const CONTAINERS = new Set(['application/zip', 'application/x-cfb', 'application/xml']);

/**
 * The media type of a file: what its first bytes show, or what its sender says when they show nothing or only a container. A sender cannot make another file an image, sound or
 * video by saying so.
 */
export function mediaType(sniffed: string | null, said: string | undefined): string {
  const claim = (said ?? '').split(';')[0]!.trim().toLowerCase();
  const usable = MEDIA_TYPE.test(claim) && !NOTHING_SAID.has(claim) && !/^(image|audio|video)\//.test(claim);
  if (sniffed !== null && !(CONTAINERS.has(sniffed) && usable)) return sniffed;
  return usable ? claim : 'application/octet-stream';
}

const SHOWN = /^(image\/(jpeg|png|gif|webp)|audio\/[a-z0-9.+-]+|video\/[a-z0-9.+-]+)$/;

/** Whether a browser may show a file where it is: nothing that could run a script in the name of this server. */
export const mayBeShown = (mimetype: string): boolean => SHOWN.test(mimetype.split(';')[0]!.trim());

export interface RequestedRange {
  readonly first: number;
  readonly last: number;
}

/**
 * What of a file a `Range` header asks for (RFC 9110): one range of bytes, with both ends in it. `null`: all of it, also when several ranges or other units are asked for,
 * which a server need not know.
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

/** The message in the JSON of an event's payload: the one of this id, or the only one. `null` when there is none. Events that hold messages have a list of them. */
export function messageIn(body: string, id: string | null): object | null {
  const payload = JSON.parse(body) as unknown;
  if (typeof payload !== 'object' || payload === null) return null;
  const list = Array.isArray(payload) ? payload.map(updated) : ((payload as { messages?: unknown }).messages ?? []);
  const messages = (Array.isArray(list) ? list : []).filter(one => typeof one === 'object' && one !== null) as MessageLike[];
  if (id === null) return messages.length === 1 ? messages[0]! : null;
  return messages.find(({ key }) => key?.id === id) ?? null;
}

/** `messages.update` holds what changed beside the key. */
function updated(item: unknown): unknown {
  const { key, update } = (item ?? {}) as { key?: unknown; update?: object };
  return key === undefined ? null : { key, ...update };
}
