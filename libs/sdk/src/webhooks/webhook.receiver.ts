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
 * Handles an event. It may run again for the same event, after a failure or a crash: derive idempotency keys of what you send from `event.id`.
 * If it throws, it runs again later.
 */
export type WebhookHandler = (event: AnyEvent) => unknown;

/** What a receiver needs. */
export interface WebhookReceiverOptions {
  /** The secret of the webhook; several while it is being replaced. */
  readonly secret: WebhookRequest['secret'];
  readonly handler: WebhookHandler;
  /** Stores deliveries until they are handled. In memory if missing: a crash then loses those that wait. `FileDeliveryStore` of `@wabus/sdk/node` survives it. */
  readonly store?: DeliveryStore;
  /** What is handled one after the other: the events of a chat (default), of a session, or none. */
  readonly order?: HandlingOrder;
  /** Deliveries in work at a time: default 16. */
  readonly parallel?: number;
  /** Deliveries that may wait. Others are answered with 503, and come again: default 1,000. */
  readonly maxWaiting?: number;
  /** Failures of the handler after which a delivery is given up: default 5. */
  readonly maxAttempts?: number;
  /** Receives each error of the handler; `gaveUp` after the last attempt. */
  readonly onError?: (error: unknown, failure: { readonly event: AnyEvent; readonly attempt: number; readonly gaveUp: boolean }) => unknown;
}

/** What to answer a delivery with; the body is empty. */
export interface WebhookAnswer {
  /** 200 stored or known, 401 invalid signature, 503 full or closed. */
  readonly status: 200 | 401 | 503;
  readonly headers: Record<string, string>;
}

/**
 * Receives the deliveries of a webhook: checks the signature, stores the delivery, answers, and then works. A slow handler causes no repetition.
 *
 * A delivery that was answered with 200 is handled at least once, if the store survives the process. Deliveries of one chat are handled in the order in which they arrived.
 */
export class WebhookReceiver {
  private readonly store: DeliveryStore;
  private readonly queue: ReceivedDelivery[] = [];
  private readonly working = new Map<ReceivedDelivery, Promise<void>>();
  /** The lanes of deliveries in the queue and in work. */
  private readonly lanes = new Map<ReceivedDelivery, readonly string[]>();
  private readonly adding = new Map<string, Promise<boolean>>();
  private readonly stop = new AbortController();
  private started: Promise<void> | undefined;

  constructor(private readonly options: WebhookReceiverOptions) {
    this.store = options.store ?? new MemoryDeliveryStore();
  }

  /** Deliveries that are stored and not finished. */
  get waiting(): number {
    return this.lanes.size;
  }

  /** Starts with what the store has from before. `receive` does it too; call it so that this work begins before the next delivery. */
  start(): Promise<void> {
    this.started ??= this.load().catch((error: unknown) => {
      // The next delivery tries again.
      this.started = undefined;
      throw error;
    });
    return this.started;
  }

  /** Checks and stores a delivery. Rejects if the store fails: answer 500 then, and the delivery comes again. */
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

  /** Accepts nothing more, and resolves when the handlers that run have settled. What waits stays in the store. */
  async close(): Promise<void> {
    this.stop.abort();
    await Promise.allSettled(this.working.values());
  }

  private async load(): Promise<void> {
    const known = new Set([...this.lanes.keys()].map(({ id }) => id));
    for (const delivery of await this.store.unfinished()) if (!known.has(delivery.id)) this.enqueue(delivery);
  }

  /** Two attempts of a delivery at once are stored once, and both wait for it. */
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

  /** Begins what may begin: a delivery whose lanes are not those of an earlier one. */
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
    // The answer goes out first.
    await new Promise(resolve => setTimeout(resolve, 0));
    try {
      const events = eventsOfBody(delivery.body);
      let isDone = true;
      for (const event of events) {
        isDone = (await this.handle(event)) && isDone;
        // With the next start.
        if (this.stop.signal.aborted && !isDone) return;
      }
      await (isDone ? this.store.finish(delivery.id) : this.store.giveUp(delivery));
    } catch (error) {
      // Of the store: the delivery is still in it, and comes again with the next start.
      if (!this.stop.signal.aborted) this.report(error, delivery);
    } finally {
      this.working.delete(delivery);
      this.lanes.delete(delivery);
      this.work();
    }
  }

  /** Whether the handler succeeded, after as many attempts as it takes. */
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

  /** Whether the time has passed; `false` if the receiver was closed. */
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
