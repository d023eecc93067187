import { type AccountRestriction, earliestNow, type NewChatQuota, WabusError } from '@wabus/contracts';

/** The facts on which the admission of a message to a person depends. */
export interface AdmissionFacts {
  /** The restriction that is in force; `null` if there is none. */
  readonly lock: AccountRestriction | null;
  readonly quota: NewChatQuota | null;
  /** Whether the account has a chat with the person, in which either side has written. */
  readonly isKnown: boolean;
  /** Whether the account has a valid token of the person, with which the person permits its messages. */
  readonly hasToken: boolean;
  /** Whether to send despite a restriction and let WhatsApp decide. */
  readonly regardless: boolean;
}

/** The decision about a message: it goes to a known chat, it starts a chat that counts as new, or an error refuses it. */
export type Admission = 'known' | 'new-chat' | WabusError;

/**
 * Decides whether a message may be sent. While a restriction is in force, the account can write only to people whose token it has, and each other attempt
 * counts against it (Baileys 2441, WAHA 2166). Once WhatsApp's quota is used up, the account cannot write to new people.
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

/** Returns the error for more new chats within a day than the settings permit. `freeAt` is in milliseconds since 1970. */
export function tooManyNewChats(limit: number, freeAt: number, now = earliestNow()): WabusError {
  return new WabusError('RATE_LIMITED', {
    message: `This session has started ${limit} new chats within 24 hours, the limit set by WABUS_NEW_CHATS_PER_DAY. You can still write to people who wrote to you first or to whom you have already written. Nothing was sent.`,
    details: { reason: 'new-chats', limit, retryAfterMs: Math.max(1, freeAt - now), until: new Date(freeAt).toISOString() }
  });
}

/** Returns the error for a number or LID that nobody has; `canonical` is WhatsApp's jid for the number if its spelling differs. */
export function notOnWhatsApp(jid: string, canonical: string | null): WabusError {
  return new WabusError('NOT_ON_WHATSAPP', {
    message: canonical
      ? `The account of ${jid} has the jid ${canonical} on WhatsApp: send to that jid. Nothing was sent.`
      : `No WhatsApp account uses ${jid}. Nothing was sent, because messages to unknown numbers can get an account restricted.`,
    details: { jid, canonicalJid: canonical }
  });
}
