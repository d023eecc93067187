import type { ManagerOptions, SocketOptions } from 'socket.io-client';
import type { CursorStore } from '../cursors/cursor.store.js';
import type { Token } from './token.source.js';

/** The options of a client. */
export interface WabusClientOptions {
  /** The address of the server: `https://wabus.example.org`, `localhost:3000`; a path prefix is kept. */
  readonly url: string;
  /** The token, or a function that creates one. The function is called before every connection, and when a token has expired. */
  readonly token: Token;
  /** The kind of token; detected by the server if missing. */
  readonly type?: 'static' | 'jwt';
  /** The id of the only session that this client may use, and the default for everything that takes a session. */
  readonly identifier?: string;
  /** The default for everything that takes a session, without restricting the client to it. */
  readonly session?: string;
  /** The name of this client's position in the cursor store. `on` needs it to continue where the previous process stopped. */
  readonly name?: string;
  /** Stores the position of each named reader. In memory if missing, so that it does not outlive the process. */
  readonly cursors?: CursorStore;
  /** Events that may wait for a handler or a loop before reading stops; the rest wait on the server. Default 1,000. */
  readonly bufferedEvents?: number;
  /** Passed to socket.io-client, overriding the client's own options: `transports`, `extraHeaders`, `path`, `agent`, …. */
  readonly socketOptions?: Partial<ManagerOptions & SocketOptions>;
  /** Replaces the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
}
