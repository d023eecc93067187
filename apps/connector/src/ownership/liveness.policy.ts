import type { PresenceAnswer } from '@wabus/broker';
import { silenceMs, type Observer } from '@wabus/broker/lease-policy';
import type { OwnershipTiming } from './ownership.options.js';

/** The observations of another connector. Times are ms of the observer's monotonic clock. */
export interface Sight {
  /** When its last renewal arrived. */
  readonly seenAt: number;
  /** When its presence was last checked. */
  readonly askedAt: number;
  /** Number of consecutive `nobody` answers. */
  readonly misses: number;
}

/**
 * `alive`: nothing to do; `ask`: it is silent, so check its presence; `crashed`: it is silent and its process is gone; `hung`: silent for so long that it has
 * fenced itself, whether its process exists or not.
 */
export type LivenessVerdict = 'alive' | 'ask' | 'crashed' | 'hung';

export const firstSight = (now: number): Sight => ({ seenAt: now, askedAt: -Infinity, misses: 0 });

export const asked = (sight: Sight, now: number): Sight => ({ ...sight, askedAt: now });

/** Only `nobody` counts as a miss: a missing answer may be caused by the network. */
export const answered = (sight: Sight, answer: PresenceAnswer): Sight => ({ ...sight, misses: answer === 'nobody' ? sight.misses + 1 : 0 });

/** Judges a connector at two speeds. Its presence is checked before the silence is long enough for a crash, so that only the silence has to be awaited. */
export function judge(sight: Sight, observer: Observer, timing: OwnershipTiming): LivenessVerdict {
  const silentMs = silenceMs(sight.seenAt, observer);
  if (silentMs > timing.hangSilenceMs) return 'hung';
  if (silentMs <= timing.askSilenceMs) return 'alive';
  if (silentMs > timing.crashSilenceMs && sight.misses >= timing.pingMisses) return 'crashed';
  return observer.now - sight.askedAt >= timing.pingIntervalMs ? 'ask' : 'alive';
}
