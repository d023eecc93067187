import { WabusError } from '@wabus/contracts';
import type { RecipientResolver } from './recipient.resolver.js';

/** Who gets a status post. */
export interface StatusAudience {
  /** Jids as WhatsApp takes them, the own one among them. */
  readonly jids: string[];
  /** Those of the list that no LID is known of, as the caller wrote them. */
  readonly leftOut: string[];
}

/**
 * The receivers of a status post. A number gets nothing on accounts that write to LIDs, and lets WhatsApp refuse the post for all (Baileys 2794), so who has no LID is left out
 * (whatsapp-rust dfdfc952). The own phone is a receiver too. Throws `ADDRESS_UNKNOWN` when nobody remains.
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
