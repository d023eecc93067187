import { WabusError, type SessionId } from '@wabus/contracts';
import { authorise, hasScope } from '../../auth/authorise.policy.js';
import type { Principal } from '../../auth/principal.js';
import type { WebhookRecord } from './webhook.record.js';

/** The door a request came through: the session in its path, `null` for the door to all webhooks. */
export type Door = SessionId | null;

/**
 * Whoever directs events to an address must be permitted to read them and to control the session, and through the door to all webhooks: every session.
 * Throws `FORBIDDEN`.
 */
export function authoriseWebhooks(principal: Principal, door: Door): void {
  if (door !== null) {
    authorise(principal, 'control', door);
    authorise(principal, 'read', door);
    return;
  }
  if (principal.sessions !== '*')
    throw new WabusError('FORBIDDEN', { message: 'This needs a token for all sessions: use /api/sessions/<session>/webhooks.' });
  for (const scope of ['control', 'read'] as const) {
    if (!hasScope(principal, scope))
      throw new WabusError('FORBIDDEN', { message: `The token lacks the scope "${scope}".`, details: { scope } });
  }
}

/** Whether a token may have a webhook: it could make it. */
export function mayHave(principal: Principal, { session }: WebhookRecord): boolean {
  try {
    authoriseWebhooks(principal, session);
    return true;
  } catch {
    return false;
  }
}

/** Whether a webhook is seen through a door: through that of a session only its own, else their holders could change what others have set up. */
export function isBehind(door: Door, record: WebhookRecord): boolean {
  return door === null || record.session === door;
}
