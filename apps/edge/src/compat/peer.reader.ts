import { Injectable } from '@nestjs/common';
import { WabusError, parseJid, type SessionId, type StoredMessageView } from '@wabus/contracts';
import { authorise } from '../auth/authorise.policy.js';
import type { Principal } from '../auth/principal.js';
import { checkSession } from '../commands-out/command-request.policy.js';
import { SessionRegistryStore } from '../commands-out/session.registry.store.js';
import { MediaStore, type ShelvedMedia } from '../media/media.store.js';
import { MessageMedia } from '../media/message-media.js';
import { ReadModels, SearchLimiter } from '../read-models/reading/read-models.js';
import type { CallResults, ListCall } from './compat.types.js';

/** A file in base64 is in memory as a whole. */
const MOST_BYTES = 32 * 1_024 * 1_024;

/** Reads the known data of a session without a request to WhatsApp. Every method throws `INVALID_REQUEST`, `FORBIDDEN` and `UNKNOWN_SESSION`. */
@Injectable()
export class PeerReader {
  constructor(
    private readonly registry: SessionRegistryStore,
    private readonly models: ReadModels,
    private readonly searches: SearchLimiter,
    private readonly files: MediaStore,
    private readonly events: MessageMedia
  ) {}

  async list(
    principal: Principal,
    { do: kind, session: text, query = null, cursor = null, limit, chat }: ListCall
  ): Promise<CallResults[ListCall['do']]> {
    const session = await this.admit(principal, text);
    const page = { query, cursor, limit };
    return this.searches.pass<CallResults[ListCall['do']]>(principal, () =>
      kind === 'messages' ? this.models.messages(session, chat ?? '', page) : this.models[kind](session, page)
    );
  }

  async messagesById(principal: Principal, text: unknown, id: string): Promise<StoredMessageView[]> {
    const session = await this.admit(principal, text);
    return this.searches.pass(principal, () => this.models.messagesById(session, id));
  }

  /** Returns the other jid of a person, or `null` if it is unknown. */
  async otherJid(principal: Principal, text: unknown, named: string): Promise<string | null> {
    const session = await this.admit(principal, text);
    const jid = parseJid(named) ?? named;
    try {
      const { lid, pn } = await this.models.lidMap(session, jid);
      return jid.endsWith('@lid') ? pn : lid;
    } catch (thrown) {
      if (thrown instanceof WabusError && thrown.code === 'NOT_FOUND') return null;
      throw thrown;
    }
  }

  async eventMessage(
    principal: Principal,
    { session, cursor, id }: { session: unknown; cursor: string; id: string | null }
  ): Promise<Record<string, unknown>> {
    return { ...(await this.events.message(await this.admit(principal, session), cursor, id)) };
  }

  /** Returns a stored file. Throws `UNKNOWN_MEDIA`. */
  async file(principal: Principal, session: unknown, media: string): Promise<ShelvedMedia> {
    return this.files.find(await this.admit(principal, session), media);
  }

  /** Returns the bytes of a stored file. Throws `UNKNOWN_MEDIA` and `PAYLOAD_TOO_LARGE`. */
  async bytes(principal: Principal, session: unknown, media: string): Promise<CallResults['bytes']> {
    const { reference, read } = await this.file(principal, session, media);
    if (reference.bytes > MOST_BYTES)
      throw new WabusError('PAYLOAD_TOO_LARGE', {
        message: 'The file is too large for base64: fetch it with GET /api/sessions/{session}/media/{ref}.',
        details: { maxBytes: MOST_BYTES }
      });
    const pieces: Uint8Array[] = [];
    for await (const piece of read()) pieces.push(piece);
    return { content: Buffer.concat(pieces), reference };
  }

  private async admit(principal: Principal, text: unknown): Promise<SessionId> {
    const session = checkSession(text);
    authorise(principal, 'read', session);
    await this.registry.requireLiving(session);
    return session;
  }
}
