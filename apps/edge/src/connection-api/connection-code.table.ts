import type { ConnectionCode, DesiredState, SessionState } from '@wabus/contracts';

/** The facts that determine the code. */
export interface ConnectionFacts {
  readonly state: SessionState;
  readonly desired: DesiredState;
  /** Whether an account is linked. */
  readonly linked: boolean;
  /** Whether a QR code is shown, which is no longer the case between the scan and the login. */
  readonly showsQr: boolean;
  /** Whether a passkey link is in progress, which means that a phone has scanned the QR code. */
  readonly passkey: boolean;
}

const LINKED: Readonly<Record<SessionState, ConnectionCode>> = {
  stopped: 0,
  starting: 4,
  connecting: 1,
  pairing: 2,
  open: 10,
  waiting: 11,
  'logged-out': 13,
  failed: 11
};

const UNLINKED: Readonly<Record<SessionState, ConnectionCode>> = {
  stopped: 0,
  starting: 4,
  connecting: 1,
  pairing: 3,
  open: 10,
  waiting: 0,
  'logged-out': 13,
  failed: 13
};

/**
 * Returns the code of the connection API for a session. 13 is a logout that was not requested here, or QR codes that expired
 * unscanned; a requested logout is 0.
 */
export function connectionCode({ state, desired, linked, showsQr, passkey }: ConnectionFacts): ConnectionCode {
  if (passkey) return 2;
  if (state === 'pairing' && !showsQr) return 2;
  if (state === 'logged-out' && desired !== 'running') return 0;
  return (linked ? LINKED : UNLINKED)[state];
}
