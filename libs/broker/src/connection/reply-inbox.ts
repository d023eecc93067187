import type { Msg } from '@nats-io/transport-node';
import { WabusError } from '@wabus/contracts';
import { isStorageRefusal, JETSTREAM_CODE } from '../errors/broker-error.mapper.js';
import type { NatsConnection } from './nats-connection.js';

/** Requests are given up this much too late, at most: a part of the limit. */
const SWEEPS_PER_LIMIT = 8;

interface Waiting {
  /** Monotonic, ms. */
  readonly since: number;
  readonly resolve: (reply: Msg) => void;
  readonly reject: (error: WabusError) => void;
}

/** Where requests write: their outcome shows whether it stores. */
export interface WriteTarget {
  readonly stream: string;
  /** It refuses what exceeds a limit of its own, which is no fault of the disk. */
  readonly isBounded?: boolean;
}

/**
 * Requests over one subscription for all replies, for the paths that run with every message: the client's own request makes two promises, a timer and an `Error` for each.
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
    // What was sent over a connection that is gone gets no reply any more.
    connection.onChange(connected => void (connected ? undefined : this.giveUpBefore(Infinity)));
  }

  /**
   * Sends with a reply subject and settles with the reply, which is without content when nobody listens. Rejects with `BROKER_UNAVAILABLE` when none came within the
   * connection's time limit, or the connection was lost meanwhile: then the message may have arrived.
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
    // Without content: the stream has no leader now, which says nothing about its disk.
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

/** Why the server could not store, in its own words; `null` when it stored, or refused for what the write itself said. */
function storageRefusal(message: Msg, { isBounded = false }: WriteTarget): string | null {
  const text = message.string();
  // Nearly all are acknowledgements: no parsing twice.
  if (!text.includes('"error"')) return null;
  const { error } = JSON.parse(text) as { error?: { err_code: number; description: string } };
  if (error === undefined || (isBounded && error.err_code === JETSTREAM_CODE.storeFailed)) return null;
  return isStorageRefusal(error.err_code) ? error.description : null;
}
