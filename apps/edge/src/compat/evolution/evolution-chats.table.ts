import { WabusError, type ContactView } from '@wabus/contracts';
import type { PeerConversation, PeerRequest, PeerRoute } from '../compat.types.js';
import {
  given,
  isJsonObject,
  listOf,
  objectOf,
  optionalFlag,
  optionalCount,
  optionalNumber,
  optionalText,
  optionalTexts,
  textIn,
  wrongField
} from '../peer-fields.policy.js';
import { call, perform, created, listed, ok, rowsOf } from '../peer-calls.policy.js';
import { requiredText, sourceOf } from '../peer-content.policy.js';
import { countOf, messageFacts, numberFirst } from '../peer-messages.policy.js';
import { jidOfNumber, keyIn } from './evolution-id.codec.js';
import { evolutionStored } from './evolution-message.codec.js';

const { serve, refuse } = rowsOf('chat');
const profile = rowsOf('profile');
const labels = rowsOf('label');

const MOST = 10_000;
const MOST_MESSAGES = 1_000;
/** The most messages read for one chat, the newest. All of them are kept in memory. */
const MOST_READ = 2_000;

const instanceIn = ({ params }: PeerRequest): string => params['instance']!;
const numberOf = ({ body }: PeerRequest): string => jidOfNumber(textIn(body, 'number'));

interface Lookup {
  readonly asked?: string;
  readonly jid?: string;
  readonly exists: boolean;
  readonly lid?: string | null;
}

function* numbers(request: PeerRequest): PeerConversation {
  const asked = optionalTexts(request.body, 'numbers');
  if (asked === undefined || asked.length === 0) throw wrongField('numbers', 'must be a list of phone numbers');
  const groups = asked.filter(number => jidOfNumber(number).endsWith('@g.us'));
  const phoneNumbers = asked.filter(number => !groups.includes(number));
  const found = phoneNumbers.length === 0 ? [] : yield* perform<Lookup[]>(instanceIn(request), 'onWhatsApp', { phoneNumbers });
  const people = phoneNumbers.map((number, i) => {
    const one = found.find(lookup => lookup.asked === number) ?? found[i];
    const jid = one?.jid ?? jidOfNumber(number);
    return { jid, exists: one?.exists === true, number: number.replace(/\D/g, '') || number, name: '', lid: one?.lid ?? undefined };
  });
  return ok([...people, ...groups.map(number => ({ jid: jidOfNumber(number), exists: true, number, name: '' }))]);
}

function* markRead(request: PeerRequest): PeerConversation {
  const given = listOf(request.body['readMessages'] ?? request.body['read_messages']);
  if (given.length === 0) throw wrongField('readMessages', 'must be a list of keys: {remoteJid, fromMe, id}');
  yield* perform(instanceIn(request), 'readMessages', { keys: given.map((key, i) => keyIn(key, `readMessages.${i}`)) });
  return created({ message: 'Read messages', read: 'success' });
}

/** Returns the last message of a chat as the program names it, or as the read models contain it. */
function* lastMessages({ body, params }: PeerRequest, chat: string): PeerConversation<object[]> {
  const { key, messageTimestamp } = objectOf(body['lastMessage']);
  const time = optionalNumber({ messageTimestamp }, 'messageTimestamp');
  if (isJsonObject(key) && time !== undefined) return [{ key: keyIn(key, 'lastMessage.key', chat), messageTimestamp: time }];
  const newest = yield* listed({ do: 'messages', session: params['instance'], chat }, 1);
  return newest.map(({ chat: remoteJid, id, fromMe, participant, timestamp }) => ({
    key: { remoteJid, id, fromMe, ...given({ participant }) },
    messageTimestamp: timestamp
  }));
}

function chatIn({ body }: PeerRequest): string {
  const { key } = objectOf(body['lastMessage']);
  return jidOfNumber(requiredText({ chat: body['chat'] ?? objectOf(key)['remoteJid'] }, 'chat'));
}

function* archive(request: PeerRequest): PeerConversation {
  const chat = chatIn(request);
  const archived = optionalFlag(request.body, 'archive') ?? true;
  const modification = { archive: archived, lastMessages: yield* lastMessages(request, chat) };
  yield* perform(instanceIn(request), 'chatModify', { jid: chat, modification });
  return created({ chatId: chat, archived });
}

function* unread(request: PeerRequest): PeerConversation {
  const chat = chatIn(request);
  yield* perform(instanceIn(request), 'chatModify', {
    jid: chat,
    modification: { markRead: false, lastMessages: yield* lastMessages(request, chat) }
  });
  return created({ chatId: chat, markedChatUnread: true });
}

function* remove(request: PeerRequest): PeerConversation {
  const key = keyIn(request.body, 'body');
  if (key.remoteJid === undefined) throw wrongField('remoteJid', 'must be the chat of the message');
  const reply = yield* perform<object>(instanceIn(request), 'sendMessage', { jid: key.remoteJid, content: { delete: key } });
  return created({ ...reply, status: 'PENDING', message: { protocolMessage: { key, type: 'REVOKE' } } });
}

function* update(request: PeerRequest): PeerConversation {
  const jid = numberOf(request);
  const edit = { ...keyIn(request.body['key'], 'key', jid), fromMe: true };
  const text = textIn(request.body, 'text');
  const reply = yield* perform<object>(instanceIn(request), 'sendMessage', { jid, content: { text, edit } });
  return ok({
    ...reply,
    status: 'PENDING',
    message: { editedMessage: { message: { protocolMessage: { key: edit, editedMessage: { conversation: text } } } } }
  });
}

function* presence(request: PeerRequest): PeerConversation {
  const type = requiredText({ ...objectOf(request.body['options']), ...request.body }, 'presence');
  yield* perform(instanceIn(request), 'sendPresenceUpdate', { type, toJid: numberOf(request) });
  return created({ presence: type });
}

function* pictureUrl(request: PeerRequest): PeerConversation {
  const jid = numberOf(request);
  const url = yield* perform(instanceIn(request), 'profilePictureUrl', { jid, type: 'image' });
  return ok({ wuid: jid, profilePictureUrl: url ?? null });
}

function* fetchProfile(request: PeerRequest): PeerConversation {
  const jid = numberOf(request);
  const session = instanceIn(request);
  const [found] = yield* perform<Lookup[]>(session, 'onWhatsApp', { phoneNumbers: [jid] });
  if (found?.exists !== true) return ok({ wuid: jid, name: null, picture: null, status: null, numberExists: false, isBusiness: false });
  const picture = yield* perform(session, 'profilePictureUrl', { jid, type: 'image' });
  const [about] = yield* perform<unknown[]>(session, 'fetchStatus', { jids: [jid] });
  const business = objectOf(yield* perform(session, 'getBusinessProfile', { jid }));
  const isBusiness = Object.keys(business).length > 0;
  const details = given({ email: business['email'], description: business['description'], website: business['website'] });
  return ok({
    wuid: found.jid ?? jid,
    name: null,
    numberExists: true,
    picture: picture ?? null,
    status: about ?? null,
    isBusiness,
    ...details
  });
}

/** Returns the whole message to which a program refers: its own copy, or the one in the read models. */
function* messageIn(request: PeerRequest): PeerConversation<{ key: object; message: object }> {
  const message = objectOf(request.body['message']);
  const key = keyIn(message['key'], 'message.key');
  const content = objectOf(message['message']);
  if (Object.keys(content).length > 0 && key.remoteJid !== undefined) return { key: { fromMe: false, ...key }, message: content };
  const [stored] = yield* call({ do: 'messagesById', session: instanceIn(request), id: key.id });
  const whole = stored?.message;
  const kept = objectOf(objectOf(whole)['message']);
  if (stored === undefined || Object.keys(kept).length === 0)
    throw new WabusError('MESSAGE_UNKNOWN', {
      message:
        'No event has reported the message in message.key.id. Pass the whole message in message, as in the webhook. Nothing was done.',
      details: { field: 'message.key.id', id: key.id, needs: 'content' }
    });
  const { chat: remoteJid, id, fromMe, participant } = stored;
  return { key: { remoteJid, id, fromMe, ...given({ participant }) }, message: kept };
}

const MEDIA_TYPES: Readonly<Record<string, string>> = { image: 'imageMessage', video: 'videoMessage', audio: 'audioMessage' };

function* base64(request: PeerRequest): PeerConversation {
  const message = yield* messageIn(request);
  const session = instanceIn(request);
  const { media } = yield* perform<{ media: string }>(session, 'downloadMedia', { message });
  const { content, reference } = yield* call({ do: 'bytes', session, media });
  const kind = messageFacts(message)?.kind ?? MEDIA_TYPES[reference.mimetype.split('/')[0]!] ?? 'documentMessage';
  return created({
    mediaType: kind,
    fileName: reference.fileName ?? `${media}.${reference.mimetype.split(/[/;]/)[1] ?? 'bin'}`,
    caption: null,
    size: { fileLength: String(reference.bytes), height: null, width: null },
    mimetype: reference.mimetype,
    base64: Buffer.from(content).toString('base64'),
    buffer: null
  });
}

const whereIn = ({ body }: PeerRequest): Record<string, unknown> => objectOf(body['where']);

function* findContacts(request: PeerRequest): PeerConversation {
  const where = whereIn(request);
  const wanted = optionalText(where, 'remoteJid') ?? optionalText(where, 'id');
  const pushName = optionalText(where, 'pushName');
  const all = yield* listed({ do: 'contacts', session: instanceIn(request) }, MOST);
  const shown = all.map(contact => contactOf(contact, instanceIn(request)));
  const fits = (one: Record<string, unknown>, { jid, otherJid }: ContactView): boolean =>
    (wanted === undefined || [jid, otherJid].includes(jidOfNumber(wanted))) && (pushName === undefined || one['pushName'] === pushName);
  return ok(shown.filter((one, i) => fits(one, all[i]!)));
}

const contactOf = ({ jid, otherJid, name }: ContactView, instance: string): Record<string, unknown> => ({
  id: jid,
  remoteJid: numberFirst(jid, otherJid),
  pushName: name,
  profilePicUrl: null,
  createdAt: null,
  updatedAt: null,
  isGroup: jid.endsWith('@g.us'),
  isSaved: true,
  type: 'contact',
  instanceId: instance
});

function* findChats(request: PeerRequest): PeerConversation {
  const wanted = optionalText(whereIn(request), 'remoteJid');
  const chats = yield* listed({ do: 'chats', session: instanceIn(request) }, MOST);
  const fits = (jids: (string | null)[]): boolean => wanted === undefined || jids.includes(jidOfNumber(wanted));
  return ok(
    chats
      .filter(({ jid, otherJid }) => fits([jid, otherJid]))
      .map(({ jid, otherJid, name, timestamp, unreadCount, labels: ids }) => ({
        id: jid,
        remoteJid: numberFirst(jid, otherJid),
        pushName: name,
        name,
        profilePicUrl: null,
        updatedAt: timestamp === 0 ? null : new Date(timestamp * 1_000).toISOString(),
        unreadCount: Math.max(0, unreadCount),
        unreadMessages: Math.max(0, unreadCount),
        labels: ids,
        instanceId: instanceIn(request)
      }))
  );
}

function* findMessages(request: PeerRequest): PeerConversation {
  const key = objectOf(whereIn(request)['key']);
  const [chat, id, fromMe] = [optionalText(key, 'remoteJid'), optionalText(key, 'id'), optionalFlag(key, 'fromMe')];
  const page = Math.max(1, optionalCount(request.body, 'page') ?? 1);
  const size = Math.min(Math.max(1, optionalCount(request.body, 'offset') ?? optionalCount(request.body, 'limit') ?? 50), MOST_MESSAGES);
  const session = instanceIn(request);
  if (chat === undefined && id === undefined)
    throw wrongField('where.key.remoteJid', 'must be the chat whose messages to return, unless `where.key.id` names a message');
  const found =
    chat === undefined
      ? yield* call({ do: 'messagesById', session, id: id! })
      : yield* listed({ do: 'messages', session, chat: jidOfNumber(chat) }, MOST_READ);
  const wanted = found.filter(message => (id === undefined || message.id === id) && (fromMe === undefined || message.fromMe === fromMe));
  const records = wanted.slice((page - 1) * size, page * size).map(message => evolutionStored(message, session));
  return ok({ messages: { total: wanted.length, pages: Math.ceil(wanted.length / size), currentPage: page, records } });
}

function* block(request: PeerRequest): PeerConversation {
  const action = textIn(request.body, 'status');
  yield* perform(instanceIn(request), 'updateBlockStatus', { jid: numberOf(request), action });
  return created({ block: 'success' });
}

function* ownJid(session: string): PeerConversation<string> {
  const view = yield* perform<{ status: { account: { id: string } | null } }>(session, 'getSession');
  if (view.status.account === null) throw new WabusError('NOT_PAIRED');
  return view.status.account.id.replace(/:\d+@/, '@');
}

function* label(request: PeerRequest): PeerConversation {
  const { body } = request;
  const [chat, labelId, action] = [jidOfNumber(textIn(body, 'number')), textIn(body, 'labelId'), textIn(body, 'action')];
  if (action !== 'add' && action !== 'remove') throw wrongField('action', 'must be add or remove');
  yield* perform(instanceIn(request), action === 'add' ? 'addChatLabel' : 'removeChatLabel', { jid: chat, labelId });
  return ok({ numberJid: chat, labelId, [action]: true });
}

const READ = 'POST /api/sessions/{session}/messages/read';
const CHAT = 'PATCH /api/sessions/{session}/chats/{jid}';
const MESSAGE = '/api/sessions/{session}/chats/{jid}/messages/{messageId}';
const PICTURE = '/api/sessions/{session}/chats/{jid}/picture';

export const EVOLUTION_CHATS: readonly PeerRoute[] = [
  serve('POST /chat/whatsappNumbers/{instance}', 'GET /api/sessions/{session}/contacts/check', numbers, { common: true }),
  serve('POST /chat/markMessageAsRead/{instance}', READ, markRead, { common: true }),
  serve('PUT /chat/markMessageAsRead/{instance}', READ, markRead, { note: 'This call is from version 1 of Evolution API.' }),
  serve('POST /chat/archiveChat/{instance}', CHAT, archive),
  serve('PUT /chat/archiveChat/{instance}', CHAT, archive, { note: 'This call is from version 1 of Evolution API.' }),
  serve('POST /chat/markChatUnread/{instance}', CHAT, unread),
  serve('DELETE /chat/deleteMessageForEveryone/{instance}', `DELETE ${MESSAGE}`, remove, { common: true }),
  serve('POST /chat/updateMessage/{instance}', `PATCH ${MESSAGE}`, update),
  serve('PUT /chat/updateMessage/{instance}', `PATCH ${MESSAGE}`, update, { note: 'This call is from version 1 of Evolution API.' }),
  serve('POST /chat/sendPresence/{instance}', 'PUT /api/sessions/{session}/chats/{jid}/presence', presence, {
    common: true,
    note: 'The edge ignores `delay`, so the presence does not end automatically.'
  }),
  serve('POST /chat/fetchProfilePictureUrl/{instance}', 'GET /api/sessions/{session}/contacts/{jid}/picture', pictureUrl, { common: true }),
  serve('POST /chat/fetchProfile/{instance}', 'GET /api/sessions/{session}/contacts/{jid}/status', fetchProfile),
  serve('POST /chat/getBase64FromMediaMessage/{instance}', 'POST /api/sessions/{session}/media/download', base64, {
    common: true,
    note: 'The edge ignores `convertToMp4`. The file may be at most 32 MiB in size.'
  }),
  serve('POST /chat/findMessages/{instance}', 'GET /api/sessions/{session}/store/chats/{jid}/messages', findMessages, {
    common: true,
    note: 'The edge supports only the condition `where.key`, and searches the newest 2,000 messages in a chat.'
  }),
  serve('POST /chat/findChats/{instance}', 'GET /api/sessions/{session}/store/chats', findChats, { common: true }),
  serve('GET /chat/findChats/{instance}', 'GET /api/sessions/{session}/store/chats', findChats, {
    note: 'This call is from version 1 of Evolution API.'
  }),
  serve('POST /chat/findContacts/{instance}', 'GET /api/sessions/{session}/store/contacts', findContacts),
  serve('POST /chat/updateBlockStatus/{instance}', 'PUT /api/sessions/{session}/contacts/{jid}/block', block),
  serve('POST /chat/fetchBusinessProfile/{instance}', 'GET /api/sessions/{session}/contacts/{jid}/business', function* (request) {
    const business = objectOf(yield* perform(instanceIn(request), 'getBusinessProfile', { jid: numberOf(request) }));
    return ok(
      Object.keys(business).length === 0 ? { isBusiness: false, message: 'Not is business profile' } : { isBusiness: true, ...business }
    );
  }),
  refuse(
    'POST /chat/findStatusMessage/{instance}',
    'GET /api/sessions/{session}/events',
    'This route returns past events; request the events named `messages.update`.'
  ),
  refuse('GET /chat/findChatByRemoteJid/{instance}', 'GET /api/sessions/{session}/store/chats/{jid}'),
  profile.serve('POST /chat/updateProfileName/{instance}', 'PATCH /api/sessions/{session}/profile', function* (request) {
    yield* perform(instanceIn(request), 'updateProfileName', { name: textIn(request.body, 'name') });
    return ok({ update: 'success' });
  }),
  profile.serve('POST /chat/updateProfileStatus/{instance}', 'PATCH /api/sessions/{session}/profile', function* (request) {
    yield* perform(instanceIn(request), 'updateProfileStatus', { status: optionalText(request.body, 'status') ?? '' });
    return ok({ update: 'success' });
  }),
  ...(['POST', 'PUT'] as const).map(verb =>
    profile.serve(`${verb} /chat/updateProfilePicture/{instance}`, `PUT ${PICTURE}`, function* (request) {
      const content = sourceOf(textIn(request.body, 'picture'));
      yield* perform(instanceIn(request), 'updateProfilePicture', { jid: yield* ownJid(instanceIn(request)), content });
      return ok({ update: 'success' });
    })
  ),
  profile.serve('DELETE /chat/removeProfilePicture/{instance}', `DELETE ${PICTURE}`, function* (request) {
    yield* perform(instanceIn(request), 'removeProfilePicture', { jid: yield* ownJid(instanceIn(request)) });
    return ok({ update: 'success' });
  }),
  profile.serve('GET /chat/fetchPrivacySettings/{instance}', 'GET /api/sessions/{session}/privacy', function* (request) {
    return ok(yield* perform(instanceIn(request), 'fetchPrivacySettings'));
  }),
  profile.refuse(
    'POST /chat/updatePrivacySettings/{instance}',
    'PATCH /api/sessions/{session}/privacy',
    'Each request changes one setting.'
  ),
  profile.refuse(
    'PUT /chat/updatePrivacySettings/{instance}',
    'PATCH /api/sessions/{session}/privacy',
    'Each request changes one setting.'
  ),
  labels.serve('GET /label/findLabels/{instance}', 'GET /api/sessions/{session}/store/labels', function* (request) {
    const all = yield* listed({ do: 'labels', session: instanceIn(request) }, MOST_MESSAGES);
    return ok(all.map(({ id, name, label: known }) => ({ id, name, color: String(countOf(known['color']) ?? 0) })));
  }),
  labels.serve('POST /label/handleLabel/{instance}', 'PUT /api/sessions/{session}/chats/{jid}/labels/{labelId}', label),
  refuse('POST /business/getCatalog/{instance}', 'GET /api/sessions/{session}/business/catalog'),
  refuse('POST /business/getCollections/{instance}', 'GET /api/sessions/{session}/business/collections')
];
