import { WabusError } from '../errors/wabus.error.js';
import type { AnyEvent } from '../events/event-envelope.js';
import { callGuarded, printError } from '../link/listeners.js';
import { retryWaitMs } from '../link/reconnect.policy.js';
import { MemoryDeliveryStore, type DeliveryStore, type ReceivedDelivery } from './delivery.store.js';
import { lanesOf, type HandlingOrder } from './event-lanes.policy.js';
import { eventsOfBody, verifyWebhook, type WebhookRequest } from './webhook.signature.js';

const WAITS = { firstMs: 1_000, lastMs: 60_000 };
const RETRY_AFTER_SECONDS = '5';

/**
 * Handles an event. If it throws, it is called again later. It may also run again for the same event after a crash, so derive the idempotency keys of messages
 * that you send from `event.id`.
 */
export type WebhookHandler = (event: AnyEvent) => unknown;

/** The options of a receiver. */
export interface WebhookReceiverOptions {
  /** The secret of the webhook; several secrets while it is being replaced. */
  readonly secret: WebhookRequest['secret'];
  /** The handler of all events. */
  readonly handler: WebhookHandler;
  /**
   * The store for deliveries until they are handled. Default: in memory, where a crash loses the unfinished ones. With `FileDeliveryStore` from
   * `@wabus/sdk/node`, they survive a crash.
   */
  readonly store?: DeliveryStore;
  /** The unit whose events are handled one after another: `chat` (default), `session` or `none`. */
  readonly order?: HandlingOrder;
  /** The number of deliveries that are handled at a time. Default: 16. */
  readonly parallel?: number;
  /** The number of deliveries that may wait. Further ones are answered with 503, so that the server repeats them. Default: 1,000. */
  readonly maxWaiting?: number;
  /** The number of failures of the handler after which a delivery is given up. Default: 5. */
  readonly maxAttempts?: number;
  /** Called with each error of the handler; `gaveUp` is `true` after the last attempt. For an error of the store, `attempt` is 0. */
  readonly onError?: (error: unknown, failure: { readonly event: AnyEvent; readonly attempt: number; readonly gaveUp: boolean }) => unknown;
}

/** The response to a delivery. Its body is empty. */
export interface WebhookAnswer {
  /** 200: the delivery is stored or known. 401: its signature is invalid. 503: too many deliveries wait, or the receiver is closed. */
  readonly status: 200 | 401 | 503;
  /** The headers of the response, among them `retry-after` for 503. */
  readonly headers: Record<string, string>;
}

/**
 * Receives the deliveries of a webhook: it verifies the signature, stores the delivery, answers, and then calls the handler. So a slow handler does not cause
 * repeated deliveries.
 *
 * A delivery that was answered with 200 is handled at least once, provided that the store survives the process. Deliveries of one chat are handled in the order
 * of their arrival.
 */
export class WebhookReceiver {
  private readonly store: DeliveryStore;
  private readonly queue: ReceivedDelivery[] = [];
  private readonly working = new Map<ReceivedDelivery, Promise<void>>();
  /** The lanes of waiting and running deliveries. */
  private readonly lanes = new Map<ReceivedDelivery, readonly string[]>();
  private readonly adding = new Map<string, Promise<boolean>>();
  private readonly stop = new AbortController();
  private started: Promise<void> | undefined;

  constructor(private readonly options: WebhookReceiverOptions) {
    this.store = options.store ?? new MemoryDeliveryStore();
  }

  /** The number of deliveries that are stored and not finished. */
  get waiting(): number {
    return this.lanes.size;
  }

  /**
   * Continues with the unfinished deliveries in the store. `receive` does this too; call it so that this work does not wait for the next delivery. Rejects if
   * the store fails.
   */
  start(): Promise<void> {
    this.started ??= this.load().catch((error: unknown) => {
      // The next delivery tries again.
      this.started = undefined;
      throw error;
    });
    return this.started;
  }

  /**
   * Verifies and stores a delivery, and returns the response. Rejects if the store fails, and with `BAD_SIGNATURE` if the configured secret is malformed;
   * respond with 500 in both cases, so that the delivery is repeated.
   */
  async receive({ headers, body }: Pick<WebhookRequest, 'headers' | 'body'>): Promise<WebhookAnswer> {
    if (this.stop.signal.aborted) return answer(503);
    let verified;
    try {
      verified = await verifyWebhook({ secret: this.options.secret, headers, body });
    } catch (error) {
      if (error instanceof WabusError && error.code === 'BAD_SIGNATURE' && error.details?.['reason'] !== 'bad-secret') return answer(401);
      throw error;
    }
    await this.start();
    if (verified.events.length === 0) return answer(200);
    if (this.waiting + this.adding.size >= (this.options.maxWaiting ?? 1_000)) return answer(503);
    await this.add({ id: verified.id, body: textOf(body) });
    return answer(200);
  }

  /** Stops accepting deliveries, and resolves when the running handlers have settled. Waiting deliveries remain in the store. */
  async close(): Promise<void> {
    this.stop.abort();
    await Promise.allSettled(this.working.values());
  }

  private async load(): Promise<void> {
    const known = new Set([...this.lanes.keys()].map(({ id }) => id));
    for (const delivery of await this.store.unfinished()) if (!known.has(delivery.id)) this.enqueue(delivery);
  }

  /** Two concurrent attempts of a delivery are stored once, and both wait for it. */
  private async add(delivery: ReceivedDelivery): Promise<void> {
    const before = this.adding.get(delivery.id);
    if (before !== undefined) return void (await before);
    const added = Promise.resolve(this.store.add(delivery));
    this.adding.set(delivery.id, added);
    try {
      if (await added) this.enqueue(delivery);
    } finally {
      this.adding.delete(delivery.id);
    }
  }

  private enqueue(delivery: ReceivedDelivery): void {
    const lanes = eventsOfBody(delivery.body).flatMap(event => lanesOf(event, this.options.order ?? 'chat'));
    this.lanes.set(delivery, lanes);
    this.queue.push(delivery);
    this.work();
  }

  /** Starts all waiting deliveries that share no lane with an earlier one, up to the limit. */
  private work(): void {
    const busy = new Set([...this.working.keys()].flatMap(delivery => this.lanes.get(delivery) ?? []));
    for (const delivery of [...this.queue]) {
      if (this.stop.signal.aborted || this.working.size >= (this.options.parallel ?? 16)) return;
      const lanes = this.lanes.get(delivery) ?? [];
      if (!lanes.some(lane => busy.has(lane))) {
        this.queue.splice(this.queue.indexOf(delivery), 1);
        this.working.set(delivery, this.run(delivery));
      }
      for (const lane of lanes) busy.add(lane);
    }
  }

  private async run(delivery: ReceivedDelivery): Promise<void> {
    // The answer is sent first.
    await new Promise(resolve => setTimeout(resolve, 0));
    try {
      const events = eventsOfBody(delivery.body);
      let isDone = true;
      for (const event of events) {
        isDone = (await this.handle(event)) && isDone;
        // The next start repeats it.
        if (this.stop.signal.aborted && !isDone) return;
      }
      await (isDone ? this.store.finish(delivery.id) : this.store.giveUp(delivery));
    } catch (error) {
      // The store failed: it still has the delivery, so the next start repeats it.
      if (!this.stop.signal.aborted) this.report(error, delivery);
    } finally {
      this.working.delete(delivery);
      this.lanes.delete(delivery);
      this.work();
    }
  }

  /** Calls the handler until it succeeds, and returns `false` if it failed in all attempts. */
  private async handle(event: AnyEvent): Promise<boolean> {
    const { handler, onError, maxAttempts = 5 } = this.options;
    for (let attempt = 1; ; attempt++) {
      try {
        await handler(event);
        return true;
      } catch (error) {
        const gaveUp = attempt >= maxAttempts;
        if (onError) callGuarded(onError, [error, { event, attempt, gaveUp }], printError);
        if (gaveUp || !(await this.pause(retryWaitMs(attempt, Math.random(), WAITS)))) return false;
      }
    }
  }

  private report(error: unknown, { body }: ReceivedDelivery): void {
    const [event] = eventsOfBody(body);
    const { onError } = this.options;
    if (onError && event !== undefined) callGuarded(onError, [error, { event, attempt: 0, gaveUp: false }], printError);
  }

  /** Waits, and returns `false` if the receiver was closed in the meantime. */
  private pause(ms: number): Promise<boolean> {
    const { signal } = this.stop;
    return new Promise(resolve => {
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', onAbort);
        resolve(true);
      }, ms);
      const onAbort = (): void => {
        clearTimeout(timer);
        resolve(false);
      };
      if (signal.aborted) onAbort();
      else signal.addEventListener('abort', onAbort, { once: true });
    });
  }
}

function answer(status: WebhookAnswer['status']): WebhookAnswer {
  return { status, headers: { 'content-length': '0', ...(status === 503 ? { 'retry-after': RETRY_AFTER_SECONDS } : {}) } };
}

function textOf(body: WebhookRequest['body']): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body);
}
