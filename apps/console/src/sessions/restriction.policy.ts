import type { SessionStatus } from '@wabus/sdk';

/** What WhatsApp does not let the account do at the moment; `null` when nothing is known. One whose end has passed is over. */
export function activeRestriction({ restriction }: Pick<SessionStatus, 'restriction'>, now: number): { until: string | null } | null {
  if (restriction === null || restriction === undefined) return null;
  const { until } = restriction;
  return until === null || Date.parse(until) > now ? { until } : null;
}

/** How much of the new chats that WhatsApp permits is used, 0 to 1; `null` when it has not said. */
export function usedShare({ newChats }: Pick<SessionStatus, 'newChats'>): number | null {
  const { total = null, used = null } = newChats ?? {};
  return total === null || used === null || total <= 0 ? null : Math.min(1, used / total);
}
