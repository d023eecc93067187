import { WabusError, type CommandReply, type CommandRequest } from '@wabus/contracts';
import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import {
  extractGroupMetadata,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  isHostedLidUser,
  isLidUser,
  jidNormalizedUser
} from '../baileys.js';
import { mapWhatsAppError, refusedByWhatsApp } from '../sending/whatsapp-error.mapper.js';
import { isBadRequest } from '../queries/mex.query.js';

type GroupSocket = Pick<WASocket, 'query' | 'signalRepository' | 'groupMetadata'>;
type MembersRequest = CommandRequest<'groupParticipantsUpdate'>;

/** The settings that the official client sends with every new group (whatsmeow 39b719ba and 0dcf1f50); it no longer sends a `key`. */
const NEW_GROUP: readonly BinaryNode[] = [
  { tag: 'member_add_mode', attrs: {}, content: 'all_member_add' },
  { tag: 'ephemeral', attrs: { expiration: '0' } },
  { tag: 'membership_approval_mode', attrs: {}, content: [{ tag: 'group_join', attrs: { state: 'off' } }] }
];

/** Creates a group and resolves to its metadata. */
export async function createGroup(
  socket: GroupSocket,
  { subject, participants }: CommandRequest<'groupCreate'>
): Promise<CommandReply<'groupCreate'>> {
  return extractGroupMetadata(await create(socket, subject, { participants }));
}

/** Creates a group in a community and resolves to its metadata. */
export async function createCommunityGroup(
  socket: GroupSocket,
  { subject, participants, parentCommunityJid }: CommandRequest<'communityCreateGroup'>
): Promise<CommandReply<'communityCreateGroup'>> {
  const parent = { tag: 'linked_parent', attrs: { jid: parentCommunityJid } };
  const { id } = extractGroupMetadata(await create(socket, subject, { participants, parent }));
  return socket.groupMetadata(id);
}

/** Adds, removes, promotes or demotes members of a group. */
export function updateGroupMembers(socket: GroupSocket, request: MembersRequest): Promise<CommandReply<'groupParticipantsUpdate'>> {
  return changeMembers(socket, request, {});
}

/** Changes the members of a community like those of a group. Removed members leave its groups too. */
export function updateCommunityMembers(socket: GroupSocket, request: MembersRequest): Promise<CommandReply<'communityParticipantsUpdate'>> {
  return changeMembers(socket, request, request.action === 'remove' ? { linked_groups: 'true' } : {});
}

async function create(
  socket: GroupSocket,
  subject: string,
  { participants, parent }: { participants: readonly string[]; parent?: BinaryNode }
): Promise<BinaryNode> {
  const members = await Promise.all(participants.map(jid => entrant(socket, jid)));
  const content = [...members, ...NEW_GROUP, ...(parent ? [parent] : [])];
  return asking(socket, { to: '@g.us', question: { tag: 'create', attrs: { subject }, content }, members });
}

async function changeMembers(
  socket: GroupSocket,
  { jid, participants, action }: MembersRequest,
  attrs: Record<string, string>
): Promise<CommandReply<'groupParticipantsUpdate'>> {
  const members =
    action === 'add'
      ? await Promise.all(participants.map(each => entrant(socket, each)))
      : participants.map(each => ({ tag: 'participant', attrs: { jid: each } }));
  const answer = await asking(socket, { to: jid, question: { tag: action, attrs, content: members }, members });
  return getBinaryNodeChildren(getBinaryNodeChild(answer, action), 'participant').map(member => ({
    status: member.attrs['error'] ?? '200',
    jid: member.attrs['jid'],
    content: member
  }));
}

/** Returns the node of a person to add. A LID needs its number, otherwise WhatsApp refuses the whole request (whatsmeow b8b60141 and 8b4a8ba0). */
async function entrant(socket: GroupSocket, jid: string): Promise<BinaryNode> {
  const byLid = isLidUser(jid) || isHostedLidUser(jid);
  const number = byLid ? await socket.signalRepository.lidMapping.getPNForLID(jid) : null;
  return { tag: 'participant', attrs: { jid, ...(number ? { phone_number: jidNormalizedUser(number) } : {}) } };
}

async function asking(
  socket: GroupSocket,
  { to, question, members }: { to: string; question: BinaryNode; members: readonly BinaryNode[] }
): Promise<BinaryNode> {
  try {
    return (await socket.query({ tag: 'iq', attrs: { type: 'set', xmlns: 'w:g2', to }, content: [question] })) as BinaryNode;
  } catch (error) {
    const refusal = mapWhatsAppError(error);
    const numberless = members.flatMap(({ attrs }) => (isLidUser(attrs['jid']) && !attrs['phone_number'] ? attrs['jid']! : []));
    if (!isBadRequest(refusal) || numberless.length === 0) throw refusal;
    throw new WabusError('REFUSED_BY_WHATSAPP', {
      message: `WhatsApp adds a LID to a group only if the phone number is also known, which is not the case for ${numberless.length} of these LIDs. Pass phone numbers instead, or send an invitation.`,
      details: { ...refusedByWhatsApp(400).details, numberless },
      cause: refusal
    });
  }
}
