import type { PasskeyStage } from '@wabus/contracts';

/** What happens to a passkey link. */
export type PasskeySignal =
  /** WhatsApp asks for the passkey, and what to sign is known. */
  | 'requested'
  /** An assertion that may be sent. */
  | 'submitted'
  /** WhatsApp took it. */
  | 'taken'
  /** The phone continues, and somebody has to compare the code. */
  | 'compare'
  /** The phone continues, and nobody has to compare anything. */
  | 'proceed'
  | 'fail'
  /** The account is linked in some way, or the exchange was given up, or its failure has been shown long enough. */
  | 'end';

/** `null`: no exchange. */
export type PasskeyState = PasskeyStage | null;

const ENDS = { fail: 'failed', end: null } as const;

const TRANSITIONS: Readonly<Record<PasskeyStage | 'none', Readonly<Partial<Record<PasskeySignal, PasskeyState>>>>> = {
  none: { requested: 'assertion', fail: 'failed' },
  assertion: { submitted: 'sending', ...ENDS },
  sending: { taken: 'waiting-for-phone', ...ENDS },
  'waiting-for-phone': { compare: 'confirmation', proceed: 'finishing', ...ENDS },
  confirmation: { proceed: 'finishing', ...ENDS },
  finishing: ENDS,
  failed: { requested: 'assertion', end: null }
};

/** The stage after a signal; `undefined` when the signal means nothing in this stage. */
export function nextPasskeyStage(state: PasskeyState, signal: PasskeySignal): PasskeyState | undefined {
  return TRANSITIONS[state ?? 'none'][signal];
}

/** Whether an exchange is in progress: no QR code is shown, and WhatsApp's repetition of its request changes nothing. */
export function isUnderWay(state: PasskeyState): boolean {
  return state !== null && state !== 'failed';
}
