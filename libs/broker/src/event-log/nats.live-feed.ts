import type { Msg, Subscription } from '@nats-io/transport-node';
import { ALL_EVENTS_SUBJECT, encodeCursor, EVENT_STREAM, liveSubject, type Cursor } from '@wabus/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import { backOffMs } from '../connection/back-off.policy.js';
import type { NatsConnection } from '../connection/nats.connection.js';
import { headerOf, storedMessage, type StoredMessage } from '../streams/stored-message.js';
import { readStream } from '../streams/stream.reader.js';
import type { LiveFeed, LoggedEvent } from './event-log.js';
import { GapBuffer } from './gap.buffer.js';
import { decodeLoggedEvent, streamIdentity } from './logged-event.codec.js';
import { StructuredLogger } from '../logging/structured.logger.js';

/** Header of a republished message: its sequence in the stream. */
const SEQUENCE = 'Nats-Sequence';
/** What is on its way when the stream is asked has this long to arrive. */
const GRACE_MS = 150;

/**
 * The live feed on the stream's republished subjects, which need no consumer. A jump in the sequence is filled from the stream; a silent subscription is compared
 * with the stream's end.
 */
export class NatsLiveFeed implements LiveFeed {
  private readonly logger = new StructuredLogger('EventLog');
  private readonly buffer = new GapBuffer<StoredMessage>(0);
  private readonly stopped = new AbortController();
  private subscription: Subscription;
  private stream = '';
  private heardAt = performance.now();
  /** Messages are held while a gap is filled. */
  private filling: Promise<void> | null = null;
  private started = false;
  private supervision: Promise<void> = Promise.resolve();

  private constructor(
    private readonly connection: NatsConnection,
    private readonly handler: (event: LoggedEvent) => void
  ) {
    this.subscription = this.subscribe();
  }

  /** Begins at the present end of the stream, before which nothing is handed over and after which everything is. */
  static async open(connection: NatsConnection, supervisionMs: number, handler: (event: LoggedEvent) => void): Promise<NatsLiveFeed> {
    const feed = new NatsLiveFeed(connection, handler);
    try {
      await connection.client.flush();
      const info = await connection.jetstream.streams.info(EVENT_STREAM);
      feed.stream = streamIdentity(info.created);
      feed.begin(info.state.last_seq);
    } catch (error) {
      feed.subscription.unsubscribe();
      throw error;
    }
    feed.supervision = feed.supervise(supervisionMs);
    return feed;
  }

  get cursor(): Cursor {
    return encodeCursor({ stream: this.stream, sequence: this.buffer.position });
  }

  get sequence(): number {
    return this.buffer.position;
  }

  /** Aborted when the feed is stopped. */
  get ended(): AbortSignal {
    return this.stopped.signal;
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    this.subscription.unsubscribe();
    await this.supervision;
    await this.filling;
  }

  private subscribe(): Subscription {
    return this.connection.client.subscribe(liveSubject(ALL_EVENTS_SUBJECT), {
      callback: (error, message) => (error ? undefined : this.receive(message))
    });
  }

  private receive(message: Msg): void {
    const sequence = Number(headerOf(message, SEQUENCE));
    if (!Number.isSafeInteger(sequence) || sequence < 1) return;
    this.heardAt = performance.now();
    this.buffer.hold(storedMessage(message, sequence));
    if (this.started && !this.filling) this.proceed();
  }

  private begin(position: number): void {
    this.buffer.advance(position);
    this.started = true;
    this.proceed();
  }

  private proceed(): void {
    this.handOutReady();
    if (this.buffer.missingUpTo !== null) this.fill(this.buffer.missingUpTo);
  }

  private handOutReady(): void {
    for (const message of this.buffer.takeReady()) this.handOut(message);
  }

  private handOut(message: StoredMessage): void {
    if (this.stopped.signal.aborted) return;
    const event = decodeLoggedEvent(message, this.stream);
    if (event === null) return;
    try {
      this.handler(event);
    } catch (error) {
      this.logger.error({ err: error, sequence: message.sequence }, 'the handler of a live feed failed');
    }
  }

  private fill(upTo: number): void {
    this.filling ??= this.readMissing(upTo).finally(() => (this.filling = null));
  }

  private async readMissing(firstUpTo: number): Promise<void> {
    this.logger.debug({ after: this.buffer.position, upTo: firstUpTo }, 'filling a gap of the live feed from the log');
    let failures = 0;
    for (let upTo: number | null = firstUpTo; upTo !== null && !this.stopped.signal.aborted; upTo = this.buffer.missingUpTo) {
      try {
        for await (const message of readStream(this.connection, { stream: EVENT_STREAM, after: this.buffer.position, upTo })) {
          if (this.stopped.signal.aborted) return;
          if (this.buffer.advance(message.sequence)) this.handOut(message);
        }
        failures = 0;
        // What the stream no longer holds cannot be missing.
        this.buffer.advance(upTo);
        this.handOutReady();
      } catch (error) {
        failures++;
        this.logger.warn({ err: error }, 'a gap of the live feed cannot be filled yet, still trying');
        await delay(backOffMs(failures), undefined, { signal: this.stopped.signal }).catch(() => undefined);
      }
    }
  }

  private async supervise(intervalMs: number): Promise<void> {
    const pause = (ms: number): Promise<void> => delay(ms, undefined, { signal: this.stopped.signal }).catch(() => undefined);
    while (!this.stopped.signal.aborted) {
      await pause(intervalMs);
      if (this.filling || performance.now() - this.heardAt < intervalMs || !this.connection.isConnected) continue;
      await this.compareWithStream(pause).catch((error: unknown) =>
        this.logger.debug({ err: error }, 'the live feed could not be compared with the log')
      );
    }
  }

  private async compareWithStream(pause: (ms: number) => Promise<void>): Promise<void> {
    const { created, state } = await this.connection.jetstream.streams.info(EVENT_STREAM);
    const identity = streamIdentity(created);
    if (identity !== this.stream || state.last_seq < this.buffer.position) {
      this.logger.error(
        { position: this.buffer.position, end: state.last_seq },
        'the event log was replaced by another one, following that'
      );
      this.stream = identity;
      this.buffer.reset(state.last_seq);
      return;
    }
    if (state.last_seq <= this.buffer.position) return;
    await pause(GRACE_MS);
    if (this.stopped.signal.aborted || this.filling || state.last_seq <= this.buffer.position) return;
    this.logger.warn(
      { behind: state.last_seq - this.buffer.position },
      'the live feed was silent while the log went on, subscribing again'
    );
    this.subscription.unsubscribe();
    this.subscription = this.subscribe();
    this.fill(state.last_seq);
  }
}
