import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import {
  EventLog,
  type EventFilter,
  type LoggedEventPage,
  type LiveFeed,
  type LoggedEvent,
  type LogPlace,
  type LogPosition,
  type ServedInterest
} from '@wabus/broker';
import { WabusError } from '@wabus/contracts';
import { Log, MetricsRegistry, type Counter, type Logger } from '@wabus/runtime';
import { Erasures } from '../erasure/erasures.registry.js';
import { RecentWindow, type WindowLimits } from './recent-window.state.js';

const PAGE = { maxEvents: 1_000, maxBytes: 512 * 1024 };
/** Memory that an event takes in addition to its body. */
const FACTS_BYTES = 600;

interface RecentEvent {
  readonly event: LoggedEvent;
  readonly sequence: number;
  readonly bytes: number;
}

/** Must return at once. An error that it throws is logged and does not affect other listeners. */
export type EventListener = (event: LoggedEvent) => void;

/** The limits of the newest events that stay in memory. */
export class EventsInSettings {
  constructor(readonly window: WindowLimits) {}
}

/**
 * The events of this edge: live events, each once and in log order, and past events from memory or from the log. There is one live feed for
 * the whole process. NATS delivers only events that someone subscribed to, and every listener receives the events of all subscriptions. The
 * feed survives restarts of the broker (see `EventLog.follow`).
 */
@Injectable()
export class EventsIn implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger: Logger;
  private readonly received: Counter<'event'>;
  private readonly listeners = new Set<EventListener>();
  private readonly window: RecentWindow<RecentEvent>;
  private feed: LiveFeed | null = null;

  constructor(
    private readonly log: EventLog,
    settings: EventsInSettings,
    erasures: Erasures,
    logs: Log,
    metrics: MetricsRegistry
  ) {
    this.logger = logs.for('events-in');
    this.received = metrics.counter({ name: 'wabus_edge_events_total', help: 'Events received from the log.', labels: ['event'] });
    this.window = new RecentWindow(settings.window);
    erasures.onGone((session, epoch) => this.window.remove(({ event: { facts } }) => facts.session === session && facts.epoch <= epoch));
  }

  async onModuleInit(): Promise<void> {
    this.feed = await this.log.follow(this.emit.bind(this), null);
    this.window.reset(this.feed.sequence);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.feed?.stop();
  }

  /** The position up to which listeners have received all subscribed events. Throws `BROKER_UNAVAILABLE` before the feed is open. */
  get position(): LogPosition {
    const { sequence, cursor } = this.openFeed;
    return { sequence, cursor };
  }

  /** Resolves once listeners receive every event of the filter stored after `from`. */
  async subscribe(filter: EventFilter): Promise<ServedInterest> {
    return this.openFeed.subscribe(filter);
  }

  /** Calls the listener for every event from now on, until the returned function is called. */
  listen(listener: EventListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Returns the place of a cursor or an ISO time. Throws `INVALID_REQUEST` like `EventLog.locate`. */
  locate(since: string): Promise<LogPlace> {
    return this.log.locate(since);
  }

  /**
   * Returns the next events after a sequence from memory: about `maxBytes`, at least one event. `upTo` is the live position unless the page is full. Returns
   * `null` if memory does not reach back to `after`, or if `after` lies before `completeFrom`, where the reader's subscription started.
   */
  recent(after: number, completeFrom: number, maxBytes: number = PAGE.maxBytes): LoggedEventPage | null {
    const found = after < completeFrom ? null : this.window.after(after, { maxEvents: PAGE.maxEvents, maxBytes });
    if (found === null) return null;
    const last = found.at(-1);
    const isFull = last !== undefined && last.sequence < this.window.newest;
    return { events: found.map(({ event }) => event), upTo: isFull ? last.event : this.position, truncated: false };
  }

  /**
   * Returns the next events after a sequence from the log: about `maxBytes`, at least one event. Concurrent reads are queued. Throws `BROKER_UNAVAILABLE`.
   */
  read(after: number, filter: EventFilter, maxBytes: number = PAGE.maxBytes): Promise<LoggedEventPage> {
    return this.log.page(after, filter, { ...PAGE, maxBytes: Math.min(maxBytes, PAGE.maxBytes) });
  }

  private get openFeed(): LiveFeed {
    if (this.feed === null) throw new WabusError('BROKER_UNAVAILABLE');
    return this.feed;
  }

  private emit(event: LoggedEvent): void {
    this.received.inc({ event: event.facts.event });
    this.remember(event);
    for (const listener of this.listeners) {
      try {
        listener(event);
      } catch (err) {
        this.logger.error({ err, session: event.facts.session, event: event.facts.event }, 'listener failed');
      }
    }
  }

  /** An event that is not the newest arrived late or belongs to another log. Readers then get everything before the live position from the log. */
  private remember(event: LoggedEvent): void {
    if (event.sequence <= this.window.newest) this.window.reset(this.position.sequence);
    else this.window.add({ event, sequence: event.sequence, bytes: event.body.length * 2 + FACTS_BYTES });
  }
}
