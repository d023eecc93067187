import { QueryClient } from '@tanstack/react-query';
import { errorFrom } from './edge-error.js';

const RETRIES = 3;

/** Reading is repeated while that may help; what changes something is not. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        retry: (failures, error) => failures < RETRIES && errorFrom(error).retryable,
        retryDelay: attempt => Math.min(500 * 2 ** attempt, 5_000),
        // An edge without a network is reached anyway when it runs on this machine.
        networkMode: 'always'
      },
      mutations: { networkMode: 'always' }
    }
  });
}
