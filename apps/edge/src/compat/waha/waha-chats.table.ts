import { MEDIA_REFERENCE_PATTERN } from '@wabus/contracts';
import type { PeerConversation, PeerRequest, PeerRoute } from '../compat.types.js';
import {
  given,
  isJsonObject,
  listOf,
  objectOf,
  optionalCount,
  optionalNumber,
  optionalText,
  optionalTexts,
  textIn,
  windowIn,
  wrongField
} from '../peer-fields.policy.js';
import { call, perform, created, json, listed, ok, rowsOf } from '../peer-calls.policy.js';
import { decoded } from '../peer-match.policy.js';
import { fileSource } from '../peer-content.policy.js';
import { jidOfWaha, messageOfWaha, wahaId, wahaMessageId, type NamedMessage } from './waha-id.codec.js';
import { wahaParticipant } from './waha-event.codec.js';
import { wahaStoredMessage } from './waha-message.codec.js';
import { readChat } from './waha-chatting.table.js';

const { serve } = rowsOf('chats');
const groups = rowsOf('groups');
const presence = rowsOf('presence');
const profile = rowsOf('profile');
const labels = rowsOf('labels');
const others = rowsOf('status');
const channels = rowsOf('channels');
const calls = rowsOf('calls');
const files = rowsOf('receive-messages');

const MOST_CHATS = 10_000;
const MOST_OF_ONE_ANSWER = 1_000;
/** The most messages that are searched for a filter. All of them are kept in memory. */
const MOST_FILTERED = 2_000;

interface Ordered {
  readonly id: string;
  readonly name: string | null;
  readonly timestamp: number;
}

/** Returns the items in the order, and within the part of the list, that the program requests. */
function windowed<Item extends Ordered>(items: readonly Item[], query: PeerRequest['query']): Item[] {
  const by = optionalText(query, 'sortBy');
  const factor = (optionalText(query, 'sortOrder') ?? 'desc') === 'asc' ? 1 : -1;
  const sorted = [...items].sort((one, other) => {
    if (by === 'id' || by === 'name') return factor * (one[by] ?? '').localeCompare(other[by] ?? '');
    return factor * (one.timestamp - other.timestamp);
  });
  const { offset, limit } = windowIn(query, MOST_CHATS);
  return sorted.slice(offset, offset + limit);
}

function* chatsOf({ params, query }: PeerRequest): PeerConversation<(Ordered & Record<string, unknown>)[]> {
  const isPlain = optionalText(query, 'sortBy') === undefined && optionalText(query, 'sortOrder') !== 'asc';
  const reach = isPlain ? windowIn(query, MOST_CHATS).reach : MOST_CHATS;
  const chats = yield* listed({ do: 'chats', session: params['session'] }, reach);
  const shown = chats.map(({ jid, name, timestamp, unreadCount, chat }) => ({
    ...{ id: wahaId(jid), name, timestamp, conversationTimestamp: timestamp, unreadCount },
    ...{ isGroup: jid.endsWith('@g.us'), archived: chat['archived'] === true, pinned: chat['pinned'] != null, _chat: chat }
  }));
  return windowed(shown, query);
}

function* overview(request: PeerRequest): PeerConversation {
  const { pagination, filter } = request.body;
  const query: PeerRequest['query'] = { limit: 20, ...request.query, ...objectOf(pagination) };
  const ids = [optionalTexts(objectOf(filter), 'ids'), listOf(request.query['ids']), request.query['ids']].flat();
  const wanted = ids.filter((id): id is string => typeof id === 'string').map(id => wahaId(jidOfWaha(id)));
  const chats = yield* chatsOf({ ...request, query: wanted.length > 0 ? {} : query });
  const shown: unknown[] = [];
  for (const { id, name, _chat } of chats.filter(chat => wanted.length === 0 || wanted.includes(chat.id)).slice(0, 100)) {
    const [last] = yield* listed({ do: 'messages', session: request.params['session'], chat: jidOfWaha(id) }, 1);
    shown.push({ id, name, picture: null, lastMessage: last ? wahaStoredMessage(last) : null, _chat });
  }
  return ok(shown);
}

const chatOf = ({ params }: PeerRequest): string => jidOfWaha(params['chatId']!);

function* messagesOf(request: PeerRequest): PeerConversation {
  const { params, query } = request;
  const { offset, limit, reach: plain } = windowIn({ limit: 10, ...query }, MOST_OF_ONE_ANSWER);
  const [before, after] = [optionalNumber(query, 'filter.timestamp.lte'), optionalNumber(query, 'filter.timestamp.gte')];
  const fromMe = optionalText(query, 'filter.fromMe');
  const fits = (timestamp: number, mine: boolean): boolean =>
    timestamp <= (before ?? Infinity) && timestamp >= (after ?? 0) && (fromMe === undefined || String(mine) === fromMe);
  const isFiltered = before !== undefined || after !== undefined || fromMe !== undefined;
  const reach = isFiltered ? MOST_FILTERED : plain;
  const messages = yield* listed({ do: 'messages', session: params['session'], chat: chatOf(request) }, reach);
  const wanted = messages.filter(message => fits(message.timestamp, message.fromMe));
  return ok(wanted.slice(offset, offset + limit).map(wahaStoredMessage));
}

const keyIn = (request: PeerRequest): NamedMessage => ({
  remoteJid: chatOf(request),
  ...messageOfWaha(request.params['messageId']!, 'messageId')
});

function* messageById(request: PeerRequest): PeerConversation {
  const { id } = messageOfWaha(request.params['messageId']!, 'messageId');
  const messages = yield* call({ do: 'messagesById', session: request.params['session'], id });
  const found = messages.find(({ chat }) => chat === chatOf(request)) ?? messages[0];
  return found ? ok(wahaStoredMessage(found)) : json(404, { statusCode: 404, error: 'Not Found', message: 'Message not found' });
}

function* edit(request: PeerRequest): PeerConversation {
  const mentions = optionalTexts(request.body, 'mentions')?.map(jidOfWaha);
  const content = { text: textIn(request.body, 'text'), edit: { ...keyIn(request), fromMe: true }, ...given({ mentions }) };
  yield* perform(request.params['session'], 'sendMessage', { jid: chatOf(request), content });
  return ok({ success: true });
}

function* remove(request: PeerRequest): PeerConversation {
  yield* perform(request.params['session'], 'sendMessage', { jid: chatOf(request), content: { delete: keyIn(request) } });
  return ok({ success: true });
}

const pin = (type: 1 | 2) =>
  function* (request: PeerRequest): PeerConversation {
    const time = type === 1 ? { time: optionalNumber(request.body, 'duration') ?? 86_400 } : {};
    yield* perform(request.params['session'], 'sendMessage', { jid: chatOf(request), content: { pin: keyIn(request), type, ...time } });
    return created({ success: true });
  };

function* read(request: PeerRequest): PeerConversation {
  const most = optionalCount(request.body, 'messages', 1);
  const days = optionalNumber(request.body, 'days');
  const keys = yield* readChat(request.params['session'], chatOf(request), given({ most, days }));
  return created({ ids: keys.map(key => wahaMessageId({ participant: null, ...key })) });
}

const modify = (modification: object, status: number) =>
  function* (request: PeerRequest): PeerConversation {
    const jid = chatOf(request);
    const newest = yield* listed({ do: 'messages', session: request.params['session'], chat: jid }, 1);
    const lastMessages = newest.map(({ chat, id, fromMe, participant, timestamp }) => ({
      key: { remoteJid: chat, id, fromMe, ...given({ participant }) },
      messageTimestamp: timestamp
    }));
    yield* perform(request.params['session'], 'chatModify', { jid, modification: { ...modification, lastMessages } });
    return json(status, { success: true });
  };

function* picture(request: PeerRequest): PeerConversation {
  const jid = jidOfWaha(request.params['chatId'] ?? request.params['id']!);
  const url = yield* perform(request.params['session'], 'profilePictureUrl', { jid, type: 'image' });
  return ok({ url: url ?? null });
}

const groupOf = ({ params }: PeerRequest): string => {
  const id = params['id']!;
  return id.includes('@') ? id : `${id}@g.us`;
};

/** Returns a group of Baileys with people's ids as WAHA writes them. */
function groupOfWaha(group: unknown): Record<string, unknown> {
  const { id, participants, owner, subjectOwner, ...rest } = objectOf(group);
  const people = listOf(participants).map(one => {
    const { id: jid, phoneNumber, ...more } = objectOf(one);
    return {
      id: typeof jid === 'string' ? wahaId(jid) : jid,
      ...(typeof phoneNumber === 'string' ? { phoneNumber: wahaId(phoneNumber) } : {}),
      ...more
    };
  });
  const named = (jid: unknown): unknown => (typeof jid === 'string' ? wahaId(jid) : jid);
  return { id, ...rest, owner: named(owner), subjectOwner: named(subjectOwner), participants: people };
}

function* listGroups({ params, query }: PeerRequest): PeerConversation {
  const all = yield* perform<Record<string, unknown>>(params['session'], 'groupFetchAllParticipating');
  const sortable = Object.values(all).map(group => {
    const { id, subject, creation } = objectOf(group);
    return { id: String(id), name: typeof subject === 'string' ? subject : null, timestamp: Number(creation ?? 0), group };
  });
  const without = optionalText(query, 'exclude')?.split(',').includes('participants') === true;
  const sortBy = optionalText(query, 'sortBy') === 'subject' ? { sortBy: 'name' } : {};
  return ok(
    windowed(sortable, { ...query, ...sortBy }).map(({ group }) => {
      const { participants, ...rest } = groupOfWaha(group);
      return without ? rest : { ...rest, participants };
    })
  );
}

function peopleIn(body: PeerRequest['body']): string[] {
  const people = listOf(body['participants']).map(one => (typeof one === 'string' ? one : textIn(objectOf(one), 'id')));
  if (people.length === 0) throw wrongField('participants', 'must be a list of objects with id');
  return people.map(jidOfWaha);
}

const change = (action: 'add' | 'remove' | 'promote' | 'demote') =>
  function* (request: PeerRequest): PeerConversation {
    const args = { jid: groupOf(request), participants: peopleIn(request.body), action };
    return created(yield* perform(request.params['session'], 'groupParticipantsUpdate', args));
  };

const setting = (on: string, off: string) =>
  function* (request: PeerRequest): PeerConversation {
    const value = request.body['adminsOnly'] === true ? on : off;
    yield* perform(request.params['session'], 'groupSettingUpdate', { jid: groupOf(request), setting: value });
    return ok(true);
  };

const settingNow = (field: 'restrict' | 'announce') =>
  function* (request: PeerRequest): PeerConversation {
    const group = yield* perform(request.params['session'], 'groupMetadata', { jid: groupOf(request) });
    return ok({ adminsOnly: objectOf(group)[field] === true });
  };

/** Returns an invitation code, which may be given as a link that ends in it. */
const codeIn = (fields: Readonly<Record<string, unknown>>): string =>
  textIn(fields, 'code').replace(/^https:\/\/chat\.whatsapp\.com\//, '');

const text = (value: unknown, status = 200) => ({ status, type: 'text/plain; charset=utf-8', body: String(value) }) as const;

const PRESENCES: Readonly<Record<string, string>> = {
  online: 'available',
  offline: 'unavailable',
  typing: 'composing',
  recording: 'recording',
  paused: 'paused'
};

function* setPresence({ params, body }: PeerRequest): PeerConversation {
  const type = PRESENCES[textIn(body, 'presence')];
  if (type === undefined) throw wrongField('presence', `must be one of ${Object.keys(PRESENCES).join(', ')}`);
  const chatId = optionalText(body, 'chatId');
  yield* perform(params['session'], 'sendPresenceUpdate', { type, ...(chatId === undefined ? {} : { toJid: jidOfWaha(chatId) }) });
  return { status: 201, body: undefined };
}

function* ownJid(session: unknown): PeerConversation<string> {
  const view = yield* perform<{ status: { account: { id: string } | null } }>(session, 'getSession');
  if (view.status.account === null) throw wrongField('session', 'must be linked to an account');
  return view.status.account.id.replace(/:\d+@/, '@');
}

/** Serves the file of a message at the address from the event. */
function* file({ params }: PeerRequest): PeerConversation {
  const [session, name] = [params['session']!, params['file']!];
  if (MEDIA_REFERENCE_PATTERN.test(name)) return { session, media: name };
  const [cursor = '', text] = name.split('~');
  const id = text === undefined ? null : decoded(text);
  if (text !== undefined && id === null) throw wrongField('file', 'must be the file name in the address');
  const { key, message } = yield* call({ do: 'eventMessage', session, cursor, id });
  const { media } = yield* perform<{ media: string }>(session, 'downloadMedia', { message: { key, message } });
  return { session, media };
}

const STORE_CHATS = 'GET /api/sessions/{session}/store/chats';
const CHAT = 'PATCH /api/sessions/{session}/chats/{jid}';
const GROUP = 'PATCH /api/sessions/{session}/groups/{jid}';
const MEMBERS = 'POST /api/sessions/{session}/groups/{jid}/participants';
const NO_STATUS = 'POST /api/sessions/{session}/messages';

export const WAHA_CHATS: readonly PeerRoute[] = [
  serve(
    'GET /api/{session}/chats',
    STORE_CHATS,
    function* (request) {
      return ok(yield* chatsOf(request));
    },
    { common: true }
  ),
  serve('GET /api/{session}/chats/overview', STORE_CHATS, overview, { note: '`picture` is always `null`.' }),
  serve('POST /api/{session}/chats/overview', STORE_CHATS, overview, { note: '`picture` is always `null`.' }),
  serve('GET /api/{session}/chats/{chatId}/messages', 'GET /api/sessions/{session}/store/chats/{jid}/messages', messagesOf, {
    common: true,
    note: 'The edge does not support `chatId=all`, `filter.ack` or `downloadMedia`.'
  }),
  serve('GET /api/{session}/chats/{chatId}/messages/{messageId}', 'GET /api/sessions/{session}/store/chats/{jid}/messages', messageById),
  serve('PUT /api/{session}/chats/{chatId}/messages/{messageId}', 'PATCH /api/sessions/{session}/chats/{jid}/messages/{messageId}', edit),
  serve(
    'DELETE /api/{session}/chats/{chatId}/messages/{messageId}',
    'DELETE /api/sessions/{session}/chats/{jid}/messages/{messageId}',
    remove
  ),
  serve(
    'POST /api/{session}/chats/{chatId}/messages/{messageId}/pin',
    'PUT /api/sessions/{session}/chats/{jid}/messages/{messageId}/pin',
    pin(1)
  ),
  serve(
    'POST /api/{session}/chats/{chatId}/messages/{messageId}/unpin',
    'DELETE /api/sessions/{session}/chats/{jid}/messages/{messageId}/pin',
    pin(2)
  ),
  serve('POST /api/{session}/chats/{chatId}/messages/read', 'POST /api/sessions/{session}/messages/read', read),
  serve('POST /api/{session}/chats/{chatId}/archive', CHAT, modify({ archive: true }, 201)),
  serve('POST /api/{session}/chats/{chatId}/unarchive', CHAT, modify({ archive: false }, 201)),
  serve('POST /api/{session}/chats/{chatId}/unread', CHAT, modify({ markRead: false }, 201)),
  serve('DELETE /api/{session}/chats/{chatId}', CHAT, modify({ delete: true }, 200)),
  serve('DELETE /api/{session}/chats/{chatId}/messages', CHAT, modify({ clear: true }, 200)),
  serve('GET /api/{session}/chats/{chatId}/picture', 'GET /api/sessions/{session}/contacts/{jid}/picture', picture),
  groups.serve('GET /api/{session}/groups', 'GET /api/sessions/{session}/groups', listGroups, { common: true }),
  groups.serve('GET /api/{session}/groups/count', 'GET /api/sessions/{session}/groups', function* ({ params }) {
    return ok({ count: Object.keys(yield* perform<object>(params['session'], 'groupFetchAllParticipating')).length });
  }),
  groups.serve('POST /api/{session}/groups/refresh', 'GET /api/sessions/{session}/groups', function* ({ params }) {
    yield* perform(params['session'], 'groupFetchAllParticipating');
    return created({ success: true });
  }),
  groups.serve('POST /api/{session}/groups', 'POST /api/sessions/{session}/groups', function* ({ params, body }) {
    const group = yield* perform(params['session'], 'groupCreate', { subject: textIn(body, 'name'), participants: peopleIn(body) });
    return created(groupOfWaha(group));
  }),
  groups.serve('GET /api/{session}/groups/{id}', 'GET /api/sessions/{session}/groups/{jid}', function* (request) {
    return ok(groupOfWaha(yield* perform(request.params['session'], 'groupMetadata', { jid: groupOf(request) })));
  }),
  groups.serve(
    'GET /api/{session}/groups/{id}/participants',
    'GET /api/sessions/{session}/groups/{jid}',
    function* (request) {
      return ok(groupOfWaha(yield* perform(request.params['session'], 'groupMetadata', { jid: groupOf(request) }))['participants']);
    },
    { common: true }
  ),
  groups.serve('GET /api/{session}/groups/{id}/participants/v2', 'GET /api/sessions/{session}/groups/{jid}', function* (request) {
    const group = yield* perform(request.params['session'], 'groupMetadata', { jid: groupOf(request) });
    return ok(listOf(objectOf(group)['participants']).map(one => wahaParticipant(one)));
  }),
  groups.serve('POST /api/{session}/groups/{id}/participants/add', MEMBERS, change('add'), { common: true }),
  groups.serve('POST /api/{session}/groups/{id}/participants/remove', MEMBERS, change('remove')),
  groups.serve('POST /api/{session}/groups/{id}/admin/promote', MEMBERS, change('promote')),
  groups.serve('POST /api/{session}/groups/{id}/admin/demote', MEMBERS, change('demote')),
  groups.serve('PUT /api/{session}/groups/{id}/subject', GROUP, function* (request) {
    yield* perform(request.params['session'], 'groupUpdateSubject', { jid: groupOf(request), subject: textIn(request.body, 'subject') });
    return ok(true);
  }),
  groups.serve('PUT /api/{session}/groups/{id}/description', GROUP, function* (request) {
    const description = optionalText(request.body, 'description') ?? '';
    yield* perform(request.params['session'], 'groupUpdateDescription', { jid: groupOf(request), description });
    return ok(true);
  }),
  groups.serve('PUT /api/{session}/groups/{id}/settings/security/info-admin-only', GROUP, setting('locked', 'unlocked')),
  groups.serve(
    'GET /api/{session}/groups/{id}/settings/security/info-admin-only',
    'GET /api/sessions/{session}/groups/{jid}',
    settingNow('restrict')
  ),
  groups.serve('PUT /api/{session}/groups/{id}/settings/security/messages-admin-only', GROUP, setting('announcement', 'not_announcement')),
  groups.serve(
    'GET /api/{session}/groups/{id}/settings/security/messages-admin-only',
    'GET /api/sessions/{session}/groups/{jid}',
    settingNow('announce')
  ),
  groups.serve('GET /api/{session}/groups/{id}/invite-code', 'GET /api/sessions/{session}/groups/{jid}/invite-code', function* (request) {
    return text(yield* perform(request.params['session'], 'groupInviteCode', { jid: groupOf(request) }));
  }),
  groups.serve(
    'POST /api/{session}/groups/{id}/invite-code/revoke',
    'DELETE /api/sessions/{session}/groups/{jid}/invite-code',
    function* (request) {
      return text(yield* perform(request.params['session'], 'groupRevokeInvite', { jid: groupOf(request) }), 201);
    }
  ),
  groups.serve('GET /api/{session}/groups/join-info', 'GET /api/sessions/{session}/group-invites/{code}', function* ({ params, query }) {
    return ok(groupOfWaha(yield* perform(params['session'], 'groupGetInviteInfo', { code: codeIn(query) })));
  }),
  groups.serve('POST /api/{session}/groups/join', 'POST /api/sessions/{session}/group-invites/{code}/accept', function* ({ params, body }) {
    return created({ id: yield* perform(params['session'], 'groupAcceptInvite', { code: codeIn(body) }) });
  }),
  groups.serve('POST /api/{session}/groups/{id}/leave', 'DELETE /api/sessions/{session}/groups/{jid}', function* (request) {
    yield* perform(request.params['session'], 'groupLeave', { id: groupOf(request) });
    return created({ success: true });
  }),
  groups.serve('GET /api/{session}/groups/{id}/picture', 'GET /api/sessions/{session}/contacts/{jid}/picture', picture),
  groups.serve('PUT /api/{session}/groups/{id}/picture', 'PUT /api/sessions/{session}/chats/{jid}/picture', function* (request) {
    if (!isJsonObject(request.body['file'])) throw wrongField('file', 'must be an object with url, or with data in base64');
    const content = fileSource(request.body['file'], 'file');
    yield* perform(request.params['session'], 'updateProfilePicture', { jid: groupOf(request), content });
    return ok({ success: true });
  }),
  groups.serve('DELETE /api/{session}/groups/{id}/picture', 'DELETE /api/sessions/{session}/chats/{jid}/picture', function* (request) {
    yield* perform(request.params['session'], 'removeProfilePicture', { jid: groupOf(request) });
    return ok({ success: true });
  }),
  groups.refuse(
    'DELETE /api/{session}/groups/{id}',
    'DELETE /api/sessions/{session}/groups/{jid}',
    'WhatsApp cannot delete groups; the Wabus route only leaves the group.'
  ),
  presence.serve('POST /api/{session}/presence', 'PUT /api/sessions/{session}/presence', setPresence),
  presence.serve(
    'POST /api/{session}/presence/{chatId}/subscribe',
    'POST /api/sessions/{session}/chats/{jid}/presence/subscribe',
    function* (request) {
      yield* perform(request.params['session'], 'presenceSubscribe', { toJid: chatOf(request) });
      return { status: 201, body: undefined };
    }
  ),
  presence.refuse(
    'GET /api/{session}/presence',
    'POST /api/sessions/{session}/chats/{jid}/presence/subscribe',
    'After you have subscribed, Wabus sends each change as the event `presence.update`.'
  ),
  presence.refuse(
    'GET /api/{session}/presence/{chatId}',
    'POST /api/sessions/{session}/chats/{jid}/presence/subscribe',
    'After you have subscribed, Wabus sends each change as the event `presence.update`.'
  ),
  profile.serve('GET /api/{session}/profile', 'GET /api/sessions/{session}', function* ({ params }) {
    const view = yield* perform<{ status: { account: { id: string; name: string | null } | null } }>(params['session'], 'getSession');
    const jid = yield* ownJid(params['session']);
    const url = yield* perform(params['session'], 'profilePictureUrl', { jid, type: 'image' });
    return ok({ id: wahaId(jid), name: view.status.account?.name ?? null, picture: url ?? null });
  }),
  profile.serve('PUT /api/{session}/profile/name', 'PATCH /api/sessions/{session}/profile', function* ({ params, body }) {
    yield* perform(params['session'], 'updateProfileName', { name: textIn(body, 'name') });
    return ok({ success: true });
  }),
  profile.serve('PUT /api/{session}/profile/status', 'PATCH /api/sessions/{session}/profile', function* ({ params, body }) {
    yield* perform(params['session'], 'updateProfileStatus', { status: optionalText(body, 'status') ?? '' });
    return ok({ success: true });
  }),
  profile.serve('PUT /api/{session}/profile/picture', 'PUT /api/sessions/{session}/chats/{jid}/picture', function* ({ params, body }) {
    if (!isJsonObject(body['file'])) throw wrongField('file', 'must be an object with url, or with data in base64');
    const content = fileSource(body['file'], 'file');
    yield* perform(params['session'], 'updateProfilePicture', { jid: yield* ownJid(params['session']), content });
    return ok({ success: true });
  }),
  profile.serve('DELETE /api/{session}/profile/picture', 'DELETE /api/sessions/{session}/chats/{jid}/picture', function* ({ params }) {
    yield* perform(params['session'], 'removeProfilePicture', { jid: yield* ownJid(params['session']) });
    return ok({ success: true });
  }),
  labels.serve('GET /api/{session}/labels', 'GET /api/sessions/{session}/store/labels', function* ({ params }) {
    const all = yield* listed({ do: 'labels', session: params['session'] }, MOST_OF_ONE_ANSWER);
    return ok(all.map(({ id, name, label }) => ({ id, name, color: label['color'] ?? 0 })));
  }),
  labels.refuse('POST /api/{session}/labels', 'POST /api/sessions/{session}/labels'),
  labels.refuse('PUT /api/{session}/labels/{labelId}', 'POST /api/sessions/{session}/labels'),
  labels.refuse('DELETE /api/{session}/labels/{labelId}', 'POST /api/sessions/{session}/labels'),
  labels.refuse('GET /api/{session}/labels/chats/{chatId}', STORE_CHATS),
  labels.refuse('PUT /api/{session}/labels/chats/{chatId}', 'PUT /api/sessions/{session}/chats/{jid}/labels/{labelId}'),
  labels.refuse('GET /api/{session}/labels/{labelId}/chats', STORE_CHATS),
  files.serve('GET /api/files/{session}/{file}', 'GET /api/sessions/{session}/media/{ref}', file, {
    note: 'This is the URL in `media.url`. The edge fetches the file from WhatsApp when a program requests this URL.'
  }),
  others.refuse(
    'POST /api/{session}/status/text',
    NO_STATUS,
    'Send to `status@broadcast`, and list the recipients in `options.statusJidList`.'
  ),
  others.refuse(
    'POST /api/{session}/status/image',
    NO_STATUS,
    'Send to `status@broadcast`, and list the recipients in `options.statusJidList`.'
  ),
  others.refuse(
    'POST /api/{session}/status/voice',
    NO_STATUS,
    'Send to `status@broadcast`, and list the recipients in `options.statusJidList`.'
  ),
  others.refuse(
    'POST /api/{session}/status/video',
    NO_STATUS,
    'Send to `status@broadcast`, and list the recipients in `options.statusJidList`.'
  ),
  others.refuse('POST /api/{session}/status/delete', NO_STATUS),
  channels.refuse('GET /api/{session}/channels', 'GET /api/sessions/{session}/newsletters/{jid}'),
  channels.refuse('POST /api/{session}/channels', 'POST /api/sessions/{session}/newsletters'),
  channels.refuse('GET /api/{session}/channels/{id}', 'GET /api/sessions/{session}/newsletters/{jid}'),
  channels.refuse('DELETE /api/{session}/channels/{id}', 'DELETE /api/sessions/{session}/newsletters/{jid}'),
  channels.refuse('POST /api/{session}/channels/{id}/follow', 'PUT /api/sessions/{session}/newsletters/{jid}/follow'),
  channels.refuse('POST /api/{session}/channels/{id}/unfollow', 'DELETE /api/sessions/{session}/newsletters/{jid}/follow'),
  channels.refuse('POST /api/{session}/channels/{id}/mute', 'PUT /api/sessions/{session}/newsletters/{jid}/mute'),
  channels.refuse('POST /api/{session}/channels/{id}/unmute', 'DELETE /api/sessions/{session}/newsletters/{jid}/mute'),
  calls.refuse('POST /api/{session}/calls/reject', 'POST /api/sessions/{session}/calls/{callId}/reject')
];
