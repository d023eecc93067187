import { nanos } from '@nats-io/transport-node';
import { EVENT_STREAM } from '@wabus/contracts';
import type { NatsConnection } from '../connection/nats-connection.js';
import { decodeLoggedEvent, streamIdentity, type LoggedEvent } from '../streams/logged-event.codec.js';
import { StructuredLogger } from '../logging/structured.logger.js';
import { PullReader, type PulledMessage, type PullEnd } from '../streams/pull.reader.js';
import { RecentSettlements } from './recent-settlements.state.js';

/** An event delivered to one member. */
export interface GroupDelivery {
  readonly event: LoggedEvent;
  /** 1 for the first delivery to any member. */
  readonly attempt: number;
}

/** The outcome of a delivery: settled for the whole group, or to be redelivered to any member after `retryInMs`. */
export type GroupVerdict = { readonly settled: true } | { readonly settled: false; readonly retryInMs: number };

export interface GroupMember {
  /** Maximum number of deliveries that this member handles at a time. */
  readonly maxInFlight: number;
  /** Handles one delivery. Calls overlap. If it throws, the event is redelivered immediately. */
  handle(delivery: GroupDelivery): Promise<GroupVerdict>;
}

const PULL_MS = 30_000;
const PULL_BYTES = 16 * 1024 * 1024;
const RETRY_MS = 500;
const ACKNOWLEDGED = '+ACK';
/** After these, messages to the server may have been lost. */
const DISTURBED: ReadonlySet<PullEnd> = new Set<PullEnd>(['unreachable', 'silent', 'interrupted']);

/**
 * One member of a group. Pulls as many events as it may handle at a time.
 * It requests more only when a quarter of that number is free, so that a busy member does not send a request per event.
 */
export class Membership {
  /** Resolves when the membership has ended. */
  readonly ended: Promise<void>;
  private readonly logger = new StructuredLogger('event-groups');
  private readonly reader: PullReader;
  private readonly stopListening: () => void;
  /** Recent settlements that the server may have lost. Unless they are sent again, the server redelivers these events before any new ones. */
  private readonly recent = new RecentSettlements<PulledMessage>();
  private stream: string | null = null;
  private leaving = false;
  /** Number of deliveries that the member is handling. */
  private held = 0;
  private warned = false;
  private wake: () => void = () => undefined;

  constructor(
    private readonly connection: NatsConnection,
    private readonly consumer: string,
    private readonly member: GroupMember
  ) {
    this.reader = new PullReader(
      connection,
      { stream: EVENT_STREAM, consumer },
      {
        isOrdered: false,
        late: message => this.receive(message),
        alive: () => this.recent.alive(performance.now()).forEach(pulled => pulled.respond(ACKNOWLEDGED))
      }
    );
    this.stopListening = connection.onChange(() => this.wake());
    this.ended = this.run();
  }

  /**
   * Ends the membership: nothing more is delivered, and events that arrive late are returned immediately. Verdicts of deliveries still being handled are sent.
   */
  async leave(): Promise<void> {
    if (!this.leaving) {
      this.leaving = true;
      this.stopListening();
      this.wake();
      // Events in flight arrive before the reader is closed, and are returned.
      await this.reader.drain();
    }
    return this.ended;
  }

  private async run(): Promise<void> {
    while (!this.leaving) {
      try {
        await this.pullOnce();
      } catch (error) {
        this.warn(error);
        await this.pause();
      }
    }
  }

  private async pullOnce(): Promise<void> {
    if (!this.connection.isConnected) return this.pause();
    this.stream ??= streamIdentity((await this.connection.jetstream.streams.info(EVENT_STREAM)).created);
    const { maxInFlight } = this.member;
    const free = maxInFlight - this.held;
    if (free <= 0 || (this.held > 0 && free < maxInFlight / 4)) return this.pause();
    if (this.leaving) return;
    const bytes = Math.max(PULL_BYTES, this.reader.roomyBytes);
    const pull = this.reader.pull({ messages: free, bytes, waitMs: PULL_MS });
    for (let part = await pull.some(); part.length > 0; part = await pull.some()) part.forEach(message => this.receive(message));
    if (pull.end !== null && DISTURBED.has(pull.end)) this.recent.disturbed();
    // Otherwise the group no longer exists, or its leader is moving.
    if (pull.end === 'unreachable') throw new Error('the group does not exist, or NATS is moving its leader');
  }

  private receive(pulled: PulledMessage): void {
    this.warned = false;
    if (this.leaving || this.held >= this.member.maxInFlight) return giveBack(pulled, 0);
    const event = this.stream === null ? null : decodeLoggedEvent(pulled.message, this.stream, this.connection.fence);
    // Not an event: no member could ever handle it.
    if (event === null) return this.settle(pulled);
    this.held++;
    void this.handle(pulled, () => this.member.handle({ event, attempt: pulled.attempt }));
  }

  private async handle(pulled: PulledMessage, work: () => Promise<GroupVerdict>): Promise<void> {
    try {
      const verdict = await work();
      if (verdict.settled) this.settle(pulled);
      else giveBack(pulled, verdict.retryInMs);
    } catch (error) {
      this.logger.error({ err: error, consumer: this.consumer }, 'event group member failed');
      giveBack(pulled, RETRY_MS);
    } finally {
      this.held--;
      this.wake();
    }
  }

  private settle(pulled: PulledMessage): void {
    this.recent.note(pulled, performance.now());
    pulled.respond(ACKNOWLEDGED);
  }

  /** Waits until something changes or `RETRY_MS` has passed. */
  private pause(): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, RETRY_MS);
      timer.unref();
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private warn(err: unknown): void {
    if (!this.warned) this.logger.warn({ consumer: this.consumer, err }, 'event group is unreachable, retrying');
    this.warned = true;
  }
}

function giveBack(pulled: PulledMessage, inMs: number): void {
  pulled.respond(inMs > 0 ? `-NAK ${JSON.stringify({ delay: nanos(inMs) })}` : '-NAK');
}
