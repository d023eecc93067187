import type { SessionStatus } from '@wabus/sdk';

export type SessionStateName = SessionStatus['state'];

/** The color of each state, and whether something is in progress. */
export const STATE_LOOKS: Readonly<Record<SessionStateName, { readonly color: string; readonly moving: boolean }>> = {
  open: { color: 'bus', moving: false },
  pairing: { color: 'blue', moving: true },
  starting: { color: 'yellow', moving: true },
  connecting: { color: 'yellow', moving: true },
  waiting: { color: 'orange', moving: true },
  stopped: { color: 'gray', moving: false },
  'logged-out': { color: 'red', moving: false },
  failed: { color: 'red', moving: false }
};
