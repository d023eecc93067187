import type { QueryClient } from '@tanstack/react-query';

/** Settles once no request is in progress: each has been answered or has failed. */
export function firstAnswer(queries: QueryClient): Promise<void> {
  return new Promise(resolve => {
    const look = (): boolean => {
      if (queries.isFetching() > 0) return false;
      resolve();
      return true;
    };
    if (look()) return;
    const stop = queries.getQueryCache().subscribe(() => {
      if (look()) stop();
    });
  });
}
