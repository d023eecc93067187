import type { PeerConversation, PeerRequest, PeerRoute } from '../compat.types.js';
import {
  given,
  isJsonObject,
  listOf,
  numberIn,
  objectOf,
  optionalFlag,
  optionalText,
  optionalTexts,
  textIn,
  windowIn,
  wrongField
} from '../peer-fields.policy.js';
import { call, perform, created, listed, ok, rowsOf } from '../peer-calls.policy.js';
import { fileSource, mediaTypeOf, cardOf } from '../peer-content.policy.js';
import { jidOfWaha, messageOfWaha, wahaId } from './waha-id.codec.js';
import { wahaMessage, wahaStoredMessage } from './waha-message.codec.js';

const { serve, refuse } = rowsOf('send-messages');
const contacts = rowsOf('contacts');

/** Returns the session, which most calls of WAHA name in the body; the default is `default`. */
export const sessionIn = (fields: Readonly<Record<string, unknown>>): string => optionalText(fields, 'session') ?? 'default';

const chatIn = (body: PeerRequest['body']): string => jidOfWaha(textIn(body, 'chatId'));

function quotedIn(body: PeerRequest['body']): { quoted?: object } {
  const text = optionalText(body, 'reply_to') ?? optionalText(body, 'replyTo');
  return text === undefined || text === '' ? {} : { quoted: { key: messageOfWaha(text, 'reply_to') } };
}

const mentionsIn = (body: PeerRequest['body']): object => {
  const mentions = optionalTexts(body, 'mentions');
  if (mentions === undefined) return {};
  return mentions.includes('all') ? { mentionAll: true } : { mentions: mentions.map(jidOfWaha) };
};

/** Sends a message, and responds with the message as WAHA shows it and with its key as in the engine NOWEB. */
function* send(body: PeerRequest['body'], content: object, options: object = {}): PeerConversation {
  return yield* sendTo(chatIn(body), body, { content, options });
}

function* sendTo(
  jid: string,
  body: PeerRequest['body'],
  { content, options = {} }: { content: object; options?: object }
): PeerConversation {
  const all = { ...quotedIn(body), ...options };
  const reply = yield* perform<{ key: object; messageTimestamp: number | null }>(sessionIn(body), 'sendMessage', {
    jid,
    content,
    ...(Object.keys(all).length === 0 ? {} : { options: all })
  });
  const { key, messageTimestamp } = reply;
  const text = (content as { text?: string; caption?: string }).text ?? (content as { caption?: string }).caption;
  const message = { key, messageTimestamp, status: 2, ...(text === undefined ? {} : { message: { conversation: text } }) };
  return created({ ...wahaMessage(message), key, messageTimestamp });
}

function* sendText({ body, query }: PeerRequest): PeerConversation {
  // The older form has all fields in the query, and a number instead of a chat.
  const fields = body['chatId'] === undefined && query['phone'] !== undefined ? { ...query, chatId: query['phone'] } : body;
  const preview = optionalFlag(fields, 'linkPreview') ?? true;
  const text = textIn(fields, 'text');
  return yield* send(fields, { text, ...mentionsIn(fields) }, preview && /https?:\/\//.test(text) ? { linkPreview: true } : {});
}

function mediaIn(body: PeerRequest['body']): { source: object; mimetype?: string; fileName?: string } {
  if (!isJsonObject(body['file'])) throw wrongField('file', 'must be an object with url, or with data in base64');
  const file = body['file'];
  return {
    source: fileSource(file, 'file'),
    ...given({ mimetype: mediaTypeOf(file['mimetype']), fileName: optionalText(file, 'filename') })
  };
}

const captionIn = (body: PeerRequest['body']): { caption?: string } => given({ caption: optionalText(body, 'caption') });

function* forward({ body }: PeerRequest): PeerConversation {
  const named = messageOfWaha(textIn(body, 'messageId'), 'messageId');
  const known = yield* call({ do: 'messagesById', session: sessionIn(body), id: named.id });
  const stored = known.find(({ chat }) => chat === named.remoteJid) ?? known[0];
  if (stored?.message == null) throw wrongField('messageId', 'does not name a message whose content is known');
  return yield* send(body, { forward: stored.message });
}

const MOST_LOOKED_THROUGH = 2_000;

function* seen({ body }: PeerRequest): PeerConversation {
  const session = sessionIn(body);
  const jid = chatIn(body);
  const participant = optionalText(body, 'participant');
  const author = participant === undefined ? {} : { participant: jidOfWaha(participant) };
  const single = optionalText(body, 'messageId');
  const names = [...(optionalTexts(body, 'messageIds') ?? []), ...(single === undefined ? [] : [single])];
  const keys = names.map(name => ({ remoteJid: jid, ...messageOfWaha(name, 'messageId'), ...author, fromMe: false }));
  if (keys.length > 0) yield* perform(session, 'readMessages', { keys });
  else yield* readChat(session, jid, {});
  return created({ result: true });
}

const DAY_SECONDS = 86_400;

/** Marks the newest messages of others in a chat as read, and responds with their keys. */
export function* readChat(session: unknown, chat: string, { most, days }: { most?: number; days?: number }) {
  const newest = yield* listed(
    { do: 'messages', session, chat },
    Math.min(most ?? (chat.endsWith('@g.us') ? 100 : 30), MOST_LOOKED_THROUGH)
  );
  const since = newest.length === 0 ? 0 : newest[0]!.timestamp - (days ?? 7) * DAY_SECONDS;
  const keys = newest.flatMap(({ chat: remoteJid, id, fromMe, participant, timestamp }) =>
    fromMe || timestamp < since ? [] : [{ remoteJid, id, fromMe, ...given({ participant }) }]
  );
  if (keys.length > 0) yield* perform(session, 'readMessages', { keys });
  return keys;
}

const typing = (type: 'composing' | 'paused') =>
  function* ({ body }: PeerRequest): PeerConversation {
    yield* perform(sessionIn(body), 'sendPresenceUpdate', { type, toJid: chatIn(body) });
    return created({ result: true });
  };

function* react({ body }: PeerRequest): PeerConversation {
  const key = messageOfWaha(textIn(body, 'messageId'), 'messageId');
  if (key.remoteJid === undefined) throw wrongField('messageId', 'must name the chat of the message');
  const answer = yield* sendTo(
    key.remoteJid,
    { session: body['session'] },
    { content: { react: { text: optionalText(body, 'reaction') ?? '', key } } }
  );
  return 'media' in answer ? answer : { ...answer, status: 200 };
}

function* poll({ body }: PeerRequest): PeerConversation {
  const fields = objectOf(body['poll']);
  const multiple = optionalFlag(fields, 'multipleAnswers') === true;
  const content = { name: textIn(fields, 'name'), values: optionalTexts(fields, 'options') ?? [], selectableCount: multiple ? 0 : 1 };
  return yield* send(body, { poll: content });
}

function* contactCards({ body }: PeerRequest): PeerConversation {
  const cards = listOf(body['contacts']).map(one => {
    const fields = objectOf(one);
    const vcard = optionalText(fields, 'vcard');
    if (vcard !== undefined) return { vcard };
    const displayName = textIn(fields, 'fullName');
    const phone = textIn(fields, 'phoneNumber');
    const details = given({ organization: optionalText(fields, 'organization'), waid: optionalText(fields, 'whatsappId') });
    return { displayName, vcard: cardOf({ name: displayName, phone, ...details }) };
  });
  return yield* send(body, { contacts: { contacts: cards } });
}

function* checkNumber({ query }: PeerRequest): PeerConversation {
  const phone = textIn(query, 'phone');
  const [found] = yield* perform<{ exists?: boolean; jid?: string }[]>(sessionIn(query), 'onWhatsApp', { phoneNumbers: [phone] });
  return ok(
    found?.exists === true && found.jid !== undefined ? { numberExists: true, chatId: wahaId(found.jid) } : { numberExists: false }
  );
}

const contactIn = (query: PeerRequest['query']): string => jidOfWaha(textIn(query, 'contactId'));

const block = (action: 'block' | 'unblock') =>
  function* ({ body }: PeerRequest): PeerConversation {
    yield* perform(sessionIn(body), 'updateBlockStatus', { jid: contactIn(body), action });
    return { status: 201, body: undefined };
  };

const MESSAGES = 'POST /api/sessions/{session}/messages';

export const WAHA_CHATTING: readonly PeerRoute[] = [
  serve('POST /api/sendText', MESSAGES, sendText, { common: true }),
  serve('GET /api/sendText', MESSAGES, sendText, { note: 'WAHA has deprecated this call.' }),
  serve('POST /api/reply', MESSAGES, sendText, { note: 'WAHA has deprecated this call.' }),
  serve(
    'POST /api/sendImage',
    MESSAGES,
    function* ({ body }) {
      return yield* send(body, { image: mediaIn(body).source, ...captionIn(body), ...mentionsIn(body) });
    },
    { common: true }
  ),
  serve(
    'POST /api/sendFile',
    MESSAGES,
    function* ({ body }) {
      const { source, ...rest } = mediaIn(body);
      return yield* send(body, { document: source, ...rest, ...captionIn(body) });
    },
    { common: true }
  ),
  serve(
    'POST /api/sendVoice',
    MESSAGES,
    function* ({ body }) {
      const convert = optionalFlag(body, 'convert') ?? optionalFlag(objectOf(body['file']), 'convert');
      return yield* send(body, { audio: mediaIn(body).source, ptt: true, ...given({ convert: convert === true ? true : undefined }) });
    },
    { common: true }
  ),
  serve(
    'POST /api/sendVideo',
    MESSAGES,
    function* ({ body }) {
      const [convert, asNote] = [optionalFlag(body, 'convert'), optionalFlag(body, 'asNote')];
      const flags = given({ convert: convert === true ? true : undefined, ptv: asNote === true ? true : undefined });
      return yield* send(body, { video: mediaIn(body).source, ...captionIn(body), ...flags });
    },
    { common: true }
  ),
  serve('POST /api/sendLocation', MESSAGES, function* ({ body }) {
    const name = optionalText(body, 'title');
    const place = { degreesLatitude: numberIn(body, 'latitude'), degreesLongitude: numberIn(body, 'longitude'), ...given({ name }) };
    return yield* send(body, { location: place });
  }),
  serve('POST /api/sendContactVcard', MESSAGES, contactCards),
  serve('POST /api/sendPoll', MESSAGES, poll),
  serve(
    'POST /api/sendLinkPreview',
    MESSAGES,
    function* ({ body }) {
      return yield* send(body, { text: `${textIn(body, 'title')}\n${textIn(body, 'url')}` }, { linkPreview: true });
    },
    { note: 'WAHA has deprecated this call.' }
  ),
  serve('POST /api/sendLinkCustomPreview', MESSAGES, function* ({ body }) {
    const preview = objectOf(body['preview']);
    const [url, description] = [textIn(preview, 'url'), optionalText(preview, 'description')];
    const picture = isJsonObject(preview['image']) ? fileSource(preview['image'], 'preview.image') : undefined;
    const shown = { 'matched-text': url, 'canonical-url': url, title: textIn(preview, 'title'), ...given({ description, picture }) };
    return yield* send(body, { text: textIn(body, 'text'), linkPreview: shown });
  }),
  serve('POST /api/forwardMessage', 'POST /api/sessions/{session}/chats/{jid}/messages/forward', forward),
  serve('POST /api/sendSeen', 'POST /api/sessions/{session}/messages/read', seen, { common: true }),
  serve('POST /api/startTyping', 'PUT /api/sessions/{session}/chats/{jid}/presence', typing('composing'), { common: true }),
  serve('POST /api/stopTyping', 'PUT /api/sessions/{session}/chats/{jid}/presence', typing('paused')),
  serve('PUT /api/reaction', 'PUT /api/sessions/{session}/chats/{jid}/messages/{messageId}/reaction', react, { common: true }),
  serve('PUT /api/star', 'POST /api/sessions/{session}/messages/star', function* ({ body }) {
    const { id, fromMe, participant } = messageOfWaha(textIn(body, 'messageId'), 'messageId');
    const star = optionalFlag(body, 'star') ?? true;
    yield* perform(sessionIn(body), 'star', { jid: chatIn(body), messages: [{ id, ...given({ fromMe, participant }) }], star });
    return ok({ result: true });
  }),
  serve(
    'GET /api/messages',
    'GET /api/sessions/{session}/store/chats/{jid}/messages',
    function* ({ query }) {
      const { offset, limit, reach } = windowIn({ limit: 10, ...query }, MOST_LOOKED_THROUGH);
      const messages = yield* listed({ do: 'messages', session: sessionIn(query), chat: chatIn(query) }, reach);
      return ok(messages.slice(offset, offset + limit).map(wahaStoredMessage));
    },
    { note: 'WAHA has deprecated this call.' }
  ),
  contacts.serve('GET /api/contacts/check-exists', 'GET /api/sessions/{session}/contacts/check', checkNumber, { common: true }),
  contacts.serve('GET /api/checkNumberStatus', 'GET /api/sessions/{session}/contacts/check', checkNumber, {
    note: 'WAHA has deprecated this call.'
  }),
  contacts.serve(
    'GET /api/contacts/profile-picture',
    'GET /api/sessions/{session}/contacts/{jid}/picture',
    function* ({ query }) {
      const url = yield* perform(sessionIn(query), 'profilePictureUrl', { jid: contactIn(query), type: 'image' });
      return ok({ profilePictureURL: url ?? null });
    },
    { common: true }
  ),
  contacts.serve('GET /api/contacts/about', 'GET /api/sessions/{session}/contacts/{jid}/status', function* ({ query }) {
    const [found] = yield* perform<unknown[]>(sessionIn(query), 'fetchStatus', { jids: [contactIn(query)] });
    const { status } = objectOf(found);
    return ok({ about: isJsonObject(status) ? (status['status'] ?? null) : (status ?? null) });
  }),
  contacts.serve('GET /api/contacts/all', 'GET /api/sessions/{session}/store/contacts', allContacts),
  contacts.serve('GET /api/{session}/contacts/all', 'GET /api/sessions/{session}/store/contacts', request =>
    allContacts({ ...request, query: { ...request.query, session: request.params['session'] } })
  ),
  contacts.serve('GET /api/contacts', 'GET /api/sessions/{session}/store/contacts/{jid}', function* ({ query }) {
    const id = wahaId(contactIn(query));
    const found = (yield* everyContact(sessionIn(query))).find(contact => contact['id'] === id);
    return ok(
      found ?? { id, number: numberOf(id), name: null, pushname: null, isMe: false, isGroup: id.endsWith('@g.us'), isWAContact: true }
    );
  }),
  contacts.serve('POST /api/contacts/block', 'PUT /api/sessions/{session}/contacts/{jid}/block', block('block')),
  contacts.serve('POST /api/contacts/unblock', 'DELETE /api/sessions/{session}/contacts/{jid}/block', block('unblock')),
  contacts.serve('GET /api/{session}/lids/{lid}', 'GET /api/sessions/{session}/store/lid-map/{jid}', function* ({ params }) {
    const lid = params['lid']!.includes('@') ? params['lid']! : `${params['lid']!}@lid`;
    const pn = yield* call({ do: 'otherJid', session: params['session'], jid: lid });
    return ok({ lid, pn: pn === null ? null : wahaId(pn) });
  }),
  contacts.serve('GET /api/{session}/lids/pn/{phoneNumber}', 'GET /api/sessions/{session}/store/lid-map/{jid}', function* ({ params }) {
    const jid = jidOfWaha(params['phoneNumber']!);
    return ok({ lid: yield* call({ do: 'otherJid', session: params['session'], jid }), pn: wahaId(jid) });
  }),
  refuse('POST /api/sendButtons', MESSAGES, 'WhatsApp often does not show buttons; send a text message or a poll instead.'),
  refuse('POST /api/sendList', MESSAGES, 'WhatsApp often does not show lists; send a text message or a poll instead.'),
  refuse('POST /api/send/buttons/reply', MESSAGES),
  refuse('POST /api/sendPollVote', MESSAGES),
  refuse('POST /api/{session}/events', MESSAGES),
  refuse('GET /api/{session}/new-message-id', MESSAGES, 'Choose the id yourself, and pass it in `options.messageId`.')
];

function* everyContact(session: unknown): PeerConversation<Record<string, unknown>[]> {
  const all = yield* listed({ do: 'contacts', session }, MOST_CONTACTS);
  return all.map(({ jid, name, contact }) => {
    const id = wahaId(jid);
    const inBook = typeof contact['name'] === 'string';
    return {
      ...{ id, number: numberOf(id), name: contact['name'] ?? name, pushname: contact['notify'] ?? null, shortName: null },
      ...{ isMe: false, isGroup: false, isWAContact: true, isMyContact: inBook, isBlocked: false }
    };
  });
}

const MOST_CONTACTS = 10_000;

function* allContacts({ query }: PeerRequest): PeerConversation {
  const { offset, limit } = windowIn(query, MOST_CONTACTS);
  return ok((yield* everyContact(sessionIn(query))).slice(offset, offset + limit));
}

const numberOf = (id: string): string | null => (id.endsWith('@c.us') ? id.slice(0, id.indexOf('@')) : null);
