import { QueryClient } from '@tanstack/react-query';
import { errorFrom } from './edge-error.js';

const RETRIES = 3;

/** Creates the query client. Queries are retried if the error is retryable; mutations are not retried. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        retry: (failures, error) => failures < RETRIES && errorFrom(error).retryable,
        retryDelay: attempt => Math.min(500 * 2 ** attempt, 5_000),
        // The edge may run on this machine and is then reachable without a network.
        networkMode: 'always'
      },
      mutations: { networkMode: 'always' }
    }
  });
}
