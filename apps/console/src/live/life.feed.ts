import { WabusClient, type AnyEvent, type EventPattern, type WabusClientOptions, type WabusError } from '@wabus/sdk';
import { PAGE_HEADER } from '../edge/console-header.js';
import type { FeedState } from './event.feed.js';
import { openFeed } from './sdk.feed.js';

const LIFE: readonly EventPattern[] = ['session.status'];
const LINKING: readonly EventPattern[] = ['auth.qr', 'auth.pairing-code', 'auth.passkey'];

/** The login is in a cookie that scripts cannot read, so no token is available here. */
const WITH_COOKIE: WabusClientOptions = {
  url: location.origin,
  token: { cookie: true },
  socketOptions: { extraHeaders: { [PAGE_HEADER]: '1' } },
  fetch: (input, init) => {
    const headers = new Headers(init?.headers);
    headers.delete('authorization');
    headers.set(PAGE_HEADER, '1');
    return fetch(input, { ...init, headers });
  }
};

export interface LifeListener {
  /** Whether the token may read events. */
  readonly reads: boolean;
  /** Whether the token may see the codes that link an account. */
  readonly controls: boolean;
  readonly onState: (state: FeedState) => void;
  readonly onEvents: (events: readonly AnyEvent[]) => void;
  readonly onError: (error: WabusError) => void;
}

export interface LifeFeed {
  /** The connection to the edge, for other events and for commands. */
  readonly client: WabusClient;
  readonly close: () => void;
}

/** Connects to the edge and reads the lifecycle events of sessions. */
export function openLifeFeed({ reads, controls, onState, onEvents, onError }: LifeListener): LifeFeed {
  const client = new WabusClient(WITH_COOKIE);
  client.onConnect(() => onState('live'));
  client.onDisconnect(() => onState('offline'));
  client.onError(onError);
  if (!reads) return { client, close: () => void client.close() };
  client.connect().catch(() => onState('refused'));
  const end = openFeed(client, { events: controls ? [...LIFE, ...LINKING] : LIFE }, { onEvents });
  return {
    client,
    close: () => {
      end();
      void client.close();
    }
  };
}
