import type { Addressing } from '@wabus/testing';
import { HOSTED_DEVICE, splitJid } from '../accounts/jid.js';

/** The properties that determine how a direct message must be addressed. */
export interface DirectMessage {
  readonly to: string;
  /** Jids of the devices with a ciphertext of their own. */
  readonly participants: readonly string[];
  /** A message to the own devices about the account itself: these are still addressed by number (whatsmeow cb6d9dad). */
  readonly peer: boolean;
}

/**
 * Returns the error of the ack that refuses a direct message, or `null`. A stanza has one namespace, which depends on the author's account:
 * - numbers and LIDs in one stanza: 400, nobody gets it (whatsapp-rust PR 731; WAHA 2084, 2110)
 * - a number from an account that is migrated to LIDs: 463, however healthy the account is (OpenWA PR 717; Baileys 2698)
 * - a LID from an account that is not: 400 (whatsapp-rust PR 943); one report has 463 (whatsapp-mcp-extended PR 67)
 */
export function directRefusal(namespace: Addressing, { to, participants, peer }: DirectMessage): 400 | 463 | null {
  const addressed = splitJid(to)?.addressing;
  if (peer || addressed === undefined) return null;
  if (participants.some(jid => splitJid(jid)?.addressing !== addressed)) return 400;
  if (addressed === namespace) return null;
  return addressed === 'pn' ? 463 : 400;
}

/**
 * Returns the error of the ack that refuses a message to a group, or `null`. Devices that are run for a business are in no group, and clients omit
 * them (Baileys, zapo 432d5fb); that the service refuses them is a guess.
 */
export function groupRefusal(participants: readonly string[]): 400 | null {
  return participants.some(jid => splitJid(jid)?.device === HOSTED_DEVICE) ? 400 : null;
}

/** The properties that determine whether a status post, a reaction to one or its deletion is accepted. */
export interface StatusMessage {
  readonly participants: readonly string[];
  readonly addressingMode: boolean;
  /** `<meta>` contains the audience, which it may only on posts. */
  readonly audience: boolean;
  /** A reaction or a deletion. */
  readonly followUp: boolean;
}

/**
 * Returns the error of the ack that refuses a status post, or `null`. On accounts that are migrated to LIDs, a receiver by number is refused (Baileys
 * 2794), and so is the attribute `addressing_mode` (whatsapp-rust 9e8c70e2); on all accounts, an audience on anything but a post (5b05e227).
 */
export function statusRefusal(namespace: Addressing, { participants, addressingMode, audience, followUp }: StatusMessage): 479 | null {
  if (addressingMode || (audience && followUp)) return 479;
  return namespace === 'lid' && participants.some(jid => splitJid(jid)?.addressing === 'pn') ? 479 : null;
}
