import type { SessionStatus } from '@wabus/sdk';

/** Returns the current restriction of the account; `null` if none is known or its end has passed. */
export function activeRestriction({ restriction }: Pick<SessionStatus, 'restriction'>, now: number): { until: string | null } | null {
  if (restriction === null || restriction === undefined) return null;
  const { until } = restriction;
  return until === null || Date.parse(until) > now ? { until } : null;
}

/** Returns the used share of the new chats that WhatsApp permits, 0 to 1; `null` if WhatsApp has not reported it. */
export function usedShare({ newChats }: Pick<SessionStatus, 'newChats'>): number | null {
  const { total = null, used = null } = newChats ?? {};
  return total === null || used === null || total <= 0 ? null : Math.min(1, used / total);
}
