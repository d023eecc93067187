import { chatJid, contentFile, contentText, isLargePart, unwrappedContent, contentKind } from '@wabus/contracts';
import { isJsonObject, objectOf } from './peer-fields.policy.js';

/** The key of a message in JSON, as events and replies carry it. */
export interface KeyJson {
  readonly remoteJid: string;
  readonly id: string;
  readonly fromMe: boolean;
  /** In a group: who wrote it. */
  readonly participant: string | null;
  /** The other jids of chat and author, LID or number. */
  readonly remoteJidAlt: string | null;
  readonly participantAlt: string | null;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** The key of a message of Baileys; `null` when it names none. */
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

/** A count or time of a protobuf message in JSON. */
export function countOf(value: unknown): number | null {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'string' && /^\d{1,16}$/.test(value)) return Number(value);
  return null;
}

/** What programs read of a message of Baileys. */
export interface MessageParts {
  readonly key: KeyJson;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly pushName: string | null;
  /** Text or caption. */
  readonly text: string | null;
  /** The content without wrappers, in JSON. */
  readonly content: Record<string, unknown>;
  /** The field of the protocol that people see, such as `imageMessage`. */
  readonly kind: string | null;
  readonly file: { readonly mimetype: string | null; readonly fileName: string | null } | null;
  /** The message that it replies to. */
  readonly quoted: { readonly id: string; readonly participant: string | null; readonly text: string | null } | null;
  /** 0 error, 1 pending, 2 server, 3 device, 4 read, 5 played. */
  readonly status: number | null;
}

/** `null` for anything that names no message. */
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

/** Ids of WhatsApp Web begin like this: of what was sent through Wabus, and of what a person typed in a browser. */
const WEB_ID = '3EB0';
/** What another device sent has reached the server when it arrives here. */
const PENDING = 1;

/**
 * Whether a message was sent through Wabus. `type` is that of its event: own sends come as `append`, and so does what other devices sent while the session was offline.
 * Without it, in the read models, only the id can say so.
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

/** The location in a content, `null` if it is not one. */
export function locationIn(content: Record<string, unknown>): Record<string, unknown> | null {
  const location = content['locationMessage'] ?? content['liveLocationMessage'];
  return isJsonObject(location) ? location : null;
}

/** The vCards in a content. */
export function vcardsIn(content: Record<string, unknown>): string[] {
  const { vcard } = objectOf(content['contactMessage']);
  const { contacts } = objectOf(content['contactsArrayMessage']);
  const cards = Array.isArray(contacts) ? (contacts as unknown[]).map(one => objectOf(one)['vcard']) : [];
  return [vcard, ...cards]
    .map(card => (isLargePart(card) ? card.$large.preview : card))
    .filter((card): card is string => typeof card === 'string');
}

/** A key in which people are named by number where the key says it. */
export function numbersFirst(key: KeyJson): KeyJson {
  const { remoteJid, remoteJidAlt, participant, participantAlt } = key;
  return {
    ...key,
    remoteJid: numberFirst(remoteJid, remoteJidAlt),
    participant: participant === null ? null : numberFirst(participant, participantAlt)
  };
}

/** The phone number's jid of a person where it is known, for programs that do not know LIDs. */
export function numberFirst(jid: string, other: string | null): string {
  const plain = chatJid(jid);
  const alternative = other === null ? null : chatJid(other);
  return plain.endsWith('@lid') && alternative?.endsWith('@s.whatsapp.net') ? alternative : plain;
}
