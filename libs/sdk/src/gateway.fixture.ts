import { createServer, type Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { Manager } from 'socket.io-client';
import type { AnyEvent } from './events/event-envelope.js';
import { EdgeLink } from './link/edge-link.js';
import { TokenSource, type Token } from './link/token.source.js';

/** A message that the client sent. Answer it with `reply`. */
export interface AskedMessage {
  readonly socket: Socket;
  readonly data: Record<string, unknown>;
  readonly reply: (answer: unknown) => void;
}

const WAIT_MS = 5_000;

/** A real Socket.IO server whose answers a test decides, and the connections of clients to it. */
export class ScriptedGateway {
  /** If it returns an error body, the server refuses the handshake with this error. */
  refuse: (auth: Record<string, unknown>) => object | null = () => null;
  /** The credentials of all handshakes so far. */
  readonly handshakes: Record<string, unknown>[] = [];
  private readonly asked = new Map<string, AskedMessage[]>();
  private readonly watchers = new Map<string, ((message: AskedMessage) => void)[]>();
  private readonly links: EdgeLink[] = [];
  private server!: Server;
  private http!: HttpServer;
  private port = 0;

  static async launch(): Promise<ScriptedGateway> {
    const gateway = new ScriptedGateway();
    await gateway.start();
    return gateway;
  }

  /** Starts the server, on the same port as before. */
  async start(): Promise<void> {
    this.http = createServer();
    this.server = new Server(this.http, { transports: ['websocket'] });
    this.server.use((socket, next) => {
      const { auth } = socket.handshake as { auth: Record<string, unknown> };
      this.handshakes.push(auth);
      const body = this.refuse(auth);
      if (body === null) next();
      else next(Object.assign(new Error('refused'), { data: body }));
    });
    this.server.on('connection', socket => socket.onAny((name: string, ...args: unknown[]) => this.receive(name, socket, args)));
    await new Promise<void>(resolve => this.http.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.http.address() as { port: number }).port;
  }

  /** Closes all connections and refuses new ones until `start`. */
  async stop(): Promise<void> {
    await this.server.close();
  }

  /** Opens a connection of a client; `close` closes it. */
  link(token: Token = 'token'): EdgeLink {
    const manager = new Manager(`http://127.0.0.1:${this.port}`, {
      transports: ['websocket'],
      autoConnect: false,
      reconnectionDelay: 5,
      reconnectionDelayMax: 20
    });
    const link = new EdgeLink(manager, '/', { token: new TokenSource(token) });
    this.links.push(link);
    return link;
  }

  /** Returns the server's socket of a connection. */
  socketOf(id: string): Socket {
    const socket = this.server.sockets.sockets.get(id);
    if (socket === undefined) throw new Error(`there is no socket ${id}`);
    return socket;
  }

  /** Returns the next message with this name, in the order of arrival. */
  async next(name: string): Promise<AskedMessage> {
    const seen = this.asked.get(name)?.shift();
    if (seen) return seen;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no ${name} came`)), WAIT_MS);
      const watch = (message: AskedMessage): void => {
        clearTimeout(timer);
        resolve(message);
      };
      this.watchers.set(name, [...(this.watchers.get(name) ?? []), watch]);
    });
  }

  /** Waits for the next `subscribe`, and grants it. */
  async grant(cursor: string, further: object = {}): Promise<AskedMessage> {
    const message = await this.next('subscribe');
    message.reply({ ok: true, granted: message.data['events'], refused: [], sessions: '*', cursor, ...further });
    return message;
  }

  async close(): Promise<void> {
    for (const link of this.links) link.close();
    await this.stop();
  }

  private receive(name: string, socket: Socket, args: unknown[]): void {
    const reply = args.at(-1);
    const message = {
      socket,
      data: args[0] as Record<string, unknown>,
      reply: typeof reply === 'function' ? (reply as AskedMessage['reply']) : () => undefined
    };
    const watch = this.watchers.get(name)?.shift();
    if (watch) watch(message);
    else this.asked.set(name, [...(this.asked.get(name) ?? []), message]);
  }
}

/** Creates an event whose id and cursor are derived from a number. */
export function numbered(n: number): AnyEvent<'call'> {
  return {
    id: `id-${n}`,
    session: 'sales',
    event: 'call',
    cursor: `cursor-${n}`,
    at: '2026-01-01T00:00:00.000Z',
    epoch: 1,
    schemaVersion: 1,
    data: []
  };
}
