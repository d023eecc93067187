import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MediaType } from '@whiskeysockets/baileys';
import { worldSlot } from '../world/world-slot.js';
import { encryptMedia } from './media-encryption.codec.js';
import { answerMediaRetries } from './media-retry.responder.js';
import { DEFAULT_MEDIA_LIMITS, SimulatorMediaStore, type MediaLimits } from './media.store.js';

/** The path for downloads of blobs, before the hash. Uploads use Baileys' own paths (`/mms/image/<hash>` …). */
const DOWNLOAD_PATH = '/media/';
/** The paths to which Baileys uploads: `MEDIA_PATH_MAP` in its `Defaults`. */
const UPLOAD_PATH =
  /^\/(?:mms\/(?:image|video|document|audio|md-app-state)|newsletter\/newsletter-[a-z-]+|product\/image|pps\/biz-cover-photo)\/([A-Za-z0-9_-]{43})$/;

/** The fields of an `imageMessage`, `audioMessage` … with which the receiver fetches and decrypts the file. */
export interface StoredMedia {
  url: string;
  mediaKey: Buffer;
  fileSha256: Buffer;
  fileEncSha256: Buffer;
  fileLength: number;
  /** Seconds since 1970. */
  mediaKeyTimestamp: number;
}

/**
 * WhatsApp's media hosts on the simulator's own plain HTTP server: accepts uploads, serves blobs, and stores files for simulated phones.
 * Responses contain `http://127.0.0.1:<port>` URLs. Stock Baileys fetches files with
 * a direct path only from WhatsApp's public host, so its tests remove that path.
 */
export class MediaFiles {
  readonly store: SimulatorMediaStore;
  /** Hashes of the pictures that were uploaded, unencrypted, for link previews in channels. */
  readonly channelThumbnails = new Set<string>();
  /** How long the response to a fetch is delayed, in ms by hash. */
  readonly latenciesMs = new Map<string, number>();
  /** The token that `media_conn` gives to clients and that every upload must contain. */
  readonly uploadToken = randomBytes(16).toString('hex');

  constructor(
    private readonly hostAndPort: () => string,
    limits: MediaLimits = DEFAULT_MEDIA_LIMITS
  ) {
    this.store = new SimulatorMediaStore(limits);
  }

  /** `host:port` for `<media_conn><host hostname>`. */
  get hostname(): string {
    return this.hostAndPort();
  }

  urlOf(hash: string): string {
    return `http://${this.hostname}${DOWNLOAD_PATH}${hash}`;
  }

  /** Returns the path of a blob that can still be fetched; `undefined` otherwise. */
  pathOf(hash: string): string | undefined {
    return this.store.get(hash).found === 'yes' ? `${DOWNLOAD_PATH}${hash}` : undefined;
  }

  /** Handles one HTTP request for media; anything but an upload or a download gets 404 or 405. Never rejects. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      if (request.method === 'POST') await this.upload(url, request, response);
      else if (request.method === 'GET' || request.method === 'HEAD') {
        const latencyMs = this.latenciesMs.get(url.pathname.slice(DOWNLOAD_PATH.length));
        if (latencyMs) await delay(latencyMs);
        this.download(url, request, response);
      } else answer(response, 405);
    } catch {
      // The client disconnected during its upload, so nobody is waiting for a response.
      response.destroy();
    }
  }

  /** Encrypts a file as WhatsApp does, stores it, and returns the fields for the message that refers to it. */
  async storeMedia(bytes: Buffer, mediaType: MediaType): Promise<StoredMedia> {
    const { ciphertext, ...fields } = await encryptMedia(bytes, mediaType);
    return { url: this.urlOf(this.store.put(ciphertext)), ...fields, mediaKeyTimestamp: Math.floor(Date.now() / 1000) };
  }

  /** Stores bytes unencrypted, for example a profile picture, and returns their URL. */
  storePlain(bytes: Buffer): string {
    return this.urlOf(this.store.put(bytes));
  }

  private async upload(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const hash = UPLOAD_PATH.exec(url.pathname)?.[1];
    if (hash === undefined) return answer(response, 404);
    if (url.searchParams.get('auth') !== this.uploadToken) return answer(response, 401);
    const bytes = await bodyOf(request, this.store.limits.maxBlobBytes);
    if (bytes === 'too large') {
      response.setHeader('connection', 'close');
      return answer(response, 413);
    }
    if (createHash('sha256').update(bytes).digest('base64url') !== hash) return answer(response, 400);
    this.store.put(bytes);
    if (url.pathname.startsWith('/newsletter/newsletter-thumbnail-link/')) this.channelThumbnails.add(hash);
    response.setHeader('content-type', 'application/json');
    answer(response, 200, Buffer.from(JSON.stringify(this.uploadReply(url.pathname, hash))));
  }

  private uploadReply(path: string, hash: string): Record<string, string | number> {
    const url = this.urlOf(hash);
    // The service returns all three fields (whatsmeow upload.go, zapo messages.ts); Baileys reads the direct path of every upload.
    const place = { url, direct_path: `${DOWNLOAD_PATH}${hash}`, handle: hash };
    return path.startsWith('/pps/') ? { ...place, meta_hmac: hash, fbid: '1', ts: Math.floor(Date.now() / 1000) } : place;
  }

  private download(url: URL, request: IncomingMessage, response: ServerResponse): void {
    if (!url.pathname.startsWith(DOWNLOAD_PATH)) return answer(response, 404);
    if (isOver(url.searchParams.get('oe'))) return answer(response, 403);
    const blob = this.store.get(url.pathname.slice(DOWNLOAD_PATH.length));
    if (blob.found !== 'yes') return answer(response, blob.found === 'expired' ? 410 : 404);
    const range = rangeOf(request.headers.range, blob.bytes.length);
    if (range === 'unsatisfiable') return answer(response, 416);
    response.setHeader('content-type', 'application/octet-stream');
    if (!range) return answer(response, 200, blob.bytes);
    response.setHeader('content-range', `bytes ${range.first}-${range.last}/${blob.bytes.length}`);
    answer(response, 206, blob.bytes.subarray(range.first, range.last + 1));
  }
}

/** The media server of a world, created on first use. */
export const mediaFilesOf = worldSlot(world => {
  const media = new MediaFiles(() => world.hostAndPort);
  answerMediaRetries(world, hash => media.pathOf(hash));
  return media;
});

/**
 * Returns whether an address has expired. Addresses of the real hosts are signed until a second since 1970,
 * in hex; later the response is 403, whether the file exists or not (whatsmeow 933,
 * `ErrMediaDownloadFailedWith403`; lharries/whatsapp-mcp PR 273 measured histories in which every file does).
 */
const isOver = (until: string | null): boolean =>
  until !== null && /^[0-9a-f]{1,12}$/i.test(until) && parseInt(until, 16) * 1000 < Date.now();

function answer(response: ServerResponse, status: number, body: Buffer = Buffer.alloc(0)): void {
  response.statusCode = status;
  response.setHeader('content-length', body.length);
  response.end(body);
}

async function bodyOf(request: IncomingMessage, maxBytes: number): Promise<Buffer | 'too large'> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return 'too large';
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) return 'too large';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Parses a `Range: bytes=first-last` header as Baileys writes it (the last byte may be missing). */
function rangeOf(header: string | undefined, length: number): { first: number; last: number } | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d+)-(\d*)$/.exec(header ?? '');
  if (!match) return undefined;
  const first = Number(match[1]);
  const last = Math.min(match[2] ? Number(match[2]) : length - 1, length - 1);
  return first > last ? 'unsatisfiable' : { first, last };
}
