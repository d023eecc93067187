import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { ObjectStores, type ObjectStore } from '@wabus/broker';
import {
  checkMediaKind,
  MEDIA_BUCKET,
  mediaAttributes,
  mediaObjectName,
  mediaReference,
  mediaSources,
  WabusError,
  withMedia,
  type MediaReference,
  type MediaSource,
  type SessionId
} from '@wabus/contracts';
import { OutgoingMedia } from '../whatsapp/sending/socket-call.policy.js';
import type { RemoteMedia } from '../whatsapp/whatsapp-engine.js';

/** No file may take longer, whoever waits for it. */
const FETCH_LIMIT_MS = 600_000;

export abstract class SessionMediaSettings {
  /** The largest file that is fetched from WhatsApp. */
  abstract readonly maxFileBytes: number;
}

/** Files between the object store and WhatsApp: those that commands name, and those that messages carry. All of them go through in pieces. */
@Injectable()
export class SessionMediaService {
  private readonly store: ObjectStore;
  /** One fetch for all who want the same file now. */
  private readonly underWay = new Map<string, Promise<MediaReference>>();

  constructor(
    stores: ObjectStores,
    private readonly settings: SessionMediaSettings
  ) {
    this.store = stores.store(MEDIA_BUCKET);
  }

  /**
   * The arguments of a command with every file in them open, as `OutgoingMedia`; what names no file comes back as it is. Throws `UNKNOWN_MEDIA` for a file that this
   * session does not have, `INVALID_ARGUMENTS` for one of another kind than the field takes and for an address, which only edges fetch, and `PAYLOAD_TOO_LARGE`.
   */
  async opened<Request extends object>(session: SessionId, request: Request): Promise<Request> {
    const opened = new Map<MediaSource, OutgoingMedia>();
    for (const { field, source } of mediaSources(request)) opened.set(source, await this.open(session, field, source));
    return opened.size === 0 ? request : (withMedia(request, source => opened.get(source)) as Request);
  }

  /** Fetches the file of a message into the object store, unless it is there. Throws `MEDIA_GONE`, `PAYLOAD_TOO_LARGE` and `EGRESS_FAILED`. */
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

  private async open(session: SessionId, field: string, source: MediaSource): Promise<OutgoingMedia> {
    const { content } = source;
    if (content !== null) {
      if (content.length > source.kind.maxBytes) throw new WabusError('PAYLOAD_TOO_LARGE', { details: { field } });
      return new OutgoingMedia({ mimetype: null, fileName: null, bytes: content.length }, () => content);
    }
    if (source.media === undefined) throw notFetched(field);
    const object = await this.store.find(mediaObjectName(session, source.media));
    if (!object) throw new WabusError('UNKNOWN_MEDIA', { details: { field, media: source.media } });
    const { mimetype, bytes, fileName = null } = mediaReference(source.media, object);
    checkMediaKind(source.kind, { field, mimetype, bytes });
    return new OutgoingMedia({ mimetype, fileName, bytes }, () => Readable.from(this.store.read(object), { objectMode: false }));
  }
}

function notFetched(field: string): WabusError {
  const problem = `${field}.url is fetched by edges only: send the command through one, or upload the file`;
  return new WabusError('INVALID_ARGUMENTS', { message: `Argument ${problem}.`, details: { fields: { [`${field}.url`]: [problem] } } });
}
