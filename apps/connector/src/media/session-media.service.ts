import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { ObjectStores, type ObjectStore } from '@wabus/broker';
import {
  checkMediaKind,
  CONVERTED_KINDS,
  MEDIA_BUCKET,
  mediaAttributes,
  mediaObjectName,
  mediaReference,
  mediaSources,
  WabusError,
  withMedia,
  type MediaReference,
  type MediaSource,
  type PlacedSource,
  type SessionId
} from '@wabus/contracts';
import { previewPicture } from '../whatsapp/sending/preview-picture.js';
import { OutgoingMedia } from '../whatsapp/sending/socket-call.policy.js';
import type { ConversionKind } from './conversion.policy.js';
import { FileConverter } from './file-converter.js';
import type { RemoteMedia } from '../whatsapp/whatsapp-engine.js';

/** Time limit of a fetch, regardless of who waits for it. */
const FETCH_LIMIT_MS = 600_000;

export abstract class SessionMediaSettings {
  /** Maximum size of a file that is fetched from WhatsApp, in bytes. */
  abstract readonly maxFileBytes: number;
  /** The location of ffmpeg: see `findFfmpeg`. */
  abstract readonly ffmpeg: string;
}

/** Transfers files between the object store and WhatsApp: those that commands name, and those that messages contain. All of them are streamed. */
@Injectable()
export class SessionMediaService {
  private readonly store: ObjectStore;
  /** The fetches in progress, shared by all requests for the same file. */
  private readonly underWay = new Map<string, Promise<MediaReference>>();

  constructor(
    stores: ObjectStores,
    private readonly settings: SessionMediaSettings,
    private readonly converter: FileConverter
  ) {
    this.store = stores.store(MEDIA_BUCKET);
  }

  /**
   * Returns the arguments of a command with every file in them opened as `OutgoingMedia`; values without files are returned unchanged.
   * Throws `UNKNOWN_MEDIA` for a file that this session does not have, the errors of `FileConverter`, `INVALID_ARGUMENTS` for a file of the wrong kind and for
   * a URL, which only edges fetch, and `PAYLOAD_TOO_LARGE`.
   */
  async opened<Request extends object>(session: SessionId, request: Request): Promise<Request> {
    const opened = new Map<MediaSource, OutgoingMedia>();
    for (const placed of mediaSources(request)) opened.set(placed.source, await this.open(session, placed));
    if (opened.size === 0) return request;
    const complete = await withPreviewPicture(withMedia(request, source => opened.get(source)));
    return (await this.converted(complete)) as Request;
  }

  /** Fetches the file of a message into the object store, unless it is already there. Throws `MEDIA_GONE`, `PAYLOAD_TOO_LARGE` and `EGRESS_FAILED`. */
  async fetch(session: SessionId, remote: RemoteMedia): Promise<MediaReference> {
    const media = `media_${remote.facts.id}`;
    const name = mediaObjectName(session, media);
    const known = await this.store.find(name);
    if (known) return mediaReference(media, known);
    const fetching = this.underWay.get(name) ?? this.fetchNow(name, media, remote).finally(() => this.underWay.delete(name));
    this.underWay.set(name, fetching);
    return fetching;
  }

  private async fetchNow(name: string, media: string, remote: RemoteMedia): Promise<MediaReference> {
    const { maxFileBytes: maxBytes } = this.settings;
    if ((remote.facts.bytes ?? 0) > maxBytes) throw new WabusError('PAYLOAD_TOO_LARGE', { details: { maxBytes } });
    const signal = AbortSignal.timeout(FETCH_LIMIT_MS);
    const content = await remote.open(signal);
    return mediaReference(media, await this.store.put(name, content, { maxBytes, signal, attributes: mediaAttributes(remote.facts) }));
  }

  /** Returns the request with the file of `content.convert` converted for phones, and with the resulting facts. Facts from the caller take precedence. */
  private async converted(request: unknown): Promise<unknown> {
    const { content } = request as { content?: Readonly<Record<string, unknown>> };
    if (content?.['convert'] !== true) return request;
    const { convert: _convert, mimetype: _mimetype, ...rest } = content;
    const kind = (Object.keys(CONVERTED_KINDS) as ConversionKind[]).find(name => rest[name] instanceof OutgoingMedia);
    if (kind === undefined) return request;
    const source = rest[kind] as OutgoingMedia;
    const opened = source.open();
    const { facts, ...file } = await this.converter.convert(kind, {
      field: `content.${kind}`,
      ...source.facts,
      content: Buffer.isBuffer(opened) ? opened : opened.stream
    });
    const media = new OutgoingMedia({ mimetype: file.mimetype, fileName: null, bytes: file.content.length }, () => file.content);
    return { ...(request as object), content: { ...facts, ...rest, [kind]: media } };
  }

  private async open(session: SessionId, { field, source, kind }: PlacedSource): Promise<OutgoingMedia> {
    const { content } = source;
    if (content !== null) {
      if (content.length > kind.maxBytes) throw new WabusError('PAYLOAD_TOO_LARGE', { details: { field } });
      return new OutgoingMedia({ mimetype: null, fileName: null, bytes: content.length }, () => content);
    }
    if (source.media === undefined) throw notFetched(field);
    const object = await this.store.find(mediaObjectName(session, source.media));
    if (!object) throw new WabusError('UNKNOWN_MEDIA', { details: { field, media: source.media } });
    const { mimetype, bytes, fileName = null } = mediaReference(source.media, object);
    checkMediaKind(kind, { field, mimetype, bytes });
    return new OutgoingMedia({ mimetype, fileName, bytes }, () => Readable.from(this.store.read(object), { objectMode: false }));
  }
}

/** Adds a thumbnail next to the large picture of a link preview; removes both if the file is not a picture. */
async function withPreviewPicture(request: unknown): Promise<unknown> {
  const { content } = request as { content?: { readonly linkPreview?: { readonly picture?: unknown } } };
  if (!(content?.linkPreview?.picture instanceof OutgoingMedia)) return request;
  const { picture, ...preview } = content.linkPreview;
  const opened = picture.open();
  const bytes = Buffer.isBuffer(opened) ? opened : Buffer.concat(await opened.stream.toArray());
  const jpegThumbnail = await previewPicture(bytes);
  if (jpegThumbnail === null) return { ...(request as object), content: { ...content, linkPreview: preview } };
  const small = { type: 'Buffer', data: jpegThumbnail.toString('base64') };
  const large = new OutgoingMedia(picture.facts, () => bytes);
  return { ...(request as object), content: { ...content, linkPreview: { ...preview, jpegThumbnail: small, picture: large } } };
}

function notFetched(field: string): WabusError {
  const problem = `${field}.url is fetched only by edges: send the command through an edge, or upload the file`;
  return new WabusError('INVALID_ARGUMENTS', { message: `Argument ${problem}.`, details: { fields: { [`${field}.url`]: [problem] } } });
}
