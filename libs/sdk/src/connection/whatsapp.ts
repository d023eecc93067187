import type { Socket } from 'socket.io-client';
import { WabusError } from '../errors/wabus.error.js';
import type { Token } from '../link/token.source.js';
import type { WabusClientOptions } from '../link/client.options.js';
import { failuresTo, Listeners } from '../link/listeners.js';
import { WabusClient } from '../wabus.client.js';
import { connectionAfter, ConnectionModel, type ConnectionNews } from './connection-model.js';

/** The options of `connect`. */
export interface ConnectOptions extends Omit<WabusClientOptions, 'url' | 'token' | 'identifier' | 'session'> {
  /** The kind of token. Default: the server detects it. */
  readonly type?: 'static' | 'jwt';
  /** The token, or a function that creates one. The function is called before every connection, and when a token has expired. */
  readonly token: Token;
  /** The id of the session, which is one WhatsApp account: 1 to 64 characters of `A-Z a-z 0-9 _ -`, such as its phone number. */
  readonly identifier: string;
}

/**
 * The events of the connection. You can add listeners before `connect`, and they remain for later calls of it. Each method returns a function that removes the
 * listener.
 */
export interface ConnectionListeners {
  /** Called when the connection of the session to WhatsApp changes. The model has `qr` while a QR code is waiting to be scanned. */
  onUpdate(listener: (connection: ConnectionModel) => unknown): () => void;
  /** Called with every error as a text: `CODE: message`. This includes the errors of listeners that throw or reject. */
  onError(listener: (error: string) => unknown): () => void;
  /** Called when an attempt to connect to the server has failed, for example because of the token, with the error as a text: `CODE: message`. */
  onConnectError(listener: (error: string) => unknown): () => void;
  /** Called when the server has accepted the connection and the token, also after a lost connection. */
  onConnect(listener: () => unknown): () => void;
}

/**
 * One session with a short API: `connect` creates or resumes the session, provides its QR code while no account is linked, and keeps the connection open.
 * Everything else is in `client`. The default export of this package is one instance.
 */
export class WhatsApp {
  /** The listeners for events of the connection. */
  readonly connection: ConnectionListeners;
  private readonly errors = new Listeners<[error: string]>();
  private readonly listenerFailed = failuresTo(this.errors, thrown => WabusError.from(thrown).toString());
  private readonly updates = new Listeners<[connection: ConnectionModel]>(this.listenerFailed);
  private readonly connectErrors = new Listeners<[error: string]>(this.listenerFailed);
  private readonly connects = new Listeners<[]>(this.listenerFailed);
  private present: WabusClient | null = null;
  private model: ConnectionModel | null = null;

  constructor() {
    this.connection = {
      onUpdate: listener => this.updates.add(listener),
      onError: listener => this.errors.add(listener),
      onConnectError: listener => this.connectErrors.add(listener),
      onConnect: listener => this.connects.add(listener)
    };
  }

  /**
   * Connects to a server for one session, and returns at once: the listeners receive the outcome. The session is created if it does not exist, and started if
   * it is not running. Both require a token with the scope `control`. An existing connection is closed first.
   */
  connect(server: string, { identifier, ...options }: ConnectOptions): void {
    void this.disconnect();
    const client = new WabusClient({ ...options, url: server, identifier });
    this.present = client;
    this.model = new ConnectionModel({ identifier });
    client.onConnect(() => {
      this.connects.emit();
      void this.takeUp(client);
    });
    client.onConnectError(error => this.connectErrors.emit(error.toString()));
    client.onError(error => this.errors.emit(error.toString()));
    client.on('connection.update', update => this.emit(client, { kind: 'update', update }));
    client.on('auth.qr', ({ qr }) => this.emit(client, { kind: 'qr', qr }));
    client.on('auth.pairing-code', ({ code }) => this.emit(client, { kind: 'pairing-code', code }));
    client.on('session.status', status => this.emit(client, { kind: 'status', status }));
    // The listeners receive the errors.
    client.connect().catch(() => undefined);
  }

  /** Closes the connection to the server, where the session keeps running. Resolves once the positions of all readers are saved. */
  async disconnect(): Promise<void> {
    const client = this.present;
    this.present = null;
    this.model = null;
    await client?.close();
  }

  /** Whether there is currently a connection to the server. */
  get connected(): boolean {
    return this.present?.connected === true;
  }

  /** The Socket.IO socket of the connection. Throws `CLOSED` before `connect`. */
  get socket(): Socket {
    return this.client.socket;
  }

  /** The client of the session, with its events, commands and files. Throws `CLOSED` before `connect`. */
  get client(): WabusClient {
    if (this.present === null) throw new WabusError('CLOSED', { message: 'The client is not connected: call connect first.' });
    return this.present;
  }

  /** Creates or starts the session, and reads the state that it had before the listeners were added. */
  private async takeUp(client: WabusClient): Promise<void> {
    try {
      const { status } = await client.ensureSession();
      const known = this.model?.state !== undefined;
      if (!known) this.emit(client, { kind: 'status', status });
      if (status.state !== 'pairing' || this.model?.qr !== undefined) return;
      const { qr } = await client.commands.getQr('raw');
      if (this.model?.qr === undefined) this.emit(client, { kind: 'qr', qr });
    } catch (error) {
      const wabusError = WabusError.from(error);
      // The QR code will arrive as an event.
      if (wabusError.code !== 'QR_NOT_AVAILABLE' && client === this.present) this.errors.emit(wabusError.toString());
    }
  }

  private emit(client: WabusClient, news: ConnectionNews): void {
    if (client !== this.present || this.model === null) return;
    this.model = connectionAfter(this.model, news);
    this.updates.emit(this.model);
  }
}
