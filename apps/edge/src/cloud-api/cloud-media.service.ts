import { Injectable } from '@nestjs/common';
import { isBytesJson, isMediaReference, unwrappedContent, WabusError, type MediaReference, type SessionId } from '@wabus/contracts';
import { authorise } from '../auth/authorise.policy.js';
import type { Principal } from '../auth/principal.js';
import { checkSession } from '../commands-out/command-request.policy.js';
import { CommandClient } from '../commands-out/command.client.js';
import { MediaStore, type ShelvedMedia } from '../media/media.store.js';
import { MessageMedia } from '../media/message-media.js';
import { field, numberOf, textOf } from '../read-models/projection/payload.codec.js';
import { CLOUD_FAILURES, CloudRefusal } from './cloud-error.table.js';
import { decodeMediaId, type CloudMediaKey } from './wamid.codec.js';

/** The facts that Meta reports about a file before it is fetched. */
export interface CloudMediaFacts {
  readonly mime_type: string;
  readonly sha256: string;
  readonly file_size: number;
}

const FILES = ['imageMessage', 'videoMessage', 'ptvMessage', 'audioMessage', 'documentMessage', 'stickerMessage'];

/** Finds the files that media ids name. */
@Injectable()
export class CloudMedia {
  constructor(
    private readonly store: MediaStore,
    private readonly messages: MessageMedia,
    private readonly commands: CommandClient
  ) {}

  /** Decodes a media id and authorizes its session. Throws `CloudRefusal` and `FORBIDDEN`. */
  keyOf(principal: Principal, scope: 'read' | 'send', id: string): CloudMediaKey & { readonly session: SessionId } {
    const key = decodeMediaId(id);
    if (key === null) throw new CloudRefusal(CLOUD_FAILURES.object, 'There is no object with this id.');
    const session = checkSession(key.session);
    authorise(principal, scope, session);
    return { ...key, session };
  }

  /**
   * Returns the facts about a file. For the file of a message, these are the sender's claims, so that nothing is fetched before it is
   * requested. Throws `UNKNOWN_MEDIA` and `NOT_FOUND`.
   */
  async facts({ session, ref, message }: CloudMediaKey & { session: SessionId }): Promise<CloudMediaFacts> {
    if (isMediaReference(ref)) {
      const { mimetype, sha256, bytes } = (await this.store.find(session, ref)).reference;
      return { mime_type: mimetype, sha256, file_size: bytes };
    }
    const content = unwrappedContent(field(await this.message(session, ref, message), 'message'));
    const file = FILES.map(name => field(content, name)).find(one => one !== undefined);
    if (file === undefined) throw new WabusError('UNKNOWN_MEDIA');
    const hash = field(file, 'fileSha256');
    return {
      mime_type: textOf(file, 'mimetype') ?? 'application/octet-stream',
      sha256: isBytesJson(hash) ? Buffer.from(hash.data, 'base64').toString('hex') : '',
      file_size: numberOf(file, 'fileLength') ?? 0
    };
  }

  /** Returns the content of a file. The file of a message is first fetched from WhatsApp. Throws the errors of `downloadMedia`. */
  async content(principal: Principal, key: CloudMediaKey & { session: SessionId }): Promise<ShelvedMedia> {
    const media = isMediaReference(key.ref)
      ? key.ref
      : await this.fetched(principal, key.session, { cursor: key.ref, message: key.message });
    return this.store.find(key.session, media);
  }

  /** Returns the reference of a message's file, after fetching it. */
  async fetched(
    principal: Principal,
    session: SessionId,
    { cursor, message: id }: { cursor: string; message: string | null }
  ): Promise<string> {
    authorise(principal, 'read', session);
    const { key, message } = (await this.message(session, cursor, id)) as Record<string, unknown>;
    const args = { message: { key, message } };
    const { media } = (await this.commands.execute(principal, { session, method: 'downloadMedia', args })) as MediaReference;
    return media;
  }

  remove({ session, ref }: CloudMediaKey & { session: SessionId }): Promise<void> {
    return this.store.remove(session, ref);
  }

  private message(session: SessionId, cursor: string, id: string | null): Promise<object> {
    return this.messages.message(session, cursor, id).catch((error: unknown) => {
      // The cursor was invented.
      throw error instanceof WabusError && error.code === 'INVALID_REQUEST' ? new WabusError('UNKNOWN_MEDIA', { cause: error }) : error;
    });
  }
}
