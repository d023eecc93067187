import { parseJid } from '@wabus/contracts';
import { messageKeyOf, numbersFirst, type KeyJson } from '../peer-messages.policy.js';
import { wrongField } from '../peer-fields.policy.js';

/** A jid as WAHA writes it: people by number end in `@c.us`; LIDs, groups and channels stay as they are. */
export const wahaId = (jid: string): string => jid.replace(/:\d+@/, '@').replace(/@s\.whatsapp\.net$/, '@c.us');

export const wahaIdOrNull = (jid: string | null | undefined): string | null => (jid ? wahaId(jid) : null);

/** The jid behind a chat id of WAHA, or a bare number. What is neither stays as it is, for the command to refuse. */
export const jidOfWaha = (chatId: string): string => parseJid(chatId) ?? chatId.trim();

/** The id of a message as WAHA writes it: `<fromMe>_<chat>_<id>`, and `_<author>` in groups. */
export function wahaMessageId({
  fromMe,
  remoteJid,
  id,
  participant
}: Pick<KeyJson, 'fromMe' | 'remoteJid' | 'id' | 'participant'>): string {
  const author = participant === null ? '' : `_${wahaId(participant)}`;
  return `${fromMe}_${wahaId(remoteJid)}_${id}${author}`;
}

/** What an id of a message says: a bare id names no chat. */
export interface NamedMessage {
  readonly id: string;
  readonly remoteJid?: string;
  readonly fromMe?: boolean;
  readonly participant?: string;
}

const FULL = /^(true|false)_([^_@\s]{1,64}@[a-z.]{1,32})_([^_\s]{1,128})(?:_([^_@\s]{1,64}@[a-z.]{1,32}|out|in))?$/;
const BARE = /^[^_@\s]{1,128}$/;

/** The message that an id of WAHA names, in the form of our keys. Throws `INVALID_ARGUMENTS` with the field. */
export function messageOfWaha(text: string, field: string): NamedMessage {
  const [, fromMe, chat, id, author] = FULL.exec(text) ?? [];
  if (id !== undefined && chat !== undefined) {
    const participant = author?.includes('@') ? { participant: jidOfWaha(author) } : {};
    return { id, remoteJid: jidOfWaha(chat), fromMe: fromMe === 'true', ...participant };
  }
  if (BARE.test(text)) return { id: text };
  throw wrongField(field, 'must be the id of a message such as false_11111111111@c.us_AAAAAAAAAAAAAAAAAAAA');
}

/** The key of a message in an event, its people by number where it says so: programs of WAHA look for `@c.us`. `null` when it names none. */
export function wahaKeyOf(key: unknown): KeyJson | null {
  const known = messageKeyOf(key);
  return known && numbersFirst(known);
}
