import { Manager } from 'socket.io-client';
import type { WabusClientOptions } from './client.options.js';
import { EdgeLink, type LinkCredentials } from './edge-link.js';
import { parseEdgeAddress, type EdgeAddress } from './server-address.policy.js';
import { TokenSource } from './token.source.js';

/** The namespace for commands, deliveries and the use of the socket by the program. */
const MAIN_NAMESPACE = '/api/events';
/** An equivalent but separate namespace, so that the subscriptions of handlers and those of the program's own socket do not affect each other. */
const FEED_NAMESPACE = '/';

/** Creates the connections of one client. */
export class EdgeLinks {
  readonly address: EdgeAddress;
  readonly token: TokenSource;
  /** One WebSocket for everything except loops over events, which are read at their own speed. */
  private readonly manager: Manager;
  private readonly credentials: LinkCredentials;

  constructor(private readonly options: WabusClientOptions) {
    const { type, identifier } = options;
    this.address = parseEdgeAddress(options.url);
    this.token = new TokenSource(options.token);
    this.credentials = { token: this.token, type, identifier };
    this.manager = this.connection();
  }

  /** Creates the connection for commands, deliveries and the program's own use. */
  main(): EdgeLink {
    return new EdgeLink(this.manager, MAIN_NAMESPACE, this.credentials);
  }

  /** Creates the connection for the events of handlers. */
  feed(): EdgeLink {
    return new EdgeLink(this.manager, FEED_NAMESPACE, this.credentials);
  }

  /** Creates the connection for a loop over events: a separate WebSocket, which is closed while the loop is slow. */
  loop(): EdgeLink {
    return new EdgeLink(this.connection(), MAIN_NAMESPACE, this.credentials);
  }

  private connection(): Manager {
    const { origin, prefix } = this.address;
    return new Manager(origin, {
      path: `${prefix}/socket.io/`,
      // Polling works only if all requests of a connection reach the same edge.
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 10_000,
      ...this.options.socketOptions,
      autoConnect: false
    });
  }
}
