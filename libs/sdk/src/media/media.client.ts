import type { MediaReference } from '../generated/payload.catalog.js';
import { WabusError } from '../errors/wabus.error.js';
import type { HttpClient } from '../http/http.client.js';

/** A file to upload. A stream is sent as it is read. */
export type MediaContent = Blob | Uint8Array | ArrayBuffer | ReadableStream<Uint8Array>;

/** How a file is uploaded. */
export interface UploadOptions {
  /** The session that uses it; the client's session if missing. */
  readonly session?: string;
  /** The name that recipients of a document see. */
  readonly fileName?: string;
  /** Its media type, if its first bytes do not show it. */
  readonly mimetype?: string;
  readonly signal?: AbortSignal;
}

/** How a file is downloaded. */
export interface DownloadOptions {
  readonly session?: string;
  /** If an event has several messages: the id of the message with the file. */
  readonly message?: string;
  /** A part of the file: the first and the last byte. */
  readonly range?: { readonly first: number; readonly last?: number };
  readonly signal?: AbortSignal;
}

/** A file that is being downloaded. */
export interface DownloadedMedia {
  readonly mimetype: string;
  /** The number of bytes in `stream`; `null` if the server does not report it. */
  readonly bytes: number | null;
  /** The content, as it is read. */
  readonly stream: ReadableStream<Uint8Array>;
  /** All of the content in memory. */
  blob(): Promise<Blob>;
}

/** Files of sessions: uploads for commands, and the files of messages. */
export class MediaClient {
  /** @internal Made by the client. */
  constructor(
    private readonly http: HttpClient,
    private readonly defaultSession: string | undefined
  ) {}

  /**
   * Uploads a file. The reference goes into commands of the same session: `sendMessage(jid, { image: { media: reference.media } })`.
   * Rejects with `PAYLOAD_TOO_LARGE`, `FORBIDDEN`, `UNKNOWN_SESSION` and what `WabusClient.request` rejects with.
   */
  upload(content: MediaContent, { session, fileName, mimetype, signal }: UploadOptions = {}): Promise<MediaReference> {
    const type = mimetype ?? (content instanceof Blob && content.type !== '' ? content.type : 'application/octet-stream');
    // A JSON body would be read as arguments; the first bytes of the file show its type.
    const safeType = /json/i.test(type) ? 'application/octet-stream' : type;
    return this.http.json(`${this.folder(session)}`, {
      method: 'POST',
      query: { fileName },
      headers: { 'content-type': safeType },
      content,
      ...(signal ? { signal } : {})
    });
  }

  /**
   * The address of a file, by its reference or by the cursor of the event whose message carries it. It must be read with the token as `Authorization: Bearer
   * …`, so for an `<img>` use `download`.
   */
  url(reference: string, { session, message }: Pick<DownloadOptions, 'session' | 'message'> = {}): string {
    return this.http.url(`${this.folder(session)}/${encodeURIComponent(reference)}`, { message });
  }

  /**
   * Fetches a file, by its reference or by the cursor of the event whose message carries it. Rejects with `UNKNOWN_MEDIA`, `MEDIA_GONE`, `NOT_CONNECTED` and what
   * `WabusClient.request` rejects with.
   */
  async download(reference: string, { session, message, range, signal }: DownloadOptions = {}): Promise<DownloadedMedia> {
    const response = await this.http.send(`${this.folder(session)}/${encodeURIComponent(reference)}`, {
      query: { message },
      ...(range ? { headers: { range: `bytes=${range.first}-${range.last ?? ''}` } } : {}),
      ...(signal ? { signal } : {})
    });
    const length = response.headers.get('content-length');
    return {
      mimetype: response.headers.get('content-type') ?? 'application/octet-stream',
      bytes: length === null ? null : Number(length),
      stream: response.body ?? new Blob([]).stream(),
      blob: () => response.blob()
    };
  }

  /**
   * Makes the server fetch the file of a message from WhatsApp, for messages whose event is gone: `{key, message}` as `messages.upsert` carries it. Rejects as
   * `download` does.
   */
  fetchOfMessage(
    message: { readonly key?: unknown; readonly message?: unknown },
    { session }: { readonly session?: string } = {}
  ): Promise<MediaReference> {
    return this.http.json(`${this.folder(session)}/download`, {
      method: 'POST',
      body: { message: { key: message.key, message: message.message } }
    });
  }

  private folder(session = this.defaultSession): string {
    if (session === undefined)
      throw new WabusError('INVALID_REQUEST', {
        message: 'Pass a session: the client has no default session.',
        details: { field: 'session' }
      });
    return `/api/sessions/${encodeURIComponent(session)}/media`;
  }
}
