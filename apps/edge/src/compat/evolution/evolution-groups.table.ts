import type { PeerConversation, PeerRequest, PeerRoute } from '../compat.types.js';
import { listOf, objectOf, optionalFlag, optionalText, optionalTexts, textIn, numberIn, wrongField } from '../peer-fields.policy.js';
import { perform, created, ok, rowsOf } from '../peer-calls.policy.js';
import { sourceOf } from '../peer-content.policy.js';
import { jidOfNumber } from './evolution-id.codec.js';

const { serve, refuse } = rowsOf('group');

const instanceIn = ({ params }: PeerRequest): string => params['instance']!;

/** Returns the group, which is in the query, or in the body of older programs. */
function groupIn({ query, body }: PeerRequest): string {
  const jid = textIn({ groupJid: optionalText(query, 'groupJid') ?? body['groupJid'] }, 'groupJid');
  return jid.includes('@') ? jid : `${jid}@g.us`;
}

const codeIn = ({ query, body }: PeerRequest): string =>
  textIn({ inviteCode: optionalText(query, 'inviteCode') ?? body['inviteCode'] }, 'inviteCode').replace(
    /^https:\/\/chat\.whatsapp\.com\//,
    ''
  );

/** Returns a group of Baileys in the format of Evolution API. */
function groupView(group: unknown, withPeople = true): Record<string, unknown> {
  const { id, subject, subjectOwner, subjectTime, size, creation, owner, desc, descId, restrict, announce, participants, ...rest } =
    objectOf(group);
  const shown = { id, subject, subjectOwner, subjectTime, pictureUrl: null, size, creation, owner, desc, descId, restrict, announce };
  const { isCommunity, isCommunityAnnounce, linkedParent } = rest;
  return { ...shown, ...(withPeople ? { participants } : {}), isCommunity, isCommunityAnnounce, linkedParent };
}

function peopleIn({ body }: PeerRequest): string[] {
  const people = optionalTexts(body, 'participants') ?? [];
  if (people.length === 0) throw wrongField('participants', 'must be a list of phone numbers');
  return people.map(jidOfNumber);
}

function* create(request: PeerRequest): PeerConversation {
  const session = instanceIn(request);
  const group = yield* perform(session, 'groupCreate', { subject: textIn(request.body, 'subject'), participants: peopleIn(request) });
  const { id } = objectOf(group);
  const description = optionalText(request.body, 'description');
  if (description !== undefined && description !== '') yield* perform(session, 'groupUpdateDescription', { jid: id, description });
  if (optionalFlag(request.body, 'promoteParticipants') === true)
    yield* perform(session, 'groupParticipantsUpdate', { jid: id, participants: peopleIn(request), action: 'promote' });
  return created(groupView(description === undefined ? group : { ...objectOf(group), desc: description }));
}

function* fetchAll(request: PeerRequest): PeerConversation {
  const all = yield* perform<Record<string, unknown>>(instanceIn(request), 'groupFetchAllParticipating');
  const withPeople = optionalFlag(request.query, 'getParticipants') === true;
  return ok(Object.values(all).map(group => groupView(group, withPeople)));
}

function* metadata(request: PeerRequest): PeerConversation<Record<string, unknown>> {
  return groupView(yield* perform(instanceIn(request), 'groupMetadata', { jid: groupIn(request) }));
}

const GROUP = 'PATCH /api/sessions/{session}/groups/{jid}';
const INVITE = '/api/sessions/{session}/groups/{jid}/invite-code';

/** Rows for calls that version 1 has with PUT. */
const changed = (path: string, ours: string, handle: NonNullable<PeerRoute['handle']>, common = false): PeerRoute[] => [
  serve(`POST ${path}`, ours, handle, common ? { common } : {}),
  serve(`PUT ${path}`, ours, handle, { note: 'This call is from version 1 of Evolution API.' })
];

export const EVOLUTION_GROUPS: readonly PeerRoute[] = [
  serve('POST /group/create/{instance}', 'POST /api/sessions/{session}/groups', create),
  serve('GET /group/fetchAllGroups/{instance}', 'GET /api/sessions/{session}/groups', fetchAll, { common: true }),
  serve('GET /group/findGroupInfos/{instance}', 'GET /api/sessions/{session}/groups/{jid}', function* (request) {
    return ok(yield* metadata(request));
  }),
  serve(
    'GET /group/participants/{instance}',
    'GET /api/sessions/{session}/groups/{jid}',
    function* (request) {
      const { participants } = yield* metadata(request);
      return ok({ participants: listOf(participants) });
    },
    { common: true }
  ),
  ...changed(
    '/group/updateParticipant/{instance}',
    'POST /api/sessions/{session}/groups/{jid}/participants',
    function* (request) {
      const args = { jid: groupIn(request), participants: peopleIn(request), action: textIn(request.body, 'action') };
      return created({ updateParticipants: yield* perform(instanceIn(request), 'groupParticipantsUpdate', args) });
    },
    true
  ),
  ...changed('/group/updateGroupSubject/{instance}', GROUP, function* (request) {
    yield* perform(instanceIn(request), 'groupUpdateSubject', { jid: groupIn(request), subject: textIn(request.body, 'subject') });
    return created({ update: 'success' });
  }),
  ...changed('/group/updateGroupDescription/{instance}', GROUP, function* (request) {
    const description = optionalText(request.body, 'description') ?? '';
    yield* perform(instanceIn(request), 'groupUpdateDescription', { jid: groupIn(request), description });
    return created({ update: 'success' });
  }),
  ...changed('/group/updateGroupPicture/{instance}', 'PUT /api/sessions/{session}/chats/{jid}/picture', function* (request) {
    const content = sourceOf(textIn(request.body, 'image'));
    yield* perform(instanceIn(request), 'updateProfilePicture', { jid: groupIn(request), content });
    return created({ update: 'success' });
  }),
  ...changed('/group/updateSetting/{instance}', GROUP, function* (request) {
    const setting = textIn(request.body, 'action');
    yield* perform(instanceIn(request), 'groupSettingUpdate', { jid: groupIn(request), setting });
    return created({ updateSetting: setting });
  }),
  ...changed('/group/toggleEphemeral/{instance}', GROUP, function* (request) {
    const ephemeralExpiration = numberIn(request.body, 'expiration');
    yield* perform(instanceIn(request), 'groupToggleEphemeral', { jid: groupIn(request), ephemeralExpiration });
    return created({ success: true });
  }),
  serve('GET /group/inviteCode/{instance}', `GET ${INVITE}`, function* (request) {
    const inviteCode = yield* perform<string>(instanceIn(request), 'groupInviteCode', { jid: groupIn(request) });
    return ok({ inviteUrl: `https://chat.whatsapp.com/${inviteCode}`, inviteCode });
  }),
  ...changed('/group/revokeInviteCode/{instance}', `DELETE ${INVITE}`, function* (request) {
    return created({ revoked: true, inviteCode: yield* perform(instanceIn(request), 'groupRevokeInvite', { jid: groupIn(request) }) });
  }),
  serve('GET /group/inviteInfo/{instance}', 'GET /api/sessions/{session}/group-invites/{code}', function* (request) {
    return ok(groupView(yield* perform(instanceIn(request), 'groupGetInviteInfo', { code: codeIn(request) })));
  }),
  serve('GET /group/acceptInviteCode/{instance}', 'POST /api/sessions/{session}/group-invites/{code}/accept', function* (request) {
    return ok({ accepted: true, groupJid: yield* perform(instanceIn(request), 'groupAcceptInvite', { code: codeIn(request) }) });
  }),
  serve('DELETE /group/leaveGroup/{instance}', 'DELETE /api/sessions/{session}/groups/{jid}', function* (request) {
    yield* perform(instanceIn(request), 'groupLeave', { id: groupIn(request) });
    return ok({ groupJid: groupIn(request), leave: true });
  }),
  refuse('POST /group/sendInvite/{instance}', 'POST /api/sessions/{session}/messages', 'Pass the invitation in `content.groupInvite`.')
];
