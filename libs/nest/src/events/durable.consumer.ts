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
/** How often and after which time NATS is asked again whether all is answered. */
const LOOKS = 10;
const LOOK_MS = 50;
const PIN_HEADER = 'Nats-Pin-Id';
/** The processes of a service, of which one works. */
const GROUP = 'service';
/** Events that a process may hold for each that it handles. */
const HELD_PER_HANDLER = 8;

/** What the consumer passes on. */
export interface ConsumerObserver {
  received(message: JsMsg): void;
  /** Another process works now. */
  replaced(): void;
  /** The consumer is another one, and the log may be: positions in the previous one and answers to it mean nothing. */
  renewed(): Promise<void>;
  warn(message: string): void;
}

/**
 * The durable consumer of a service on the event log. With an order it is pinned to one process at a time: NATS gives the events of a process that is gone to
 * the next one, before any later ones. Without an order all processes pull from it.
 */
export class DurableConsumer {
  private manager: JetStreamManager | null = null;
  private messages: ConsumerMessages | null = null;
  /** When NATS created the consumer, by which another one under its name is recognized. */
  private created: string | null = null;
  /** All events of the log up to this one are finished. */
  private finished = 0;
  /** The log to which that belongs; `null` if unknown. */
  private log: string | null = null;
  private renewing: Promise<void> = Promise.resolve();
  private pin = '';
  /** Under a pin whose consumer is not recognized yet. */
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

  /** When the event log was created, as NATS says it; `null` for a user that may not ask. */
  async logCreated(): Promise<string | null> {
    // A service that reads some sessions has one filter, and may not ask for the state of the stream.
    const [only = ''] = this.filters;
    if (this.filters.length === 1 && !only.startsWith('wa.evt.*.') && only !== 'wa.evt.>') return null;
    const info = await (await this.managerOf()).streams.info(EVENT_LOG).catch(() => null);
    this.log = info?.created ?? this.log;
    return info?.created ?? null;
  }

  /** Creates or changes the consumer as the terms say. Waits for an event log that is not there yet. */
  async ensure(): Promise<void> {
    this.ensuring ??= this.create().finally(() => (this.ensuring = null));
    await this.ensuring;
  }

  /** Begins to receive. @param room how many more events this process takes now */
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

  /** There is room for more. */
  proceed(): void {
    this.wake();
  }

  /** Receives no more. */
  async stop(): Promise<void> {
    this.isClosed = true;
    this.wake();
    this.messages?.stop();
    await this.pulling;
  }

  /**
   * Lets another process work at once; call it when no handler runs any more. If events were on the line when this process stopped, the pin expires as after
   * a crash: until NATS delivers them again, no other process may get the later ones.
   * @param returned how many events were given back
   */
  async release(returned: number): Promise<void> {
    if (!this.isPinned || this.manager === null) return;
    this.isPinned = false;
    const { consumers } = this.manager;
    for (let look = 0; look < LOOKS; look++) {
      const info = await consumers.info(EVENT_LOG, this.terms.consumer).catch(() => null);
      // The pin may have expired meanwhile: that of another process stays.
      if (info === null || pinIn(info) !== this.pin) return;
      if (info.num_ack_pending <= returned) {
        await consumers.unpin(EVENT_LOG, this.terms.consumer, GROUP).catch(() => undefined);
        return;
      }
      // NATS may not have counted the last answers yet.
      await delay(LOOK_MS);
    }
  }

  /** Notes how far the service is: there a consumer begins that has to be made again. Never rejects. */
  async note(): Promise<void> {
    if (this.created === null || this.manager === null || this.isClosed) return;
    const info = await this.manager.consumers.info(EVENT_LOG, this.terms.consumer).catch(() => null);
    if (info !== null) await this.recognise(info);
  }

  /** Most events that are delivered and not finished. */
  get held(): number {
    return this.terms.concurrency * HELD_PER_HANDLER;
  }

  /** A pull is repeated more often than a pin expires. */
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
        // What comes next is another log.
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

  /** A new consumer has a new pin, so its first message waits until the consumer is recognized. */
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
      // Without an order every process holds as many.
      max_ack_pending: order === 'none' ? Math.max(1_000, 4 * this.held) : this.held,
      ...subjects,
      ...(order === 'none'
        ? // Also of a consumer that had an order.
          { priority_groups: undefined, priority_policy: undefined, priority_timeout: undefined }
        : {
            priority_groups: [GROUP],
            priority_policy: 'pinned_client',
            // Longer than the time after which the events of a process that is gone are due: its successor gets them first.
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
    // The service has worked before: it continues there, and begins a log that took the place of the former at its first event.
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

  /** One pull after another, each for as much as there is room: another process gets the rest. */
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

/** The pin of the process that works; the client's types lack it. */
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

/** The fields to change, `null` if there are none. A filter in the other form is taken away. */
function differences(known: ConsumerConfig, needed: Partial<ConsumerConfig>): Partial<ConsumerConfig> | null {
  const fields = Object.entries(needed) as [keyof ConsumerConfig, unknown][];
  const isSame = fields.every(([name, value]) => JSON.stringify(known[name]) === JSON.stringify(value));
  if (isSame) return null;
  return { ...needed, filter_subject: needed.filter_subject, filter_subjects: needed.filter_subjects };
}
