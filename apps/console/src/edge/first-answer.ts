import { notifyManager, type QueryClient } from '@tanstack/react-query';

/** Settles once no request is in progress, each having been answered or having failed, and the pages show the answers. */
export function firstAnswer(queries: QueryClient): Promise<void> {
  return new Promise(resolve => {
    const look = (): boolean => {
      if (queries.isFetching() > 0) return false;
      // The cache knows of an answer before the pages do: they are notified in this queue.
      notifyManager.schedule(resolve);
      return true;
    };
    if (look()) return;
    const stop = queries.getQueryCache().subscribe(() => {
      if (look()) stop();
    });
  });
}
