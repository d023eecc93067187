/** The kind of jid that direct messages are sent to: `auto` follows what WhatsApp requires for the account; `lid` and `pn` force LIDs and phone numbers. */
export const ADDRESSINGS = ['auto', 'lid', 'pn'] as const;
export type Addressing = (typeof ADDRESSINGS)[number];
