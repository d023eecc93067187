import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ObjectStores, type ByteRange, type ObjectStore, type StoredObject } from '@wabus/broker';
import {
  EVENT_PARTS_BUCKET,
  MEDIA_BUCKET,
  WabusError,
  isEventPart,
  isMediaReference,
  mediaAttributes,
  mediaObjectName,
  mediaReference,
  type MediaReference,
  type SessionId
} from '@wabus/contracts';
import { Erasures } from '../erasure/erasures.registry.js';
import { sniffMedia } from './media-type-sniffer.js';
import { mediaType } from './media.policy.js';
import { MediaSettings } from './media.settings.js';
import type { UploadedFile } from './upload.reader.js';

/** Deletes the files of a deleted session. The name of each file begins with that of its session. */
@Injectable()
export class MediaErasure {
  constructor(stores: ObjectStores, erasures: Erasures) {
    const store = stores.store(MEDIA_BUCKET);
    erasures.add('media', session => store.removeAll(session));
  }
}

/** A file that can be read. */
export interface ShelvedMedia {
  readonly reference: MediaReference;
  readonly read: (range?: ByteRange) => AsyncIterable<Uint8Array>;
}

/** The files of sessions in the object store, and the large parts of their events. Files are stored for commands and served; parts are only served here. */
@Injectable()
export class MediaStore {
  private readonly store: ObjectStore;
  private readonly parts: ObjectStore;

  constructor(
    stores: ObjectStores,
    private readonly settings: MediaSettings
  ) {
    this.store = stores.store(MEDIA_BUCKET);
    this.parts = stores.store(EVENT_PARTS_BUCKET);
  }

  /**
   * Stores a file while it arrives. Throws `PAYLOAD_TOO_LARGE`, `INVALID_REQUEST` if it is empty, and the errors of its source; nothing remains stored then.
   */
  async put(
    session: SessionId,
    file: UploadedFile,
    { media = newReference(), signal }: { media?: string; signal?: AbortSignal } = {}
  ): Promise<MediaReference> {
    const { mimetype, content } = await sniffMedia(notEmpty(file.content));
    const object = await this.store.put(mediaObjectName(session, media), content, {
      maxBytes: this.settings.maxFileBytes,
      attributes: mediaAttributes({ mimetype: mediaType(mimetype, file.mimetype), fileName: file.fileName }),
      signal
    });
    return mediaReference(media, object);
  }

  /** Returns the file of a reference, or the part of an event. Throws `UNKNOWN_MEDIA` if this session has none. */
  async find(session: SessionId, media: string): Promise<ShelvedMedia> {
    const object = await this.lookUp(session, media);
    if (!object) throw new WabusError('UNKNOWN_MEDIA', { details: { media } });
    return { reference: mediaReference(media, object), read: range => this.storeOf(media).read(object, range) };
  }

  /** Deletes the file of a reference, if it still exists. Parts of events are kept. */
  async remove(session: SessionId, media: string): Promise<void> {
    if (isMediaReference(media) && !isEventPart(media)) await this.store.remove(mediaObjectName(session, media));
  }

  async has(session: SessionId, media: string): Promise<boolean> {
    return (await this.lookUp(session, media)) !== null;
  }

  private async lookUp(session: SessionId, media: string): Promise<StoredObject | null> {
    return isMediaReference(media) ? this.storeOf(media).find(mediaObjectName(session, media)) : null;
  }

  private storeOf(media: string): ObjectStore {
    return isEventPart(media) ? this.parts : this.store;
  }
}

/** 192 random bits, so that a reference cannot be guessed. */
const newReference = (): string => `media_${randomBytes(24).toString('base64url')}`;

async function* notEmpty(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of content) {
    bytes += piece.length;
    yield piece;
  }
  if (bytes === 0) throw new WabusError('INVALID_REQUEST', { message: 'The file is empty.' });
}
