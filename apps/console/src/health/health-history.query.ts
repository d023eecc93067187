import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { HealthHistory } from '@wabus/contracts';
import { useEdge } from '../login/signed-in.context.js';

const REFRESH_MS = 10_000;

/** Returns the figures of the last minutes of the edge that serves this page. */
export function useHealthHistory(): UseQueryResult<HealthHistory> {
  const edge = useEdge();
  return useQuery({
    queryKey: ['health', 'history'],
    queryFn: () => edge.get<HealthHistory>('/api/health/history'),
    refetchInterval: REFRESH_MS
  });
}
