import type { CommandRequest } from '@wabus/contracts';
import type { WAPatchCreate, WASocket } from '@whiskeysockets/baileys';
import { isJidGroup, proto } from '../baileys.js';
import { socketArguments } from '../sending/socket-call.policy.js';

type MarkSocket = Pick<WASocket, 'appPatch' | 'chatModify'>;

interface MarkedMessage {
  readonly id?: string | null;
  readonly fromMe?: boolean | null;
  readonly participant?: string | null;
}

const { SET } = proto.SyncdMutation.SyncdOperation;

/** Puts stars on messages, or takes them away. Baileys takes the first message only, and leaves out the author, without whom phones do not find a message of a group. */
export async function starMessages(socket: MarkSocket, { jid, messages, star }: CommandRequest<'star'>): Promise<void> {
  for (const message of messages) await socket.appPatch(starPatch(jid, message, star));
}

/** Changes a chat. Baileys leaves out the author of a message that is deleted for this account alone. */
export async function modifyChat(socket: MarkSocket, request: CommandRequest<'chatModify'>): Promise<void> {
  const { deleteForMe } = request.modification;
  if (deleteForMe) await socket.appPatch(deletionPatch(request.jid, deleteForMe));
  else await socket.chatModify(...(socketArguments('chatModify', request) as Parameters<WASocket['chatModify']>));
}

/** The change of the synchronized state that a star is. */
export function starPatch(jid: string, message: MarkedMessage, starred: boolean): WAPatchCreate {
  const index = ['star', ...placeOf(jid, message)];
  return { syncAction: { starAction: { starred } }, index, type: 'regular_low', apiVersion: 2, operation: SET };
}

type Deletion = NonNullable<CommandRequest<'chatModify'>['modification']['deleteForMe']>;

/** The same of the deletion of a message for this account alone. */
export function deletionPatch(jid: string, { key, deleteMedia, timestamp }: Deletion): WAPatchCreate {
  const index = ['deleteMessageForMe', ...placeOf(jid, key)];
  const deleteMessageForMeAction = { deleteMedia, messageTimestamp: timestamp };
  return { syncAction: { deleteMessageForMeAction }, index, type: 'regular_high', apiVersion: 3, operation: SET };
}

/** A message as the synchronized state names it (whatsmeow `newStarMutation`): its author in a group, unless it is an own one. */
function placeOf(jid: string, { id, fromMe, participant }: MarkedMessage): string[] {
  const author = isJidGroup(jid) && !fromMe ? participant : null;
  return [jid, id ?? '', fromMe ? '1' : '0', author ?? '0'];
}
