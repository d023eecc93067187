const PHONE_NUMBER = /^\+?[0-9][0-9 ().-]{4,24}$/;
/** Any jid, including former forms. */
export const JID = /^[A-Za-z0-9._:-]{1,64}@(s\.whatsapp\.net|c\.us|lid|g\.us|broadcast|newsletter|bot|hosted|hosted\.lid)$/;
/** The jid of a person. */
export const PERSON_JID = /^[A-Za-z0-9._:-]{1,64}@(s\.whatsapp\.net|lid|hosted|hosted\.lid|bot)$/;
export const GROUP_JID = /^[A-Za-z0-9._:-]{1,64}@g\.us$/;
export const NEWSLETTER_JID = /^[A-Za-z0-9._:-]{1,64}@newsletter$/;

/**
 * Returns the jid for a text that a person entered: a jid or LID unchanged, `…@c.us` in its current form, or a phone number in international form, with or
 * without `+`, spaces, dots, dashes and parentheses. `null` for any other text.
 */
export function parseJid(value: string): string | null {
  const text = value.trim();
  if (JID.test(text)) return text.replace(/@c\.us$/, '@s.whatsapp.net');
  if (!PHONE_NUMBER.test(text)) return null;
  const digits = text.replace(/\D/g, '');
  return digits.length >= 5 && digits.length <= 20 ? `${digits}@s.whatsapp.net` : null;
}

declare const brand: unique symbol;

/**
 * The id of a session, which is one WhatsApp login. It has 1 to 64 characters of `A-Z a-z 0-9 _ -`, so that it is valid as a NATS token, a path segment and a
 * key.
 */
export type SessionId = string & { readonly [brand]: 'SessionId' };

export const SESSION_ID_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;

export function isSessionId(value: unknown): value is SessionId {
  return typeof value === 'string' && SESSION_ID_PATTERN.test(value);
}
