import { chatJid, contentFile, contentText, isLargePart, unwrappedContent, contentKind } from '@wabus/contracts';
import { isJsonObject, objectOf } from './peer-fields.policy.js';

/** The key of a message as JSON, as in events and replies. */
export interface KeyJson {
  readonly remoteJid: string;
  readonly id: string;
  readonly fromMe: boolean;
  /** In a group, the author of the message. */
  readonly participant: string | null;
  /** The other jids of chat and author: LID or number. */
  readonly remoteJidAlt: string | null;
  readonly participantAlt: string | null;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Returns the key of a message of Baileys, or `null` if the value is not a key. */
export function messageKeyOf(key: unknown): KeyJson | null {
  const { remoteJid, id, fromMe, participant, remoteJidAlt, participantAlt } = objectOf(key);
  if (textOf(remoteJid) === null || textOf(id) === null) return null;
  return {
    remoteJid: remoteJid as string,
    id: id as string,
    fromMe: fromMe === true,
    participant: textOf(participant),
    remoteJidAlt: textOf(remoteJidAlt),
    participantAlt: textOf(participantAlt)
  };
}

/** Returns a count or time of a protobuf message in JSON. */
export function countOf(value: unknown): number | null {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'string' && /^\d{1,16}$/.test(value)) return Number(value);
  return null;
}

/** The parts of a message of Baileys that programs read. */
export interface MessageParts {
  readonly key: KeyJson;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly pushName: string | null;
  /** Text or caption. */
  readonly text: string | null;
  /** The content without wrappers, as JSON. */
  readonly content: Record<string, unknown>;
  /** The protocol field of the visible content, such as `imageMessage`. */
  readonly kind: string | null;
  readonly file: { readonly mimetype: string | null; readonly fileName: string | null } | null;
  /** The message to which it replies. */
  readonly quoted: { readonly id: string; readonly participant: string | null; readonly text: string | null } | null;
  /** 0 error, 1 pending, 2 server, 3 device, 4 read, 5 played. */
  readonly status: number | null;
}

/** Returns the parts of a message, or `null` if the value is not a message. */
export function messageFacts(message: unknown): MessageParts | null {
  const { key: rawKey, messageTimestamp, pushName, message: raw, status } = objectOf(message);
  const key = messageKeyOf(rawKey);
  if (key === null) return null;
  const content = objectOf(unwrappedContent(raw));
  const file = contentFile(raw)?.fields;
  return {
    key,
    timestamp: countOf(messageTimestamp) ?? 0,
    pushName: textOf(pushName),
    text: contentText(raw),
    content,
    kind: contentKind(raw),
    file: file === undefined ? null : { mimetype: textOf(file['mimetype']), fileName: textOf(file['fileName']) },
    quoted: quotedIn(content),
    status: countOf(status)
  };
}

/** The prefix of WhatsApp Web's ids, which messages sent through Wabus and messages typed in a browser have. */
const WEB_ID = '3EB0';
/** A message from another device has already reached the server when it arrives here. */
const PENDING = 1;

/**
 * Returns whether a message was sent through Wabus. `type` is the type of its event: messages sent here have `append`, and so do messages
 * that other devices sent while the session was offline. In the read models there is no type, so only the id distinguishes them.
 */
export function isSentByProgram({ key, status }: Pick<MessageParts, 'key' | 'status'>, type?: unknown): boolean {
  if (!key.fromMe || !key.id.startsWith(WEB_ID)) return false;
  return type === undefined || (type === 'append' && (status ?? PENDING) <= PENDING);
}

function quotedIn(content: Record<string, unknown>): MessageParts['quoted'] {
  for (const value of Object.values(content)) {
    const { contextInfo } = objectOf(value);
    const { stanzaId, participant, quotedMessage } = objectOf(contextInfo);
    const id = textOf(stanzaId);
    if (id !== null) return { id, participant: textOf(participant), text: contentText(quotedMessage) };
  }
  return null;
}

/** Returns the location in a content, or `null` if there is none. */
export function locationIn(content: Record<string, unknown>): Record<string, unknown> | null {
  const location = content['locationMessage'] ?? content['liveLocationMessage'];
  return isJsonObject(location) ? location : null;
}

/** Returns the vCards in a content. */
export function vcardsIn(content: Record<string, unknown>): string[] {
  const { vcard } = objectOf(content['contactMessage']);
  const { contacts } = objectOf(content['contactsArrayMessage']);
  const cards = Array.isArray(contacts) ? (contacts as unknown[]).map(one => objectOf(one)['vcard']) : [];
  return [vcard, ...cards]
    .map(card => (isLargePart(card) ? card.$large.preview : card))
    .filter((card): card is string => typeof card === 'string');
}

/** Returns a key that names people by number if the key contains it. */
export function numbersFirst(key: KeyJson): KeyJson {
  const { remoteJid, remoteJidAlt, participant, participantAlt } = key;
  return {
    ...key,
    remoteJid: numberFirst(remoteJid, remoteJidAlt),
    participant: participant === null ? null : numberFirst(participant, participantAlt)
  };
}

/** Returns the phone number's jid of a person if it is known, for programs that do not support LIDs. */
export function numberFirst(jid: string, other: string | null): string {
  const plain = chatJid(jid);
  const alternative = other === null ? null : chatJid(other);
  return plain.endsWith('@lid') && alternative?.endsWith('@s.whatsapp.net') ? alternative : plain;
}
