import { createDecipheriv, createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Boom } from '@hapi/boom';
import { contentFile, plainFileName, plainMediaType, WabusError, type FileKind } from '@wabus/contracts';
import type { MediaType, proto, WAMessage, WASocket } from '@whiskeysockets/baileys';
import { fetch, type Dispatcher } from 'undici';
import { DEFAULT_ORIGIN, getMediaKeys } from '../baileys.js';
import { revived } from '../sending/socket-call.policy.js';
import { mapWhatsAppError } from '../sending/whatsapp-error.mapper.js';
import type { RemoteMedia, RemoteMediaFacts } from '../whatsapp-engine.js';
import { mediaLocation, type MediaHosts } from './media-location.policy.js';

/** The media types from which Baileys derives the keys of a file. */
const MEDIA_TYPES: Readonly<Record<Exclude<FileKind, 'sticker-pack'>, MediaType>> = {
  image: 'image',
  video: 'video',
  audio: 'audio',
  document: 'document',
  sticker: 'sticker'
};

/** The field in which Baileys expects the file that it requests from a phone, for each kind of file. */
const FIELD_OF = {
  image: 'imageMessage',
  video: 'videoMessage',
  audio: 'audioMessage',
  document: 'documentMessage',
  sticker: 'stickerMessage',
  'sticker-pack': 'documentMessage'
} as const satisfies Record<FileKind, keyof proto.IMessage>;

/** WhatsApp's label for the keys of sticker packs, which Baileys lacks (whatsmeow, `MediaStickerPack`). */
const STICKER_PACK_KEYS = 'WhatsApp Sticker Pack Keys';

/** The fields of `imageMessage` and similar messages. The author of the message chose them, so they are untrusted. */
interface FileFields {
  url?: unknown;
  directPath?: unknown;
  mediaKey?: unknown;
  fileSha256?: unknown;
  fileEncSha256?: unknown;
  fileLength?: unknown;
  mimetype?: unknown;
  fileName?: unknown;
}

export interface RemoteMediaParts {
  readonly hosts: MediaHosts;
  /** The dispatcher of the request; `null` without a proxy. */
  readonly dispatcher: Dispatcher | null;
  /** Asks the phone to upload the file again, and updates its location in the message. Throws `MEDIA_GONE`, and `TIMEOUT` if the phone does not answer. */
  readonly requestAgain: (message: WAMessage, signal: AbortSignal) => Promise<void>;
}

/** The file of a message, fetched from WhatsApp's hosts and decrypted. */
export class BaileysRemoteMedia implements RemoteMedia {
  readonly facts: RemoteMediaFacts;
  private readonly message: WAMessage;
  private readonly fields: FileFields;
  private readonly kind: FileKind;

  /** Throws `INVALID_ARGUMENTS` if the message has no file, or a file outside WhatsApp's hosts. */
  constructor(
    message: object,
    private readonly parts: RemoteMediaParts
  ) {
    this.message = revived(message) as WAMessage;
    const file = contentFile(this.message.message);
    if (!file) throw invalid('message must contain an image, a video, an audio file, a document or a sticker');
    this.kind = file.kind;
    this.fields = file.fields;
    mediaLocation(this.fields, parts.hosts);
    this.facts = factsOf(this.fields);
  }

  async open(signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    const first = await this.fetch(signal);
    if (first) return this.plain(first);
    this.requireName();
    await this.parts.requestAgain({ ...this.message, message: { [FIELD_OF[this.kind]]: this.fields } }, signal);
    const again = await this.fetch(signal);
    if (!again) throw new WabusError('MEDIA_GONE');
    return this.plain(again);
  }

  /** Throws `MEDIA_GONE` unless the phone can be asked: the request contains the key of the message and is encrypted with the key of the file. */
  private requireName(): void {
    const { key } = this.message;
    if (typeof key?.id === 'string' && typeof key.remoteJid === 'string' && this.fields.mediaKey instanceof Uint8Array) return;
    throw new WabusError('MEDIA_GONE', {
      message: 'WhatsApp no longer has the file, and the phone cannot be asked for it without key.id, key.remoteJid and mediaKey.'
    });
  }

  /** Fetches the file; `null` if WhatsApp no longer has it. Redirects fail, since they would bypass the host check. */
  private async fetch(signal: AbortSignal): Promise<AsyncIterable<Uint8Array> | null> {
    const location = mediaLocation(this.fields, this.parts.hosts);
    const { dispatcher } = this.parts;
    const through = dispatcher ? { dispatcher } : {};
    const response = await fetch(location, { redirect: 'error', headers: { Origin: DEFAULT_ORIGIN }, signal, ...through }).catch(
      (cause: unknown) => {
        throw new WabusError('EGRESS_FAILED', { details: { reason: signal.aborted ? 'timeout' : 'connect' }, cause });
      }
    );
    if (response.ok && response.body) return response.body as AsyncIterable<Uint8Array>;
    await response.body?.cancel();
    if (GONE.has(response.status)) return null;
    throw new WabusError('EGRESS_FAILED', { details: { reason: 'protocol', statusCode: response.status } });
  }

  private async plain(source: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
    const { mediaKey, fileSha256 } = this.fields;
    // Files in channels are not encrypted.
    const content = mediaKey instanceof Uint8Array ? deciphered(source, await keysOf(mediaKey, this.kind)) : source;
    return fileSha256 instanceof Uint8Array ? verified(content, fileSha256) : content;
  }
}

/**
 * The HTTP statuses if WhatsApp's host no longer has the file, or no longer at this URL: the phone can provide a new URL. The host responds with 403 if the
 * signature of the URL has expired (whatsmeow `ErrMediaDownloadFailedWith403`, mautrix-whatsapp); 401 is handled in the same way.
 */
const GONE: ReadonlySet<number> = new Set([401, 403, 404, 410]);

async function keysOf(mediaKey: Uint8Array, kind: FileKind): Promise<MediaKeys> {
  if (kind !== 'sticker-pack') return (await getMediaKeys(mediaKey, MEDIA_TYPES[kind])) as MediaKeys;
  const keys = Buffer.from(hkdfSync('sha256', mediaKey, new Uint8Array(), STICKER_PACK_KEYS, 80));
  return { iv: keys.subarray(0, 16), cipherKey: keys.subarray(16, 48), macKey: keys.subarray(48, 80) };
}

/** The limit for the phone's answer; a phone that is online answers within seconds. */
const PHONE_LIMIT_MS = 20_000;

/**
 * Asks the phone to upload the file of a message again, and updates its location in the message. Baileys waits forever if the phone does not answer; this
 * function ends after 20 s, or when `signal` is aborted. Throws `MEDIA_GONE` and `TIMEOUT`.
 */
export async function requestFromPhone(socket: WASocket, message: WAMessage, signal: AbortSignal): Promise<void> {
  const end = AbortSignal.any([signal, AbortSignal.timeout(PHONE_LIMIT_MS)]);
  const over = new Promise<never>((_resolve, reject) =>
    end.addEventListener('abort', () => reject(new WabusError('TIMEOUT', { message: 'The phone did not report where the file is.' })), {
      once: true
    })
  );
  try {
    await Promise.race([socket.updateMediaMessage(message), over]);
  } catch (error) {
    if (error instanceof Boom && error.output.statusCode === 404) throw new WabusError('MEDIA_GONE', { cause: error });
    throw mapWhatsAppError(error, 'downloadMedia');
  }
}

function factsOf({ mediaKey, fileEncSha256, fileSha256, mimetype, fileName, fileLength }: FileFields): RemoteMediaFacts {
  const facts = {
    mimetype: plainMediaType(mimetype) ?? 'application/octet-stream',
    fileName: typeof fileName === 'string' ? plainFileName(fileName) : null
  };
  const hash = createHash('sha256');
  // Includes the key: the hash of a file alone must not give access to a file that was fetched for another message.
  for (const part of [mediaKey, fileEncSha256, fileSha256]) hash.update(part instanceof Uint8Array ? part : '-').update('.');
  // With name and type, since a file that is forwarded under another name is a different file to its reader.
  hash.update(JSON.stringify([facts.mimetype, facts.fileName]));
  return { id: hash.digest('base64url'), ...facts, bytes: Number.isSafeInteger(Number(fileLength)) ? Number(fileLength) : null };
}

function invalid(problem: string): WabusError {
  return new WabusError('INVALID_ARGUMENTS', { message: `Argument ${problem}.`, details: { fields: { message: [problem] } } });
}

const MAC_BYTES = 10;

export interface MediaKeys {
  readonly iv: Uint8Array;
  readonly cipherKey: Uint8Array;
  readonly macKey: Uint8Array;
}

/** Decrypts a file piece by piece. Throws `EGRESS_FAILED` at its end if it is not what its sender encrypted; do not use any part before. */
export async function* deciphered(source: AsyncIterable<Uint8Array>, { iv, cipherKey, macKey }: MediaKeys): AsyncGenerator<Uint8Array> {
  const aes = createDecipheriv('aes-256-cbc', cipherKey, iv);
  const hmac = createHmac('sha256', macKey).update(iv);
  let tail: Uint8Array = new Uint8Array();
  for await (const piece of source) {
    const joined = tail.length === 0 ? piece : Buffer.concat([tail, piece]);
    const whole = joined.subarray(0, Math.max(0, joined.length - MAC_BYTES));
    tail = joined.subarray(whole.length);
    if (whole.length === 0) continue;
    hmac.update(whole);
    yield aes.update(whole);
  }
  const mac = hmac.digest().subarray(0, MAC_BYTES);
  if (tail.length !== MAC_BYTES || !timingSafeEqual(tail, mac)) throw damaged();
  yield aes.final();
}

/** Yields the same pieces. Throws `EGRESS_FAILED` at the end if their hash differs. */
export async function* verified(source: AsyncIterable<Uint8Array>, sha256: Uint8Array): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const piece of source) {
    hash.update(piece);
    yield piece;
  }
  if (!hash.digest().equals(sha256)) throw damaged();
}

function damaged(): WabusError {
  return new WabusError('EGRESS_FAILED', {
    message: 'The received file is not the one that was sent.',
    details: { reason: 'protocol' }
  });
}
