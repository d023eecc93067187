import { useEffect } from 'react';
import type { FeedListener, FeedRequest } from './event.feed.js';
import { useClient } from './live.context.js';
import { useNewest } from './newest-value.js';
import { openFeed } from './sdk.feed.js';

/** Keeps a feed open while the component is mounted and the request stays the same. `null` requests nothing. */
export function useFeed(request: FeedRequest | null, listener: FeedListener): void {
  const client = useClient();
  const newest = useNewest(listener);
  const key = request === null ? null : JSON.stringify(request);
  useEffect(() => {
    if (key === null) return undefined;
    return openFeed(client, JSON.parse(key) as FeedRequest, {
      onEvents: events => newest.current.onEvents(events),
      onStart: () => newest.current.onStart?.(),
      onGap: gap => newest.current.onGap?.(gap),
      onRefused: error => newest.current.onRefused?.(error)
    });
  }, [client, key, newest]);
}
