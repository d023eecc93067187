import type { ManagerOptions, SocketOptions } from 'socket.io-client';
import type { CursorStore } from '../cursors/cursor.store.js';
import type { Token } from './token.source.js';

/** What a client needs to know. */
export interface WabusClientOptions {
  /** Where the server is: `https://wabus.example.org`, `localhost:3000`; a path in front of its paths is kept. */
  readonly url: string;
  /** The token, or a function that makes one: it is called before every connection, and when a token has expired. */
  readonly token: Token;
  /** Which kind of token it is; found out by the server when missing. */
  readonly type?: 'static' | 'jwt';
  /** The id of the only session that this client may reach, and the default of everything that takes a session. */
  readonly identifier?: string;
  /** The default of everything that takes a session, without restricting the client to it. */
  readonly session?: string;
  /** Names the place of this client's handlers in the cursor store. Needed for `on` to continue where the process before it stopped. */
  readonly name?: string;
  /** Keeps where each named reader is. In memory when missing, so that nothing outlives the process. */
  readonly cursors?: CursorStore;
  /** Events that may wait for a handler or a loop before the reading stops; the rest waits on the server. Default 1,000. */
  readonly bufferedEvents?: number;
  /** Passed on to socket.io-client, laid over what the client sets itself: `transports`, `extraHeaders`, `path`, `agent`, …. */
  readonly socketOptions?: Partial<ManagerOptions & SocketOptions>;
  /** In place of the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
}
