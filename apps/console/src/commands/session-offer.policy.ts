import type { SessionView } from '@wabus/sdk';

/** The session that a command is offered for until somebody chooses one: the first that is connected, for others refuse most commands. */
export function sessionToOffer(sessions: readonly SessionView[]): string | null {
  return (sessions.find(({ status }) => status.state === 'open') ?? sessions[0])?.session ?? null;
}
