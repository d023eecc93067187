import { notifyManager, type QueryClient } from '@tanstack/react-query';

/** Resolves once no request is in progress, whether they succeeded or failed, and the pages show the responses. */
export function firstAnswer(queries: QueryClient): Promise<void> {
  return new Promise(resolve => {
    const look = (): boolean => {
      if (queries.isFetching() > 0) return false;
      // The cache stores a response before the pages show it; this queue notifies the pages.
      notifyManager.schedule(resolve);
      return true;
    };
    if (look()) return;
    const stop = queries.getQueryCache().subscribe(() => {
      if (look()) stop();
    });
  });
}
