import type { Manager, Socket } from 'socket.io-client';
import type { ErrorBody } from '../generated/payload.catalog.js';
import { WabusError } from '../errors/wabus.error.js';
import { Listeners } from './listeners.js';
import { mayReconnect, retryWaitMs } from './reconnect.policy.js';
import type { TokenSource } from './token.source.js';

/** Credentials of a connection. */
export interface LinkCredentials {
  readonly token: TokenSource;
  readonly type?: 'static' | 'jwt';
  readonly identifier?: string;
}

/** Why no reply came: the connection ended first, or the reply took too long. */
export type NoAnswer = 'disconnected' | 'expired';

/**
 * A connection to one namespace of the server. It is opened again whenever it is lost, each time with a new token, until it is closed or the server refuses it
 * permanently.
 */
export class EdgeLink {
  /** The connection is open. Emitted before anything arrives on it. */
  readonly connected = new Listeners<[]>();
  /** The connection is lost; another one follows unless `failed` is emitted. */
  readonly lost = new Listeners<[reason: string]>();
  /** An attempt to connect failed. */
  readonly attemptFailed = new Listeners<[error: WabusError]>();
  /** The server refuses permanently, or the client was closed: there are no further attempts. */
  readonly ended = new Listeners<[error: WabusError]>();
  readonly socket: Socket;
  /** Why there are no further attempts. */
  private end: WabusError | null = null;
  /** The last error of the server before it ended the connection. */
  private farewell: WabusError | null = null;
  private attempts = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isWanted = false;

  constructor(
    manager: Manager,
    namespace: string,
    private readonly credentials: LinkCredentials
  ) {
    this.socket = manager.socket(namespace, { auth: present => void this.authenticate(present) });
    this.socket.on('connect', () => this.onConnect());
    this.socket.on('connect_error', error => this.onConnectError(error));
    this.socket.on('disconnect', reason => this.onDisconnect(reason));
    this.socket.on('exception', (body: ErrorBody) => (this.farewell = WabusError.fromBody(body)));
  }

  get isConnected(): boolean {
    return this.socket.connected;
  }

  /** Whether this side closed it. */
  get isClosed(): boolean {
    return this.end?.code === 'CLOSED';
  }

  /** Connects, and reconnects when necessary. */
  open(): void {
    if (this.end !== null || this.isWanted) return;
    this.isWanted = true;
    this.socket.connect();
  }

  /** Closes the connection until `open` is called again, without an event. */
  suspend(): void {
    this.isWanted = false;
    clearTimeout(this.timer);
    this.socket.disconnect();
  }

  /** Ends it for good. */
  close(): void {
    this.finish(new WabusError('CLOSED'));
  }

  /** Resolves when there is a connection. Rejects with `UNREACHABLE` after `waitMs`, or with the error that ended the link. */
  awaitConnection(waitMs: number): Promise<void> {
    if (this.isConnected) return Promise.resolve();
    if (this.end !== null) return Promise.reject(this.end);
    return new Promise((resolve, reject) => {
      let latest: WabusError | undefined;
      const undo = [
        this.connected.add(() => settle(resolve)),
        this.ended.add(error => settle(() => reject(error))),
        this.attemptFailed.add(error => (latest = error))
      ];
      const timer = setTimeout(() => settle(() => reject(new WabusError('UNREACHABLE', { cause: latest }))), waitMs);
      const settle = (outcome: () => void): void => {
        clearTimeout(timer);
        for (const remove of undo) remove();
        outcome();
      };
    });
  }

  /** Sends a message on the current connection and passes its reply to `answered`, in order with everything that arrives. Never waits for another connection. */
  ask(message: { event: string; data?: unknown; waitMs: number }, answered: (answer: unknown, none: NoAnswer | null) => void): void {
    if (!this.isConnected) return answered(undefined, 'disconnected');
    this.socket.timeout(message.waitMs).emit(message.event, message.data, (error: Error | null, answer: unknown) => {
      answered(answer, error === null ? null : this.isConnected ? 'expired' : 'disconnected');
    });
  }

  private async authenticate(present: (auth: Record<string, unknown>) => void): Promise<void> {
    const { token, type, identifier } = this.credentials;
    try {
      present({ token: await token.fresh(), ...(type === undefined ? {} : { type }), ...(identifier === undefined ? {} : { identifier }) });
    } catch (error) {
      if (!this.isWanted) return;
      this.socket.disconnect();
      this.retryOrEnd(WabusError.from(error));
    }
  }

  private onConnect(): void {
    this.attempts = 0;
    this.farewell = null;
    this.connected.emit();
  }

  private onConnectError(error: Error & { data?: unknown }): void {
    if (error.data === undefined) return this.attemptFailed.emit(new WabusError('UNREACHABLE', { cause: error }));
    const refusal = WabusError.fromBody(error.data);
    this.retryOrEnd(refusal);
  }

  private onDisconnect(reason: string): void {
    if (!this.isWanted) return;
    this.lost.emit(reason);
    // Socket.IO reconnects automatically, unless the server has ended the connection by a message.
    if (reason === 'io server disconnect') this.retryOrEnd(this.farewell);
  }

  private retryOrEnd(why: WabusError | null): void {
    if (why !== null) this.attemptFailed.emit(why);
    if (!this.isWanted) return;
    if (why !== null && !mayReconnect(why, this.credentials.token.canRefresh)) return this.finish(why);
    clearTimeout(this.timer);
    const saidMs = why?.details?.['retryAfterMs'];
    const waitMs = retryWaitMs(++this.attempts, Math.random());
    // The first attempt with a new token does not need to wait.
    const isExpiry = why?.code === 'UNAUTHORIZED' && this.attempts === 1;
    this.timer = setTimeout(() => this.socket.connect(), isExpiry ? 0 : Math.max(waitMs, typeof saidMs === 'number' ? saidMs : 0));
  }

  private finish(why: WabusError): void {
    if (this.end !== null) return;
    this.end = why;
    this.isWanted = false;
    clearTimeout(this.timer);
    this.socket.disconnect();
    this.ended.emit(why);
  }
}
