import type { ManagerOptions, SocketOptions } from 'socket.io-client';
import type { CursorStore } from '../cursors/cursor.store.js';
import type { Token } from './token.source.js';

/** The options of a client. */
export interface WabusClientOptions {
  /** The address of the server, such as `https://wabus.example.org` or `localhost:3000`. It may have a path prefix. */
  readonly url: string;
  /** The token, or a function that creates one. The function is called before every connection, and when a token has expired. */
  readonly token: Token;
  /** The kind of token. Default: the server detects it. */
  readonly type?: 'static' | 'jwt';
  /** The id of the only session that this client may use. It is also the default for all methods that take a session. */
  readonly identifier?: string;
  /** The default for all methods that take a session. It does not restrict the client to that session. */
  readonly session?: string;
  /** The name under which the position of `on` is stored. With a name, the events of `on` continue where the previous process stopped. */
  readonly name?: string;
  /** The store for the positions of named readers. Default: in memory, so that positions do not outlive the process. */
  readonly cursors?: CursorStore;
  /** The number of events that may wait for a handler or a loop before the client stops reading; the rest wait on the server. Default: 1,000. */
  readonly bufferedEvents?: number;
  /** Options for socket.io-client, such as `transports`, `extraHeaders`, `path` and `agent`. They override those of the client. */
  readonly socketOptions?: Partial<ManagerOptions & SocketOptions>;
  /** A replacement for the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
}
