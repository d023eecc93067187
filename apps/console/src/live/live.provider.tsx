import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { AnyEvent, WabusClient, WabusError } from '@wabus/sdk';
import { whenIdle } from '../app/idle.schedule.js';
import { firstAnswer } from '../edge/first-answer.js';
import { useMay, useSignedIn } from '../login/signed-in.context.js';
import { notifyStale } from '../notices/notify.js';
import { takeStatus } from '../sessions/sessions.cache.js';
import type { FeedState } from './event.feed.js';
import { LiveContext, type Live } from './live.context.js';
import { useNewest } from './newest-value.js';

/** Keeps a connection to the edge with one feed of lifecycle events, and keeps the pages' lists of sessions up to date. */
export function LiveProvider({ children }: { children: ReactNode }): ReactNode {
  const { principal, ended } = useSignedIn();
  const newestEnded = useNewest(ended);
  const reads = useMay('read');
  const controls = useMay('control');
  const queries = useQueryClient();
  const listeners = useRef(new Set<(event: AnyEvent) => void>());
  const [state, setState] = useState<FeedState>(reads ? 'connecting' : 'refused');
  const [coming] = useState(clientToCome);
  const [client, setClient] = useState<WabusClient | null>(null);

  useEffect(() => {
    let close: (() => void) | null = () => undefined;
    const onState = (next: FeedState): void => {
      setState(next);
      // The feed delivers the events missed between two connections, but lists may depend on more than these events.
      if (next === 'live') void queries.invalidateQueries();
    };
    const onEvents = (events: readonly AnyEvent[]): void => {
      for (const event of events) {
        if (event.event === 'session.status') takeStatus(queries, event.data);
        for (const listener of listeners.current) listener(event);
      }
    };
    const onError = ({ code }: WabusError): void => {
      if (code === 'UNAUTHORIZED') newestEnded.current();
    };
    const open = async (): Promise<void> => {
      // The first data of the page must not wait for the code of the connection.
      await coming.begun;
      await firstAnswer(queries);
      await new Promise<void>(resolve => whenIdle(resolve));
      const { openLifeFeed } = await import('./life.feed.js');
      if (close === null) return;
      const feed = openLifeFeed({ reads, controls, onState, onEvents, onError });
      close = feed.close;
      setClient(feed.client);
      coming.arrived(feed.client);
    };
    open().catch(() => {
      setState('refused');
      notifyStale();
    });
    return () => {
      close?.();
      close = null;
    };
    // A different login needs a new connection, even if it has the same permissions.
  }, [principal, reads, controls, queries, newestEnded, coming]);

  const listen = useCallback((listener: (event: AnyEvent) => void) => {
    listeners.current.add(listener);
    return () => void listeners.current.delete(listener);
  }, []);
  const live = useMemo<Live>(
    () => ({ client, coming: coming.client, state, begin: coming.begin, listen }),
    [client, coming, state, listen]
  );
  return <LiveContext value={live}>{children}</LiveContext>;
}

interface ClientToCome {
  readonly client: Promise<WabusClient>;
  readonly arrived: (client: WabusClient) => void;
  readonly begun: Promise<void>;
  readonly begin: () => void;
}

function clientToCome(): ClientToCome {
  let arrived: ClientToCome['arrived'] = () => undefined;
  let begin: ClientToCome['begin'] = () => undefined;
  const client = new Promise<WabusClient>(resolve => {
    arrived = resolve;
  });
  const begun = new Promise<void>(resolve => {
    begin = resolve;
  });
  return { client, arrived, begun, begin };
}
