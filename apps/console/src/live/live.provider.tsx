import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { PAGE_HEADER } from '../edge/console-header.js';
import { WabusClient, type AnyEvent, type EventPattern, type WabusClientOptions } from '@wabus/sdk';
import { useMay, useSignedIn } from '../login/signed-in.context.js';
import { takeStatus } from '../sessions/sessions.cache.js';
import type { FeedState } from './event.feed.js';
import { LiveContext } from './live.context.js';
import { openFeed } from './sdk.feed.js';

const LIFE: readonly EventPattern[] = ['session.status'];
const LINKING: readonly EventPattern[] = ['auth.qr', 'auth.pairing-code', 'auth.passkey'];

/** The login is in a cookie that no script reads: there is no token here. */
const WITH_COOKIE: WabusClientOptions = {
  url: location.origin,
  token: '',
  socketOptions: { extraHeaders: { [PAGE_HEADER]: '1' } },
  fetch: (input, init) => {
    const headers = new Headers(init?.headers);
    headers.delete('authorization');
    headers.set(PAGE_HEADER, '1');
    return fetch(input, { ...init, headers });
  }
};

/** Keeps a connection to the edge and one feed about the life of sessions, and what the pages know of these up to date. */
export function LiveProvider({ children }: { children: ReactNode }): ReactNode {
  const { ended } = useSignedIn();
  const reads = useMay('read');
  const controls = useMay('control');
  const queries = useQueryClient();
  const listeners = useRef(new Set<(event: AnyEvent) => void>());
  const [state, setState] = useState<FeedState>(reads ? 'connecting' : 'refused');
  const [client, setClient] = useState<WabusClient | null>(null);

  useEffect(() => {
    const connection = new WabusClient(WITH_COOKIE);
    setClient(connection);
    connection.onConnect(() => {
      setState('live');
      // What happened between two connections comes as events too; lists may hold more than these tell.
      void queries.invalidateQueries();
    });
    connection.onDisconnect(() => setState('offline'));
    connection.onError(error => error.code === 'UNAUTHORIZED' && ended());
    if (!reads) return () => void connection.close();
    connection.connect().catch(() => setState('refused'));
    const close = openFeed(
      connection,
      { events: controls ? [...LIFE, ...LINKING] : LIFE },
      {
        onEvents: events => {
          for (const event of events) {
            if (event.event === 'session.status') takeStatus(queries, event.data);
            for (const listener of listeners.current) listener(event);
          }
        }
      }
    );
    return () => {
      close();
      void connection.close();
    };
  }, [reads, controls, queries, ended]);

  const listen = useCallback((listener: (event: AnyEvent) => void) => {
    listeners.current.add(listener);
    return () => void listeners.current.delete(listener);
  }, []);
  const live = useMemo(() => (client === null ? null : { client, state, listen }), [client, state, listen]);
  return live === null ? null : <LiveContext value={live}>{children}</LiveContext>;
}
