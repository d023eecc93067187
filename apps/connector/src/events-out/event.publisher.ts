import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { EventLog } from '@wabus/broker';
import { WabusError, type EventName } from '@wabus/contracts';
import { Log, type Logger } from '@wabus/runtime';
import { errorName, STAGES, tracing } from '@wabus/runtime/tracing';
import type { AuthState } from '../auth-state/auth-state.js';
import type { SessionLease } from '../ownership/session-lease.js';
import { SessionEvents, type SessionEventMap } from '../session/session-events.js';
import type { Inbox } from '../whatsapp/inbox.js';
import type { KnownIdentities } from '../whatsapp/known-identities.js';
import { isChangeEvent } from '../whatsapp/receiving/change-order.policy.js';
import { encodeEvent, otherMessageEventId, type PreparedEvent } from './event.encoder.js';
import { EventPartStore } from './event-part.store.js';
import type { EventFate } from './inbox-journal.types.js';
import { InboxJournal } from './inbox.journal.js';
import { InboxMetrics } from './inbox.metrics.js';
import { withoutLost } from './large-part.policy.js';
import { PublisherMetrics } from './publisher.metrics.js';
import { RememberedMessages } from './remembered-messages.js';
import { KnownLogEnd, SessionPublications, type Waiting } from './session-publications.js';

const SETTLE_LIMIT_MS = 3_000;
/** If an event waits this long, the broker is not accepting any. */
const LATE_MS = 5_000;

export abstract class PublisherSettings {
  /** Maximum size of the bodies that wait for the broker, in bytes. Beyond it, reading from WhatsApp stops; it resumes at half of it. */
  abstract readonly maxPendingBytes: number;
  /** Whether decrypted messages are stored until they are published. */
  abstract readonly inboxJournal: boolean;
}

/** The dependencies of the publisher. */
@Injectable()
export class PublisherParts {
  readonly logger: Logger;
  /** `null` if messages are not stored until they are published. */
  readonly inboxMetrics: InboxMetrics | null;

  constructor(
    readonly log: EventLog,
    readonly eventParts: EventPartStore,
    readonly settings: PublisherSettings,
    readonly metrics: PublisherMetrics,
    inboxMetrics: InboxMetrics,
    processLog: Log
  ) {
    this.inboxMetrics = settings.inboxJournal ? inboxMetrics : null;
    this.logger = processLog.for('events-out');
  }
}

/** Publishes the events of all sessions, in order per session, without waiting for one before the next. */
@Injectable()
export class EventPublisher extends SessionEvents {
  private readonly sessions = new WeakMap<SessionLease, SessionPublications>();
  private readonly pressureListeners: ((full: boolean) => void)[] = [];
  private readonly waiting = new Set<Waiting>();
  private readonly position: KnownLogEnd;
  private pendingBytes = 0;
  private full = false;

  constructor(private readonly parts: PublisherParts) {
    super();
    this.position = new KnownLogEnd(parts.log);
  }

  openInbox(lease: SessionLease, auth: AuthState): Inbox | null {
    const { inboxMetrics, logger } = this.parts;
    if (!inboxMetrics) return null;
    const publications = this.publicationsOf(lease);
    const memory = new RememberedMessages(auth);
    const inbox = new InboxJournal({ lease, auth, published: publications, memory, metrics: inboxMetrics, logger });
    publications.inbox = inbox;
    publications.memory = memory;
    lease.lost.addEventListener('abort', () => inbox.close(), { once: true });
    return inbox;
  }

  identitiesOf(lease: SessionLease): KnownIdentities {
    return this.publicationsOf(lease).identities;
  }

  emit<Name extends keyof SessionEventMap>(lease: SessionLease, name: Name, payload: SessionEventMap[Name]): void {
    const { metrics, logger } = this.parts;
    if (lease.lost.aborted) return metrics.fenced(name);
    const publications = this.publicationsOf(lease);
    // The change is published before the message that causes it: if the message is in the log, the change is too.
    if (isChangeEvent(name) && publications.inbox?.isRepeat) return metrics.skipped(name);
    try {
      const origin = {
        session: lease.session,
        epoch: lease.epoch,
        at: new Date().toISOString(),
        nextNumber: () => publications.nextNumber(),
        maxBodyBytes: this.parts.log.maxBodyBytes,
        otherOf: publications.identities.otherOf
      };
      const messages = name === 'messages.upsert' ? (payload as SessionEventMap['messages.upsert']).messages : null;
      for (const [i, event] of encodeEvent(name, payload, origin).entries()) {
        const message = messages?.[i];
        const cause = tracing.isOn ? (tracing.originOf(lease.session, message?.key.id) ?? tracing.causeOf(payload)) : undefined;
        if (!message) {
          void this.publish(event, lease, publications, cause);
          continue;
        }
        const { id } = event.facts;
        const claim = publications.inbox?.claim(message.key.id) ?? null;
        const earlier = publications.fateOf(id, claim) ?? publications.fateOfCopy(otherMessageEventId(lease.session, message));
        if (earlier) metrics.skipped(event.facts.event);
        const fate = earlier ?? publications.remember(id, this.publish(event, lease, publications, cause));
        claim?.follow(fate);
      }
    } catch (err) {
      metrics.failed(name);
      logger.error({ err, session: lease.session, event: name }, 'failed to encode event');
    }
  }

  async emitHistory(lease: SessionLease, chunk: string, set: SessionEventMap['messaging-history.set']): Promise<boolean> {
    const { metrics, logger } = this.parts;
    if (lease.lost.aborted) {
      metrics.fenced('messaging-history.set');
      return false;
    }
    const publications = this.publicationsOf(lease);
    try {
      const { session, epoch } = lease;
      const origin = {
        ...{ session, epoch, at: new Date().toISOString(), nextNumber: () => publications.nextNumber(), chunk },
        maxBodyBytes: this.parts.log.maxBodyBytes
      };
      const events = encodeEvent('messaging-history.set', set, origin);
      const fates = await Promise.all(events.map(event => this.publish(event, lease, publications)));
      return !fates.includes('lost');
    } catch (err) {
      metrics.failed('messaging-history.set');
      logger.error({ err, session: lease.session, event: 'messaging-history.set' }, 'failed to encode event');
      return true;
    }
  }

  published(lease: SessionLease): number {
    return this.sessions.get(lease)?.published ?? 0;
  }

  async settled(lease: SessionLease): Promise<void> {
    const publications = this.sessions.get(lease);
    if (!publications) return;
    await this.done(publications.waiting);
    const marked = publications.inbox?.mark().catch((err: unknown) => {
      this.parts.logger.debug({ err, session: lease.session }, 'failed to store inbox position');
    });
    await Promise.race([marked, delay(SETTLE_LIMIT_MS, undefined, { ref: false })]);
  }

  /** Resolves when no event waits for the broker anymore, or after a time limit. */
  async flush(): Promise<void> {
    await this.done(this.waiting);
    if (this.waiting.size > 0) this.parts.logger.error({ events: this.waiting.size }, 'stopped before all events were published');
  }

  onPressure(listener: (full: boolean) => void): void {
    this.pressureListeners.push(listener);
  }

  /** Why events are not being published at the moment; `null` if they are. For the readiness check. */
  get trouble(): string | null {
    if (this.full) return 'reading from whatsapp is paused: too many events are waiting for nats';
    // A set keeps the order of insertion.
    const oldest = this.waiting.values().next().value;
    return oldest && performance.now() - oldest.since > LATE_MS ? 'events are waiting for nats' : null;
  }

  /** @param cause the trace context of the event's cause */
  private publish(event: PreparedEvent, lease: SessionLease, publications: SessionPublications, cause?: string): Promise<EventFate> {
    const { log, metrics, eventParts } = this.parts;
    const { body, parts } = event;
    const span = tracing.isOn ? tracing.begin(STAGES.publish(event.facts), cause) : null;
    const facts = span?.traceparent === undefined ? event.facts : { ...event.facts, traceparent: span.traceparent };
    const since = performance.now();
    const bytes = parts.reduce((sum, { content }) => sum + content.length, body.length);
    // The parts are stored first, so that readers of the event find them.
    const stored =
      parts.length > 0
        ? publications.inTurn(
            () => eventParts.put(lease.session, parts, lease.lost),
            lost => log.pipeline.publish(facts, lost.size === 0 ? body : withoutLost(body, lost), lease.lost)
          )
        : publications.mayPublish
          ? log.pipeline.publish(facts, body, lease.lost)
          : publications.inTurn(
              () => Promise.resolve(),
              () => log.pipeline.publish(facts, body, lease.lost)
            );
    const fate = stored.then(
      ({ sequence, duplicate }) => {
        span?.end();
        if (!duplicate) publications.published += 1;
        this.position.note(sequence);
        metrics.published(facts.event, duplicate, (performance.now() - since) / 1000);
        return 'stored' as const;
      },
      (err: unknown) => {
        span?.end({ error: errorName(err) });
        return this.failed(facts.event, lease, { err, bytes });
      }
    );
    const done = fate.then(() => this.forget(waiting, publications, bytes));
    const waiting: Waiting = { since, done };
    this.waiting.add(waiting);
    publications.waiting.add(waiting);
    this.weigh(bytes);
    return fate;
  }

  private failed(event: EventName, lease: SessionLease, why: { err: unknown; bytes: number }): EventFate {
    const { metrics, logger } = this.parts;
    if (lease.lost.aborted) {
      metrics.fenced(event);
      return 'lost';
    }
    metrics.failed(event);
    logger.error({ ...why, session: lease.session, event }, 'failed to publish event');
    return why.err instanceof WabusError && why.err.code === 'PAYLOAD_TOO_LARGE' ? 'refused' : 'lost';
  }

  private async done(events: ReadonlySet<Waiting> | undefined): Promise<void> {
    if (events?.size)
      await Promise.race([Promise.all([...events].map(({ done }) => done)), delay(SETTLE_LIMIT_MS, undefined, { ref: false })]);
  }

  private forget(waiting: Waiting, publications: SessionPublications, bytes: number): void {
    this.waiting.delete(waiting);
    publications.waiting.delete(waiting);
    this.weigh(-bytes);
  }

  private weigh(bytes: number): void {
    this.pendingBytes += bytes;
    this.parts.metrics.inFlight(this.waiting.size, this.pendingBytes);
    const { maxPendingBytes } = this.parts.settings;
    const full = this.full ? this.pendingBytes > maxPendingBytes / 2 : this.pendingBytes > maxPendingBytes;
    if (full === this.full) return;
    this.full = full;
    this.parts.logger.warn(
      { pendingBytes: this.pendingBytes },
      full ? 'pausing reads from whatsapp: too many events are waiting for nats' : 'resuming reads from whatsapp'
    );
    for (const listener of this.pressureListeners) listener(full);
  }

  private publicationsOf(lease: SessionLease): SessionPublications {
    const known = this.sessions.get(lease);
    if (known) return known;
    const publications = new SessionPublications(lease, this.parts.log, this.position);
    this.sessions.set(lease, publications);
    return publications;
  }
}
