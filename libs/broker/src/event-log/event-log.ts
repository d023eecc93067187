import {
  type Cursor,
  decodeCursor,
  encodeCursor,
  encodeEventHeaders,
  EVENT_STREAM,
  type EventFacts,
  eventFilters,
  type EventName,
  eventSubject,
  type SessionId,
  steadyNow,
  WabusError
} from '@wabus/contracts';
import { headers } from '@nats-io/transport-node';
import { JetStreamApiError, type ApiError } from '@nats-io/jetstream';
import type { EventLogSettings } from '../broker.options.js';
import type { NatsConnection } from '../connection/nats-connection.js';
import { JETSTREAM_CODE, storageError } from '../errors/broker-error.mapper.js';
import { Semaphore } from '../streams/semaphore.js';
import { DEFAULT_DUPLICATE_WINDOW_MS, eventStream } from '../streams/stream-definition.js';
import { provisionStream } from '../streams/stream-provisioner.js';
import { readParts, readStream, readSubject, sequenceAtTime } from '../streams/stream.reader.js';
import { decodeLoggedEvent, streamIdentity, type LoggedEvent } from '../streams/logged-event.codec.js';
import { storedRecord } from '../streams/stored-message.js';
import type { EventFilter, LoggedEventPage, LogPlace, LogUsage, PageLimits } from './event-log.types.js';
import { placeOfCursor, placeOfTime, timeOf, type LogExtent } from './log-place.policy.js';
import { LogPurge } from './log-purge.js';
import { LiveFeed } from './live.feed.js';
import { PublicationPipeline } from './publication.pipeline.js';

const PAGES_AT_ONCE = 8;
/** For the chat names in the headers, and for the headers that the server adds when it republishes. */
const HEADER_ROOM_BYTES = 16 * 1024;

/** The durable, ordered log of all events of all sessions, on the JetStream stream `WABUS_EVENTS`. */
export class EventLog {
  /** Stores events. */
  readonly pipeline: PublicationPipeline;
  private readonly feeds = new Set<LiveFeed>();
  /** Each page costs the server a consumer. */
  private readonly pages = new Semaphore(PAGES_AT_ONCE);
  private readonly purges: LogPurge;

  private constructor(
    private readonly connection: NatsConnection,
    private readonly settings: EventLogSettings
  ) {
    this.purges = new LogPurge(connection);
    this.pipeline = new PublicationPipeline(connection, {
      maxInFlight: settings.maxInFlight ?? 256,
      duplicateWindowMs: settings.duplicateWindowMs ?? DEFAULT_DUPLICATE_WINDOW_MS
    });
  }

  /** The maximum size of an event body in bytes: the server's limit less room for the headers. */
  get maxBodyBytes(): number {
    return this.connection.maxMessageBytes - HEADER_ROOM_BYTES;
  }

  /** Creates or updates the stream and resolves when it is usable. */
  static async open(connection: NatsConnection, settings: EventLogSettings, signal?: AbortSignal): Promise<EventLog> {
    await provisionStream(connection, eventStream(settings), signal);
    return new EventLog(connection, settings);
  }

  /**
   * Calls the handler for every event stored from now on, once, in log order and without gaps: events that the network drops are read from the log.
   * The feed survives restarts of the broker and the loss of a leader. Only an event that a broker cluster lost silently arrives late and out of order:
   * the feed finds it when it compares itself with the log.
   * @param interest the initial interest; everything by default, nothing if `null`
   */
  async follow(handler: (event: LoggedEvent) => void, interest: EventFilter | null = {}): Promise<LiveFeed> {
    try {
      const feed = await LiveFeed.open(this.connection, this.settings.supervisionMs ?? 1_000, handler);
      this.feeds.add(feed);
      feed.ended.addEventListener('abort', () => this.feeds.delete(feed), { once: true });
      if (interest !== null) await feed.subscribe(interest);
      return feed;
    } catch (error) {
      throw storageError(error);
    }
  }

  /**
   * Returns the events after a cursor, oldest first, up to the end of the log at the time of the call.
   * Throws `INVALID_REQUEST` if the cursor belongs to another log.
   */
  async *read(after: Cursor, filter: EventFilter = {}): AsyncGenerator<LoggedEvent, void, undefined> {
    const position = decodeCursor(after);
    if (position === null) throw new WabusError('INVALID_REQUEST', { message: 'This is not a cursor. Pass the cursor of an event.' });
    const { identity, last } = await this.extent();
    if (position.stream !== identity) throw new WabusError('INVALID_REQUEST', { message: 'This cursor belongs to another event log.' });
    const range = { stream: EVENT_STREAM, after: position.sequence, upTo: last };
    const filters = eventFilters(filter);
    const [only] = filters;
    const isLiteral = filters.length === 1 && only !== undefined && !/[*>]/.test(only);
    // Connectors read one event of one session and are not allowed to create consumers.
    const messages = isLiteral
      ? readSubject(this.connection, { ...range, subject: only })
      : readStream(this.connection, { ...range, filters });
    for await (const message of messages) {
      const event = decodeLoggedEvent(message, identity, this.connection.fence);
      if (event !== null) yield event;
    }
  }

  /**
   * Returns the next events after a sequence, oldest first. Only a few pages are read at a time; further calls wait.
   * Throws `BROKER_UNAVAILABLE` if the log cannot be read.
   */
  page(after: number, filter: EventFilter, limits: PageLimits): Promise<LoggedEventPage> {
    return this.pages.run(() => this.readPage(after, filter, limits));
  }

  private async readPage(after: number, filter: EventFilter, { maxEvents, maxBytes }: PageLimits): Promise<LoggedEventPage> {
    const { identity, first, last } = await this.extent();
    const events: LoggedEvent[] = [];
    let upTo = Math.max(after, last);
    let [bytes, largest] = [0, 0];
    const range = {
      stream: EVENT_STREAM,
      filters: eventFilters(filter),
      after,
      upTo: last,
      pull: { messages: maxEvents, bytes: maxBytes }
    };
    reading: for await (const messages of readParts(this.connection, range)) {
      for (const message of messages) {
        bytes += message.size;
        largest = Math.max(largest, message.size);
        const event = decodeLoggedEvent(message, identity, this.connection.fence);
        if (event !== null) events.push(event);
        // Another pull for the one or two events that may still fit would fetch as many bytes again.
        if (events.length < maxEvents && bytes + largest <= maxBytes) continue;
        upTo = message.sequence;
        break reading;
      }
    }
    return {
      events,
      upTo: { sequence: upTo, cursor: encodeCursor({ stream: identity, sequence: upTo }) },
      truncated: (await this.firstFor(after, { identity, first })) > after + 1
    };
  }

  /**
   * Resolves a cursor, or a time as ISO text, to a position in the log.
   * Throws `INVALID_REQUEST` with a remedy for any other text, for a future time, and for a cursor of a log that no longer exists.
   */
  async locate(since: string): Promise<LogPlace> {
    const time = timeOf(since);
    if (time === null) {
      const extent = await this.extent();
      const after = decodeCursor(since)?.sequence ?? Infinity;
      return placeOfCursor(since, { ...extent, first: await this.firstFor(after, extent) });
    }
    if (time > Math.max(Date.now(), steadyNow())) {
      throw new WabusError('INVALID_REQUEST', { message: 'since must not be in the future.', details: { field: 'since' } });
    }
    try {
      const next = await sequenceAtTime(this.connection, EVENT_STREAM, time);
      const extent = await this.extent();
      return placeOfTime(time, next, { ...extent, first: await this.firstFor(next - 1, extent) });
    } catch (error) {
      throw storageError(error);
    }
  }

  /** Returns the newest event of a kind in a session; `null` if the log has none. Throws `BROKER_UNAVAILABLE`. */
  async newest(session: SessionId, event: EventName): Promise<LoggedEvent | null> {
    const { streams } = this.connection.jetstream;
    const subject = eventSubject(session, event);
    try {
      const [{ created }, message] = await Promise.all([
        streams.info(EVENT_STREAM),
        streams.getMessage(EVENT_STREAM, { last_by_subj: subject })
      ]);
      if (message === null) return null;
      return decodeLoggedEvent(storedRecord(message), streamIdentity(created), this.connection.fence);
    } catch (error) {
      throw storageError(error);
    }
  }

  /**
   * Stores an event only if the newest event of its kind in its session still has the given sequence.
   * If several processes report the same event, only one is stored, and none after a process with newer data. Returns `false` if there is a newer event.
   * Throws `BROKER_UNAVAILABLE`; the event may still have been stored.
   */
  async publishAfter(facts: EventFacts, body: string, newest: number): Promise<boolean> {
    const { client, requestTimeoutMs } = this.connection;
    const header = headers();
    for (const [name, value] of encodeEventHeaders(facts)) header.set(name, value);
    header.set('Nats-Expected-Last-Subject-Sequence', String(newest));
    try {
      const options = { headers: header, timeout: requestTimeoutMs };
      const { error } = (await client.request(eventSubject(facts.session, facts.event), body, options)).json<{ error?: ApiError }>();
      if (error?.err_code === JETSTREAM_CODE.wrongLastSequence) return false;
      if (error) throw new JetStreamApiError(error);
      return true;
    } catch (error) {
      throw storageError(error);
    }
  }

  /**
   * Removes every event of a session.
   * Earlier cursors stay valid for all other sessions: the resulting gap at the beginning of the log does not count as truncation.
   * Call it again if it was interrupted. Throws `BROKER_UNAVAILABLE`.
   */
  purge(session: SessionId): Promise<void> {
    return this.purges.purge(session);
  }

  /**
   * Hides all events of a session up to an epoch from this process: the session was deleted, and late events do not belong to a new session with the same name.
   */
  retire(session: SessionId, epoch: number): void {
    this.connection.fence.raise(session, epoch);
  }

  /** Returns the time at which the oldest remaining event was stored; `null` if the log is empty. Throws `BROKER_UNAVAILABLE`. */
  async oldestAt(): Promise<Date | null> {
    const { firstAt } = await this.extent();
    return firstAt === null ? null : new Date(firstAt);
  }

  /** Returns the size and the limits of the log. Throws `BROKER_UNAVAILABLE`. */
  async usage(): Promise<LogUsage> {
    try {
      const { config, state } = await this.connection.jetstream.streams.info(EVENT_STREAM);
      return {
        events: state.messages,
        bytes: state.bytes,
        maxBytes: config.max_bytes > 0 ? config.max_bytes : null,
        oldestAt: state.messages > 0 ? new Date(state.first_ts) : null,
        maxAgeMs: config.max_age > 0 ? config.max_age / 1_000_000 : null
      };
    } catch (error) {
      throw storageError(error);
    }
  }

  /** Returns the cursor after the newest event. */
  async end(): Promise<Cursor> {
    const { identity, last } = await this.extent();
    return encodeCursor({ stream: identity, sequence: last });
  }

  /** Stops every feed and rejects pending publications. */
  async close(): Promise<void> {
    this.pipeline.close();
    await Promise.all([...this.feeds].map(feed => feed.stop()));
  }

  private firstFor(after: number, { identity, first }: Pick<LogExtent, 'identity' | 'first'>): Promise<number> {
    return this.purges.first(after, { stream: identity, first });
  }

  private async extent(): Promise<LogExtent> {
    try {
      const { created, state } = await this.connection.jetstream.streams.info(EVENT_STREAM);
      const { first_seq: first, last_seq: last, messages, first_ts: firstTime } = state;
      const firstAt = messages > 0 ? new Date(firstTime).toISOString() : null;
      return {
        identity: streamIdentity(created),
        createdAt: new Date(created).toISOString(),
        first: messages > 0 ? first : last + 1,
        firstAt,
        last
      };
    } catch (error) {
      throw storageError(error);
    }
  }
}
