import { createHash } from 'node:crypto';

/** What a message id of Meta's form holds here: enough to quote, read and react to the message without a table. */
export interface CloudMessageKey {
  readonly fromMe: boolean;
  readonly id: string;
  /** `null` for messages of this account: whoever names one of them names the chat too. */
  readonly chat: string | null;
  /** The author of the message, in a group. */
  readonly participant: string | null;
}

const PREFIX = 'wamid.';
const SEPARATOR = '|';

/**
 * The id by which programs know a message. That of the account's own messages is the same however WhatsApp addresses the chat. `mark` makes another id that still leads to the message,
 * for what happened to it later.
 */
export function encodeWamid({ fromMe, id, chat, participant }: CloudMessageKey, mark = ''): string {
  const parts = fromMe ? ['1', id, '', '', mark] : ['0', id, chat ?? '', participant ?? '', mark];
  return PREFIX + Buffer.from(parts.join(SEPARATOR).replace(/\|+$/, '')).toString('base64url');
}

/** `null` for an id that was not made here, such as one of Meta's own. */
export function decodeWamid(text: unknown): CloudMessageKey | null {
  if (typeof text !== 'string' || !text.startsWith(PREFIX) || text.length > 1_024) return null;
  const [fromMe, id, chat, participant, , ...rest] = Buffer.from(text.slice(PREFIX.length), 'base64url').toString('utf8').split(SEPARATOR);
  if ((fromMe !== '0' && fromMe !== '1') || !id || rest.length > 0 || !/^[\x21-\x7e]{1,128}$/.test(id)) return null;
  if (fromMe === '0' && !chat) return null;
  return { fromMe: fromMe === '1', id, chat: chat || null, participant: participant || null };
}

/** Of the ids that WhatsApp Web makes. */
const WEB = '3EB0';
/** 52 bits: two of ten million messages have the same id in one of a hundred accounts. Of a million ids that WhatsApp Web makes, one is taken for ours. */
const RANDOM_CHARS = 13;
const SUM_CHARS = 5;

const hex = (text: string, chars: number): string => createHash('sha256').update(text).digest('hex').slice(0, chars).toUpperCase();

/** An id for a message that is sent through this form, so that it is not taken for one that was typed on a phone. The same seed gives the same id. */
export function outgoingMessageId(seed: string): string {
  const random = hex(seed, RANDOM_CHARS);
  return `${WEB}${random}${hex(`cloud-api ${random}`, SUM_CHARS)}`;
}

export function isOutgoingMessageId(id: string): boolean {
  if (!id.startsWith(WEB) || id.length !== WEB.length + RANDOM_CHARS + SUM_CHARS) return false;
  const random = id.slice(WEB.length, WEB.length + RANDOM_CHARS);
  return id.endsWith(hex(`cloud-api ${random}`, SUM_CHARS));
}

/** A code that no country has: user ids of Meta begin with that of a country. */
const NOWHERE = 'ZZ';
const USER_ID = new RegExp(`^${NOWHERE}\\.(\\d{5,20})$`);

/** A LID in the form that Meta's user ids have and programs check: two letters, a dot, letters and digits. Any other jid stays as it is. */
export function encodeUserId(lid: string): string {
  const [, digits] = /^(\d{5,20})@lid$/.exec(lid) ?? [];
  return digits === undefined ? lid : `${NOWHERE}.${digits}`;
}

/** The LID of a user id; `null` for one that was not made here. */
export function decodeUserId(text: string): string | null {
  const [, digits] = USER_ID.exec(text) ?? [];
  return digits === undefined ? null : `${digits}@lid`;
}

/** Which file a media id names: an uploaded one by its reference, or that of a message by the cursor of its event and its own id. */
export interface CloudMediaKey {
  readonly session: string;
  readonly ref: string;
  readonly message: string | null;
}

const MEDIA = 'media.';

export function encodeMediaId({ session, ref, message }: CloudMediaKey): string {
  return MEDIA + Buffer.from([session, ref, ...(message === null ? [] : [message])].join(SEPARATOR)).toString('base64url');
}

/** `null` for what is no media id. No session has a name of this form. */
export function decodeMediaId(text: unknown): CloudMediaKey | null {
  if (typeof text !== 'string' || !text.startsWith(MEDIA) || text.length > 1_024) return null;
  const [session, ref, message, ...rest] = Buffer.from(text.slice(MEDIA.length), 'base64url').toString('utf8').split(SEPARATOR);
  return session && ref && rest.length === 0 ? { session, ref, message: message || null } : null;
}
