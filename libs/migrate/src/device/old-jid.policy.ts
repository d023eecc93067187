import { MigrateError } from './migrate.error.js';

const TWICE = /@lid@s\.whatsapp\.net$/;

/**
 * A jid as it should be. Credentials that went through older versions of Baileys hold `<user>@lid@s.whatsapp.net` (Baileys #2074): with such senders WhatsApp answers
 * `xml-not-well-formed`, for ever. What is meant is plain, so it is mended; any other jid with two domains is refused.
 */
export function mendedJid(field: string, jid: string): string {
  const mended = jid.replace(TWICE, '@lid');
  if (mended.split('@').length > 2)
    throw new MigrateError(field, `${field} holds a jid with two domains. Link the account anew, or correct the jid in the source.`);
  return mended;
}
