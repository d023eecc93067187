import { WabusError } from '@wabus/contracts';
import type { RecipientResolver } from './recipient.resolver.js';

/** The receivers of a status post. */
export interface StatusAudience {
  /** The jids to send to; on an account that addresses LIDs, including its own LID. */
  readonly jids: string[];
  /** The jids of the list for which no LID is known, as the caller specified them. */
  readonly leftOut: string[];
}

/**
 * Resolves to the receivers of a status post. On an account that addresses LIDs, a number does not receive the post and makes WhatsApp refuse it for everyone
 * (Baileys 2794), so people without a LID are left out (whatsapp-rust dfdfc952). The account's own phone is a receiver too. Throws `ADDRESS_UNKNOWN` if no
 * receiver remains.
 */
export async function statusAudience(
  list: readonly string[],
  recipients: RecipientResolver,
  own: string | undefined
): Promise<StatusAudience> {
  if ((await recipients.namespace()) === 'pn') return { jids: [...list], leftOut: [] };
  const lids = await recipients.lids(list);
  const jids = lids.filter(lid => lid !== null);
  const leftOut = list.filter((_jid, i) => lids[i] === null);
  if (jids.length === 0 && leftOut.length > 0) {
    const message = 'WhatsApp has no LID for any recipient of the post. Check the numbers.';
    throw new WabusError('ADDRESS_UNKNOWN', { message, details: { missing: 'lid', leftOut } });
  }
  return { jids: [...new Set(own === undefined ? jids : [...jids, own])], leftOut };
}
