import { contentKind, isBytesJson, unwrappedContent } from '@wabus/contracts';
import { field, isObject, numberOf, textOf } from '../read-models/projection/payload.codec.js';
import { contactsOf } from './vcard.codec.js';

type Json = Readonly<Record<string, unknown>>;

/** The content of a message in Meta's format: its type, and the field with that name. */
export interface CloudContent {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** The location of a message's file, and the function that returns the ids of other messages. */
export interface ContentCircumstances {
  readonly mediaId: string;
  readonly wamidOf: (key: unknown) => string | null;
}

/** The error with which Meta reports content that it does not support. */
const UNSUPPORTED = {
  code: 131051,
  title: 'Message type unknown',
  message: 'Message type unknown',
  error_data: { details: 'Message type is currently not supported.' }
};
/** Meta's names for some of these types. */
const UNSUPPORTED_TYPES: Readonly<Record<string, string>> = {
  pollCreationMessage: 'poll_creation',
  pollCreationMessageV2: 'poll_creation',
  pollCreationMessageV3: 'poll_creation',
  pollCreationMessageV5: 'poll_creation',
  eventMessage: 'event_creation',
  groupInviteMessage: 'group_invite',
  productMessage: 'product',
  orderMessage: 'order',
  albumMessage: 'album'
};

const FILES: Readonly<Record<string, string>> = {
  imageMessage: 'image',
  videoMessage: 'video',
  ptvMessage: 'video',
  audioMessage: 'audio',
  documentMessage: 'document',
  stickerMessage: 'sticker'
};

/** Returns the content of a message in Meta's format, or `null` if people do not see it in a chat. */
export function cloudContent(message: unknown, circumstances: ContentCircumstances): CloudContent | null {
  const content = unwrappedContent(message);
  const reaction = field(content, 'reactionMessage');
  if (isObject(reaction)) return reactionOf(reaction, circumstances);
  const kind = contentKind(content);
  if (kind === null) return null;
  const value = field(content, kind);
  const type = FILES[kind];
  if (type !== undefined) return { type, [type]: fileOf(type, value, circumstances.mediaId) };
  switch (kind) {
    case 'conversation':
      return texted(textOf(content, kind));
    case 'extendedTextMessage':
      return texted(textOf(value, 'text'));
    case 'locationMessage':
    case 'liveLocationMessage':
      return locationOf(value);
    case 'contactMessage':
    case 'contactsArrayMessage':
      return { type: 'contacts', contacts: contactsOf(content) };
    case 'buttonsResponseMessage':
      return replied('button_reply', { id: textOf(value, 'selectedButtonId'), title: textOf(value, 'selectedDisplayText') });
    case 'listResponseMessage':
      return replied('list_reply', {
        id: textOf(field(value, 'singleSelectReply'), 'selectedRowId'),
        title: textOf(value, 'title'),
        description: textOf(value, 'description')
      });
    case 'templateButtonReplyMessage':
      return { type: 'button', button: known({ payload: textOf(value, 'selectedId'), text: textOf(value, 'selectedDisplayText') }) };
    case 'interactiveResponseMessage':
      return flowReply(value);
    default:
      return { type: 'unsupported', errors: [UNSUPPORTED], unsupported: { type: UNSUPPORTED_TYPES[kind] ?? 'unknown' } };
  }
}

/** Returns the message that a message replies to, and whether it was forwarded. Empty if neither applies. */
export function cloudContext(message: unknown, nameOf: (quoted: Json) => { id: string; from?: string } | null): { context?: Json } {
  const info = contextInfoOf(message);
  if (info === null) return {};
  const quoted = textOf(info, 'stanzaId') === null ? null : nameOf(info);
  const score = numberOf(info, 'forwardingScore') ?? 0;
  const context = {
    ...quoted,
    ...(field(info, 'isForwarded') === true ? { forwarded: true } : {}),
    ...(score >= FREQUENTLY ? { frequently_forwarded: true } : {})
  };
  return Object.keys(context).length > 0 ? { context } : {};
}

const FREQUENTLY = 5;
const AD = 'ad';

/** Returns the advertisement that a message replies to. Empty if there is none. */
export function cloudReferral(message: unknown): { referral?: Json } {
  const ad = field(contextInfoOf(message), 'externalAdReply');
  if (textOf(ad, 'sourceType') !== AD) return {};
  const referral = known({
    source_url: textOf(ad, 'sourceUrl'),
    source_id: textOf(ad, 'sourceId'),
    source_type: AD,
    headline: textOf(ad, 'title'),
    body: textOf(ad, 'body'),
    thumbnail_url: textOf(ad, 'thumbnailUrl'),
    ctwa_clid: textOf(ad, 'ctwaClid')
  });
  return { referral };
}

function contextInfoOf(message: unknown): Json | null {
  const content = unwrappedContent(message);
  if (!isObject(content)) return null;
  const infos = Object.values(content).map(value => field(value, 'contextInfo'));
  return infos.find(isObject) ?? null;
}

const texted = (text: string | null): CloudContent => ({ type: 'text', text: { body: text ?? '' } });

const known = (fields: Readonly<Record<string, string | null>>): Json =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));

const replied = (type: 'button_reply' | 'list_reply', reply: Readonly<Record<string, string | null>>): CloudContent => ({
  type: 'interactive',
  interactive: { type, [type]: known(reply) }
});

function flowReply(value: unknown): CloudContent {
  const flow = field(value, 'nativeFlowResponseMessage');
  const response = textOf(flow, 'paramsJson') ?? '{}';
  const body = textOf(field(value, 'body'), 'text');
  const id = textOf(parsed(response), 'id');
  if (id !== null) return replied('button_reply', { id, title: body });
  return {
    type: 'interactive',
    interactive: { type: 'nfm_reply', nfm_reply: known({ name: textOf(flow, 'name'), body, response_json: response }) }
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return null;
  }
}

/** An empty emoji withdraws a reaction. */
function reactionOf(reaction: Json, { wamidOf }: ContentCircumstances): CloudContent | null {
  const id = wamidOf(reaction['key']);
  return id === null ? null : { type: 'reaction', reaction: { message_id: id, emoji: textOf(reaction, 'text') ?? '' } };
}

function locationOf(value: unknown): CloudContent {
  const { degreesLatitude: latitude, degreesLongitude: longitude } = value as Json;
  const named = known({ name: textOf(value, 'name'), address: textOf(value, 'address'), url: textOf(value, 'url') });
  return { type: 'location', location: { latitude, longitude, ...named } };
}

function fileOf(type: string, value: unknown, id: string): Json {
  const hash = field(value, 'fileSha256');
  return {
    id,
    ...known({ mime_type: textOf(value, 'mimetype'), sha256: isBytesJson(hash) ? hash.data : null, caption: textOf(value, 'caption') }),
    ...(type === 'document' ? known({ filename: textOf(value, 'fileName') ?? textOf(value, 'title') }) : {}),
    ...(type === 'audio' ? { voice: field(value, 'ptt') === true } : {}),
    ...(type === 'sticker' ? { animated: field(value, 'isAnimated') === true } : {})
  };
}
