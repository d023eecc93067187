import type { PasskeyStage } from '@wabus/contracts';

/** A signal that changes the stage of a passkey link. */
export type PasskeySignal =
  /** WhatsApp requests the passkey, and the data to sign is known. */
  | 'requested'
  /** An assertion passed the checks and is being sent. */
  | 'submitted'
  /** WhatsApp accepted the assertion. */
  | 'taken'
  /** The phone continues, and a person must compare the code. */
  | 'compare'
  /** The phone continues without a comparison, or a person found the codes equal. */
  | 'proceed'
  | 'fail'
  /** The account was linked in any way, the exchange was canceled, or its failure has been shown long enough. */
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

/** Returns the stage after a signal; `undefined` if the signal has no effect in this stage. */
export function nextPasskeyStage(state: PasskeyState, signal: PasskeySignal): PasskeyState | undefined {
  return TRANSITIONS[state ?? 'none'][signal];
}

/** Whether an exchange is in progress: no QR code is shown, and a repeated request from WhatsApp has no effect. */
export function isUnderWay(state: PasskeyState): boolean {
  return state !== null && state !== 'failed';
}
