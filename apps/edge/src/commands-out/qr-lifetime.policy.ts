import type { SessionStatusRecord } from '@wabus/contracts';

/** The owner replaces or removes a code that expires. A code that is still present this long afterward was dated by a different clock. */
const OTHER_CLOCK_MS = 60_000;
const UNKNOWN_LEFT_MS = 10_000;

/** Returns for how many ms a code remains valid, even if the clocks of its owner and of this edge differ. */
export function qrLeftMs({ issuedAt, expiresAt }: NonNullable<SessionStatusRecord['qr']>, now: number): number {
  const lifetimeMs = Date.parse(expiresAt) - Date.parse(issuedAt);
  const leftMs = Math.min(lifetimeMs, Date.parse(expiresAt) - now);
  return leftMs < -OTHER_CLOCK_MS ? Math.min(lifetimeMs, UNKNOWN_LEFT_MS) : leftMs;
}
