import { decodeCursor, encodeCursor, EVENT_STREAM, eventFilter, WabusError, type Cursor, type EventFacts } from '@wabus/contracts';
import type { EventLogSettings } from '../broker.options.js';
import type { NatsConnection } from '../connection/nats.connection.js';
import { storageError } from '../errors/broker-error.mapper.js';
import { DEFAULT_DUPLICATE_WINDOW_MS, eventStream } from '../streams/stream.definition.js';
import { provisionStream } from '../streams/stream.provisioner.js';
import { readStream } from '../streams/stream.reader.js';
import { EventLog, type EventFilter, type LiveFeed, type LoggedEvent, type Published } from './event-log.js';
import { EventPublisher } from './event.publisher.js';
import { decodeLoggedEvent, streamIdentity } from './logged-event.codec.js';
import { NatsLiveFeed } from './nats.live-feed.js';

/** The event log on the JetStream stream `WABUS_EVENTS`. */
export class NatsEventLog extends EventLog {
  private readonly publisher: EventPublisher;
  private readonly feeds = new Set<LiveFeed>();

  private constructor(
    private readonly connection: NatsConnection,
    private readonly settings: EventLogSettings
  ) {
    super();
    this.publisher = new EventPublisher(connection, {
      maxInFlight: settings.maxInFlight ?? 256,
      duplicateWindowMs: settings.duplicateWindowMs ?? DEFAULT_DUPLICATE_WINDOW_MS
    });
  }

  /** Creates or updates the stream and settles when it can be used. */
  static async open(connection: NatsConnection, settings: EventLogSettings, signal?: AbortSignal): Promise<NatsEventLog> {
    await provisionStream(connection, eventStream(settings), signal);
    return new NatsEventLog(connection, settings);
  }

  publish(facts: EventFacts, body: string, signal?: AbortSignal): Promise<Published> {
    return this.publisher.publish(facts, body, signal);
  }

  async follow(handler: (event: LoggedEvent) => void): Promise<LiveFeed> {
    try {
      const feed = await NatsLiveFeed.open(this.connection, this.settings.supervisionMs ?? 1_000, handler);
      this.feeds.add(feed);
      feed.ended.addEventListener('abort', () => this.feeds.delete(feed), { once: true });
      return feed;
    } catch (error) {
      throw storageError(error);
    }
  }

  async *read(after: Cursor, filter: EventFilter = {}): AsyncGenerator<LoggedEvent, void, undefined> {
    const position = decodeCursor(after);
    if (position === null) throw new WabusError('INVALID_REQUEST', { message: 'This is not a cursor.' });
    const { stream, last } = await this.state();
    if (position.stream !== stream) throw new WabusError('INVALID_REQUEST', { message: 'This cursor belongs to another event log.' });
    const range = { stream: EVENT_STREAM, filter: eventFilter(filter), after: position.sequence, upTo: last };
    for await (const message of readStream(this.connection, range)) {
      const event = decodeLoggedEvent(message, stream);
      if (event !== null) yield event;
    }
  }

  async end(): Promise<Cursor> {
    const { stream, last } = await this.state();
    return encodeCursor({ stream, sequence: last });
  }

  /** Stops every feed, and refuses what is still to be published. */
  async close(): Promise<void> {
    this.publisher.close();
    await Promise.all([...this.feeds].map(feed => feed.stop()));
  }

  private async state(): Promise<{ stream: string; last: number }> {
    try {
      const info = await this.connection.jetstream.streams.info(EVENT_STREAM);
      return { stream: streamIdentity(info.created), last: info.state.last_seq };
    } catch (error) {
      throw storageError(error);
    }
  }
}
