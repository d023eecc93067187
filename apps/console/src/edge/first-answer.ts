import type { QueryClient } from '@tanstack/react-query';

/** Waits until the requests that are under way have an answer, or have failed. */
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
