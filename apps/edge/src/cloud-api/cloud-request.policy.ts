import { chatJid, isGroup, isLid, isMediaReference, isPn, parseJid } from '@wabus/contracts';
import { field, isObject, objectsIn, textOf } from '../read-models/projection/payload.codec.js';
import { CLOUD_FAILURES, CloudRefusal } from './cloud-error.table.js';
import { opened, templateText, writtenOut } from './cloud-interactive.policy.js';
import { vcardOf } from './vcard.codec.js';
import { decodeMediaId, decodeUserId, decodeWamid, type CloudMessageKey } from './wamid.codec.js';

type Json = Readonly<Record<string, unknown>>;

/** The file of a received message, which must be fetched before it can be sent. */
export interface FileToFetch {
  readonly cursor: string;
  readonly message: string | null;
}

/** A message to send, as the arguments of `sendMessage`. */
export interface CloudSend {
  readonly kind: 'send';
  /** The recipient as the program wrote it. */
  readonly input: string;
  readonly jid: string;
  readonly content: Json;
  readonly options: Json;
  /** The source of the message's file if it is another message, and the field of the content that receives the file. */
  readonly fetch: { readonly field: string; readonly from: FileToFetch } | null;
}

/** A message to mark as read. If `typing` is set, its chat also shows a typing indicator. */
export interface CloudRead {
  readonly kind: 'read';
  readonly key: Json;
  readonly chat: string;
  readonly typing: boolean;
}

export interface CloudRequestRules {
  readonly session: string;
  /** Whether templates are sent as the text of their components instead of being refused. */
  readonly templatesAsText: boolean;
}

const missing = (name: string): CloudRefusal => new CloudRefusal(CLOUD_FAILURES.missing, `The parameter ${name} is required.`);
const wrong = (details: string): CloudRefusal => new CloudRefusal(CLOUD_FAILURES.value, details);

/** Parses the body of a request to `messages`. Throws `CloudRefusal`. */
export function cloudRequest(body: unknown, rules: CloudRequestRules): CloudSend | CloudRead {
  if (!isObject(body)) throw new CloudRefusal(CLOUD_FAILURES.parameter, 'The body must be a JSON object.');
  if (body['messaging_product'] !== 'whatsapp')
    throw new CloudRefusal(CLOUD_FAILURES.parameter, 'The parameter messaging_product is required, and must be "whatsapp".');
  return body['status'] === undefined ? sendOf(body, rules) : readOf(body);
}

function readOf(body: Json): CloudRead {
  if (body['status'] !== 'read') throw wrong('status can only be "read".');
  const id = textOf(body, 'message_id');
  if (id === null) throw missing('message_id');
  const key = decodeWamid(id);
  if (key === null || key.chat === null) throw wrong('message_id is not the id of a message from a webhook of this format.');
  return { kind: 'read', key: keyJson(key, key.chat), chat: key.chat, typing: isObject(body['typing_indicator']) };
}

function sendOf(body: Json, rules: CloudRequestRules): CloudSend {
  // If both are present, `to` takes precedence (Meta, "Business-scoped user IDs", 31 March 2026).
  const input = textOf(body, 'to') ?? textOf(body, 'recipient');
  if (input === null) throw missing('to');
  const jid = recipientOf(input, body['recipient_type']);
  if (jid === null) throw wrong(`to must be a phone number with its country code or a user_id, or a group_id with recipient_type "group".`);
  // Meta assumes text if the type is missing.
  const type = textOf(body, 'type') ?? 'text';
  const value = opened(body[type]);
  const { fetch = null, ...content } = contentOf(type, value, { ...rules, jid });
  const quoted = quotedOf(opened(body['context']), jid);
  const preview = type === 'text' && field(value, 'preview_url') === true ? { linkPreview: true } : {};
  const correlation = textOf(body, 'biz_opaque_callback_data');
  return {
    kind: 'send',
    input,
    jid,
    content,
    fetch: fetch as CloudSend['fetch'],
    options: {
      ...preview,
      ...(quoted === null ? {} : { quoted }),
      ...(correlation === null ? {} : { correlation: correlation.slice(0, 128) })
    }
  };
}

/** Returns the jid of a recipient. Digits, with or without separators, are a phone number; a group is identified by its jid or by the part before its `@`. */
export function recipientOf(input: string, type: unknown): string | null {
  const text = input.trim();
  if (type === 'group' && /^\d[\d-]{4,40}$/.test(text)) return `${text}@g.us`;
  const jid = decodeUserId(text) ?? parseJid(text);
  if (jid === null) return null;
  const chat = chatJid(jid);
  const isRight = type === 'group' ? isGroup(chat) : isPn(chat) || isLid(chat) || isGroup(chat);
  return isRight ? chat : null;
}

function quotedOf(context: unknown, jid: string): Json | null {
  const id = textOf(context, 'message_id');
  if (id === null) return null;
  const key = decodeWamid(id);
  if (key === null) throw wrong('context.message_id is not the id of a message from a webhook of this format.');
  return { key: keyJson(key, key.chat ?? jid) };
}

const keyJson = ({ id, fromMe, participant }: CloudMessageKey, chat: string): Json => ({
  remoteJid: chat,
  id,
  fromMe,
  ...(participant === null ? {} : { participant })
});

const FILES = new Set(['image', 'video', 'audio', 'document', 'sticker']);

interface ContentRules extends CloudRequestRules {
  readonly jid: string;
}

/** Returns the content for the arguments of `sendMessage`, with an additional field `fetch`. */
function contentOf(type: string, value: unknown, rules: ContentRules): Json {
  if (value === undefined || value === null) throw missing(type);
  if (FILES.has(type)) return fileOf(type, value, rules);
  switch (type) {
    case 'text':
      return { text: required(value, 'body', 'text.body') };
    case 'reaction':
      return reactionOf(value, rules);
    case 'location':
      return locationOf(value);
    case 'contacts':
      return contactsArgument(value);
    case 'interactive':
      return interactiveOf(value, rules);
    case 'template':
      return templateOf(value, rules);
    default:
      throw new CloudRefusal(CLOUD_FAILURES.unsupported, `Messages of the type ${type.slice(0, 40)} cannot be sent.`);
  }
}

function required(value: unknown, name: string, said: string): string {
  const text = textOf(value, name);
  if (text === null) throw missing(said);
  return text;
}

function fileOf(type: string, value: unknown, { session }: CloudRequestRules): Json {
  const caption = textOf(value, 'caption');
  const name = textOf(value, 'filename');
  return {
    ...sourceOf(type, value, session),
    ...(caption !== null && type !== 'audio' && type !== 'sticker' ? { caption } : {}),
    ...(name !== null && type === 'document' ? { fileName: name.slice(0, 255) } : {}),
    ...(type === 'audio' && field(value, 'voice') === true ? { ptt: true } : {})
  };
}

function sourceOf(type: string, value: unknown, session: string): Json {
  const [id, link] = [textOf(value, 'id'), textOf(value, 'link')];
  if (id !== null) {
    const key = decodeMediaId(id);
    if (key === null || key.session !== session)
      throw new CloudRefusal(CLOUD_FAILURES.object, `${type}.id is not the id of a file of this phone number.`);
    if (isMediaReference(key.ref)) return { [type]: { media: key.ref } };
    return { [type]: {}, fetch: { field: type, from: { cursor: key.ref, message: key.message } } };
  }
  if (link === null) throw missing(`${type}.id or ${type}.link`);
  if (!/^https?:\/\//i.test(link)) throw wrong(`${type}.link must be an https address.`);
  return { [type]: { url: link } };
}

function reactionOf(value: unknown, { jid }: ContentRules): Json {
  const key = decodeWamid(required(value, 'message_id', 'reaction.message_id'));
  if (key === null) throw wrong('reaction.message_id is not the id of a message from a webhook of this format.');
  // An empty or missing emoji withdraws the reaction.
  return { react: { text: textOf(value, 'emoji') ?? '', key: keyJson(key, key.chat ?? jid) } };
}

function locationOf(value: unknown): Json {
  const degrees = (name: string): number => {
    const said = field(value, name);
    const number = typeof said === 'string' && said.trim() !== '' ? Number(said) : said;
    if (typeof number !== 'number' || !Number.isFinite(number)) throw missing(`location.${name}`);
    return number;
  };
  const [name, address] = [textOf(value, 'name'), textOf(value, 'address')];
  return {
    location: {
      degreesLatitude: degrees('latitude'),
      degreesLongitude: degrees('longitude'),
      ...(name === null ? {} : { name }),
      ...(address === null ? {} : { address })
    }
  };
}

function contactsArgument(value: unknown): Json {
  const cards = objectsIn(value).map(vcardOf);
  if (cards.length === 0) throw missing('contacts');
  if (cards.includes(null)) throw missing('contacts[].name.formatted_name');
  const displayName = cards.length > 1 ? { displayName: `${cards.length} contacts` } : {};
  return { contacts: { ...displayName, contacts: cards } };
}

function interactiveOf(value: unknown, rules: ContentRules): Json {
  const { text, file } = writtenOut(value);
  if (file === null) return { text };
  const type = textOf(file, 'type')!;
  return { ...fileOf(type, field(file, type), rules), caption: text };
}

function templateOf(value: unknown, { templatesAsText }: CloudRequestRules): Json {
  const name = required(value, 'name', 'template.name');
  const text = templatesAsText ? templateText(value) : null;
  if (text !== null) return { text };
  const why = templatesAsText ? 'its text is unknown' : 'Wabus has no templates: send its content as text';
  throw new CloudRefusal(CLOUD_FAILURES.template, `Template ${name.slice(0, 100)} cannot be sent: ${why}.`);
}
