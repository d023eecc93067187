import { type AccountRestriction, earliestNow, type NewChatQuota, WabusError } from '@wabus/contracts';

/** What is known when a message to a person is about to leave. */
export interface AdmissionFacts {
  /** In force. */
  readonly lock: AccountRestriction | null;
  readonly quota: NewChatQuota | null;
  /** They have written, or were written to, before. */
  readonly isKnown: boolean;
  /** They have let this account write to them. */
  readonly hasToken: boolean;
  /** Send all the same, and let WhatsApp decide. */
  readonly regardless: boolean;
}

/** Whether WhatsApp would take the message, and whether it begins a chat that counts. */
export type Admission = 'known' | 'new-chat' | WabusError;

/**
 * Under a lock only people whose token the account has can be written to, and each attempt counts as one more (Baileys 2441, WAHA 2166); beyond the quota of the service
 * no new ones.
 */
export function admit({ lock, quota, isKnown, hasToken, regardless }: AdmissionFacts): Admission {
  if (hasToken) return 'known';
  if (lock && !regardless) return restricted(lock);
  if (isKnown) return 'known';
  if (quota?.state === 'CAPPED' && !regardless) return capped(quota);
  return 'new-chat';
}

function restricted({ kind, until }: AccountRestriction): WabusError {
  return new WabusError('ACCOUNT_RESTRICTED', {
    message: `WhatsApp has restricted this account (${kind})${until ? ` until ${until}` : ''}. It may write only to people who allow it. Nothing was sent.`,
    details: { reason: 'restricted', kind, until }
  });
}

function capped({ cycleEnd, total }: NewChatQuota): WabusError {
  return new WabusError('ACCOUNT_RESTRICTED', {
    message: `The account has used up its quota of ${total === null ? '' : `${total} `}new chats${cycleEnd ? ` until ${cycleEnd}` : ''}. Nothing was sent.`,
    details: { reason: 'new-chat-quota', kind: 'CAPPED', until: cycleEnd }
  });
}

/** More chats were begun within a day than the settings permit. */
export function tooManyNewChats(limit: number, freeAt: number, now = earliestNow()): WabusError {
  return new WabusError('RATE_LIMITED', {
    message: `This session has started ${limit} new chats within 24 hours, the limit set by WABUS_NEW_CHATS_PER_DAY. You can still write to people who wrote to you first or to whom you have already written. Nothing was sent.`,
    details: { reason: 'new-chats', limit, retryAfterMs: Math.max(1, freeAt - now), until: new Date(freeAt).toISOString() }
  });
}

/** Nobody has the number or LID; `canonical` is the jid under which WhatsApp knows it, when it is written otherwise there. */
export function notOnWhatsApp(jid: string, canonical: string | null): WabusError {
  return new WabusError('NOT_ON_WHATSAPP', {
    message: canonical
      ? `WhatsApp knows ${jid} as ${canonical}: send to that jid. Nothing was sent.`
      : `No WhatsApp account uses ${jid}. Nothing was sent, because messages to unknown numbers can get an account restricted.`,
    details: { jid, canonicalJid: canonical }
  });
}
