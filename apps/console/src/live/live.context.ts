import { createContext, useContext, useEffect, useRef } from 'react';
import type { EventEnvelope, EventName } from '@wabus/contracts';
import type { FeedSource, FeedState } from './event.feed.js';

/** What is live on every page. */
export interface Live {
  readonly feeds: FeedSource;
  /** Of the feed that keeps sessions up to date. */
  readonly state: FeedState;
  /** Calls back with each event of that feed: `session.status`, `auth.qr`, `auth.pairing-code`. Returns how to end it. */
  readonly listen: (heard: (event: EventEnvelope<EventName>) => void) => () => void;
}

export const LiveContext = createContext<Live | null>(null);

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === null) throw new Error('nothing is live here');
  return live;
}

/** Calls back with each event about the life of sessions while the component is there. */
export function useLifeEvents(heard: (event: EventEnvelope<EventName>) => void): void {
  const { listen } = useLive();
  const newest = useRef(heard);
  newest.current = heard;
  useEffect(() => listen(event => newest.current(event)), [listen]);
}
