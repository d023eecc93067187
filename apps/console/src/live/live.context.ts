import { createContext, use, useContext, useEffect } from 'react';
import type { AnyEvent, WabusClient } from '@wabus/sdk';
import type { FeedState } from './event.feed.js';
import { useNewest } from './newest-value.js';

/** The live data that every page can use. */
export interface Live {
  /** The connection to the edge, for events and commands; `null` until its code is loaded. */
  readonly client: WabusClient | null;
  /** Resolves when the client has been created. */
  readonly coming: Promise<WabusClient>;
  readonly state: FeedState;
  /** Allows the connection to open. Called when the first page has requested its data, or needs the client. */
  readonly begin: () => void;
  /**
   * Calls the listener with each lifecycle event of a session: `session.status`, `auth.qr`, `auth.pairing-code`, `auth.passkey`. Returns a
   * function that stops it.
   */
  readonly listen: (listener: (event: AnyEvent) => void) => () => void;
}

export const LiveContext = createContext<Live | null>(null);

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === null) throw new Error('nothing is live here');
  return live;
}

/** The connection to the edge, for events and commands. The component suspends until the connection exists. */
export function useClient(): WabusClient {
  const { client, coming, begin } = useLive();
  if (client !== null) return client;
  // Like the loading of a lazy component, this begins in the render: a suspended component has no effects.
  begin();
  return use(coming);
}

/** Calls the listener with each lifecycle event of a session while the component is mounted. */
export function useLifeEvents(listener: (event: AnyEvent) => void): void {
  const { listen } = useLive();
  const newest = useNewest(listener);
  useEffect(() => listen(event => newest.current(event)), [listen, newest]);
}
