import type { SessionView } from '@wabus/sdk';

/** Returns the preselected session of a command: the first connected session, because other sessions refuse most commands. */
export function sessionToOffer(sessions: readonly SessionView[]): string | null {
  return (sessions.find(({ status }) => status.state === 'open') ?? sessions[0])?.session ?? null;
}
