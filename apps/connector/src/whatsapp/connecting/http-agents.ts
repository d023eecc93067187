import { Agent as HttpAgent } from 'node:http';
import { Agent, Agent as HttpsAgent, type RequestOptions } from 'node:https';
import { connect, isIP, type NetConnectOpts, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { Agent as FetchAgent, buildConnector, type Dispatcher } from 'undici';
import { openTunnel, type ProxyError, type ProxyRoute, type TunnelTarget } from './proxy-tunnel.js';

/** The agents for all connections of a socket to WhatsApp, both Baileys' and our own. All of them use one proxy. */
export interface ProxiedAgents {
  /** For the WebSocket. Baileys' types require an `https` agent; with a simulator it uses plain HTTP. */
  readonly socket: HttpsAgent;
  /** For uploads, for which Baileys uses `https.request`. */
  readonly upload: HttpsAgent;
  /** For `fetch`: history, synchronized state and files of messages. */
  readonly fetch: Dispatcher;
}

export interface ProxiedAgentsOptions {
  readonly route: ProxyRoute;
  /** Whether the WebSocket uses TLS. */
  readonly secureSocket: boolean;
  /** Whether uploads use TLS. */
  readonly secureUploads: boolean;
  /** Called for each connection that the proxy did not establish. */
  readonly failed: (error: ProxyError) => void;
}

type OpenTunnel = (target: TunnelTarget) => Promise<Socket>;

type Created = (error: Error | null, socket: Duplex) => void;

/** Returns the agents for one connection. They keep no socket open, so they need not be closed. */
export function proxiedAgents({ route, secureSocket, secureUploads, failed }: ProxiedAgentsOptions): ProxiedAgents {
  const open: OpenTunnel = async target => {
    try {
      return await openTunnel(route, target);
    } catch (error) {
      failed(error as ProxyError);
      throw error;
    }
  };
  return {
    socket: secureSocket ? new TunnelHttpsAgent(open, true) : (new TunnelHttpAgent(open) as unknown as HttpsAgent),
    upload: new TunnelHttpsAgent(open, secureUploads),
    fetch: new FetchAgent({ connect: fetchConnector(open), pipelining: 0 })
  };
}

class TunnelHttpAgent extends HttpAgent {
  constructor(private readonly open: OpenTunnel) {
    super({ keepAlive: false });
  }

  override createConnection(options: RequestOptions, created?: Created): Duplex | null | undefined {
    deliver(this.open(targetOf(options)), created);
    return undefined;
  }
}

class TunnelHttpsAgent extends HttpsAgent {
  constructor(
    private readonly open: OpenTunnel,
    private readonly secure: boolean
  ) {
    super({ keepAlive: false });
  }

  override createConnection(options: RequestOptions, created?: Created): Duplex | null | undefined {
    const tunnel = this.open(targetOf(options));
    deliver(this.secure ? tunnel.then(socket => secured(socket, options)) : tunnel, created);
    return undefined;
  }
}

function deliver(connection: Promise<Socket>, created: Created | undefined): void {
  connection.then(
    socket => created?.(null, socket),
    (error: unknown) => created?.(error as Error, undefined as never)
  );
}

function secured(socket: Socket, options: RequestOptions): Promise<Socket> {
  const { host } = targetOf(options);
  return new Promise((resolve, reject) => {
    const tls = connectTls({ ...(options as object), socket, ...(isIP(host) === 0 ? { servername: host } : {}) });
    tls.once('secureConnect', () => resolve(tls)).once('error', reject);
  });
}

function targetOf({ host, port }: RequestOptions): { host: string; port: number } {
  return { host: host ?? '', port: Number(port) };
}

function fetchConnector(open: OpenTunnel): buildConnector.connector {
  const secure = buildConnector({});
  return (options, callback) => {
    const { hostname, protocol } = options;
    const host = hostname.replace(/^\[(.*)\]$/, '$1');
    const port = Number(options.port) || (protocol === 'https:' ? 443 : 80);
    open({ host, port }).then(
      httpSocket => {
        if (protocol === 'https:') secure({ ...options, httpSocket }, callback);
        else callback(null, httpSocket);
      },
      (error: unknown) => callback(error as Error, null)
    );
  };
}

/** An agent for `https` requests that uses plain HTTP: Baileys always uploads media with `https`, and the simulator accepts them locally without TLS. */
export class PlainHttpsAgent extends Agent {
  override createConnection(options: NetConnectOpts): Socket {
    return connect(options);
  }
}
