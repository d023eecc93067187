import type { CursorKeeper } from '../cursors/cursor-keeper.js';
import type { EventPayloads } from '../generated/event.catalog.js';
import type { AnyEvent, EventEnvelope, EventPattern, EventsOf } from './event-envelope.js';
import { fitsPattern } from './event-pattern.policy.js';
import type { EventStream } from './event.feed.js';

/** Receives the payload of an event, and the event with its metadata. A returned promise is awaited before the next event. */
export type EventHandler<Pattern extends EventPattern> = (
  data: EventPayloads[EventsOf<Pattern>],
  event: AnyEvent<EventsOf<Pattern>>
) => unknown;

type AnyHandler = (data: unknown, event: EventEnvelope) => unknown;

/** The feed that supplies the handlers, once it exists. */
export interface HandlerFeed {
  readonly feed: EventStream;
  readonly keeper: CursorKeeper | null;
}

/**
 * The handlers of events, by pattern. Events are handled one after another, in the order of the log. All matching handlers run concurrently; then the position
 * is saved. If a handler fails, the error is reported, and the event counts as handled.
 */
export class EventHandlers {
  private readonly handlers = new Map<EventPattern, Set<AnyHandler>>();
  private opened: Promise<HandlerFeed> | null = null;
  private isClosed = false;
  private hasChanged = false;

  constructor(
    private readonly open: (events: readonly EventPattern[]) => Promise<HandlerFeed>,
    private readonly failed: (error: unknown) => void
  ) {}

  /** Adds a handler and returns a function that removes it. */
  add<Pattern extends EventPattern>(pattern: Pattern, handler: EventHandler<Pattern>): () => void {
    const handlers = this.handlers.get(pattern) ?? new Set();
    handlers.add(handler as AnyHandler);
    this.handlers.set(pattern, handlers);
    this.change();
    return () => this.remove(pattern, handler);
  }

  remove<Pattern extends EventPattern>(pattern: Pattern, handler: EventHandler<Pattern>): void {
    const handlers = this.handlers.get(pattern);
    if (!handlers?.delete(handler as AnyHandler) || handlers.size > 0) return;
    this.handlers.delete(pattern);
    this.change();
  }

  /** Resolves when the handlers added so far receive events, or have been refused. */
  async active(): Promise<void> {
    // Handlers that were just added are subscribed in a microtask.
    await Promise.resolve();
    const opened = await this.opened?.catch(() => null);
    await opened?.feed.started;
  }

  /** Stops after the current event, and resolves when its position is saved. */
  async close(): Promise<void> {
    this.isClosed = true;
    const opened = await this.opened?.catch(() => null);
    opened?.feed.close();
    await opened?.keeper?.flush();
  }

  /** Handlers that are added at the same time are subscribed in one request. */
  private change(): void {
    if (this.hasChanged || this.isClosed) return;
    this.hasChanged = true;
    queueMicrotask(() => void this.apply());
  }

  private async apply(): Promise<void> {
    this.hasChanged = false;
    const events = [...this.handlers.keys()];
    if (this.isClosed) return;
    try {
      if (this.opened !== null) return void (await this.opened).feed.change([...this.handlers.keys()]);
      if (events.length === 0) return;
      this.opened = this.open(events);
      await this.run(await this.opened);
    } catch (error) {
      this.failed(error);
    }
  }

  private async run({ feed, keeper }: HandlerFeed): Promise<void> {
    for (let event = await feed.next(); event !== null && !this.isClosed; event = await feed.next()) {
      await this.handle(event);
      keeper?.advance(event.cursor);
    }
  }

  private async handle(event: AnyEvent): Promise<void> {
    const handlers = [...this.handlers].filter(([pattern]) => fitsPattern(pattern, event.event)).flatMap(([, set]) => [...set]);
    const outcomes = await Promise.allSettled(handlers.map(async handler => handler(event.data, event as EventEnvelope)));
    for (const outcome of outcomes) if (outcome.status === 'rejected') this.failed(outcome.reason);
  }
}
