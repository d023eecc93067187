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

/** Adds stars to messages or removes them. Baileys changes only the first message, and omits the author, without which phones do not find group messages. */
export async function starMessages(socket: MarkSocket, { jid, messages, star }: CommandRequest<'star'>): Promise<void> {
  for (const message of messages) await socket.appPatch(starPatch(jid, message, star));
}

/** Changes a chat. Deletes a message for this account without Baileys' method, which omits the author. */
export async function modifyChat(socket: MarkSocket, request: CommandRequest<'chatModify'>): Promise<void> {
  const { deleteForMe } = request.modification;
  if (deleteForMe) await socket.appPatch(deletionPatch(request.jid, deleteForMe));
  else await socket.chatModify(...(socketArguments('chatModify', request) as Parameters<WASocket['chatModify']>));
}

/** Returns the change of the synchronized state that adds or removes a star. */
export function starPatch(jid: string, message: MarkedMessage, starred: boolean): WAPatchCreate {
  const index = ['star', ...placeOf(jid, message)];
  return { syncAction: { starAction: { starred } }, index, type: 'regular_low', apiVersion: 2, operation: SET };
}

type Deletion = NonNullable<CommandRequest<'chatModify'>['modification']['deleteForMe']>;

/** Returns the change of the synchronized state that deletes a message for this account only. */
export function deletionPatch(jid: string, { key, deleteMedia, timestamp }: Deletion): WAPatchCreate {
  const index = ['deleteMessageForMe', ...placeOf(jid, key)];
  const deleteMessageForMeAction = { deleteMedia, messageTimestamp: timestamp };
  return { syncAction: { deleteMessageForMeAction }, index, type: 'regular_high', apiVersion: 3, operation: SET };
}

/** Returns the index parts of a message in the synchronized state (whatsmeow `newStarMutation`); the author only for another member's group message. */
function placeOf(jid: string, { id, fromMe, participant }: MarkedMessage): string[] {
  const author = isJidGroup(jid) && !fromMe ? participant : null;
  return [jid, id ?? '', fromMe ? '1' : '0', author ?? '0'];
}
