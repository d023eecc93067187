import { parseJid } from '@wabus/contracts';
import { messageKeyOf, numbersFirst, type KeyJson } from '../peer-messages.policy.js';
import { wrongField } from '../peer-fields.policy.js';

/** Returns a jid as WAHA writes it: phone numbers end in `@c.us`; LIDs, groups and channels are unchanged. */
export const wahaId = (jid: string): string => jid.replace(/:\d+@/, '@').replace(/@s\.whatsapp\.net$/, '@c.us');

export const wahaIdOrNull = (jid: string | null | undefined): string | null => (jid ? wahaId(jid) : null);

/** Returns the jid for a chat id of WAHA or a bare number. Any other text is returned unchanged, and the command refuses it. */
export const jidOfWaha = (chatId: string): string => parseJid(chatId) ?? chatId.trim();

/** Returns the id of a message as WAHA writes it: `<fromMe>_<chat>_<id>`, and `_<author>` in groups. */
export function wahaMessageId({
  fromMe,
  remoteJid,
  id,
  participant
}: Pick<KeyJson, 'fromMe' | 'remoteJid' | 'id' | 'participant'>): string {
  const author = participant === null ? '' : `_${wahaId(participant)}`;
  return `${fromMe}_${wahaId(remoteJid)}_${id}${author}`;
}

/** The contents of a message id. A bare id contains no chat. */
export interface NamedMessage {
  readonly id: string;
  readonly remoteJid?: string;
  readonly fromMe?: boolean;
  readonly participant?: string;
}

const FULL = /^(true|false)_([^_@\s]{1,64}@[a-z.]{1,32})_([^_\s]{1,128})(?:_([^_@\s]{1,64}@[a-z.]{1,32}|out|in))?$/;
const BARE = /^[^_@\s]{1,128}$/;

/** Returns the message for an id of WAHA, with the fields of a Wabus key. Throws `INVALID_ARGUMENTS` with the field. */
export function messageOfWaha(text: string, field: string): NamedMessage {
  const [, fromMe, chat, id, author] = FULL.exec(text) ?? [];
  if (id !== undefined && chat !== undefined) {
    const participant = author?.includes('@') ? { participant: jidOfWaha(author) } : {};
    return { id, remoteJid: jidOfWaha(chat), fromMe: fromMe === 'true', ...participant };
  }
  if (BARE.test(text)) return { id: text };
  throw wrongField(field, 'must be the id of a message such as false_11111111111@c.us_AAAAAAAAAAAAAAAAAAAA');
}

/**
 * Returns the key of a message in an event, or `null` if the value is not a key. People are named by number if the key contains it, because
 * programs of WAHA look for `@c.us`.
 */
export function wahaKeyOf(key: unknown): KeyJson | null {
  const known = messageKeyOf(key);
  return known && numbersFirst(known);
}
