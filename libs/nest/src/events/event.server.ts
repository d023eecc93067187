import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import type { JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { EventEnvelope } from '@wabus/sdk/catalog';
import { isObservable, lastValueFrom } from 'rxjs';
import { WABUS_OPTIONS, type WabusConnectionOptions } from '../connection/connection.options.js';
import { handledIn } from '../connection/open-telemetry.adapter.js';
import { WabusConnection } from '../connection/wabus-connection.js';
import { DurableConsumer } from './durable.consumer.js';
import { EventLanes } from './event-lanes.state.js';
import { cursorAfter, readEventHeaders } from './event-facts.codec.js';
import { WabusEventContext } from './event.context.js';
import { HeldEvents, type HeldEvent, type Registration } from './held-events.state.js';
import { decisionIn, failureText } from './event.errors.js';
import { eventTerms, type EventTerms, type WabusEventOptions } from './event-server.options.js';
import { admits, consumerFilters, scopeOf, selects } from './pattern.policy.js';
import { isPoison, verdictAfter, type RetryTerms } from './retry.policy.js';
import { WABUS_TRANSPORT } from './wabus-event.decorator.js';

/** Redelivered events arrive together but unordered. They are sorted once no further one has arrived for this many milliseconds. */
const GATHER_MS = 150;
/** This process has no handler for the event, but a newer version of the service may have one. */
const NOT_MINE_MS = 5_000;
const NOT_MINE_TIMES = 100;
/** The number of extensions within the ack wait of a held event. */
const EXTENSIONS = 3;

/** The state of the connection, as emitted by the event `status`. */
export type WabusServerStatus = 'connected' | 'disconnected' | 'closed';

/** The events for `on`. */
export interface WabusServerEvents extends Record<string, (value: never) => void> {
  status: (status: WabusServerStatus) => void;
}

/** The options of the connection to NATS and of receiving events. */
export interface WabusOptions extends WabusConnectionOptions, WabusEventOptions {}

/**
 * A Nest transport strategy that passes events of Wabus from a durable JetStream consumer to methods with `@EventPattern`. An event is acknowledged when all of
 * its handlers have finished: their promises are awaited, and their observables are subscribed to until they complete. If a handler fails, after exception
 * filters, the event is handled again.
 */
@Injectable()
export class WabusEventServer extends Server<WabusServerEvents, WabusServerStatus> implements CustomTransportStrategy {
  override transportId = WABUS_TRANSPORT;
  /** Nest 12 reports handler failures that nobody observes. Here they determine whether to repeat the event. */
  override readonly propagatesEventHandlerErrors = true;
  protected override readonly logger = new Logger('WabusEventServer');
  private readonly terms: EventTerms;
  private readonly registrations: Registration[] = [];
  private readonly connection: WabusConnection;
  private readonly ownsConnection: boolean;
  private readonly lanes: EventLanes<HeldEvent>;
  private readonly held = new HeldEvents();
  /** Redelivered events that wait to be sorted. */
  private returning: HeldEvent[] = [];
  private gathering: NodeJS.Timeout | undefined;
  private running = 0;
  /** The number of events returned to NATS since the server began to close. */
  private returned = 0;
  private consumer: DurableConsumer | null = null;
  private created: string | null = null;
  private extender: NodeJS.Timeout | undefined;
  private filters: readonly string[] = [];
  private closing: Promise<void> | null = null;
  private idle: () => void = () => undefined;

  /**
   * @param options the options of events, and of the connection unless `connection` is given
   * @param connection a connection to share
   */
  constructor(@Inject(WABUS_OPTIONS) options: WabusOptions, @Optional() connection?: WabusConnection) {
    super();
    this.connection = connection ?? new WabusConnection(options);
    this.ownsConnection = connection === undefined;
    this.terms = eventTerms(options, options.user);
    this.lanes = new EventLanes(this.terms.order);
  }

  /** Message handlers are ignored, because events have no reply: other transports serve them. */
  override addHandler(pattern: unknown, callback: MessageHandler, isEventHandler = false, extras: Record<string, unknown> = {}): void {
    if (!isEventHandler) return;
    // Nest's own chain of handlers is not used, because it stops waiting for the others when one fails.
    this.registrations.push({ ...scopeOf(pattern, extras), handler: callback as Registration['handler'] });
    super.addHandler(`${this.registrations.length}`, callback, isEventHandler, extras);
  }

  listen(ready: (error?: unknown) => void): void {
    this.start().then(
      () => ready(),
      (error: unknown) => void this.close().finally(() => ready(error))
    );
  }

  /**
   * Stops receiving events, waits at most `closeTimeoutMs` for running handlers, and returns all events that no handler has begun to NATS, which delivers them
   * to the next process at once.
   */
  close(): Promise<void> {
    this.closing ??= this.finish();
    return this.closing;
  }

  on<Key extends keyof WabusServerEvents>(_event: Key, callback: WabusServerEvents[Key]): void {
    this.status.subscribe(callback as (status: WabusServerStatus) => void);
  }

  /** Returns the connection to NATS. */
  unwrap<T>(): T {
    return this.connection.current as T;
  }

  private get retryTerms(): RetryTerms {
    const { maxDeliveries, retryFirstMs: firstMs, retryLastMs: lastMs } = this.terms;
    return { maxDeliveries, firstMs, lastMs };
  }

  private async start(): Promise<void> {
    if (this.registrations.length === 0) {
      this.logger.warn('no handler is registered, so no events are received');
      return;
    }
    const client = await this.connection.open();
    void this.watch(client);
    this.filters = consumerFilters(this.registrations);
    this.consumer = new DurableConsumer(client, this.terms, this.filters, {
      received: message => this.receive(message),
      replaced: () => this.returnWaiting(),
      renewed: () => this.renew(),
      warn: message => this.logger.warn(message)
    });
    await this.consumer.ensure();
    this.created = await this.consumer.logCreated();
    this.extender = setInterval(() => this.extend(), this.terms.ackWaitMs / EXTENSIONS);
    await this.consumer.start(() => 2 * this.terms.concurrency - this.lanes.size);
    this._status$.next('connected');
  }

  private async watch(client: NatsConnection): Promise<void> {
    for await (const { type } of client.status()) {
      if (type === 'disconnect') this._status$.next('disconnected');
      else if (type === 'reconnect') this._status$.next('connected');
    }
    this._status$.next('closed');
  }

  private receive(message: JsMsg): void {
    const record = readEventHeaders(name => message.headers?.get(name) || undefined);
    if (record === null) return message.term('not an event');
    const known = this.held.of(record);
    if (known !== undefined) {
      // It was delivered again while it is being handled, because the connection was lost for too long.
      known.message = message;
      known.isOrphan = false;
      return;
    }
    if (this.held.isFinished(record)) return message.ack();
    if (this.closing !== null) return this.giveBack(message);
    const handlers = this.registrations.filter(one => admits(one, record));
    if (handlers.length === 0) return this.pass(message);
    const item = this.held.add(message, record, handlers);
    if (message.info.deliveryCount > 1 && this.terms.order !== 'none') this.gather(item);
    else {
      // All redelivered events have arrived before the first new one.
      this.ungather();
      this.lanes.add(item);
      this.proceed();
    }
  }

  /** Handles an event without a handler: the filter of the consumer is wider than the handlers, or comes from another version of the service. */
  private pass(message: JsMsg): void {
    const isOurs = this.filters.some(filter => selects(filter, message.subject));
    if (isOurs || message.info.deliveryCount > NOT_MINE_TIMES) message.ack();
    else message.nak(NOT_MINE_MS);
  }

  private gather(item: HeldEvent): void {
    this.returning.push(item);
    clearTimeout(this.gathering);
    this.gathering = setTimeout(() => {
      this.ungather();
      this.proceed();
    }, GATHER_MS);
  }

  private ungather(): void {
    if (this.returning.length === 0) return;
    clearTimeout(this.gathering);
    for (const item of this.returning) this.lanes.add(item);
    this.returning = [];
  }

  private proceed(): void {
    while (this.running < this.terms.concurrency && this.closing === null) {
      const item = this.lanes.take();
      if (item === null) return;
      void this.handle(item);
    }
  }

  /** Never rejects. */
  private async handle(item: HeldEvent): Promise<void> {
    this.running++;
    item.retry = undefined;
    const attempt = item.message.info.deliveryCount + item.failures;
    try {
      const context = this.contextOf(item, attempt);
      if (context === null) this.settle(item, () => item.message.term('not JSON'));
      else if (isPoison(attempt, this.retryTerms)) await this.giveUp(item, context, null);
      else await this.attempt(item, context);
    } finally {
      this.running--;
      if (this.running === 0) this.idle();
      this.proceed();
      this.consumer?.proceed();
    }
  }

  private async attempt(item: HeldEvent, context: WabusEventContext): Promise<void> {
    try {
      await handledIn(this.connection.options.openTelemetry, context, item.message, () => this.dispatch(item, context));
      this.settle(item, () => item.message.ack());
    } catch (error) {
      const verdict = verdictAfter(context.attempt, decisionIn(error), this.retryTerms, Math.random());
      if (verdict.kind === 'dead') await this.giveUp(item, context, error);
      else this.repeat(item, verdict.inMs, error);
    }
  }

  /** Runs all handlers of the event concurrently. Rejects with the first error once all have finished. */
  private dispatch(item: HeldEvent, context: WabusEventContext): Promise<void> {
    return new Promise((resolve, reject) => {
      const work = async (): Promise<void> => {
        const outcomes = await Promise.allSettled(item.handlers.map(({ handler }) => run(handler, context)));
        this.onProcessingEndHook?.(this.transportId, context);
        const failed = outcomes.find(outcome => outcome.status === 'rejected');
        if (failed === undefined) resolve();
        // Nest's filters reject with plain objects.
        else reject(failed.reason as Error);
      };
      this.onProcessingStartHook(this.transportId, context, work);
    });
  }

  private contextOf({ message, record }: HeldEvent, attempt: number): WabusEventContext | null {
    const { id, session, event, at, epoch, schemaVersion, chats } = record;
    const cursor = this.created === null ? '' : cursorAfter(this.created, message.seq);
    try {
      const envelope = { id, session, event, cursor, at, epoch, schemaVersion, data: message.json() } as EventEnvelope;
      return new WabusEventContext(envelope, message.subject, attempt, chats);
    } catch {
      this.logger.error({ message: 'event body is not json', id, session });
      return null;
    }
  }

  private repeat(item: HeldEvent, inMs: number, error: unknown): void {
    const { id, session, event } = item.record;
    this.logger.warn({ message: 'failed to handle an event, retrying', id, session, event, inMs, reason: failureText(error) });
    // An event that the log may no longer have must stay here.
    if (this.closing !== null || (this.terms.order === 'none' && !item.isOrphan)) {
      this.forget(item);
      if (!item.isOrphan) this.giveBack(item.message, this.closing === null ? inMs : undefined);
      return;
    }
    // The event stays here, so that the later events of its chat wait for it.
    item.failures++;
    item.retry = setTimeout(() => void this.handle(item), inMs);
  }

  private async giveUp(item: HeldEvent, context: WabusEventContext, error: unknown): Promise<void> {
    const { id, session, event, at } = item.record;
    const reason = error === null ? 'the process ended during every attempt' : failureText(error);
    const { deadLetter, retryLastMs } = this.terms;
    try {
      if (deadLetter === undefined)
        this.logger.error({ message: 'giving up on an event', id, session, event, at, attempts: context.attempt, reason });
      else await deadLetter({ context, error, reason });
      this.settle(item, () => item.message.term(reason));
    } catch (failure) {
      this.repeat(item, retryLastMs, failure);
    }
  }

  private settle(item: HeldEvent, answer: () => void): void {
    this.forget(item);
    this.held.finish(item);
    if (!item.isOrphan) answer();
  }

  private forget(item: HeldEvent): void {
    this.held.remove(item);
    this.lanes.remove(item);
  }

  /** Returns all events that no handler has begun to NATS. */
  private returnWaiting(): void {
    this.ungather();
    const repeating = [...this.held.values()].filter(({ retry }) => retry !== undefined);
    for (const item of [...repeating, ...this.lanes.removeWaiting()]) {
      this.forget(item);
      if (!item.isOrphan) this.giveBack(item.message);
    }
  }

  private giveBack(message: JsMsg, inMs?: number): void {
    this.returned++;
    message.nak(inMs);
  }

  private extend(): void {
    if (this.connection.current === null) return;
    void this.consumer?.note();
    for (const { message, isOrphan } of this.held.values()) if (!isOrphan) message.working();
  }

  private async renew(): Promise<void> {
    this.held.renew();
    this.created = null;
    this.created = (await this.consumer?.logCreated()) ?? null;
  }

  private async finish(): Promise<void> {
    this.returned = 0;
    await this.consumer?.stop();
    this.returnWaiting();
    await this.awaitHandlers();
    clearInterval(this.extender);
    const client = this.connection.current;
    await client?.flush().catch(() => undefined);
    // If handlers are still running, NATS delivers their events to the next process first, as after a crash.
    if (this.running === 0) await this.consumer?.release(this.returned);
    if (this.ownsConnection) await this.connection.close();
  }

  private async awaitHandlers(): Promise<void> {
    if (this.running === 0) return;
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      new Promise<void>(resolve => (this.idle = resolve)),
      new Promise<void>(resolve => (timer = setTimeout(resolve, this.terms.closeTimeoutMs)))
    ]);
    clearTimeout(timer);
    if (this.running > 0) this.logger.warn({ message: 'handlers did not finish in time', running: this.running });
  }
}

async function run(handler: Registration['handler'], context: WabusEventContext): Promise<void> {
  const result: unknown = await handler(context.data, context);
  if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
}
