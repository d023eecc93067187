import { nanos } from '@nats-io/transport-node';
import { EVENT_STREAM } from '@wabus/contracts';
import type { NatsConnection } from '../connection/nats-connection.js';
import { decodeLoggedEvent, streamIdentity, type LoggedEvent } from '../streams/logged-event.codec.js';
import { StructuredLogger } from '../logging/structured.logger.js';
import { PullReader, type PulledMessage, type PullEnd } from '../streams/pull.reader.js';
import { RecentSettlements } from './recent-settlements.state.js';

/** An event given to one member. */
export interface GroupDelivery {
  readonly event: LoggedEvent;
  /** 1 for the first time that anybody got it. */
  readonly attempt: number;
}

/** The outcome of a delivery: it is settled for the whole group, or comes again, to any member, after a time. */
export type GroupVerdict = { readonly settled: true } | { readonly settled: false; readonly retryInMs: number };

export interface GroupMember {
  /** Deliveries that this member holds at most at a time. */
  readonly maxInFlight: number;
  /** One delivery. Calls overlap. What it throws counts as "again, at once". */
  handle(delivery: GroupDelivery): Promise<GroupVerdict>;
}

const PULL_MS = 30_000;
const PULL_BYTES = 16 * 1024 * 1024;
const RETRY_MS = 500;
const ACKNOWLEDGED = '+ACK';
/** After these, what was sent to the server may not have arrived. */
const DISTURBED: ReadonlySet<PullEnd> = new Set<PullEnd>(['unreachable', 'silent', 'interrupted']);

/**
 * One member of a group: pulls as many events as it may hold.
 * It asks for more when a quarter of that is free, so that a busy member does not send a request for each event.
 */
export class Membership {
  /** Settles when it has ended. */
  readonly ended: Promise<void>;
  private readonly logger = new StructuredLogger('EventGroups');
  private readonly reader: PullReader;
  private readonly stopListening: () => void;
  /** Settled events of which the server may not know: without them it would repeat these, and give out nothing new until then. */
  private readonly recent = new RecentSettlements<PulledMessage>();
  private stream: string | null = null;
  private leaving = false;
  /** Deliveries that the member has in hand. */
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

  /** Ends it: no delivery follows, and what came too late is given back at once. Verdicts of deliveries that are still held are honored. */
  async leave(): Promise<void> {
    if (!this.leaving) {
      this.leaving = true;
      this.stopListening();
      this.wake();
      // What is on its way arrives before the reader is closed, and is given back.
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
    // Else the group is gone, or its leader moves.
    if (pull.end === 'unreachable') throw new Error('the group does not exist, or NATS is moving its leader');
  }

  private receive(pulled: PulledMessage): void {
    this.warned = false;
    if (this.leaving || this.held >= this.member.maxInFlight) return giveBack(pulled, 0);
    const event = this.stream === null ? null : decodeLoggedEvent(pulled.message, this.stream, this.connection.fence);
    // Nothing that anybody could make sense of, now or later.
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

  /** Until something changes, or a moment has passed. */
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
