import { useMutation, useQuery, useQueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import type { SessionSettingsView } from '@wabus/contracts';
import { path } from '../edge/edge.client.js';
import { useEdge } from '../login/signed-in.context.js';
import type { SettingsChange } from './settings-form.policy.js';

const keyOf = (session: string) => ['session-settings', session] as const;

export function useSettings(session: string): UseQueryResult<SessionSettingsView> {
  const edge = useEdge();
  return useQuery({
    queryKey: keyOf(session),
    queryFn: () => edge.get<SessionSettingsView>(path`/api/sessions/${session}/settings`)
  });
}

/** Changes settings. The form shows the errors. */
export function useChangeSettings(session: string): UseMutationResult<SessionSettingsView, unknown, SettingsChange> {
  const edge = useEdge();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: SettingsChange) => edge.json<SessionSettingsView>('PATCH', path`/api/sessions/${session}/settings`, change),
    // A password must not stay in memory longer than its request.
    gcTime: 0,
    onSuccess: view => queries.setQueryData(keyOf(session), view)
  });
}
