import { setTimeout as delay } from 'node:timers/promises';
import type { EventLog } from '@wabus/broker';
import type { Logger } from 'pino';
import type { SessionLease } from '../ownership/session-lease.js';
import { SessionEvents, type SessionEventMap } from '../session/session-events.js';
import { encodeEvent, type EncodedEvent } from './event.encoder.js';
import type { PublisherMetrics } from './publisher.metrics.js';

const SETTLE_LIMIT_MS = 3_000;
/** An event that waits for so long means that the broker does not take any. */
const LATE_MS = 5_000;

export interface PublisherSettings {
  /** Bodies that wait for the broker may use so much memory before reading from WhatsApp stops; it resumes at half of it. */
  readonly maxPendingBytes: number;
}

/** An event on its way to the log. */
interface Waiting {
  /** Monotonic, ms. */
  readonly since: number;
  /** Never rejects. */
  readonly done: Promise<void>;
}

/** What goes out under one lease. */
interface Outgoing {
  numbers: number;
  published: number;
  readonly waiting: Set<Waiting>;
}

/** Publishes the events of all sessions, each session's in order, without waiting for one before the next. */
export class EventPublisher extends SessionEvents {
  private readonly outgoing = new WeakMap<SessionLease, Outgoing>();
  private readonly pressureListeners: ((full: boolean) => void)[] = [];
  private readonly waiting = new Set<Waiting>();
  private pendingBytes = 0;
  private full = false;

  constructor(
    private readonly log: EventLog,
    private readonly settings: PublisherSettings,
    private readonly metrics: PublisherMetrics,
    private readonly logger: Logger
  ) {
    super();
  }

  emit<Name extends keyof SessionEventMap>(lease: SessionLease, name: Name, payload: SessionEventMap[Name]): void {
    if (!lease.isValid()) return this.metrics.fenced(name);
    const outgoing = this.outgoingOf(lease);
    try {
      const origin = { session: lease.session, epoch: lease.epoch, at: new Date().toISOString(), nextNumber: () => ++outgoing.numbers };
      for (const event of encodeEvent(name, payload, origin)) this.publish(event, outgoing);
    } catch (err) {
      this.metrics.failed(name);
      this.logger.error({ err, session: lease.session, event: name }, 'event could not be encoded');
    }
  }

  published(lease: SessionLease): number {
    return this.outgoing.get(lease)?.published ?? 0;
  }

  async settled(lease: SessionLease): Promise<void> {
    await this.done(this.outgoing.get(lease)?.waiting);
  }

  /** Settles when nothing waits for the broker any more, or after a limit. */
  async flush(): Promise<void> {
    await this.done(this.waiting);
    if (this.waiting.size > 0) this.logger.error({ events: this.waiting.size }, 'events were not published before the stop');
  }

  onPressure(listener: (full: boolean) => void): void {
    this.pressureListeners.push(listener);
  }

  /** Why events do not get through at the moment, `null` when they do. For the readiness check. */
  get trouble(): string | null {
    if (this.full) return 'so many events wait for the broker that no more are read from whatsapp';
    // A set keeps the order of insertion.
    const oldest = this.waiting.values().next().value;
    return oldest && performance.now() - oldest.since > LATE_MS ? 'events wait for the broker' : null;
  }

  private publish({ facts, body }: EncodedEvent, outgoing: Outgoing): void {
    const since = performance.now();
    const stored = this.log.publish(facts, body).then(
      ({ duplicate }) => {
        if (!duplicate) outgoing.published += 1;
        this.metrics.published(facts.event, duplicate, (performance.now() - since) / 1000);
      },
      (err: unknown) => {
        this.metrics.failed(facts.event);
        this.logger.error({ err, session: facts.session, event: facts.event, bytes: body.length }, 'event could not be published');
      }
    );
    const waiting: Waiting = { since, done: stored.then(() => this.forget(waiting, outgoing, body.length)) };
    this.waiting.add(waiting);
    outgoing.waiting.add(waiting);
    this.weigh(body.length);
  }

  private async done(events: ReadonlySet<Waiting> | undefined): Promise<void> {
    if (events?.size)
      await Promise.race([Promise.all([...events].map(({ done }) => done)), delay(SETTLE_LIMIT_MS, undefined, { ref: false })]);
  }

  private forget(waiting: Waiting, outgoing: Outgoing, bytes: number): void {
    this.waiting.delete(waiting);
    outgoing.waiting.delete(waiting);
    this.weigh(-bytes);
  }

  private weigh(bytes: number): void {
    this.pendingBytes += bytes;
    this.metrics.inFlight(this.waiting.size, this.pendingBytes);
    const { maxPendingBytes } = this.settings;
    const full = this.full ? this.pendingBytes > maxPendingBytes / 2 : this.pendingBytes > maxPendingBytes;
    if (full === this.full) return;
    this.full = full;
    this.logger.warn(
      { pendingBytes: this.pendingBytes },
      full ? 'reading from whatsapp stopped: events wait for the broker' : 'reading from whatsapp resumed'
    );
    for (const listener of this.pressureListeners) listener(full);
  }

  private outgoingOf(lease: SessionLease): Outgoing {
    const outgoing = this.outgoing.get(lease) ?? { numbers: 0, published: 0, waiting: new Set() };
    this.outgoing.set(lease, outgoing);
    return outgoing;
  }
}
