import type { QueryClient } from '@tanstack/react-query';
import type { SessionStatus, SessionView } from '@wabus/sdk';

/** The cache keys of queries for sessions. */
export const sessionKeys = {
  all: ['sessions'] as const,
  qr: (session: string) => ['qr', session] as const,
  passkey: (session: string) => ['passkey', session] as const
};

/**
 * Applies a status from an event to the list. An older status than the known one is ignored. If the session is unknown, the list is requested
 * again.
 */
export function takeStatus(queries: QueryClient, status: SessionStatus): void {
  const known = queries.getQueryData<SessionView[]>(sessionKeys.all);
  if (known === undefined) return;
  const next = withStatus(known, status);
  if (next === null) void queries.invalidateQueries({ queryKey: sessionKeys.all });
  else queries.setQueryData<SessionView[]>(sessionKeys.all, next);
}

/** Applies the response to an action to the list. */
export function takeView(queries: QueryClient, view: SessionView): void {
  queries.setQueryData<SessionView[]>(sessionKeys.all, known => {
    const others = (known ?? []).filter(({ session }) => session !== view.session);
    return [...others, view].sort((one, other) => one.session.localeCompare(other.session));
  });
}

function withStatus(known: SessionView[], status: SessionStatus): SessionView[] | null {
  const before = known.find(({ session }) => session === status.session);
  if (before === undefined) return null;
  if (before.status.updatedAt > status.updatedAt) return known;
  return known.map(view => (view === before ? { ...view, status } : view));
}
