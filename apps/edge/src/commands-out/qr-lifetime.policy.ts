import type { SessionStatusRecord } from '@wabus/contracts';

/** The owner replaces a code that expires, or shows none: one that is still there so long afterwards was dated by another clock. */
const OTHER_CLOCK_MS = 60_000;
const UNKNOWN_LEFT_MS = 10_000;

/** How long a code is still good for, whatever the clocks of its owner and of this edge say. */
export function qrLeftMs({ issuedAt, expiresAt }: NonNullable<SessionStatusRecord['qr']>, now: number): number {
  const lifetimeMs = Date.parse(expiresAt) - Date.parse(issuedAt);
  const leftMs = Math.min(lifetimeMs, Date.parse(expiresAt) - now);
  return leftMs < -OTHER_CLOCK_MS ? Math.min(lifetimeMs, UNKNOWN_LEFT_MS) : leftMs;
}
