import { errors, type Msg, type NatsConnection as NatsClient, type Subscription } from '@nats-io/transport-node';

/** An inbox of one's own, read one message at a time with a time limit for each. */
export class MessageQueue {
  private readonly subscription: Subscription;
  private readonly messages: Msg[] = [];
  private waiter: { resolve: (message: Msg) => void; reject: (error: Error) => void; timer: NodeJS.Timeout } | null = null;

  constructor(
    client: NatsClient,
    readonly subject: string
  ) {
    this.subscription = client.subscribe(this.subject, { callback: (error, message) => (error ? this.fail(error) : this.push(message)) });
  }

  /** The next message. Throws `TimeoutError` when none comes in time. */
  async next(timeoutMs: number): Promise<Msg> {
    const message = this.messages.shift();
    if (message) return message;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.fail(new errors.TimeoutError()), timeoutMs);
      this.waiter = { resolve, reject, timer };
    });
  }

  /** All messages that are here, one at least. Throws `TimeoutError` when none comes in time. */
  async some(timeoutMs: number): Promise<Msg[]> {
    const first = await this.next(timeoutMs);
    return [first, ...this.messages.splice(0)];
  }

  close(): void {
    this.subscription.unsubscribe();
    this.fail(new errors.ClosedConnectionError());
  }

  private push(message: Msg): void {
    const waiter = this.takeWaiter();
    if (waiter) waiter.resolve(message);
    else this.messages.push(message);
  }

  private fail(error: Error): void {
    this.takeWaiter()?.reject(error);
  }

  private takeWaiter(): MessageQueue['waiter'] {
    const waiter = this.waiter;
    this.waiter = null;
    if (waiter) clearTimeout(waiter.timer);
    return waiter;
  }
}
