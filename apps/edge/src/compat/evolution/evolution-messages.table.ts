import type { PeerConversation, PeerRequest, PeerRoute } from '../compat.types.js';
import {
  given,
  listOf,
  numberIn,
  objectOf,
  optionalFlag,
  optionalNumber,
  optionalText,
  optionalTexts,
  textIn,
  wrongField
} from '../peer-fields.policy.js';
import { perform, created, rowsOf } from '../peer-calls.policy.js';
import { mediaTypeOf, requiredText, sourceOf, cardOf } from '../peer-content.policy.js';
import { jidOfNumber, keyIn, quotedIn } from './evolution-id.codec.js';
import { evolutionMessage } from './evolution-message.codec.js';

const { serve, refuse } = rowsOf('message');

type Body = PeerRequest['body'];

/** Returns the options of a request: version 1 has them in `options`, version 2 in the body itself. */
const optionsIn = (body: Body): Body => ({ ...objectOf(body['options']), ...body });

function mentionsIn(body: Body): object {
  const options = optionsIn(body);
  const older = objectOf(options['mentions']);
  if ((optionalFlag(options, 'mentionsEveryOne') ?? optionalFlag(options, 'everyOne') ?? optionalFlag(older, 'everyOne')) === true)
    return { mentionAll: true };
  const mentioned = optionalTexts(options, 'mentioned') ?? optionalTexts(older, 'mentioned') ?? [];
  return mentioned.length === 0 ? {} : { mentions: mentioned.map(jidOfNumber) };
}

interface Sending {
  readonly content: object;
  /** The content as programs of Evolution API expect it in the response. */
  readonly shown: object;
  readonly options?: object;
}

/** Sends a message, and responds with it as Evolution API does right after sending. */
function* send({ params, body }: PeerRequest, jid: string, { content, shown, options = {} }: Sending): PeerConversation {
  const all = { ...quotedIn(optionsIn(body)['quoted'], jid), ...given({ messageId: optionalText(body, 'messageId') }), ...options };
  const instance = params['instance']!;
  const reply = yield* perform<{ key: object; messageTimestamp: number | null }>(instance, 'sendMessage', {
    jid,
    content,
    ...(Object.keys(all).length === 0 ? {} : { options: all })
  });
  const { key, messageTimestamp } = reply;
  const message = evolutionMessage({ key, messageTimestamp: messageTimestamp ?? 0, message: shown, status: 1 }, instance);
  return created({ ...message, key, status: 'PENDING' });
}

const numberOf = ({ body }: PeerRequest): string => jidOfNumber(textIn(body, 'number'));

function* sendText(request: PeerRequest): PeerConversation {
  const { body } = request;
  const text = requiredText({ text: body['text'] ?? objectOf(body['textMessage'])['text'] }, 'text');
  const preview = optionalFlag(optionsIn(body), 'linkPreview') ?? true;
  const options = preview && /https?:\/\//.test(text) ? { linkPreview: true } : {};
  return yield* send(request, numberOf(request), { content: { text, ...mentionsIn(body) }, shown: { conversation: text }, options });
}

const MEDIA = ['image', 'video', 'ptv', 'audio', 'document'] as const;

/** Returns the content of a file with its caption. A file of an unknown kind becomes a document. */
function mediaContent(fields: Body, mentions: object): Pick<Sending, 'content' | 'shown'> {
  const kind = MEDIA.find(one => one === (optionalText(fields, 'mediatype') ?? optionalText(fields, 'mediaType')));
  if (kind === undefined) throw wrongField('mediatype', `must be one of ${MEDIA.join(', ')}`);
  const source = sourceOf(requiredText(fields, 'media'));
  const [caption, fileName, mimetype] = [
    optionalText(fields, 'caption'),
    optionalText(fields, 'fileName'),
    mediaTypeOf(fields['mimetype'])
  ];
  const captioned = { ...given({ caption }), ...mentions };
  switch (kind) {
    case 'image':
      return { content: { image: source, ...captioned }, shown: { imageMessage: given({ caption, mimetype }) } };
    case 'video':
    case 'ptv': {
      const gifPlayback = optionalFlag(fields, 'gifPlayback') === true ? true : undefined;
      const content = { video: source, ...captioned, ...given({ gifPlayback, ptv: kind === 'ptv' ? true : undefined }) };
      return { content, shown: { [kind === 'ptv' ? 'ptvMessage' : 'videoMessage']: given({ caption, mimetype }) } };
    }
    case 'audio':
      return { content: { audio: source }, shown: { audioMessage: given({ mimetype }) } };
    case 'document':
      return {
        content: { document: source, ...captioned, ...given({ fileName, mimetype }) },
        shown: { documentMessage: given({ caption, fileName, mimetype }) }
      };
  }
}

function* sendMedia(request: PeerRequest): PeerConversation {
  const fields = { ...objectOf(request.body['mediaMessage']), ...request.body };
  return yield* send(request, numberOf(request), mediaContent(fields, mentionsIn(request.body)));
}

function* sendAudio(request: PeerRequest): PeerConversation {
  const { body } = request;
  const source = sourceOf(requiredText({ audio: body['audio'] ?? objectOf(body['audioMessage'])['audio'] }, 'audio'));
  // `encoding` in Evolution API corresponds to `convert` in Wabus.
  const convert = optionalFlag(optionsIn(body), 'encoding') === true ? { convert: true } : {};
  return yield* send(request, numberOf(request), {
    content: { audio: source, ptt: true, ...convert },
    shown: { audioMessage: { ptt: true } }
  });
}

function* sendPtv(request: PeerRequest): PeerConversation {
  const source = sourceOf(textIn(request.body, 'video'));
  return yield* send(request, numberOf(request), { content: { video: source, ptv: true }, shown: { ptvMessage: {} } });
}

function* sendSticker(request: PeerRequest): PeerConversation {
  const { body } = request;
  const source = sourceOf(requiredText({ sticker: body['sticker'] ?? objectOf(body['stickerMessage'])['image'] }, 'sticker'));
  const convert = optionalFlag(body, 'notConvertSticker') === true ? {} : { convert: true };
  return yield* send(request, numberOf(request), { content: { sticker: source, ...convert }, shown: { stickerMessage: {} } });
}

function* sendLocation(request: PeerRequest): PeerConversation {
  const fields = { ...objectOf(request.body['locationMessage']), ...request.body };
  const [name, address] = [optionalText(fields, 'name'), optionalText(fields, 'address')];
  const location = {
    degreesLatitude: numberIn(fields, 'latitude'),
    degreesLongitude: numberIn(fields, 'longitude'),
    ...given({ name: name === '' ? undefined : name, address: address === '' ? undefined : address })
  };
  return yield* send(request, numberOf(request), { content: { location }, shown: { locationMessage: location } });
}

function* sendContact(request: PeerRequest): PeerConversation {
  const people = listOf(request.body['contact'] ?? request.body['contactMessage']).map(objectOf);
  const contacts = people.map(one => {
    const displayName = textIn(one, 'fullName');
    const [phone, waid] = [textIn(one, 'phoneNumber'), optionalText(one, 'wuid')];
    const details = given({
      organization: optionalText(one, 'organization'),
      email: optionalText(one, 'email'),
      url: optionalText(one, 'url')
    });
    return { displayName, vcard: cardOf({ name: displayName, phone, ...given({ waid: waid === '' ? undefined : waid }), ...details }) };
  });
  if (contacts.length === 0) throw wrongField('contact', 'must be a list of contacts');
  const shown = contacts.length === 1 ? { contactMessage: contacts[0]! } : { contactsArrayMessage: { contacts } };
  return yield* send(request, numberOf(request), { content: { contacts: { contacts } }, shown });
}

function* sendPoll(request: PeerRequest): PeerConversation {
  const fields = { ...objectOf(request.body['pollMessage']), ...request.body };
  const [name, values] = [textIn(fields, 'name'), optionalTexts(fields, 'values') ?? []];
  const poll = { name, values, selectableCount: optionalNumber(fields, 'selectableCount') ?? 1 };
  const shown = {
    pollCreationMessageV3: { name, options: values.map(optionName => ({ optionName })), selectableOptionsCount: poll.selectableCount }
  };
  return yield* send(request, numberOf(request), { content: { poll }, shown });
}

function* sendReaction(request: PeerRequest): PeerConversation {
  const fields = { ...objectOf(request.body['reactionMessage']), ...request.body };
  const key = keyIn(fields['key'], 'key');
  if (key.remoteJid === undefined) throw wrongField('key.remoteJid', 'must be the chat of the message');
  const text = optionalText(fields, 'reaction') ?? '';
  return yield* send(request, key.remoteJid, { content: { react: { text, key } }, shown: { reactionMessage: { key, text } } });
}

function* sendStatus(request: PeerRequest): PeerConversation {
  const { body } = request;
  const statusJidList = (optionalTexts(body, 'statusJidList') ?? []).map(jidOfNumber);
  if (statusJidList.length === 0) throw wrongField('statusJidList', 'must list the recipients: `allContacts` is not supported');
  const type = textIn(body, 'type');
  const text = textIn(body, 'content');
  const [backgroundColor, font] = [optionalText(body, 'backgroundColor'), optionalNumber(body, 'font')];
  const options = { statusJidList, ...(type === 'text' ? given({ backgroundColor, font }) : {}) };
  const sending =
    type === 'text'
      ? { content: { text }, shown: { extendedTextMessage: { text } } }
      : mediaContent({ ...body, mediatype: type, media: text }, {});
  return yield* send(request, 'status@broadcast', { ...sending, options });
}

const MESSAGES = 'POST /api/sessions/{session}/messages';

export const EVOLUTION_MESSAGES: readonly PeerRoute[] = [
  serve('POST /message/sendText/{instance}', MESSAGES, sendText, {
    common: true,
    note: 'In this and all other calls that send messages, the edge ignores `delay`.'
  }),
  serve('POST /message/sendMedia/{instance}', MESSAGES, sendMedia, {
    common: true,
    note: 'Pass the file as a URL or in base64; the edge does not accept form data.'
  }),
  serve('POST /message/sendWhatsAppAudio/{instance}', MESSAGES, sendAudio, {
    common: true,
    note: 'Unless `encoding` is true, a voice note must be in Ogg format with the Opus codec.'
  }),
  serve('POST /message/sendPtv/{instance}', MESSAGES, sendPtv),
  serve('POST /message/sendSticker/{instance}', MESSAGES, sendSticker, {
    note: 'Unless `notConvertSticker` is true, the connector converts the sticker with ffmpeg.'
  }),
  serve('POST /message/sendLocation/{instance}', MESSAGES, sendLocation),
  serve('POST /message/sendContact/{instance}', MESSAGES, sendContact),
  serve('POST /message/sendPoll/{instance}', MESSAGES, sendPoll),
  serve('POST /message/sendReaction/{instance}', 'PUT /api/sessions/{session}/chats/{jid}/messages/{messageId}/reaction', sendReaction, {
    common: true
  }),
  serve('POST /message/sendStatus/{instance}', MESSAGES, sendStatus, { note: 'The edge does not support `allContacts`.' }),
  refuse('POST /message/sendButtons/{instance}', MESSAGES, 'WhatsApp often does not show buttons; send a text message or a poll instead.'),
  refuse('POST /message/sendList/{instance}', MESSAGES, 'WhatsApp often does not show lists; send a text message or a poll instead.'),
  refuse('POST /message/sendCarousel/{instance}', MESSAGES),
  refuse('POST /message/sendTemplate/{instance}', MESSAGES, 'Only Meta’s Cloud API has templates.'),
  refuse('POST /call/offer/{instance}', 'POST /api/sessions/{session}/call-links')
];
