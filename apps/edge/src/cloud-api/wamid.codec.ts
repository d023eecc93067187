import { createHash } from 'node:crypto';

/** The contents of a message id in Meta's format: enough to quote, read and react to the message without a look-up. */
export interface CloudMessageKey {
  readonly fromMe: boolean;
  readonly id: string;
  /** `null` for messages of this account, because a request that refers to one also names the chat. */
  readonly chat: string | null;
  /** The author of the message, in a group. */
  readonly participant: string | null;
}

const PREFIX = 'wamid.';
const SEPARATOR = '|';

/**
 * Returns the id by which programs identify a message. The id of the account's own messages is independent of how WhatsApp addresses the
 * chat. `mark` creates another id that still leads to the message, for later changes to it.
 */
export function encodeWamid({ fromMe, id, chat, participant }: CloudMessageKey, mark = ''): string {
  const parts = fromMe ? ['1', id, '', '', mark] : ['0', id, chat ?? '', participant ?? '', mark];
  return PREFIX + Buffer.from(parts.join(SEPARATOR).replace(/\|+$/, '')).toString('base64url');
}

/** Returns `null` for an id that was not created here, such as one of Meta's own. */
export function decodeWamid(text: unknown): CloudMessageKey | null {
  if (typeof text !== 'string' || !text.startsWith(PREFIX) || text.length > 1_024) return null;
  const [fromMe, id, chat, participant, , ...rest] = Buffer.from(text.slice(PREFIX.length), 'base64url').toString('utf8').split(SEPARATOR);
  if ((fromMe !== '0' && fromMe !== '1') || !id || rest.length > 0 || !/^[\x21-\x7e]{1,128}$/.test(id)) return null;
  if (fromMe === '0' && !chat) return null;
  return { fromMe: fromMe === '1', id, chat: chat || null, participant: participant || null };
}

/** The prefix of the ids that WhatsApp Web creates. */
const WEB = '3EB0';
/**
 * 52 bits: in one of a hundred accounts with ten million messages, two messages have the same id. One of a million ids that WhatsApp Web
 * creates is mistaken for one of ours.
 */
const RANDOM_CHARS = 13;
const SUM_CHARS = 5;

const hex = (text: string, chars: number): string => createHash('sha256').update(text).digest('hex').slice(0, chars).toUpperCase();

/**
 * Returns an id for a message that is sent through this API, so that it is not mistaken for one that was typed on a phone. The same
 * seed always gives the same id.
 */
export function outgoingMessageId(seed: string): string {
  const random = hex(seed, RANDOM_CHARS);
  return `${WEB}${random}${hex(`cloud-api ${random}`, SUM_CHARS)}`;
}

export function isOutgoingMessageId(id: string): boolean {
  if (!id.startsWith(WEB) || id.length !== WEB.length + RANDOM_CHARS + SUM_CHARS) return false;
  const random = id.slice(WEB.length, WEB.length + RANDOM_CHARS);
  return id.endsWith(hex(`cloud-api ${random}`, SUM_CHARS));
}

/** A code that no country has, because Meta's user ids begin with a country code. */
const NOWHERE = 'ZZ';
const USER_ID = new RegExp(`^${NOWHERE}\\.(\\d{5,20})$`);

/** Returns a LID in the form of Meta's user ids, which programs check: two letters, a dot, letters and digits. Other jids are returned unchanged. */
export function encodeUserId(lid: string): string {
  const [, digits] = /^(\d{5,20})@lid$/.exec(lid) ?? [];
  return digits === undefined ? lid : `${NOWHERE}.${digits}`;
}

/** Returns the LID of a user id, or `null` for one that was not created here. */
export function decodeUserId(text: string): string | null {
  const [, digits] = USER_ID.exec(text) ?? [];
  return digits === undefined ? null : `${digits}@lid`;
}

/** The contents of a media id: an uploaded file by its reference, or the file of a message by the cursor of its event and the message's id. */
export interface CloudMediaKey {
  readonly session: string;
  readonly ref: string;
  readonly message: string | null;
}

const MEDIA = 'media.';

export function encodeMediaId({ session, ref, message }: CloudMediaKey): string {
  return MEDIA + Buffer.from([session, ref, ...(message === null ? [] : [message])].join(SEPARATOR)).toString('base64url');
}

/** Returns `null` if the text is not a media id. No session can have a name of this form. */
export function decodeMediaId(text: unknown): CloudMediaKey | null {
  if (typeof text !== 'string' || !text.startsWith(MEDIA) || text.length > 1_024) return null;
  const [session, ref, message, ...rest] = Buffer.from(text.slice(MEDIA.length), 'base64url').toString('utf8').split(SEPARATOR);
  return session && ref && rest.length === 0 ? { session, ref, message: message || null } : null;
}
