import type { CommandReply, CommandRequest } from '@wabus/contracts';
import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import { QueryIds, XWAPaths } from '../baileys.js';
import { refusedByWhatsApp } from '../sending/whatsapp-error.mapper.js';
import { isBadRequest, mexQuery } from '../queries/mex.query.js';

type ChannelSocket = Pick<WASocket, 'query' | 'generateMessageTag'>;

const FLAGS = { fetch_creation_time: true, fetch_full_image: true, fetch_viewer_metadata: true };

/**
 * The queries for the metadata of a channel, with all the flags that each declares. Baileys and whatsmeow use the first, the official client uses the second
 * (zapo 460c9b0, whatsapp-rust 1372). Which of them WhatsApp will accept for longer is unknown.
 */
const METADATA_FORMS = [
  { queryId: QueryIds.METADATA as string, flags: FLAGS, input: {} },
  {
    queryId: '27456920720571478',
    flags: { ...FLAGS, fetch_pinned_messages: false, fetch_status_metadata: false, fetch_wamo_sub: false },
    input: { view_role: 'GUEST' }
  }
];

/** Resolves to the metadata of a channel. If WhatsApp refuses one form of the query with 400, tries the next. */
export async function channelMetadata(
  socket: ChannelSocket,
  { type, key }: CommandRequest<'newsletterMetadata'>
): Promise<CommandReply<'newsletterMetadata'> | null> {
  let refusal: unknown;
  for (const { queryId, flags, input } of METADATA_FORMS) {
    const variables = { ...flags, input: { key, type: type.toUpperCase(), ...input } };
    try {
      return describedChannel(await mexQuery(socket, { queryId, variables, path: XWAPaths.xwa2_newsletter_metadata }));
    } catch (error) {
      if (!isBadRequest(error)) throw error;
      refusal ??= error;
    }
  }
  throw refusal;
}

/** Reacts to a channel post, or removes the reaction. Throws `REFUSED_BY_WHATSAPP` if the ack contains an error, which Baileys ignores. */
export async function reactToPost(
  socket: ChannelSocket,
  { jid, serverId, reaction }: CommandRequest<'newsletterReactMessage'>
): Promise<void> {
  const taken = { type: 'reaction', server_id: serverId, id: socket.generateMessageTag(), ...(reaction ? {} : { edit: '7' }) };
  const ack = (await socket.query({
    tag: 'message',
    attrs: { to: jid, ...taken },
    content: [{ tag: 'reaction', attrs: reaction ? { code: reaction } : {} }]
  })) as BinaryNode;
  const { error } = ack.attrs;
  if (error !== undefined) throw refusedByWhatsApp(Number(error));
}

/** Returns the channel in an answer; some answers contain it one level deeper. */
function describedChannel(answer: unknown): CommandReply<'newsletterMetadata'> | null {
  if (typeof answer !== 'object' || answer === null) return null;
  if ('id' in answer && typeof answer.id === 'string') return answer as CommandReply<'newsletterMetadata'>;
  return 'result' in answer ? describedChannel(answer.result) : null;
}
