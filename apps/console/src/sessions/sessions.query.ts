import { useMutation, useQuery, useQueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import type { SessionView } from '@wabus/sdk';
import { path } from '../edge/edge.client.js';
import { useLive } from '../live/live.context.js';
import { useEdge } from '../login/signed-in.context.js';
import { notifyError } from '../notices/notify.js';
import { sessionKeys, takeView } from './sessions.cache.js';

/** The deletion of a session emits no event, so the list is reloaded periodically, more often without a live feed. */
const LIVE_REFRESH_MS = 15_000;
const BLIND_REFRESH_MS = 4_000;

export function useSessions(): UseQueryResult<SessionView[]> {
  const edge = useEdge();
  const { state } = useLive();
  return useQuery({
    queryKey: sessionKeys.all,
    queryFn: async () => {
      const { sessions } = await edge.get<{ sessions: SessionView[] }>('/api/sessions');
      return sessions.sort((one, other) => one.session.localeCompare(other.session));
    },
    refetchInterval: state === 'live' ? LIVE_REFRESH_MS : BLIND_REFRESH_MS
  });
}

/** The lifecycle actions for a session. */
export const WISHES = ['start', 'stop', 'restart', 'logout', 'delete'] as const;
export type Wish = (typeof WISHES)[number];

/** Requests an action. The list shows the response immediately; its effects arrive as events. */
export function useWish(session: string): UseMutationResult<SessionView, unknown, Wish> {
  const edge = useEdge();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: Wish) =>
      wish === 'delete'
        ? edge.json<SessionView>('DELETE', path`/api/sessions/${session}`)
        : edge.json<SessionView>('POST', path`/api/sessions/${session}/${wish}`),
    onSuccess: view => {
      takeView(queries, view);
      setTimeout(() => void queries.invalidateQueries({ queryKey: sessionKeys.all }), 1_500);
    },
    onError: notifyError
  });
}

export function useCreateSession(): UseMutationResult<SessionView, unknown, string> {
  const edge = useEdge();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (session: string) => edge.json<SessionView>('POST', '/api/sessions', { session }),
    onSuccess: view => takeView(queries, view)
  });
}
