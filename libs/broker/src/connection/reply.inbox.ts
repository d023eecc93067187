import type { Msg } from '@nats-io/transport-node';
import { WabusError } from '@wabus/contracts';
import type { NatsConnection } from './nats.connection.js';

/** Requests are given up so much too late, at most: a part of the limit. */
const SWEEPS_PER_LIMIT = 8;

interface Waiting {
  /** Monotonic, ms. */
  readonly since: number;
  readonly resolve: (reply: Msg) => void;
  readonly reject: (error: WabusError) => void;
}

/**
 * Requests over one subscription for all replies, for the paths that run with every message: the client's own request makes two promises, a timer and an `Error` for each.
 */
export class ReplyInbox {
  private readonly subject: string;
  private readonly waiting = new Map<number, Waiting>();
  private sweeper: NodeJS.Timeout | null = null;
  private nextToken = 1;

  constructor(private readonly connection: NatsConnection) {
    this.subject = connection.createInbox();
    connection.client.subscribe(`${this.subject}.*`, { callback: (error, message) => (error ? undefined : this.receive(message)) });
    // What was sent over a connection that is gone gets no reply any more.
    connection.onChange(connected => (connected ? undefined : this.giveUpBefore(Infinity)));
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
    waiting?.resolve(message);
  }

  private sweep(): void {
    this.giveUpBefore(performance.now() - this.connection.requestTimeoutMs);
    if (this.waiting.size > 0 || !this.sweeper) return;
    clearInterval(this.sweeper);
    this.sweeper = null;
  }

  private giveUpBefore(since: number): void {
    for (const [token, waiting] of this.waiting) {
      if (waiting.since > since) continue;
      this.waiting.delete(token);
      waiting.reject(new WabusError('BROKER_UNAVAILABLE', { message: 'NATS did not reply.' }));
    }
  }
}
