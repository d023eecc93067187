import { MigrateError } from './migrate.error.js';

/** A complete jid that is followed by the domain of phone numbers, once or more, or by its own domain. */
const APPENDED = /^([^@]+@(lid|hosted\.lid|hosted|s\.whatsapp\.net|g\.us))(?:@s\.whatsapp\.net|@\2)+$/;

/**
 * Returns a jid in its correct form. Credentials that were used with older versions of Baileys contain `<user>@lid@s.whatsapp.net` (Baileys #2074), and
 * WhatsApp always answers such senders with `xml-not-well-formed`. If a domain was only appended, the jid before it is the correct one; any other jid with two
 * domains is refused.
 * @throws {MigrateError} for an ambiguous jid
 */
export function mendedJid(field: string, jid: string): string {
  const mended = jid.replace(APPENDED, '$1');
  if (mended.split('@').length > 2)
    throw new MigrateError(
      field,
      `${field} contains a jid with two domains, so it is ambiguous. Correct it in the source, or link the account again.`
    );
  return mended;
}

/** Returns JSON data with all such jids corrected. Never refuses data. */
export function withMendedJids<T>(data: T): T {
  return JSON.parse(JSON.stringify(data), (_name, value: unknown) =>
    typeof value === 'string' ? value.replace(APPENDED, '$1') : value
  ) as T;
}

/**
 * Returns the user for one side of a `lid-mapping`, which has users without a domain. Baileys appends a domain to them, so that a complete jid would get two.
 * @throws {MigrateError} if the jid belongs to the other side
 */
export function mappedUser(field: string, text: string, side: 'lid' | 'pn'): string {
  const jid = mendedJid(field, text);
  const [user = '', domain] = jid.split('@');
  if (domain !== undefined && /^(hosted\.)?lid$/.test(domain) !== (side === 'lid'))
    throw new MigrateError(
      field,
      `${field} contains ${side === 'lid' ? 'a phone number instead of a LID' : 'a LID instead of a phone number'}. Remove this record from the source: it is requested from WhatsApp when needed.`
    );
  return domain === undefined ? user : user.replace(/[_:].*$/, '');
}
