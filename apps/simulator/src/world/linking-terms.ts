import type { LinkingTerms } from '@wabus/testing';

/**
 * What the service requires of clients that are not linked. For the sources and their reliability, see docs/simulator.md.
 * - the refresh follows a scan: Baileys 2737, Evolution API 2437, whatsapp-mcp 205 and PR 243
 * - 160 s: the six references last 60 s and five times 20 s in WhatsApp Web (whatsapp-rust PR 1163); closings after 160 to 210 s were observed
 * - a code is valid for three minutes: forks that follow WhatsApp Web accept `primary_hello` for 180 s
 * - the proof is valid for five minutes: the official client drops its key then The limit of codes is invented; 429 itself was seen (Baileys 2008).
 */
export const defaultLinking: LinkingTerms = {
  registrationRefresh: 'at-scan',
  unlinkedConnectionMs: 160_000,
  pairingCodeMs: 180_000,
  pairingCodesPerNumber: 12,
  pairingCodeWindowMs: 600_000,
  handoffProofMs: 300_000,
  challengeOutlivesConnection: false
};
