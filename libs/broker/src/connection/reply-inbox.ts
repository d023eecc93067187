import type { Msg } from '@nats-io/transport-node';
import { WabusError } from '@wabus/contracts';
import { isStorageRefusal, JETSTREAM_CODE } from '../errors/broker-error.mapper.js';
import type { NatsConnection } from './nats-connection.js';

/** How often the expiry of requests is checked per time limit: a request times out late by at most this fraction. */
const SWEEPS_PER_LIMIT = 8;

interface Waiting {
  /** Monotonic time in ms. */
  readonly since: number;
  readonly resolve: (reply: Msg) => void;
  readonly reject: (error: WabusError) => void;
}

/** The stream to which requests write. Their outcomes show whether the stream stores. */
export interface WriteTarget {
  readonly stream: string;
  /** The stream has a size limit of its own; a write refused because of it is not a disk fault. */
  readonly isBounded?: boolean;
}

/**
 * Sends requests over one subscription for all replies, for the paths that run for every message.
 * The request function of the client allocates two promises, a timer and an `Error` per request.
 */
export class ReplyInbox {
  private readonly subject: string;
  private readonly waiting = new Map<number, Waiting>();
  private sweeper: NodeJS.Timeout | null = null;
  private nextToken = 1;

  constructor(
    private readonly connection: NatsConnection,
    /** `null` for requests that write nothing. */
    private readonly target: WriteTarget | null
  ) {
    this.subject = connection.createInbox();
    connection.client.subscribe(`${this.subject}.*`, { callback: (error, message) => (error ? undefined : this.receive(message)) });
    // A request that was sent over a lost connection no longer gets a reply.
    connection.onChange(connected => void (connected ? undefined : this.giveUpBefore(Infinity)));
  }

  /**
   * Sends a message with a reply subject and resolves with the reply, whose data is empty if the subject has no subscriber.
   * Rejects with `BROKER_UNAVAILABLE` if no reply arrives within the connection's time limit or the connection is lost meanwhile: the message may still have
   * arrived.
   */
  request(send: (reply: string) => void): Promise<Msg> {
    return new Promise((resolve, reject) => {
      const token = this.nextToken++;
      this.waiting.set(token, { since: performance.now(), resolve, reject });
      this.sweeper ??= setInterval(() => this.sweep(), this.connection.requestTimeoutMs / SWEEPS_PER_LIMIT).unref();
      try {
        send(`${this.subject}.${token}`);
      } catch (error) {
        this.waiting.delete(token);
        reject(new WabusError('BROKER_UNAVAILABLE', { cause: error }));
      }
    });
  }

  private receive(message: Msg): void {
    const token = Number(message.subject.slice(this.subject.length + 1));
    const waiting = this.waiting.get(token);
    this.waiting.delete(token);
    if (!waiting) return;
    this.note(message);
    waiting.resolve(message);
  }

  private note(message: Msg): void {
    const { storing } = this.connection;
    // An empty reply means that the stream has no leader at the moment. It reveals nothing about the disk.
    if (this.target === null || message.data.length === 0) return;
    const refusal = storageRefusal(message, this.target);
    if (refusal === null) storing.stored(this.target.stream);
    else storing.failed(this.target.stream, refusal);
  }

  private sweep(): void {
    const givenUp = this.giveUpBefore(performance.now() - this.connection.requestTimeoutMs);
    if (givenUp > 0 && this.target !== null && this.connection.isConnected) this.connection.storing.failed(this.target.stream, null);
    if (this.waiting.size > 0 || !this.sweeper) return;
    clearInterval(this.sweeper);
    this.sweeper = null;
  }

  private giveUpBefore(since: number): number {
    let givenUp = 0;
    for (const [token, waiting] of this.waiting) {
      if (waiting.since > since) continue;
      this.waiting.delete(token);
      givenUp++;
      waiting.reject(new WabusError('BROKER_UNAVAILABLE', { message: 'NATS did not reply.' }));
    }
    return givenUp;
  }
}

/** Returns the server's reason for not storing; `null` if it stored, or refused the write because of its content. */
function storageRefusal(message: Msg, { isBounded = false }: WriteTarget): string | null {
  const text = message.string();
  // Almost all replies are acknowledgements: do not parse them twice.
  if (!text.includes('"error"')) return null;
  const { error } = JSON.parse(text) as { error?: { err_code: number; description: string } };
  if (error === undefined || (isBounded && error.err_code === JETSTREAM_CODE.storeFailed)) return null;
  return isStorageRefusal(error.err_code) ? error.description : null;
}
