import { nanos, type Msg, type Subscription } from '@nats-io/transport-node';
import { EVENT_STREAM } from '@wabus/contracts';
import type { NatsConnection } from '../connection/nats.connection.js';
import { decodeLoggedEvent, streamIdentity, type LoggedEvent } from '../streams/logged-event.codec.js';
import { StructuredLogger } from '../logging/structured.logger.js';
import { headerOf, parseDelivery, storedMessage } from '../streams/stored-message.js';

/** An event given to one member. */
export interface GroupDelivery {
  readonly event: LoggedEvent;
  /** 1 for the first time that anybody got it. */
  readonly attempt: number;
}

/** What becomes of a delivery: it is settled for the whole group, or comes again, to any member, after a time. */
export type GroupVerdict = { readonly settled: true } | { readonly settled: false; readonly retryInMs: number };

export interface GroupMember {
  /** Deliveries that this member holds at most at a time. */
  readonly maxInFlight: number;
  /** One delivery. Calls overlap. What it throws counts as "again, at once". */
  handle(delivery: GroupDelivery): Promise<GroupVerdict>;
}

const PULL_MS = 30_000;
const PULL_BYTES = 16 * 1024 * 1024;
const HEARTBEAT_MS = 2_000;
/** Two heartbeats missed: whoever had the request has forgotten it. */
const SILENCE_MS = 5_000;
const RETRY_MS = 500;
const STATUS_HEARTBEAT = 100;
/** The server tells how much of a pull it did not fulfil in this header. */
const PENDING_HEADER = 'Nats-Pending-Messages';

/**
 * One member of a group: pulls as many events as it may hold. A request for more goes out when a quarter of that is free, so that a busy member does not ask for
 * every event by itself.
 */
export class Membership {
  /** Settles when it has ended. */
  readonly ended: Promise<void>;
  private readonly logger = new StructuredLogger('EventGroups');
  private readonly inbox: string;
  private readonly subscription: Subscription;
  private readonly forgetConnection: () => void;
  private readonly watchdog: NodeJS.Timeout;
  private settleEnded: () => void = () => undefined;
  private stream: string | null = null;
  private leaving = false;
  /** Deliveries that the member has in hand. */
  private held = 0;
  /** Deliveries that are asked for and did not come yet. */
  private asked = 0;
  private pull = 0;
  private heardAt = 0;
  private warned = false;

  constructor(
    private readonly connection: NatsConnection,
    private readonly consumer: string,
    private readonly member: GroupMember
  ) {
    this.ended = new Promise(resolve => (this.settleEnded = resolve));
    this.inbox = connection.createInbox();
    this.subscription = connection.client.subscribe(`${this.inbox}.*`, {
      callback: (error, message) => (error ? undefined : this.receive(message))
    });
    // What was asked for over the lost connection is forgotten by the server.
    this.forgetConnection = connection.onChange(connected => (connected ? this.ask(true) : undefined));
    this.watchdog = setInterval(() => this.supervise(), RETRY_MS);
    this.watchdog.unref();
    void this.begin();
  }

  /** Ends it: no delivery follows, and what came too late is given back at once. Verdicts of deliveries that are still held are honoured. */
  async leave(): Promise<void> {
    if (!this.leaving) {
      this.leaving = true;
      clearInterval(this.watchdog);
      this.forgetConnection();
      // What is on its way arrives before the subscription ends, and is given back.
      if (this.connection.isConnected) await this.subscription.drain().catch(() => undefined);
      else this.subscription.unsubscribe();
      this.settleEnded();
    }
    return this.ended;
  }

  private async begin(): Promise<void> {
    try {
      this.stream = streamIdentity((await this.connection.jetstream.streams.info(EVENT_STREAM)).created);
      this.ask(true);
    } catch (error) {
      this.warn('the event log does not answer', error);
    }
  }

  private supervise(): void {
    if (!this.connection.isConnected) return;
    if (this.stream === null) void this.begin();
    else if (this.asked === 0 || performance.now() - this.heardAt > SILENCE_MS) this.ask(true);
  }

  /** @param anew in place of what was asked for and is lost */
  private ask(anew = false): void {
    if (this.leaving || this.stream === null || !this.connection.isConnected) return;
    if (!anew && this.asked > 0) return;
    const { maxInFlight } = this.member;
    const free = maxInFlight - this.held;
    if (free <= 0 || (this.held > 0 && free < maxInFlight / 4)) return;
    this.asked = free;
    this.heardAt = performance.now();
    const request = { batch: free, max_bytes: PULL_BYTES, expires: nanos(PULL_MS), idle_heartbeat: nanos(HEARTBEAT_MS) };
    this.connection.client.publish(`$JS.API.CONSUMER.MSG.NEXT.${EVENT_STREAM}.${this.consumer}`, JSON.stringify(request), {
      reply: `${this.inbox}.${++this.pull}`
    });
  }

  private receive(message: Msg): void {
    const delivery = parseDelivery(message.reply);
    if (delivery === null) return this.receiveStatus(message);
    this.heardAt = performance.now();
    this.asked = Math.max(0, this.asked - 1);
    this.warned = false;
    const event =
      this.stream === null ? null : decodeLoggedEvent(storedMessage(message, delivery.sequence), this.stream, this.connection.fence);
    if (this.leaving || this.held >= this.member.maxInFlight) return giveBack(message, 0);
    // Nothing that anybody could make sense of, now or later.
    if (event === null) return settle(message);
    this.held++;
    void this.handle(message, () => this.member.handle({ event, attempt: delivery.attempt }));
  }

  private async handle(message: Msg, work: () => Promise<GroupVerdict>): Promise<void> {
    try {
      const verdict = await work();
      if (verdict.settled) settle(message);
      else giveBack(message, verdict.retryInMs);
    } catch (error) {
      this.logger.error({ err: error, consumer: this.consumer }, 'the member of a group failed');
      giveBack(message, RETRY_MS);
    } finally {
      this.held--;
      this.ask();
    }
  }

  private receiveStatus(message: Msg): void {
    // An answer to a request that was replaced already.
    if (message.subject !== `${this.inbox}.${this.pull}`) return;
    this.heardAt = performance.now();
    const code = message.headers?.code;
    if (code === STATUS_HEARTBEAT) return;
    const expired = code === 408 || headerOf(message, PENDING_HEADER) !== undefined;
    this.asked = 0;
    if (expired) this.ask();
    // Else the group is gone, or its leader moves: the watchdog asks again.
    else this.warn('a group cannot be reached, still trying', code);
  }

  private warn(text: string, reason: unknown): void {
    if (!this.warned) this.logger.warn({ consumer: this.consumer, ...(reason instanceof Error ? { err: reason } : { reason }) }, text);
    this.warned = true;
  }
}

function settle(message: Msg): void {
  message.respond('+ACK');
}

function giveBack(message: Msg, inMs: number): void {
  message.respond(inMs > 0 ? `-NAK ${JSON.stringify({ delay: nanos(inMs) })}` : '-NAK');
}
