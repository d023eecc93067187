import { EVENT_STREAM, type EventName, type SessionId } from '@wabus/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import type { NatsConnection } from '../connection/nats-connection.js';
import { storageError } from '../errors/broker-error.mapper.js';
import { decodeLoggedEvent, streamIdentity, type LoggedEvent } from '../streams/logged-event.codec.js';
import { PullReader, type Pull, type PulledMessage, type PullRequest } from '../streams/pull.reader.js';
import { filterSubjects } from './consumer-filter.policy.js';

/** The events that a consumer receives. With a long list, it may also receive other events: filter again. */
export interface ConsumerScope {
  /** Default: all sessions. */
  readonly sessions?: readonly SessionId[];
  /** Default: all events. */
  readonly events?: readonly EventName[];
}

export interface ConsumerStart extends ConsumerScope {
  /** The consumer begins after this sequence. */
  readonly after: number;
}

/** The maximum size of a batch. A first event larger than `maxBytes` is still delivered. */
export interface FetchLimits {
  readonly maxEvents: number;
  readonly maxBytes: number;
}

export interface EventBatch {
  /** Oldest first; empty if there are none yet. */
  readonly events: readonly LoggedEvent[];
  /** Every event of the scope up to this sequence was delivered, in this batch or an earlier one. */
  readonly upTo: number;
}

/**
 * Reads the events of one scope in order, at the pace of the caller of `next`.
 * It does not keep events that it has delivered, so the caller must save the position.
 *
 * It pulls through an in-memory consumer on the server. The consumer keeps only its own delivery position; the authoritative position is the one here.
 * If the consumer is lost, a new one begins after that position.
 */
export class EventConsumer {
  private readonly filters: string[];
  private reader: PullReader | null = null;
  /** The pull that waits for events that are not stored yet. Several calls of `next` may take from it. */
  private waiting: Pull | null = null;
  /** The identity of the log, for cursors. */
  private stream = '';
  private closed = false;
  private position: number;

  constructor(
    private readonly connection: NatsConnection,
    start: ConsumerStart
  ) {
    this.position = start.after;
    this.filters = filterSubjects(start);
  }

  /**
   * Returns the next events, waiting up to `waitMs` for the first.
   * Throws `BROKER_UNAVAILABLE` if the broker does not answer or the connection is lost; the next call continues after the last delivered event.
   * Only one call may run at a time.
   */
  async next({ waitMs, ...limits }: FetchLimits & { readonly waitMs: number }): Promise<EventBatch> {
    const events: LoggedEvent[] = [];
    try {
      // The server removes idle consumers; a new one begins at the position.
      if (!(await this.take(limits, waitMs, events)) && !(await this.take(limits, waitMs, events)))
        throw new Error('a newly created consumer is unreachable');
    } catch (error) {
      this.drop();
      // The position is already past the received events: if this call failed, they would be lost.
      if (events.length === 0) throw storageError(error);
    }
    return { events, upTo: this.position };
  }

  /**
   * Waits up to `waitMs` for the next event and returns it with all events stored within `lingerMs` after it.
   * One delivery for all of them saves both ends a system call per event.
   * Does not linger if more events are already stored. Throws as `next` does.
   */
  async gather({ waitMs, lingerMs, ...limits }: FetchLimits & { readonly waitMs: number; readonly lingerMs: number }): Promise<EventBatch> {
    if (this.pending > 0) return this.next({ ...limits, waitMs });
    const { events: first } = waitMs > 0 ? await this.next({ ...limits, maxEvents: 1, waitMs }) : { events: [] };
    if (waitMs > 0 && first.length === 0) return { events: [], upTo: this.position };
    await delay(lingerMs);
    const events = [...first];
    try {
      const reader = await this.open();
      await this.pull(reader, { messages: limits.maxEvents, bytes: Math.max(limits.maxBytes, reader.roomyBytes), waitMs: 0 }, events);
    } catch (error) {
      this.drop();
      if (events.length === 0) throw storageError(error);
    }
    return { events, upTo: this.position };
  }

  /** Number of undelivered events of the scope, as last reported by the server. */
  get pending(): number {
    return this.reader?.pending ?? 0;
  }

  /** Closes the consumer. A waiting `next` fails with `BROKER_UNAVAILABLE`. */
  close(): void {
    this.closed = true;
    this.drop();
  }

  private drop(): void {
    this.reader?.close();
    this.reader = null;
    this.waiting = null;
  }

  private async open(): Promise<PullReader> {
    if (this.closed) throw new Error('the consumer was closed');
    if (this.reader) return this.reader;
    const { created } = await this.connection.jetstream.streams.info(EVENT_STREAM);
    this.stream = streamIdentity(created);
    const reader = await PullReader.open(this.connection, EVENT_STREAM, { from: { after: this.position }, filters: this.filters });
    if (this.closed) {
      reader.close();
      throw new Error('the consumer was closed');
    }
    this.reader = reader;
    return reader;
  }

  /** Takes the available events, or waits for some. Returns `false` if the consumer no longer exists. */
  private async take({ maxEvents, maxBytes }: FetchLimits, waitMs: number, events: LoggedEvent[]): Promise<boolean> {
    for (;;) {
      const reader = await this.open();
      const bytes = Math.max(maxBytes, reader.roomyBytes);
      if (this.waiting === null) {
        if (reader.pending > 0) return this.pull(reader, { messages: Math.min(maxEvents, reader.pending), bytes, waitMs: 0 }, events);
        if (waitMs === 0) return true;
        this.waiting = reader.pull({ messages: maxEvents, bytes, waitMs });
      }
      const pull: Pull = this.waiting;
      const part = waitMs === 0 ? pull.here(maxEvents) : await pull.some(maxEvents);
      this.append(part, events);
      if (part.length > 0 || pull.end === null) return true;
      this.waiting = null;
      if (!this.continuesAfter(pull)) return false;
      if (pull.end === 'expired') return this.advance(reader, { messages: maxEvents, bytes, waitMs: 0 }, events);
    }
  }

  /**
   * Advances the position after a wait without a match.
   * The end of the log is read before the pull starts, so every match up to that end is visible to the pull.
   */
  private async advance(reader: PullReader, request: PullRequest, events: LoggedEvent[]): Promise<boolean> {
    const before = this.position;
    const { state } = await this.connection.jetstream.streams.info(EVENT_STREAM);
    const isThere = await this.pull(reader, request, events);
    if (isThere && this.position === before) this.position = Math.max(before, state.last_seq);
    return isThere;
  }

  private async pull(reader: PullReader, request: PullRequest, events: LoggedEvent[]): Promise<boolean> {
    const pull = reader.pull(request);
    for (let part = await pull.some(); part.length > 0; part = await pull.some()) this.append(part, events);
    if (pull.end === 'empty') reader.pending = 0;
    return this.continuesAfter(pull);
  }

  private append(part: readonly PulledMessage[], events: LoggedEvent[]): void {
    for (const { sequence, message } of part) {
      this.position = sequence;
      const event = decodeLoggedEvent(message, this.stream, this.connection.fence);
      if (event !== null) events.push(event);
    }
  }

  /** Returns `false` if the consumer no longer exists. Throws if the broker did not answer. */
  private continuesAfter({ end, taken }: Pull): boolean {
    switch (end) {
      case 'empty':
      case 'complete':
      case 'expired':
        return true;
      case 'size':
      case 'unreachable':
        if (taken > 0) return true;
        this.drop();
        return false;
      case 'lost':
      case 'silent':
      case 'interrupted':
      case 'closed':
      case null:
        throw new Error(`pull ended: ${end}`);
    }
  }
}
