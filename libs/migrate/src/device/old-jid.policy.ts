import { MigrateError } from './migrate.error.js';

/** A whole jid with the domain of phone numbers after it, once or more, or with its own domain again. */
const APPENDED = /^([^@]+@(lid|hosted\.lid|hosted|s\.whatsapp\.net|g\.us))(?:@s\.whatsapp\.net|@\2)+$/;

/**
 * A jid as it should be. Credentials that went through older versions of Baileys hold `<user>@lid@s.whatsapp.net` (Baileys #2074): with such senders WhatsApp answers
 * `xml-not-well-formed`, forever. Where a domain was only appended the jid in front is meant, so it is mended; any other jid with two domains is refused.
 */
export function mendedJid(field: string, jid: string): string {
  const mended = jid.replace(APPENDED, '$1');
  if (mended.split('@').length > 2)
    throw new MigrateError(
      field,
      `${field} holds a jid with two domains, so it is ambiguous. Correct it in the source, or link the account again.`
    );
  return mended;
}

/** JSON data with every such jid mended; nothing is refused. */
export function withMendedJids<T>(data: T): T {
  return JSON.parse(JSON.stringify(data), (_name, value: unknown) =>
    typeof value === 'string' ? value.replace(APPENDED, '$1') : value
  ) as T;
}

/**
 * The user in one side of a `lid-mapping`, which holds users without domain. Baileys appends a domain to what stands there, so a whole jid would become one with two.
 * Throws `MigrateError` when the jid is of the other side.
 */
export function mappedUser(field: string, text: string, side: 'lid' | 'pn'): string {
  const jid = mendedJid(field, text);
  const [user = '', domain] = jid.split('@');
  if (domain !== undefined && /^(hosted\.)?lid$/.test(domain) !== (side === 'lid'))
    throw new MigrateError(
      field,
      `${field} holds ${side === 'lid' ? 'a phone number instead of a LID' : 'a LID instead of a phone number'}. Remove this record from the source: it is requested from WhatsApp when needed.`
    );
  return domain === undefined ? user : user.replace(/[_:].*$/, '');
}
