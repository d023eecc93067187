import type { ReachTerms } from '@wabus/testing';

/**
 * To whom accounts may write. For the sources and their reliability, see docs/simulator.md.
 * - a lock followed messages to a number that nobody has (Baileys 2441, comment of 8 Aug 2026); after how many is not known
 * - some accounts get a salt with their first history, others never do (whatsapp-rust PR 433, Baileys PR 2438)
 * - `<tctoken>` in incoming messages (Baileys PR 2752)
 */
export const defaultReach: ReachTerms = { salts: 'even', nobodyUntilLock: 1, tokensInMessages: true };
