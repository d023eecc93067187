import { setTimeout as delay } from 'node:timers/promises';
import {
  AckPolicy,
  DeliverPolicy,
  jetstream,
  JetStreamApiError,
  jetstreamManager,
  type ConsumerConfig,
  type ConsumerInfo,
  type ConsumerMessages,
  type JetStreamManager,
  type JsMsg
} from '@nats-io/jetstream';
import { errors, nanos, type NatsConnection } from '@nats-io/transport-node';
import { isKind } from '../connection/nats-errors.mapper.js';
import { positionOf } from './event-facts.codec.js';
import type { EventTerms } from './event-server.options.js';
import { EVENT_LOG } from './pattern.policy.js';

const CONSUMER_NOT_FOUND = 10014;
const STREAM_NOT_FOUND = 10059;
const RETRY_MS = 500;
/** How often, and at which interval, the state of the consumer is requested until all acknowledgments are counted. */
const LOOKS = 10;
const LOOK_MS = 50;
const PIN_HEADER = 'Nats-Pin-Id';
/** The consumer group of the processes of a service, of which only one works. */
const GROUP = 'service';
/** The number of events that a process may hold for each event that it handles. */
const HELD_PER_HANDLER = 8;

/** The callbacks of the consumer. */
export interface ConsumerObserver {
  received(message: JsMsg): void;
  /** Called when another process has taken over. */
  replaced(): void;
  /** Called when the consumer was created again, and possibly the event log too: positions and acknowledgments of the previous one are no longer valid. */
  renewed(): Promise<void>;
  warn(message: string): void;
}

/**
 * The durable consumer of a service on the event log. With an order, it is pinned to one process at a time: if that process fails, NATS delivers its events to
 * the next process before any later ones. Without an order, all processes pull from it.
 */
export class DurableConsumer {
  private manager: JetStreamManager | null = null;
  private messages: ConsumerMessages | null = null;
  /** When NATS created the consumer, which shows whether a consumer with the same name is another one. */
  private created: string | null = null;
  /** The sequence up to which all events of the log are finished. */
  private finished = 0;
  /** When the log to which `finished` belongs was created; `null` if unknown. */
  private log: string | null = null;
  private renewing: Promise<void> = Promise.resolve();
  private pin = '';
  /** The messages under a pin whose consumer is not identified yet. */
  private unrecognised: JsMsg[] | null = null;
  private isPinned = false;
  private isClosed = false;
  private ensuring: Promise<void> | null = null;
  private pulling: Promise<void> | null = null;
  private wake: () => void = () => undefined;

  constructor(
    private readonly client: NatsConnection,
    private readonly terms: EventTerms,
    private readonly filters: readonly string[],
    private readonly observer: ConsumerObserver
  ) {}

  /** Returns when the event log was created, according to NATS; `null` for a user without the permission to request it. */
  async logCreated(): Promise<string | null> {
    // A service for some sessions has a single filter, and no permission to request the state of the stream.
    const [only = ''] = this.filters;
    if (this.filters.length === 1 && !only.startsWith('wa.evt.*.') && only !== 'wa.evt.>') return null;
    const info = await (await this.managerOf()).streams.info(EVENT_LOG).catch(() => null);
    this.log = info?.created ?? this.log;
    return info?.created ?? null;
  }

  /** Creates or updates the consumer according to the terms. Waits until the event log exists. */
  async ensure(): Promise<void> {
    this.ensuring ??= this.create().finally(() => (this.ensuring = null));
    await this.ensuring;
  }

  /**
   * Starts to receive events.
   * @param room returns how many more events this process can take
   */
  async start(room: () => number): Promise<void> {
    await this.ensure();
    if (this.terms.order === 'none') {
      this.pulling = this.pull(room);
      return;
    }
    const consumer = await jetstream(this.client).consumers.get(EVENT_LOG, this.terms.consumer);
    this.messages = await consumer.consume({
      max_messages: this.held,
      expires: this.expiresMs,
      group: GROUP,
      callback: message => this.take(message)
    });
    void this.follow(this.messages);
  }

  /** Notifies the consumer that there is room for more events. */
  proceed(): void {
    this.wake();
  }

  /** Stops receiving events. */
  async stop(): Promise<void> {
    this.isClosed = true;
    this.wake();
    this.messages?.stop();
    await this.pulling;
  }

  /**
   * Lets another process take over at once. Call it when no handler is running. If events were in transit when this process stopped, the pin expires as after a
   * crash: until NATS delivers them again, no other process may receive the later ones.
   * @param returned the number of events that were returned to NATS
   */
  async release(returned: number): Promise<void> {
    if (!this.isPinned || this.manager === null) return;
    this.isPinned = false;
    const { consumers } = this.manager;
    for (let look = 0; look < LOOKS; look++) {
      const info = await consumers.info(EVENT_LOG, this.terms.consumer).catch(() => null);
      // If the pin has expired in the meantime, that of another process must remain.
      if (info === null || pinIn(info) !== this.pin) return;
      if (info.num_ack_pending <= returned) {
        await consumers.unpin(EVENT_LOG, this.terms.consumer, GROUP).catch(() => undefined);
        return;
      }
      // NATS may not have counted the last acknowledgments yet.
      await delay(LOOK_MS);
    }
  }

  /** Records how far the service has progressed, which is where the consumer begins if it must be created again. Never rejects. */
  async note(): Promise<void> {
    if (this.created === null || this.manager === null || this.isClosed) return;
    const info = await this.manager.consumers.info(EVENT_LOG, this.terms.consumer).catch(() => null);
    if (info !== null) await this.recognise(info);
  }

  /** The maximum number of delivered events that are not finished. */
  get held(): number {
    return this.terms.concurrency * HELD_PER_HANDLER;
  }

  /** The time after which a pull is repeated, which is shorter than that of a pin. */
  private get expiresMs(): number {
    return Math.max(1_000, Math.min(5_000, Math.round(this.terms.ackWaitMs / 2)));
  }

  private async managerOf(): Promise<JetStreamManager> {
    this.manager ??= await jetstreamManager(this.client);
    return this.manager;
  }

  private async create(): Promise<void> {
    for (let attempt = 0; !this.isClosed; attempt++) {
      try {
        const { consumers } = await this.managerOf();
        const known = await consumers.info(EVENT_LOG, this.terms.consumer).catch(refusal(CONSUMER_NOT_FOUND));
        if (known !== null) {
          await this.recognise(known);
          const changes = differences(known.config, this.config());
          if (changes !== null) await consumers.update(EVENT_LOG, this.terms.consumer, changes);
          return;
        }
        const added = await consumers.add(EVENT_LOG, { durable_name: this.terms.consumer, ...(await this.beginning()), ...this.config() });
        return await this.recognise(added);
      } catch (error) {
        if (isKind(error, errors.PermissionViolationError)) throw this.notPermitted(error);
        if (!(error instanceof JetStreamApiError) || (error.code !== STREAM_NOT_FOUND && error.status !== 503)) throw error;
        // The next log is another one.
        if (error.code === STREAM_NOT_FOUND) this.finished = 0;
        if (attempt % 20 === 0) this.observer.warn('the event log does not exist yet: no connector has started');
        await delay(RETRY_MS);
      }
    }
  }

  private async recognise({ created, ack_floor: floor }: ConsumerInfo): Promise<void> {
    const before = this.created;
    this.created = created;
    this.finished = floor.stream_seq;
    if (before !== null && before !== created) this.renewing = this.observer.renewed();
    await this.renewing;
  }

  /** A new consumer has a new pin, so its first message waits until the consumer is identified. */
  private take(message: JsMsg): void {
    const pin = message.headers?.get(PIN_HEADER) ?? '';
    if (this.unrecognised === null && pin === this.pin) return this.observer.received(message);
    this.pin = pin;
    if (this.unrecognised !== null) return void this.unrecognised.push(message);
    this.unrecognised = [message];
    void this.recogniseCurrent();
  }

  /** Never rejects. */
  private async recogniseCurrent(): Promise<void> {
    try {
      await this.recognise(await (await this.managerOf()).consumers.info(EVENT_LOG, this.terms.consumer));
    } catch (error) {
      this.observer.warn(`cannot look up the consumer: ${String(error)}`);
    }
    const messages = this.unrecognised ?? [];
    this.unrecognised = null;
    for (const message of messages) this.observer.received(message);
  }

  private config(): Partial<ConsumerConfig> {
    const { order, ackWaitMs } = this.terms;
    const [only] = this.filters;
    const subjects = this.filters.length === 1 && only !== undefined ? { filter_subject: only } : { filter_subjects: [...this.filters] };
    return {
      ack_policy: AckPolicy.Explicit,
      ack_wait: nanos(ackWaitMs),
      max_deliver: -1,
      // Without an order, each of several processes holds `held` events, and they share this limit.
      max_ack_pending: order === 'none' ? Math.max(1_000, 4 * this.held) : this.held,
      ...subjects,
      ...(order === 'none'
        ? // This also removes the settings of a consumer that had an order.
          { priority_groups: undefined, priority_policy: undefined, priority_timeout: undefined }
        : {
            priority_groups: [GROUP],
            priority_policy: 'pinned_client',
            // Longer than the time after which NATS redelivers the events of a failed process, so that its successor receives them first.
            priority_timeout: nanos(ackWaitMs + 2_000)
          })
    };
  }

  private notPermitted(cause: unknown): Error {
    const { consumer } = this.terms;
    const rule =
      'List the consumer for this user. A service that reads only some sessions needs a separate consumer and strategy for each.';
    return new Error(
      `The NATS user is not permitted to use the consumer ${consumer} with the filters ${this.filters.join(', ')}. ${rule}`,
      {
        cause
      }
    );
  }

  private async beginning(): Promise<Partial<ConsumerConfig>> {
    const { startFrom } = this.terms;
    const [before, log] = [this.log, await this.logCreated()];
    // The service has worked before: it continues at its position, or at the first event of a log that has replaced the previous one.
    if (this.created !== null) return after(before !== null && log !== null && log !== before ? 0 : this.finished);
    if (startFrom === 'new') return { deliver_policy: DeliverPolicy.New };
    if (startFrom === 'all') return { deliver_policy: DeliverPolicy.All };
    if ('time' in startFrom) return { deliver_policy: DeliverPolicy.StartTime, opt_start_time: startFrom.time.toISOString() };
    const position = positionOf(startFrom.cursor);
    if (position === null) throw new RangeError('startFrom.cursor is not a cursor');
    if (log === null || Date.parse(log) === position.created) return after(position.sequence);
    this.observer.warn('startFrom.cursor belongs to another event log: receiving all events of the current one');
    return { deliver_policy: DeliverPolicy.All };
  }

  private async follow(messages: ConsumerMessages): Promise<void> {
    for await (const status of messages.status()) {
      switch (status.type) {
        case 'consumer_pinned':
          this.isPinned = true;
          break;
        case 'consumer_unpinned':
          this.isPinned = false;
          this.observer.replaced();
          break;
        case 'consumer_not_found':
        case 'consumer_deleted':
        case 'stream_not_found':
          this.observer.warn('the consumer is gone, creating it again');
          await this.ensure().catch((error: unknown) => this.observer.warn(String(error)));
          break;
        default:
      }
    }
  }

  /** Pulls repeatedly, each time as many events as there is room for. Other processes receive the rest. */
  private async pull(room: () => number): Promise<void> {
    while (!this.isClosed) {
      const free = room();
      if (free <= 0) {
        await new Promise<void>(resolve => (this.wake = resolve));
        continue;
      }
      try {
        const consumer = await jetstream(this.client).consumers.get(EVENT_LOG, this.terms.consumer);
        await this.recognise(await consumer.info(true));
        const messages = await consumer.fetch({ max_messages: free, expires: this.expiresMs });
        this.wake = () => void (this.isClosed && messages.stop());
        if (this.isClosed) messages.stop();
        for await (const message of messages) this.observer.received(message);
      } catch (error) {
        if (this.isClosed) return;
        this.observer.warn(`cannot pull events: ${String(error)}`);
        await delay(RETRY_MS);
        await this.ensure().catch((failure: unknown) => this.observer.warn(String(failure)));
      }
    }
  }
}

/** Returns the pin of the working process. The types of the client lack it. */
function pinIn(info: ConsumerInfo & { priority_groups?: { group: string; pinned_client_id?: string }[] }): string | undefined {
  return info.priority_groups?.find(({ group }) => group === GROUP)?.pinned_client_id;
}

function after(sequence: number): Partial<ConsumerConfig> {
  return { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: sequence + 1 };
}

function refusal(code: number): (error: unknown) => null {
  return error => {
    if (error instanceof JetStreamApiError && error.code === code) return null;
    throw error;
  };
}

/** Returns the configuration to update; `null` if nothing differs. A filter in the other form is removed. */
function differences(known: ConsumerConfig, needed: Partial<ConsumerConfig>): Partial<ConsumerConfig> | null {
  const fields = Object.entries(needed) as [keyof ConsumerConfig, unknown][];
  const isSame = fields.every(([name, value]) => JSON.stringify(known[name]) === JSON.stringify(value));
  if (isSame) return null;
  return { ...needed, filter_subject: needed.filter_subject, filter_subjects: needed.filter_subjects };
}
