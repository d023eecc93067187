import {
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type InfiniteData,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult
} from '@tanstack/react-query';
import type { DeadLetterPage, SubscriptionView } from '@wabus/contracts';
import { path } from '../edge/edge.client.js';
import { useEdge } from '../login/signed-in.context.js';
import { notifyError } from '../notices/notify.js';

const REFRESH_MS = 3_000;
const PAGE = 50;

/** Returns the durable subscriptions that the token permits, sorted by name. */
export function useSubscriptions(): UseQueryResult<SubscriptionView[]> {
  const edge = useEdge();
  return useQuery({
    queryKey: ['subscriptions'],
    queryFn: async () => {
      const { subscriptions } = await edge.get<{ subscriptions: SubscriptionView[] }>('/api/subscriptions');
      return subscriptions.sort((one, other) => one.name.localeCompare(other.name));
    },
    refetchInterval: REFRESH_MS
  });
}

/** Returns the dead letters of a subscription in pages, oldest first. */
export function useSubscriptionLetters(name: string): UseInfiniteQueryResult<InfiniteData<DeadLetterPage>> {
  const edge = useEdge();
  return useInfiniteQuery({
    queryKey: ['subscriptions', name, 'dead-letters'],
    queryFn: ({ pageParam }) =>
      edge.get<DeadLetterPage>(`${path`/api/subscriptions/${name}/dead-letters`}?limit=${PAGE}&after=${pageParam}`),
    initialPageParam: 0,
    getNextPageParam: page => page.next,
    refetchInterval: REFRESH_MS
  });
}

/** Redrives these dead letters; all of them with `null`. */
export function useRedrive(name: string): UseMutationResult<{ redriven: number }, unknown, readonly number[] | null> {
  const edge = useEdge();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: letters =>
      edge.json<{ redriven: number }>(
        'POST',
        path`/api/subscriptions/${name}/dead-letters/redrive`,
        letters === null ? undefined : { letters }
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['subscriptions'] }),
    onError: notifyError
  });
}

export function useRemoveSubscription(name: string): UseMutationResult<unknown, unknown, void> {
  const edge = useEdge();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => edge.json('DELETE', path`/api/subscriptions/${name}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['subscriptions'] }),
    onError: notifyError
  });
}
