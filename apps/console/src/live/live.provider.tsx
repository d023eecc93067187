import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { EventEnvelope, EventName, SessionStatus } from '@wabus/contracts';
import { useMay, useSignedIn } from '../login/signed-in.context.js';
import { takeStatus } from '../sessions/sessions.cache.js';
import type { FeedState } from './event.feed.js';
import { LiveContext } from './live.context.js';
import { SocketFeeds } from './socket.feed.js';

const LIFE_EVENTS = ['session.status', 'auth.qr', 'auth.pairing-code'];

/** Keeps one feed open about the life of sessions, and what the pages know of them up to date. */
export function LiveProvider({ children }: { children: ReactNode }): ReactNode {
  const { token, signOut } = useSignedIn();
  const reads = useMay('read');
  const queries = useQueryClient();
  const listeners = useRef(new Set<(event: EventEnvelope<EventName>) => void>());
  const [state, setState] = useState<FeedState>('connecting');
  const feeds = useMemo(() => new SocketFeeds(token, signOut), [token, signOut]);

  useEffect(() => {
    if (!reads) return setState('refused');
    const feed = feeds.open(
      { events: LIFE_EVENTS },
      {
        onState: next => {
          setState(next);
          // What happened between two connections comes as events too; lists may hold more than these tell.
          if (next === 'live') void queries.invalidateQueries();
        },
        onEvents: events => {
          for (const event of events) {
            if (event.event === 'session.status') takeStatus(queries, event.data as SessionStatus);
            for (const heard of listeners.current) heard(event);
          }
        }
      }
    );
    return () => feed.close();
  }, [feeds, queries, reads]);

  const listen = useCallback((heard: (event: EventEnvelope<EventName>) => void) => {
    listeners.current.add(heard);
    return () => void listeners.current.delete(heard);
  }, []);
  const live = useMemo(() => ({ feeds, state, listen }), [feeds, state, listen]);
  return <LiveContext value={live}>{children}</LiveContext>;
}
