const PHONE_NUMBER = /^\+?[0-9][0-9 ().-]{4,24}$/;
/** Any jid, also in forms of the past. */
export const JID = /^[A-Za-z0-9._:-]{1,64}@(s\.whatsapp\.net|c\.us|lid|g\.us|broadcast|newsletter|bot|hosted|hosted\.lid)$/;
/** The jid of a person. */
export const PERSON_JID = /^[A-Za-z0-9._:-]{1,64}@(s\.whatsapp\.net|lid|hosted|hosted\.lid|bot)$/;
export const GROUP_JID = /^[A-Za-z0-9._:-]{1,64}@g\.us$/;
export const NEWSLETTER_JID = /^[A-Za-z0-9._:-]{1,64}@newsletter$/;

/**
 * The jid behind what people type: a jid or LID as it is, `…@c.us` in today's form, or a phone number in international form
 * with or without `+`, spaces, dots, dashes and brackets. `null` when it is none of these.
 */
export function parseJid(value: string): string | null {
  const text = value.trim();
  if (JID.test(text)) return text.replace(/@c\.us$/, '@s.whatsapp.net');
  if (!PHONE_NUMBER.test(text)) return null;
  const digits = text.replace(/\D/g, '');
  return digits.length >= 5 && digits.length <= 20 ? `${digits}@s.whatsapp.net` : null;
}

declare const brand: unique symbol;

/** The id of a session: one WhatsApp login. One to 64 characters of `A-Z a-z 0-9 _ -`, so it is a NATS token, a path segment and a key as it is. */
export type SessionId = string & { readonly [brand]: 'SessionId' };

export const SESSION_ID_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;

export function isSessionId(value: unknown): value is SessionId {
  return typeof value === 'string' && SESSION_ID_PATTERN.test(value);
}
