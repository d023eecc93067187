import { useEffect } from 'react';
import type { AnyEvent, WabusError } from '@wabus/sdk';
import { errorFrom } from '../edge/edge-error.js';
import { useNewest } from '../live/newest-value.js';
import { useEdge } from '../login/signed-in.context.js';
import { pastEvents, type PastRequest } from './event.query.js';

export interface PastListener {
  readonly onEvents: (events: readonly AnyEvent[]) => void;
  readonly onEnd: () => void;
  readonly onRefused: (error: WabusError) => void;
}

/** Reads past events once while the component is mounted. With `null`, it reads nothing. */
export function usePast(request: PastRequest | null, listener: PastListener): void {
  const edge = useEdge();
  const newest = useNewest(listener);
  const key = request === null ? null : JSON.stringify(request);
  useEffect(() => {
    if (key === null) return undefined;
    const state = { over: false };
    const read = async (): Promise<void> => {
      try {
        for await (const events of pastEvents(edge, JSON.parse(key) as PastRequest)) {
          if (state.over) return;
          newest.current.onEvents(events);
        }
        if (!state.over) newest.current.onEnd();
      } catch (thrown) {
        if (!state.over) newest.current.onRefused(errorFrom(thrown));
      }
    };
    void read();
    return () => {
      state.over = true;
    };
  }, [edge, key, newest]);
}
