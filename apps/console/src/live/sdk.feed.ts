import { WabusError, type AnyEvent, type WabusClient } from '@wabus/sdk';
import type { FeedListener, FeedRequest } from './event.feed.js';

/** Pages render new events at most this often. */
const GATHER_MS = 40;

/** Reads events and passes them on in batches until it is stopped. Returns a function that stops it. */
export function openFeed(client: WabusClient, request: FeedRequest, listener: FeedListener): () => void {
  const stop = new AbortController();
  void read(client, request, { listener, signal: stop.signal });
  return () => stop.abort();
}

async function read(
  client: WabusClient,
  request: FeedRequest,
  { listener, signal }: { listener: FeedListener; signal: AbortSignal }
): Promise<void> {
  let gathered: AnyEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const handOver = (): void => {
    timer = undefined;
    const events = gathered;
    gathered = [];
    if (!signal.aborted) listener.onEvents(events);
  };
  try {
    const { onGap, onStart } = listener;
    for await (const event of client.events({ ...request, signal, ...(onGap ? { onGap } : {}), ...(onStart ? { onStart } : {}) })) {
      gathered.push(event);
      timer ??= setTimeout(handOver, GATHER_MS);
    }
  } catch (thrown) {
    if (!signal.aborted) listener.onRefused?.(WabusError.from(thrown));
  }
}
