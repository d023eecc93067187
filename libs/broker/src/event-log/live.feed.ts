import type { Msg, Subscription } from '@nats-io/transport-node';
import { encodeCursor, EVENT_STREAM, parseEventSubject, WabusError, type Cursor } from '@wabus/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import { backOffMs } from '../connection/back-off.policy.js';
import type { NatsConnection } from '../connection/nats-connection.js';
import type { StoredMessage } from '../streams/stored-message.js';
import { readStream } from '../streams/stream.reader.js';
import { FeedAudit } from './feed-audit.js';
import { FeedOrder } from './feed-order.state.js';
import type { EventFilter, LoggedEvent, LogPosition, ServedInterest } from './event-log.types.js';
import { InterestTable } from './interest.table.js';
import { LiveSubscriptions, readLive, type LiveMessage } from './live-subscriptions.js';
import { decodeLoggedEvent, streamIdentity } from '../streams/logged-event.codec.js';
import { StructuredLogger } from '../logging/structured.logger.js';

/** Messages already in flight when the stream is queried have this time to arrive. */
const GRACE_MS = 150;
const RECONNECT_LOOK_MS = 20;
/** Maximum number of messages kept while the stream is being read; the rest is read from the stream too. */
const MAX_HELD = 5_000;
/** Published when a stream has a new leader: messages that the previous one stored but did not republish are only in the stream. */
const LEADER_ELECTED = `$JS.EVENT.ADVISORY.STREAM.LEADER_ELECTED.${EVENT_STREAM}`;

interface Waiter {
  readonly resolve: (from: LogPosition) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The live feed, which subscribes to the stream's republished subjects, needs no consumer and subscribes only to current interests.
 * Whatever may have been missed is read from the stream while live messages wait: after a gap, after the loss of the connection or the leader, and for each new
 * interest.
 */
export class LiveFeed implements LogPosition {
  private readonly logger = new StructuredLogger('event-log');
  private readonly interests = new InterestTable();
  private readonly order = new FeedOrder(0);
  private readonly stopped = new AbortController();
  private readonly subscriptions: LiveSubscriptions;
  private readonly audit: FeedAudit;
  private readonly advisories: Subscription;
  private readonly forgetConnection: () => void;
  private stream = '';
  private receivedAt = performance.now();
  private held: LiveMessage[] = [];
  /** Pending while the stream is being read; live messages wait until then. */
  private reading: Promise<void> | null = null;
  private mustRead = false;
  /** Events were requested for the first time, or the last request for some events ended. */
  private interestsChanged = false;
  private isOfEverything = false;
  private waiters: Waiter[] = [];
  private supervision: Promise<void> = Promise.resolve();

  private constructor(
    private readonly connection: NatsConnection,
    private readonly handler: (event: LoggedEvent) => void
  ) {
    this.subscriptions = new LiveSubscriptions(connection.client, this.receive.bind(this));
    this.audit = new FeedAudit(connection);
    this.advisories = connection.client.subscribe(LEADER_ELECTED, { callback: error => (error ? undefined : this.readAgain()) });
    this.forgetConnection = connection.onChange(connected => (connected ? undefined : this.readAgain()));
  }

  /** Opens a feed without interests. */
  static async open(connection: NatsConnection, supervisionMs: number, handler: (event: LoggedEvent) => void): Promise<LiveFeed> {
    const feed = new LiveFeed(connection, handler);
    try {
      const { created, state } = await connection.jetstream.streams.info(EVENT_STREAM);
      feed.stream = streamIdentity(created);
      feed.order.reset(state.last_seq);
      feed.audit.begin(state.last_seq);
    } catch (error) {
      await feed.stop();
      throw error;
    }
    feed.supervision = feed.supervise(supervisionMs);
    return feed;
  }

  /** The position up to which every requested event was passed to the handler. */
  get cursor(): Cursor {
    return encodeCursor({ stream: this.stream, sequence: this.order.position });
  }

  /** The sequence of that position. */
  get sequence(): number {
    return this.order.position;
  }

  /** Aborted when the feed is stopped. */
  get ended(): AbortSignal {
    return this.stopped.signal;
  }

  /** Follows these events too, from the end of the log. Interests accumulate. Rejects if the feed is stopped. */
  async subscribe(filter: EventFilter): Promise<ServedInterest> {
    if (this.stopped.signal.aborted) throw stoppedError();
    const isNew = this.interests.add(filter);
    this.interestsChanged ||= isNew;
    const release = this.releaseOf(filter);
    // While the stream is being read, part of this interest may have been added a moment ago.
    if (!isNew && this.reading === null) return { from: this.position, release };
    const from = new Promise<LogPosition>((resolve, reject) => this.waiters.push({ resolve, reject }));
    this.readAgain();
    return { from: await from, release };
  }

  /** Stops the feed. Once it resolves, the handler is not called anymore. */
  async stop(): Promise<void> {
    this.stopped.abort();
    this.forgetConnection();
    this.advisories.unsubscribe();
    this.subscriptions.end();
    await this.supervision;
    await this.reading;
  }

  private get position(): LogPosition {
    return { sequence: this.sequence, cursor: this.cursor };
  }

  private releaseOf(filter: EventFilter): () => void {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.interests.remove(filter);
      // The supervision unsubscribes later: another subscriber may request the same events in a moment.
      this.interestsChanged = true;
    };
  }

  private receive(error: Error | null, received: Msg): void {
    const live = error ? null : readLive(received);
    if (live === null || !this.isWanted(live.message)) return;
    this.receivedAt = performance.now();
    if (this.reading !== null) this.hold(live);
    else this.proceed([live]);
  }

  private isWanted(message: StoredMessage): boolean {
    if (this.isOfEverything) return true;
    const parsed = parseEventSubject(message.subject);
    return parsed !== null && this.interests.wants(parsed.session, parsed.event);
  }

  private hold(live: LiveMessage): void {
    this.held.push(live);
    if (this.held.length <= MAX_HELD) return;
    this.held = [];
    this.mustRead = true;
  }

  /** Delivers live messages until one is missing. */
  private proceed(messages: LiveMessage[]): void {
    for (const [index, live] of messages.entries()) {
      const { message, previous } = live;
      const { subject, sequence } = message;
      const verdict = this.order.judge({ subject, sequence, previous }, this.isOfEverything);
      if (verdict.kind === 'seen') continue;
      if (verdict.kind === 'next') {
        this.dispatch(message);
        continue;
      }
      this.held = [...messages.slice(index), ...this.held];
      this.logger.debug({ subject, after: verdict.after, upTo: sequence - 1 }, 'filling a gap in the live feed from the event log');
      const filters = this.isOfEverything ? undefined : [subject];
      return this.read(() =>
        this.readRange({ after: verdict.after, upTo: sequence - 1, filters }, () => this.closeGap(subject, sequence - 1))
      );
    }
  }

  /** Messages that the stream no longer has cannot be missing. */
  private closeGap(subject: string, upTo: number): void {
    if (this.isOfEverything) this.order.verify(upTo);
    else this.order.close(subject, upTo);
  }

  private dispatch(message: StoredMessage): void {
    if (this.stopped.signal.aborted || !this.order.take(message.subject, message.sequence)) return;
    this.audit.note(message.sequence);
    const event = decodeLoggedEvent(message, this.stream, this.connection.fence);
    if (event === null) return;
    try {
      this.handler(event);
    } catch (error) {
      this.logger.error({ err: error, sequence: message.sequence }, 'live feed handler failed');
    }
  }

  /** Reads up to the end of the stream as soon as possible. */
  private readAgain(): void {
    this.mustRead = true;
    if (this.reading === null) this.read(() => Promise.resolve());
  }

  private read(first: () => Promise<void>): void {
    this.reading = this.readUntilComplete(first).finally(() => {
      this.reading = null;
      if (this.stopped.signal.aborted) return this.rejectWaiters();
      // Requested at the moment the reading ended.
      if (this.mustRead) this.readAgain();
      else this.proceed(this.held.splice(0));
    });
  }

  private async readUntilComplete(first: () => Promise<void>): Promise<void> {
    let work: (() => Promise<void>) | null = first;
    for (let failures = 0; work !== null && !this.stopped.signal.aborted;) {
      try {
        await work();
        failures = 0;
        work = this.mustRead ? () => this.readToEnd() : null;
      } catch (error) {
        failures++;
        this.logger.warn({ err: error }, 'live feed cannot read the event log yet, retrying');
        await this.pause(backOffMs(failures));
      }
    }
  }

  private rejectWaiters(): void {
    for (const waiter of this.waiters.splice(0)) waiter.reject(stoppedError());
  }

  /** Subscribes to the current interests, then reads their events up to the end of the stream and marks everything before it as complete. */
  private async readToEnd(): Promise<void> {
    this.mustRead = false;
    const served = this.waiters.splice(0);
    try {
      await this.awaitConnection();
      const finish = this.subscribeAsWanted();
      await this.connection.client.flush();
      const { created, state } = await this.connection.jetstream.streams.info(EVENT_STREAM);
      if (this.follows(streamIdentity(created), state.last_seq)) {
        const filters = this.interests.filters();
        const upTo = state.last_seq;
        if (filters.length > 0) await this.readRange({ after: this.certainUpTo, upTo, filters });
        this.order.verify(upTo);
        this.audit.verified(upTo);
      }
      finish();
      served.forEach(waiter => waiter.resolve(this.position));
    } catch (error) {
      this.waiters.unshift(...served);
      this.mustRead = true;
      throw error;
    }
  }

  /**
   * The sequence up to which nothing can be missing.
   * A single server loses nothing without closing the connection; between the servers of a cluster, messages may get lost.
   */
  private get certainUpTo(): number {
    const isCluster = this.connection.client.info?.cluster !== undefined;
    return isCluster && !this.isOfEverything ? this.audit.verifiedUpTo : this.order.position;
  }

  private async awaitConnection(): Promise<void> {
    while (!this.connection.isConnected && !this.stopped.signal.aborted) await this.pause(RECONNECT_LOOK_MS);
  }

  private subscribeAsWanted(): () => void {
    this.interestsChanged = false;
    const endOthers = this.subscriptions.change(this.interests.subjects());
    return () => {
      endOthers();
      this.isOfEverything = this.interests.wantsEverything;
    };
  }

  private async readRange(range: { after: number; upTo: number; filters?: string[] }, done?: () => void): Promise<void> {
    for await (const message of readStream(this.connection, { stream: EVENT_STREAM, ...range })) {
      if (this.stopped.signal.aborted) return;
      if (this.isWanted(message)) this.dispatch(message);
    }
    done?.();
  }

  /** Returns whether the stream is still the one being followed. A replaced stream is followed from its end. */
  private follows(identity: string, last: number): boolean {
    if (identity === this.stream && last >= this.order.position) return true;
    this.logger.error({ position: this.order.position, end: last }, 'event log was replaced, following the new one');
    this.stream = identity;
    this.held = [];
    this.order.reset(last);
    this.audit.begin(last);
    return false;
  }

  private async supervise(intervalMs: number): Promise<void> {
    while (!this.stopped.signal.aborted) {
      await this.pause(intervalMs);
      if (this.stopped.signal.aborted || this.reading !== null || !this.connection.isConnected) continue;
      if (this.interestsChanged) this.subscribeAsWanted()();
      const isSilent = performance.now() - this.receivedAt >= intervalMs;
      await this.compareWithStream(isSilent).catch((error: unknown) =>
        this.logger.debug({ err: error }, 'failed to compare the live feed with the event log')
      );
    }
  }

  private async compareWithStream(isSilent: boolean): Promise<void> {
    if (this.isOfEverything && !isSilent) {
      // A feed of everything detects each skipped sequence, so nothing can be missing.
      this.order.verify(this.order.position);
      return this.audit.verified(this.order.position);
    }
    if (!isSilent && !this.audit.countRound()) return;
    const { created, state } = await this.connection.jetstream.streams.info(EVENT_STREAM);
    if (streamIdentity(created) !== this.stream || state.last_seq < this.order.position) return this.readAgain();
    if (state.last_seq <= this.audit.verifiedUpTo) return;
    await this.pause(GRACE_MS);
    if (this.stopped.signal.aborted || this.reading !== null) return;
    const missing = await this.audit.missing(state.last_seq, this.interests.filters(), message => this.isWanted(message));
    if (this.stopped.signal.aborted || this.reading !== null) return;
    if (missing === null) return this.order.verify(state.last_seq);
    this.logger.warn({ missing, upTo: state.last_seq }, 'live feed missed events that are in the event log, resubscribing');
    this.subscriptions.renew();
    const after = this.audit.verifiedUpTo;
    this.mustRead = true;
    this.read(() => this.readRange({ after, upTo: state.last_seq, filters: this.interests.filters() }));
  }

  private pause(ms: number): Promise<void> {
    return delay(ms, undefined, { signal: this.stopped.signal }).catch(() => undefined);
  }
}

const stoppedError = (): WabusError => new WabusError('BROKER_UNAVAILABLE', { message: 'The live feed has stopped.' });
