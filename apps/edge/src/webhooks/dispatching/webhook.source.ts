import { Injectable } from '@nestjs/common';
import { EventConsumers, type EventBatch, type EventConsumer, type LoggedEvent } from '@wabus/broker';
import type { EventName, SessionId } from '@wabus/contracts';
import { KnownPeople } from '../../read-models/reading/known-people.js';
import { eventsOf, matcherOf, type WebhookRecord } from '../definition/webhook-record.policy.js';
import type { WebhookDeadLetter } from './dead-letter.store.js';
import { partsOfLane } from './lane-key.policy.js';

/** How often to look up the other jids of people, which may become known later. */
const PEOPLE_FOR_MS = 30_000;

/** Opens the event log for webhooks. */
@Injectable()
export class WebhookSources {
  constructor(
    private readonly consumers: EventConsumers,
    private readonly people: KnownPeople
  ) {}

  /** Returns the event log as a webhook reads it. */
  of(webhook: WebhookRecord): WebhookSource {
    return new WebhookSource(webhook, this.consumers, this.people);
  }

  /** Returns the end of the log. Throws `BROKER_UNAVAILABLE`. */
  end(): ReturnType<EventConsumers['end']> {
    return this.consumers.end();
  }
}

/** Reads the events that a webhook receives from the log, in order. */
export class WantedEvents {
  /** The batch that was read but not returned yet. The log returns each batch only once. */
  private batch: EventBatch | null = null;

  constructor(
    private readonly consumer: Pick<EventConsumer, 'next' | 'close' | 'pending'>,
    private readonly wanted: (events: readonly LoggedEvent[]) => Promise<LoggedEvent[]>
  ) {}

  /** Returns the next batch. Throws `BROKER_UNAVAILABLE`; the next call then continues without loss. */
  async next(limits: Parameters<EventConsumer['next']>[0]): Promise<EventBatch> {
    this.batch ??= await this.consumer.next(limits);
    const { events, upTo } = this.batch;
    const batch = { events: await this.wanted(events), upTo };
    this.batch = null;
    return batch;
  }

  /** The number of events in the log that are not read yet, including those that the webhook does not receive. */
  get pending(): number {
    return this.consumer.pending;
  }

  close(): void {
    this.consumer.close();
  }
}

/** Reads the log for one webhook and selects the events that the webhook receives. Every method except `open` throws `BROKER_UNAVAILABLE`. */
export class WebhookSource {
  /** The chats of the webhook, including the other jids of the people among them. */
  private chats: { readonly at: number; readonly jids: ReadonlySet<string> } | null = null;

  constructor(
    private readonly webhook: WebhookRecord,
    private readonly consumers: Pick<EventConsumers, 'open' | 'read'>,
    private readonly people: Pick<KnownPeople, 'widened'>
  ) {}

  open(after: number): WantedEvents {
    return new WantedEvents(this.consumers.open({ after, ...this.scope() }), events => this.wanted(events));
  }

  /** Reads the events of a lane's session after a sequence. */
  read(lane: string, after: number, limits: Parameters<EventConsumers['read']>[1]): ReturnType<EventConsumers['read']> {
    return this.consumers.read({ after, ...this.scope(lane) }, limits);
  }

  /** Returns the event of a dead letter even if the webhook no longer receives such events, or `null` if the log no longer contains it. */
  async event({ session, event, sequence, eventId }: WebhookDeadLetter): Promise<LoggedEvent | null> {
    const scope = { after: sequence - 1, sessions: [session], events: [event] };
    const { events } = await this.consumers.read(scope, { maxEvents: 1, maxBytes: 1 });
    return events.find(({ facts }) => facts.id === eventId) ?? null;
  }

  /** Returns the events that the webhook receives. */
  async wanted(events: readonly LoggedEvent[]): Promise<LoggedEvent[]> {
    if (events.length === 0) return [];
    const { chats, sessions } = this.webhook;
    const now = performance.now();
    if (chats && (this.chats === null || now - this.chats.at > PEOPLE_FOR_MS)) {
      const named = new Set(chats);
      const before = this.chats;
      this.chats = await this.people.widened(named, sessions ?? '*').then(
        jids => ({ at: now, jids: jids ?? named }),
        (err: unknown) => {
          if (before === null) throw err;
          return before;
        }
      );
    }
    return events.filter(matcherOf(this.webhook, this.chats?.jids ?? null));
  }

  private scope(lane?: string): { sessions?: readonly SessionId[]; events: EventName[] | undefined } {
    const session = lane === undefined ? null : partsOfLane(lane).session;
    const sessions = session === null ? this.webhook.sessions : [session];
    return { ...(sessions ? { sessions } : {}), events: eventsOf(this.webhook) };
  }
}
