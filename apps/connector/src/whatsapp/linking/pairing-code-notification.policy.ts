/** A phone may mistype a code; more answers to one code than this are not a person's. */
export const MAX_ANSWERS = 5;

/** The code that was asked for last. */
export interface CodeInForce {
  /** How the service names it; `null` while it has not answered, or when it named none. */
  readonly reference: Uint8Array | null;
  /** How often a phone has answered to it. */
  readonly answers: number;
}

/** What a `link_code_companion_reg` notification says. */
export interface CodeNotification {
  readonly stage: string | undefined;
  /** Empty when it names none. */
  readonly reference: Uint8Array;
  /** The phone's identity and its ephemeral key are there. */
  readonly hasKeys: boolean;
  readonly forceManual: boolean;
}

/**
 * - `to-baileys`: the phone has typed the code; Baileys answers.
 * - `refuse`: the phone has typed a code that is not in force, or tried too often. Nobody answers.
 * - `renew`: the code is used up, a new one is asked for.
 * - `report`: the code is used up, and a person has to ask for another.
 * - `ignore`: nothing to do, as for the precursor of a passkey exchange, which has no keys (whatsmeow issues 1188 and 1234).
 */
export type CodeDecision = 'to-baileys' | 'refuse' | 'renew' | 'report' | 'ignore';

export function onCodeNotification({ stage, reference, hasKeys, forceManual }: CodeNotification, code: CodeInForce | null): CodeDecision {
  const about = code !== null && (code.reference === null || reference.length === 0 || Buffer.compare(code.reference, reference) === 0);
  if (stage === 'refresh_code') return about ? (forceManual ? 'report' : 'renew') : 'ignore';
  if (!hasKeys) return 'ignore';
  if (stage !== 'primary_hello' || !about || reference.length === 0) return 'refuse';
  return code.answers < MAX_ANSWERS ? 'to-baileys' : 'refuse';
}
