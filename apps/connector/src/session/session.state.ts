import type { SessionState } from '@wabus/contracts';

/** Something that happens to a session. */
export type SessionSignal =
  /** The desired state is running. */
  | 'start'
  /** A connection is being opened. */
  | 'connect'
  /** WhatsApp offers to link: a QR code is shown. */
  | 'offer'
  | 'open'
  /** The connection ended, and the next attempt is scheduled. */
  | 'wait'
  /** No account is linked anymore, or none was linked in time. */
  | 'unlink'
  /** An operator must act before the session can continue. */
  | 'fail'
  /** The desired state is stopped. */
  | 'stop';

const halted = { start: 'starting', unlink: 'logged-out', stop: 'stopped' } as const;
const running = { start: 'starting', unlink: 'logged-out', fail: 'failed', stop: 'stopped' } as const;

const TRANSITIONS: Readonly<Record<SessionState, Readonly<Partial<Record<SessionSignal, SessionState>>>>> = {
  stopped: halted,
  'logged-out': halted,
  failed: halted,
  starting: { ...running, connect: 'connecting', wait: 'waiting' },
  connecting: { ...running, connect: 'connecting', offer: 'pairing', open: 'open', wait: 'waiting' },
  pairing: { ...running, connect: 'connecting', offer: 'pairing', wait: 'waiting' },
  open: { ...running, connect: 'connecting', wait: 'waiting' },
  waiting: { ...running, connect: 'connecting' }
};

/** Returns the state after a signal; `null` if the signal has no effect in this state, such as a connection event after the session was stopped. */
export function nextState(state: SessionState, signal: SessionSignal): SessionState | null {
  return TRANSITIONS[state][signal] ?? null;
}

/** Returns whether the session waits for the operator. */
export function isHalted(state: SessionState): boolean {
  return TRANSITIONS[state] === halted;
}
