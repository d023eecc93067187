import type { MediaReference } from '../generated/payload.catalog.js';
import { WabusError } from '../errors/wabus.error.js';
import type { HttpClient } from '../http/http.client.js';

/** The content of a file to upload. A stream is uploaded while it is read. */
export type MediaContent = Blob | Uint8Array | ArrayBuffer | ReadableStream<Uint8Array>;

/** The options of `upload`. */
export interface UploadOptions {
  /** The session that will send the file. Default: the session of the client. */
  readonly session?: string;
  /** The file name that recipients of a document see. */
  readonly fileName?: string;
  /** The media type, for content whose first bytes do not show it. */
  readonly mimetype?: string;
  /** Aborts the upload. */
  readonly signal?: AbortSignal;
}

/** The options of `download`. */
export interface DownloadOptions {
  /** The session to which the file belongs. Default: the session of the client. */
  readonly session?: string;
  /** The id of the message with the file, if the event contains several messages. */
  readonly message?: string;
  /** The part of the file to download: the positions of the first and the last byte, counted from 0. Default: the whole file; without `last`, to the end. */
  readonly range?: { readonly first: number; readonly last?: number };
  /** Aborts the download. */
  readonly signal?: AbortSignal;
}

/** A file that is being downloaded. */
export interface DownloadedMedia {
  /** The media type of the file. */
  readonly mimetype: string;
  /** The size of `stream` in bytes; `null` if the server does not report it. */
  readonly bytes: number | null;
  /** The content as a stream. */
  readonly stream: ReadableStream<Uint8Array>;
  /** Reads the whole content into memory. */
  blob(): Promise<Blob>;
}

/** The files of sessions: uploads for commands, and the files of messages. */
export class MediaClient {
  /** @internal The client creates it. */
  constructor(
    private readonly http: HttpClient,
    private readonly defaultSession: string | undefined
  ) {}

  /**
   * Uploads a file and returns its reference, which you can use in commands of the same session: `sendMessage(jid, { image: { media: reference.media } })`.
   * Rejects with `PAYLOAD_TOO_LARGE`, `FORBIDDEN`, `UNKNOWN_SESSION` and the errors of `WabusClient.request`.
   */
  upload(content: MediaContent, { session, fileName, mimetype, signal }: UploadOptions = {}): Promise<MediaReference> {
    const type = mimetype ?? (content instanceof Blob && content.type !== '' ? content.type : 'application/octet-stream');
    // The server would parse a JSON body as arguments. It detects the media type from the first bytes instead.
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
   * Returns the URL of a file. `reference` is the reference of the file, or the cursor of the event with its message. The URL requires the token as
   * `Authorization: Bearer …`, so use `download` for an `<img>`.
   */
  url(reference: string, { session, message }: Pick<DownloadOptions, 'session' | 'message'> = {}): string {
    return this.http.url(`${this.folder(session)}/${encodeURIComponent(reference)}`, { message });
  }

  /**
   * Downloads a file. `reference` is the reference of the file, or the cursor of the event with its message; in that case the server first fetches the file
   * from WhatsApp. Rejects with `UNKNOWN_MEDIA`, `MEDIA_GONE`, `NO_OWNER`, `NOT_CONNECTED`, `TIMEOUT` and the errors of `WabusClient.request`.
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
   * Makes the server fetch the file of a message from WhatsApp, and returns its reference. Use it for messages whose event is no longer in the log. `message`
   * has the fields `key` and `message` as in `messages.upsert`. Rejects with `INVALID_ARGUMENTS` and the errors of `download`.
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
