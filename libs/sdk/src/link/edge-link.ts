import type { Manager, Socket } from 'socket.io-client';
import type { ErrorBody } from '../generated/payload.catalog.js';
import { WabusError } from '../errors/wabus.error.js';
import { Listeners } from './listeners.js';
import { mayReconnect, retryWaitMs } from './reconnect.policy.js';
import type { TokenSource } from './token.source.js';

/** The credentials of a connection. */
export interface LinkCredentials {
  readonly token: TokenSource;
  readonly type?: 'static' | 'jwt';
  readonly identifier?: string;
}

/** Why no answer arrived: the connection was lost first, or the time expired. */
export type NoAnswer = 'disconnected' | 'expired';

/**
 * A connection to one namespace of the server. If it is lost, it is opened again with a new token, until the client closes it or the server refuses it
 * permanently.
 */
export class EdgeLink {
  /** Emitted when the connection is open, before anything arrives on it. */
  readonly connected = new Listeners<[]>();
  /** Emitted when the connection is lost. Another one follows unless `ended` is emitted. */
  readonly lost = new Listeners<[reason: string]>();
  /** Emitted when an attempt to connect has failed. */
  readonly attemptFailed = new Listeners<[error: WabusError]>();
  /** Emitted when there are no further attempts, because the server refuses permanently or the client was closed. */
  readonly ended = new Listeners<[error: WabusError]>();
  readonly socket: Socket;
  /** The error after which there are no further attempts. */
  private end: WabusError | null = null;
  /** The last error from the server before it closed the connection. */
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

  /** Whether this client closed the connection. */
  get isClosed(): boolean {
    return this.end?.code === 'CLOSED';
  }

  /** Connects, and reconnects if necessary. */
  open(): void {
    if (this.end !== null || this.isWanted) return;
    this.isWanted = true;
    this.socket.connect();
  }

  /** Closes the connection until `open` is called again, without emitting an event. */
  suspend(): void {
    this.isWanted = false;
    clearTimeout(this.timer);
    this.socket.disconnect();
  }

  /** Closes the connection permanently. */
  close(): void {
    this.finish(new WabusError('CLOSED'));
  }

  /** Resolves when the connection is open. Rejects with `UNREACHABLE` after `waitMs`, or with the error that ended the link. */
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

  /**
   * Sends a message on the current connection and passes the answer to `answered`, in order with everything else that arrives. It never waits for another
   * connection.
   */
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
    // Socket.IO reconnects automatically, except when the server itself has closed the connection.
    if (reason === 'io server disconnect') this.retryOrEnd(this.farewell);
  }

  private retryOrEnd(why: WabusError | null): void {
    if (why !== null) this.attemptFailed.emit(why);
    if (!this.isWanted) return;
    if (why !== null && !mayReconnect(why, this.credentials.token.canRefresh)) return this.finish(why);
    clearTimeout(this.timer);
    const saidMs = why?.details?.['retryAfterMs'];
    const waitMs = retryWaitMs(++this.attempts, Math.random());
    // The first attempt with a new token needs no delay.
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
