import type { SessionStatusRecord } from '@wabus/contracts';
import type { KnownSession } from '../commands-out/session.registry.store.js';

/** One that is about to expire is of no use to a person: the next one is waited for. */
const LEAST_TTL_MS = 1_000;

export type QrOffer = 'linked' | 'none' | { readonly text: string; readonly ttlSeconds: number };

/** What there is to scan now. `answering`: only what the owner shows since it has seen the record of this time (`updatedAt`); `null` for anything. */
export function qrOffer(known: KnownSession | null, answering: string | null, now: number): QrOffer {
  const status: SessionStatusRecord | undefined = known?.status;
  if (status?.account) return 'linked';
  if (status?.state !== 'pairing' || !status.qr) return 'none';
  if (answering !== null && status.recordAt !== answering) return 'none';
  const ttlMs = Date.parse(status.qr.expiresAt) - now;
  return ttlMs >= LEAST_TTL_MS ? { text: status.qr.text, ttlSeconds: Math.floor(ttlMs / 1_000) } : 'none';
}
