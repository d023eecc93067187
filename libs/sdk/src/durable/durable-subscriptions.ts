import type { EventName } from '../generated/event.catalog.js';
import type { DurableSubscribeOutcome, SubscriptionRecord } from '../generated/payload.catalog.js';
import { WabusError } from '../errors/wabus.error.js';
import type { EventEnvelope, EventPattern, EventsOf } from '../events/event-envelope.js';
import type { EdgeLink } from '../link/edge-link.js';
import { retryWaitMs } from '../link/reconnect.policy.js';

const ACK_WAIT_MS = 20_000;

/** The terms of a durable subscription: what it delivers, and how it retries. Optional if the subscription exists. */
export interface DurableTerms<Pattern extends EventPattern = EventPattern> {
  /** The names of events, `*`, or prefixes such as `messages.*`. Required if the subscription is new. */
  readonly events?: readonly Pattern[];
  /** The sessions. Default: all that the token permits. */
  readonly sessions?: readonly string[];
  /** The position at which a new subscription begins: a cursor, or a time (ISO text). Default: now. */
  readonly since?: string;
  /** The time that the handler has for a delivery, in ms: 500 to 3,600,000, default 30,000. After that, the event is delivered again, to any client. */
  readonly ackWaitMs?: number;
  /** The number of deliveries that this client handles at a time: 1 to 1,000, default 16. With 1, the order is kept over all clients. */
  readonly maxInFlight?: number;
  /** The number of deliveries without an acknowledgment after which an event becomes a dead letter: 1 to 100, default 5. */
  readonly maxDeliveries?: number;
  /**
   * Whether to change the terms of an existing subscription, for all clients. Without it, a request with different terms is refused with
   * `SUBSCRIPTION_DIFFERS`.
   */
  readonly update?: boolean;
}

/** An event of a durable subscription. */
export type Delivery<Name extends EventName = EventName> = {
  [N in Name]: EventEnvelope<N> & {
    /** The name of the subscription. */
    subscription: string;
    /** The number of the delivery: 1 for the first. */
    attempt: number;
  };
}[Name];

/**
 * Handles a delivery. The delivery is acknowledged when the returned promise resolves, and refused if the handler throws. The server repeats a refused
 * delivery.
 */
export type DeliveryHandler<Pattern extends EventPattern = EventPattern> = (delivery: Delivery<EventsOf<Pattern>>) => unknown;

/** The error to throw in a handler to choose when the delivery is repeated. The client does not report it to `onError`. */
export class RetryDelivery extends Error {
  override readonly name = 'RetryDelivery';

  constructor(
    /** The delay before the repetition in ms; the server limits it to `ackWaitMs`. */
    readonly retryInMs: number,
    reason = 'to be delivered again'
  ) {
    super(reason);
  }
}

/** The membership of this client in a durable subscription. */
export interface DurableSubscription {
  /** The name of the subscription. */
  readonly name: string;
  /** The subscription as stored on the server. */
  readonly record: SubscriptionRecord;
  /** Leaves the subscription, which continues without this client. Deliveries in progress are still acknowledged. */
  leave(): Promise<void>;
}

interface Part {
  readonly handler: DeliveryHandler;
  /** Whether the server has granted the first request. */
  isJoined: boolean;
}

type Acknowledge = (answer?: unknown) => void;

/** The durable subscriptions of a client. It joins them again after each lost connection. */
export class DurableClient {
  private readonly parts = new Map<string, Part>();
  private attempts = 0;

  constructor(
    private readonly link: EdgeLink,
    private readonly failed: (error: unknown) => void
  ) {
    link.socket.on('delivery', (delivery: Delivery, acknowledge: Acknowledge) => void this.handle(delivery, acknowledge));
    link.connected.add(() => this.rejoin());
  }

  /**
   * Joins a subscription, or creates it. Rejects with the server's error, with `UNREACHABLE` if there is no connection within 20 s, with `TIMEOUT` if no answer
   * arrives within that time, and with `INVALID_REQUEST` if this client has already joined it.
   */
  async join(name: string, terms: DurableTerms, handler: DeliveryHandler): Promise<DurableSubscription> {
    if (this.parts.has(name)) {
      throw new WabusError('INVALID_REQUEST', { message: `This client has already joined "${name}".`, details: { field: 'durable' } });
    }
    const part: Part = { handler, isJoined: false };
    // Deliveries may arrive before the answer.
    this.parts.set(name, part);
    try {
      const record = await this.ask({ ...terms, durable: name });
      part.isJoined = true;
      return { name, record, leave: () => this.leave(name) };
    } catch (error) {
      this.parts.delete(name);
      throw error;
    }
  }

  private async leave(name: string): Promise<void> {
    if (!this.parts.delete(name) || !this.link.isConnected) return;
    await new Promise<void>(resolve =>
      this.link.ask({ event: 'unsubscribe', data: { durable: name }, waitMs: ACK_WAIT_MS }, () => resolve())
    );
  }

  private async ask(request: object): Promise<SubscriptionRecord> {
    const deadlineAt = performance.now() + ACK_WAIT_MS;
    this.link.open();
    for (;;) {
      const remainingMs = Math.max(0, deadlineAt - performance.now());
      await this.link.awaitConnection(remainingMs);
      const answer = await new Promise<DurableSubscribeOutcome | null>((resolve, reject) => {
        this.link.ask({ event: 'subscribe', data: request, waitMs: remainingMs }, (outcome, none) => {
          if (none === 'expired') reject(new WabusError('TIMEOUT'));
          else resolve(none === null ? (outcome as DurableSubscribeOutcome) : null);
        });
      });
      // The connection was lost: repeat the request on the next one.
      if (answer === null) continue;
      if (!answer.ok) throw WabusError.fromBody(answer.error);
      return answer.subscription;
    }
  }

  private rejoin(): void {
    for (const [name, part] of this.parts) if (part.isJoined) this.rejoinOne(name, part);
  }

  /** Joins by name alone, because other clients may have changed the terms since. */
  private rejoinOne(name: string, part: Part): void {
    this.link.ask({ event: 'subscribe', data: { durable: name }, waitMs: ACK_WAIT_MS }, (answer, none) => {
      if (none === 'disconnected' || this.parts.get(name) !== part) return;
      const outcome = answer as DurableSubscribeOutcome | undefined;
      if (outcome?.ok) return void (this.attempts = 0);
      const error = outcome ? WabusError.fromBody(outcome.error) : new WabusError('TIMEOUT');
      this.failed(error);
      if (!error.retryable) return void this.parts.delete(name);
      setTimeout(() => this.link.isConnected && this.rejoinOne(name, part), retryWaitMs(++this.attempts, Math.random()));
    });
  }

  private async handle(delivery: Delivery, acknowledge: Acknowledge): Promise<void> {
    const part = this.parts.get(delivery.subscription);
    // The user has subscribed through the socket.
    if (part === undefined) return;
    try {
      await part.handler(delivery);
      acknowledge();
    } catch (error) {
      const retryInMs = error instanceof RetryDelivery ? error.retryInMs : undefined;
      acknowledge({
        ok: false,
        error: error instanceof Error ? error.message : String(error),
        ...(retryInMs === undefined ? {} : { retryInMs })
      });
      if (retryInMs === undefined) this.failed(error);
    }
  }
}
