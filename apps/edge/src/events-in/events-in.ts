import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { EventLog, type LiveFeed, type LoggedEvent } from '@wabus/broker';
import { WabusError, type Cursor, type EventFacts, type EventName, type SessionId } from '@wabus/contracts';
import { Log, MetricsRegistry, type Counter, type Logger } from '@wabus/runtime';
import { Erasures } from '../erasure/erasures.registry.js';
import { RecentWindow } from './recent-window.state.js';

/** An event that was just stored, its payload still as the JSON text that came from the log. */
export interface LiveEvent {
  readonly facts: EventFacts;
  /** JSON text of the payload. */
  readonly body: string;
  /** Its place in the log: grows with every event, with gaps. */
  readonly sequence: number;
  /** Position right after this event. */
  readonly cursor: Cursor;
}

/** Must return at once; what it throws is logged and harms no other listener. */
export type LiveEventListener = (event: LiveEvent) => void;

/** Which events somebody in this process wants to hear. */
export interface Interest {
  readonly sessions: '*' | readonly SessionId[];
  readonly events: readonly EventName[];
}

/** A position in the log. */
export interface Position {
  readonly sequence: number;
  readonly cursor: Cursor;
}

/** An interest that is being served. */
export interface Wanted {
  /** Everything of the interest that is stored after it is heard. */
  readonly from: Position;
  /** Ends the interest. */
  release(): void;
}

/**
 * The live events of this edge, each one once and in the order of the log, for anyone in this process who listens. Only what somebody wants is fetched
 * from NATS, and every listener hears what any of them wants.
 */
export abstract class LiveEvents {
  /** Everything that is wanted and stored up to here was handed to the listeners. */
  abstract get position(): Position;
  /** Settles when the interest is served. */
  abstract want(interest: Interest): Promise<Wanted>;
  /** Calls the listener for every event from now on, until the returned function is called. */
  abstract listen(listener: LiveEventListener): () => void;
}

/** Which stored events to read: a missing list means all. More may be named than is read: what does not fit is left to the reader. */
export interface HistoryFilter {
  readonly sessions?: readonly SessionId[];
  readonly events?: readonly EventName[];
}

/** The next part of the past. */
export interface HistoryPage {
  readonly events: readonly LiveEvent[];
  /** Up to here nothing that fits is missing. */
  readonly upTo: Position;
  /** Events between the wanted place and the first one here are gone: they became too old or too many. */
  readonly truncated: boolean;
}

/** A place in the past to begin at. */
export interface HistoryPlace extends Position {
  /** What was stored after the wanted place and before `firstAt` (ISO time; `null` when the log is empty) is gone. */
  readonly truncated?: { readonly firstAt: string | null };
}

/** What happened before, from the memory of this edge or from the log. */
export abstract class EventHistory {
  /**
   * The place of a cursor or of an ISO time. Throws `INVALID_REQUEST` with the remedy when there is none: neither of both, a time to come, or a cursor of a log that no
   * longer exists.
   */
  abstract locate(since: string): Promise<HistoryPlace>;

  /**
   * The events after a sequence that this edge has in memory, at once. `upTo` is the live position unless the page is full. `null` when memory does not reach back
   * that far, or not to `wantedFrom`, where the interest of the reader began to be served. A page has about `maxBytes`, one event at least.
   */
  abstract recent(after: number, wantedFrom: number, maxBytes?: number): HistoryPage | null;

  /** The next events after a sequence from the log, about `maxBytes`, one at least. Reads of many are queued. Throws `BROKER_UNAVAILABLE`. */
  abstract read(after: number, filter: HistoryFilter, maxBytes?: number): Promise<HistoryPage>;
}

/** What this edge may keep of the past. */
export abstract class EventsInSettings {
  /** The newest events that are kept in memory, at most so many and so large together. */
  abstract readonly window: { readonly maxEvents: number; readonly maxBytes: number };
}

/** What an event weighs besides its body. */
const FACTS_BYTES = 600;
/** A reader writes what one reading takes out to its client in one go. */
const PAGE_EVENTS = 1_000;

interface Kept {
  readonly event: LiveEvent;
  readonly sequence: number;
  readonly bytes: number;
}

/** The newest live events of this edge. */
@Injectable()
export class EventWindow {
  private readonly kept: RecentWindow<Kept>;

  constructor(settings: EventsInSettings, erasures: Erasures) {
    this.kept = new RecentWindow<Kept>(settings.window);
    erasures.onGone((session, epoch) => this.kept.remove(({ event: { facts } }) => facts.session === session && facts.epoch <= epoch));
  }

  /** Forgets everything: the feed begins here, or begins anew. */
  begin(sequence: number): void {
    this.kept.reset(sequence);
  }

  /** Adds an event. One that does not come after all others was found late, or belongs to another log: what was before `position` is then left to the log. */
  add(event: LiveEvent, position: number): void {
    if (event.sequence <= this.kept.newest) return this.begin(position);
    this.kept.add({ event, sequence: event.sequence, bytes: event.body.length * 2 + FACTS_BYTES });
  }

  /** The next events after a sequence; `isFull` tells that more follow. `null` when memory does not reach back that far. */
  after(sequence: number, maxBytes: number): { events: LiveEvent[]; isFull: boolean } | null {
    const found = this.kept.after(sequence, { maxEvents: PAGE_EVENTS, maxBytes });
    if (found === null) return null;
    const last = found.at(-1);
    const isFull = last !== undefined && last.sequence < this.kept.newest;
    return { events: found.map(({ event }) => event), isFull };
  }
}

const PAGE = { maxEvents: 1_000, maxBytes: 512 * 1024 };

/** The past from the window in memory and from the event log. */
@Injectable()
export class LogHistory extends EventHistory {
  constructor(
    private readonly log: EventLog,
    private readonly live: LiveEvents,
    private readonly window: EventWindow
  ) {
    super();
  }

  override locate(since: string): Promise<HistoryPlace> {
    return this.log.locate(since);
  }

  override recent(after: number, wantedFrom: number, maxBytes: number = PAGE.maxBytes): HistoryPage | null {
    const found = after < wantedFrom ? null : this.window.after(after, maxBytes);
    if (found === null) return null;
    const { events, isFull } = found;
    return { events, upTo: isFull ? events.at(-1)! : this.live.position, truncated: false };
  }

  override read(after: number, filter: HistoryFilter, maxBytes: number = PAGE.maxBytes): Promise<HistoryPage> {
    return this.log.page(after, filter, { ...PAGE, maxBytes: Math.min(maxBytes, PAGE.maxBytes) });
  }
}

/** The one live feed of this edge, handed out to its listeners. It survives restarts of the broker: see `EventLog.follow`. */
@Injectable()
export class EventFeed extends LiveEvents implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger: Logger;
  private readonly heard: Counter<'event'>;
  private readonly listeners = new Set<LiveEventListener>();
  private feed: LiveFeed | null = null;

  constructor(
    private readonly eventLog: EventLog,
    private readonly window: EventWindow,
    log: Log,
    metrics: MetricsRegistry
  ) {
    super();
    this.logger = log.for('events-in');
    this.heard = metrics.counter({ name: 'wabus_edge_events_total', help: 'Events heard from the log.', labels: ['event'] });
  }

  async onModuleInit(): Promise<void> {
    this.feed = await this.eventLog.follow(event => this.dispatch(event), null);
    this.window.begin(this.feed.sequence);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.feed?.stop();
  }

  override get position(): Position {
    if (this.feed === null) throw new WabusError('BROKER_UNAVAILABLE');
    const { sequence, cursor } = this.feed;
    return { sequence, cursor };
  }

  override async want({ sessions, events }: Interest): Promise<Wanted> {
    if (this.feed === null) throw new WabusError('BROKER_UNAVAILABLE');
    return this.feed.want({ sessions: sessions === '*' ? undefined : sessions, events });
  }

  override listen(listener: LiveEventListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private dispatch(event: LoggedEvent): void {
    this.heard.inc({ event: event.facts.event });
    this.window.add(event, this.position.sequence);
    for (const listener of this.listeners) {
      try {
        listener(event);
      } catch (err) {
        this.logger.error({ err, session: event.facts.session, event: event.facts.event }, 'listener failed');
      }
    }
  }
}
