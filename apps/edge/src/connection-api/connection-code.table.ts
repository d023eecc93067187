import type { ConnectionCode, DesiredState, SessionState } from '@wabus/contracts';

/** What the code depends on. */
export interface ConnectionFacts {
  readonly state: SessionState;
  readonly desired: DesiredState;
  /** An account is linked. */
  readonly linked: boolean;
  /** A QR code is shown: no longer between the scan and the login. */
  readonly showsQr: boolean;
  /** A passkey link is in progress: a phone has scanned the QR code. */
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

/** The code of the connection API for a session. 13 is a logout that nobody asked for here, or QR codes that ran out unscanned; a wanted one is 0. */
export function connectionCode({ state, desired, linked, showsQr, passkey }: ConnectionFacts): ConnectionCode {
  if (passkey) return 2;
  if (state === 'pairing' && !showsQr) return 2;
  if (state === 'logged-out' && desired !== 'running') return 0;
  return (linked ? LINKED : UNLINKED)[state];
}
