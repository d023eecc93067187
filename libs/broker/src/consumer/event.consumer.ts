import { EVENT_STREAM, type EventName, type SessionId } from '@wabus/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import type { NatsConnection } from '../connection/nats-connection.js';
import { storageError } from '../errors/broker-error.mapper.js';
import { decodeLoggedEvent, streamIdentity, type LoggedEvent } from '../streams/logged-event.codec.js';
import { PullReader, type Pull, type PulledMessage, type PullRequest } from '../streams/pull.reader.js';
import { filterSubjects } from './consumer-filter.policy.js';

/** Which events a consumer is given. It may be given more than that when the list is long: check again. */
export interface ConsumerScope {
  /** All when missing. */
  readonly sessions?: readonly SessionId[];
  /** All when missing. */
  readonly events?: readonly EventName[];
}

export interface ConsumerStart extends ConsumerScope {
  /** Sequence after which to begin. */
  readonly after: number;
}

/** How much to take at once; a first event that is larger than `maxBytes` is taken all the same. */
export interface FetchLimits {
  readonly maxEvents: number;
  readonly maxBytes: number;
}

export interface EventBatch {
  /** Oldest first; empty when there are none yet. */
  readonly events: readonly LoggedEvent[];
  /** Every event of the scope up to this sequence was handed over, in this batch or before. */
  readonly upTo: number;
}

/**
 * Reads one scope of the log in order, at the pace of whoever calls `next`. What it has handed over it forgets: keep the position.
 *
 * Pulls through a consumer in the memory of the server that only remembers what it handed out; the position that counts is here. When the consumer is lost,
 * another one is made that begins after it.
 */
export class EventConsumer {
  private readonly filters: string[];
  private reader: PullReader | null = null;
  /** The pull that waits for events that are not stored yet: several calls may take from it. */
  private waiting: Pull | null = null;
  /** Of the log, in cursors. */
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
   * The next events, waiting up to `waitMs` for the first. Throws `BROKER_UNAVAILABLE` when the broker does not answer or was lost meanwhile;
   * the next call continues after the last event handed over. One call at a time.
   */
  async next({ waitMs, ...limits }: FetchLimits & { readonly waitMs: number }): Promise<EventBatch> {
    const events: LoggedEvent[] = [];
    try {
      // The server removes an idle consumer: then another one begins at the position.
      if (!(await this.take(limits, waitMs, events)) && !(await this.take(limits, waitMs, events)))
        throw new Error('a newly created consumer is unreachable');
    } catch (error) {
      this.drop();
      // The position is past what has arrived: these events would be lost.
      if (events.length === 0) throw storageError(error);
    }
    return { events, upTo: this.position };
  }

  /**
   * The next event, waiting up to `waitMs` for it, and all that are stored within `lingerMs` after it. Those come in one delivery: one by one, as they are stored, each would cost both
   * ends a system call. Does not linger when more are stored already. Throws as `next` does.
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

  /** Events of the scope that follow those handed over, as the server counted them last. */
  get pending(): number {
    return this.reader?.pending ?? 0;
  }

  /** Ends a waiting `next` with `BROKER_UNAVAILABLE`. */
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

  /** Takes what is there, or waits for it. `false` when the consumer turned out to be gone. */
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

  /** Nothing matching came for a while: whatever matched up to the end that is seen here is there for a pull that begins after it. */
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

  /** `false` when the consumer is gone. Throws when the broker did not answer. */
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
