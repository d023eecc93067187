import type { LoginRefusalAttributes } from '@wabus/testing';

/**
 * The known attributes that WhatsApp adds to a `<failure>`, by reason.
 * Sources: whatsmeow `connectionevents.go` and `events.go` (402: `code`, `expire` in seconds from now); whatsapp-rust PR 870 (403: `location`), PR
 * 1165 (the texts of a logout, `appeal_token`, `violation_reason` and `vt`). The values are ours.
 */
const ATTRIBUTES: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  402: { code: '101', expire: '86400', message: 'too many people' },
  403: {
    location: 'vll',
    logout_message_header: 'Your account is locked',
    logout_message_subtext: 'Open WhatsApp on your phone to ask for a review.',
    logout_message_locale: 'en',
    url: 'https://faq.whatsapp.com/',
    appeal_token: 'appeal-token-of-the-simulator',
    violation_reason: '14',
    vt: '1'
  },
  406: { location: 'rva' }
};

/** Sent with the first refusal of a lock, and never again. */
const ONCE = ['appeal_token', 'violation_reason', 'vt'];

/** Returns the attributes of the `<failure>` that refuses a login; `repeated`: this device has been refused for the same reason before. */
export function loginRefusal(refusal: number | LoginRefusalAttributes, repeated: boolean): Record<string, string> {
  const { reason, ...given } = typeof refusal === 'number' ? { reason: refusal } : refusal;
  const attrs: Record<string, string> = { location: 'sim', ...ATTRIBUTES[reason], ...given, reason: String(reason) };
  return Object.fromEntries(Object.entries(attrs).filter(([name]) => !repeated || !ONCE.includes(name)));
}
