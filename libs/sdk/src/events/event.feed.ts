import { EVENT_NAMES, type EventName } from '../generated/event.catalog.js';
import type { SubscribeOutcome } from '../generated/payload.catalog.js';
import { WabusError } from '../errors/wabus.error.js';
import type { EdgeLink } from '../link/edge-link.js';
import { retryWaitMs } from '../link/reconnect.policy.js';
import type { AnyEvent, EventPattern } from './event-envelope.js';
import { fitsPattern } from './event-pattern.policy.js';
import { RecentIds } from './recent-ids.state.js';

const ACK_WAIT_MS = 20_000;
const REMEMBERED_IDS = 5_000;

/** The events that a reader receives. */
export interface StreamFilter {
  /** The names of events, `*`, or prefixes such as `messages.*`. */
  readonly events: readonly EventPattern[];
  /** The sessions. Default: all that the token permits. */
  readonly sessions?: readonly string[];
  /** The chats (jids): only events about them are received. */
  readonly chats?: readonly string[];
}

/** A gap in the events, which the server no longer has. */
export interface EventGap {
  /** When the oldest event in the server's log was stored, as an ISO time; `null` if the log is empty. */
  readonly firstAt: string | null;
}

/** Callbacks for what a feed reports besides its events. */
export interface FeedObserver {
  /** Called when the first subscription of a feed without `since` is active: everything after `cursor` arrives. */
  began?(cursor: string): void;
  /** Called when events are gone because the server no longer has them. */
  gap?(gap: EventGap): void;
  /** Called for each name that was not granted. */
  refused?(error: WabusError): void;
}

/**
 * A feed of events in the order of the log, each once, even across lost connections: it subscribes again after the last event that arrived. If more than
 * `capacity` events wait for the reader, the feed closes its connection, and reopens it when half of them are read. Meanwhile, events wait on the server.
 */
export class EventStream {
  private queue: AnyEvent[] = [];
  private waiting: ((event: AnyEvent | null) => void) | null = null;
  /** The cursor of the last event that arrived; `null` before the first subscription. */
  private position: string | null;
  /** The names that were added since the last event arrived, with their start position. The last event may be much older than that position. */
  private added: { readonly events: readonly EventPattern[]; readonly since: string }[] = [];
  /** Whether everything that arrives belongs to the current subscription. */
  private isSubscribed = false;
  private isSuspended = false;
  private isClosed = false;
  private error: WabusError | null = null;
  private attempts = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly seen = new RecentIds(REMEMBERED_IDS);
  private readonly undo: (() => void)[];
  /** Resolves when the first subscription is active, or will never be. */
  readonly started: Promise<void>;
  private markStarted!: () => void;

  constructor(
    private readonly link: EdgeLink,
    private filter: StreamFilter,
    private readonly options: { readonly since: string | null; readonly capacity: number; readonly observer: FeedObserver }
  ) {
    this.position = options.since;
    this.started = new Promise(resolve => (this.markStarted = resolve));
    const receive = (events: AnyEvent[]): void => this.receive(events);
    link.socket.on('batch', receive);
    this.undo = [
      () => void link.socket.off('batch', receive),
      link.connected.add(() => this.subscribe()),
      link.lost.add(() => (this.isSubscribed = false)),
      link.ended.add(error => this.finish(error))
    ];
    if (link.isConnected) this.subscribe();
    link.open();
  }

  /**
   * Returns the next event; `null` after `close`. Do not call it again before it settles. Rejects with the error that ended the feed, because the server
   * refused the token or all of the events.
   */
  next(): Promise<AnyEvent | null> {
    const event = this.queue.shift();
    if (event !== undefined) {
      this.resumeWhenRead();
      return Promise.resolve(event);
    }
    if (this.error !== null) return Promise.reject(this.error);
    if (this.isClosed) return Promise.resolve(null);
    return new Promise((resolve, reject) => {
      this.waiting = next => (next === null && this.error !== null ? reject(this.error) : resolve(next));
    });
  }

  /** Replaces the subscribed names from now on. */
  change(events: readonly EventPattern[]): void {
    const before = this.filter.events;
    const added = events.filter(name => !before.includes(name));
    const gone = namesOf(before.filter(name => !events.includes(name))).filter(name => !events.some(pattern => fitsPattern(pattern, name)));
    this.filter = { ...this.filter, events };
    this.added = this.added.map(one => ({ ...one, events: one.events.filter(name => events.includes(name)) }));
    if (!this.isSubscribed) return;
    if (gone.length > 0) this.link.ask({ event: 'unsubscribe', data: gone, waitMs: ACK_WAIT_MS }, () => undefined);
    if (added.length > 0) this.request(added, null);
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    clearTimeout(this.timer);
    for (const remove of this.undo) remove();
    this.markStarted();
    this.waiting?.(null);
    this.waiting = null;
  }

  /** Subscribes to all names again, on a new connection. */
  private subscribe(): void {
    this.isSubscribed = true;
    const later = this.added.filter(({ events }) => events.length > 0);
    const others = this.filter.events.filter(name => !later.some(({ events }) => events.includes(name)));
    if (others.length > 0) this.request(others, this.position);
    for (const { events, since } of later) this.request(events, since);
  }

  private request(events: readonly EventPattern[], since: string | null): void {
    const { sessions, chats } = this.filter;
    const data = {
      events,
      batch: true,
      ...(sessions ? { sessions } : {}),
      ...(chats ? { chats } : {}),
      ...(since === null ? {} : { since })
    };
    this.link.ask({ event: 'subscribe', data, waitMs: ACK_WAIT_MS }, (answer, none) => {
      if (this.isClosed || none === 'disconnected') return;
      if (none === 'expired') return this.again();
      const outcome = answer as SubscribeOutcome;
      if (outcome.ok) this.granted(outcome, { events, since });
      else this.denied(WabusError.fromBody(outcome.error));
    });
  }

  private granted(
    outcome: Extract<SubscribeOutcome, { ok: true }>,
    { events, since }: { events: readonly EventPattern[]; since: string | null }
  ): void {
    this.attempts = 0;
    const { observer } = this.options;
    if (this.position === null) {
      this.position = outcome.cursor;
      observer.began?.(outcome.cursor);
    } else if (since === null) this.added.push({ events, since: outcome.cursor });
    for (const { error } of outcome.refused) observer.refused?.(WabusError.fromBody(error));
    if (outcome.truncated) observer.gap?.(outcome.truncated);
    this.markStarted();
  }

  private denied(error: WabusError): void {
    const logCreatedAt = error.details?.['logCreatedAt'];
    if (error.details?.['reason'] === 'another-log' && typeof logCreatedAt === 'string') {
      this.options.observer.gap?.({ firstAt: logCreatedAt });
      this.position = logCreatedAt;
      this.added = [];
      this.subscribe();
    } else if (error.retryable) this.again();
    else this.finish(error);
  }

  /** Reconnects, so that everything that arrives belongs to the new subscription. */
  private again(): void {
    this.isSubscribed = false;
    this.link.suspend();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.link.open(), retryWaitMs(++this.attempts, Math.random()));
  }

  private receive(events: AnyEvent[]): void {
    if (!this.isSubscribed || this.isClosed) return;
    for (const event of events) {
      this.position = event.cursor;
      if (!this.seen.add(event.id)) continue;
      if (this.waiting !== null) {
        const give = this.waiting;
        this.waiting = null;
        give(event);
      } else this.queue.push(event);
    }
    this.added = [];
    if (this.queue.length <= this.options.capacity) return;
    this.isSubscribed = false;
    this.isSuspended = true;
    this.link.suspend();
  }

  private resumeWhenRead(): void {
    if (!this.isSuspended || this.queue.length > this.options.capacity / 2) return;
    this.isSuspended = false;
    this.link.open();
  }

  private finish(error: WabusError): void {
    if (this.isClosed) return;
    if (error.code !== 'CLOSED') this.error = error;
    this.close();
  }
}

function namesOf(patterns: readonly EventPattern[]): EventName[] {
  return EVENT_NAMES.filter(name => patterns.some(pattern => fitsPattern(pattern, name)));
}
