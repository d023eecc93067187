import { Manager } from 'socket.io-client';
import type { WabusClientOptions } from './client.options.js';
import { EdgeLink, type LinkCredentials } from './edge-link.js';
import { parseEdgeAddress, type EdgeAddress } from './server-address.policy.js';
import { TokenSource } from './token.source.js';

/** The namespace of commands, deliveries and whatever the user of the client does with the socket. */
const MAIN_NAMESPACE = '/api/events';
/** Serves the same. Apart from the other one, so that what handlers subscribed to and what the user of the socket subscribed to do not touch each other. */
const FEED_NAMESPACE = '/';

/** Makes the connections of one client. */
export class EdgeLinks {
  readonly address: EdgeAddress;
  readonly token: TokenSource;
  /** One WebSocket for everything but loops over events, which are read at their own pace. */
  private readonly manager: Manager;
  private readonly credentials: LinkCredentials;

  constructor(private readonly options: WabusClientOptions) {
    const { type, identifier } = options;
    this.address = parseEdgeAddress(options.url);
    this.token = new TokenSource(options.token);
    this.credentials = { token: this.token, type, identifier };
    this.manager = this.connection();
  }

  /** For commands, deliveries and the user. */
  main(): EdgeLink {
    return new EdgeLink(this.manager, MAIN_NAMESPACE, this.credentials);
  }

  /** For the events of handlers. */
  feed(): EdgeLink {
    return new EdgeLink(this.manager, FEED_NAMESPACE, this.credentials);
  }

  /** For a loop over events: a WebSocket of its own, which is let go when the loop is slow. */
  loop(): EdgeLink {
    return new EdgeLink(this.connection(), MAIN_NAMESPACE, this.credentials);
  }

  private connection(): Manager {
    const { origin, prefix } = this.address;
    return new Manager(origin, {
      path: `${prefix}/socket.io/`,
      // Polling works only where all requests of a connection reach the same edge.
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 10_000,
      ...this.options.socketOptions,
      autoConnect: false
    });
  }
}
