import { Injectable } from '@nestjs/common';
import { EventConsumers, type EventBatch, type EventConsumer, type LoggedEvent } from '@wabus/broker';
import type { EventName, SessionId } from '@wabus/contracts';
import { KnownPeople } from '../../read-models/reading/known-people.js';
import { eventsOf, matcherOf, type WebhookRecord } from '../definition/webhook-record.policy.js';
import type { WebhookDeadLetter } from './dead-letter.store.js';
import { partsOfLane } from './lane-key.policy.js';

/** The other jid of a person, which may become known later, is looked up this often. */
const PEOPLE_FOR_MS = 30_000;

/** Opens the event log for webhooks. */
@Injectable()
export class WebhookSources {
  constructor(
    private readonly consumers: EventConsumers,
    private readonly people: KnownPeople
  ) {}

  /** The log as a webhook reads it. */
  of(webhook: WebhookRecord): WebhookSource {
    return new WebhookSource(webhook, this.consumers, this.people);
  }

  /** The end of the log. Throws `BROKER_UNAVAILABLE`. */
  end(): ReturnType<EventConsumers['end']> {
    return this.consumers.end();
  }
}

/** Reads in the log, in order, what a webhook receives. */
export class WantedEvents {
  /** What was read and not yet handed over: the log hands it over only once. */
  private batch: EventBatch | null = null;

  constructor(
    private readonly consumer: Pick<EventConsumer, 'next' | 'close' | 'pending'>,
    private readonly wanted: (events: readonly LoggedEvent[]) => Promise<LoggedEvent[]>
  ) {}

  /** Throws `BROKER_UNAVAILABLE`; the next call continues without loss. */
  async next(limits: Parameters<EventConsumer['next']>[0]): Promise<EventBatch> {
    this.batch ??= await this.consumer.next(limits);
    const { events, upTo } = this.batch;
    const batch = { events: await this.wanted(events), upTo };
    this.batch = null;
    return batch;
  }

  /** Events of the log that are not read yet, whether the webhook receives them or not. */
  get pending(): number {
    return this.consumer.pending;
  }

  close(): void {
    this.consumer.close();
  }
}

/** The events of one webhook: what is read of the log, and what of that it receives. Every method but `open` throws `BROKER_UNAVAILABLE`. */
export class WebhookSource {
  /** The chats of the webhook, with the other jids of the people among them. */
  private chats: { readonly at: number; readonly jids: ReadonlySet<string> } | null = null;

  constructor(
    private readonly webhook: WebhookRecord,
    private readonly consumers: Pick<EventConsumers, 'open' | 'read'>,
    private readonly people: Pick<KnownPeople, 'widened'>
  ) {}

  open(after: number): WantedEvents {
    return new WantedEvents(this.consumers.open({ after, ...this.scope() }), events => this.wanted(events));
  }

  /** What follows in the session of one lane. */
  read(lane: string, after: number, limits: Parameters<EventConsumers['read']>[1]): ReturnType<EventConsumers['read']> {
    return this.consumers.read({ after, ...this.scope(lane) }, limits);
  }

  /** The event of a dead letter, whether the webhook still receives it or not; `null` when the log no longer has it. */
  async event({ session, event, sequence, eventId }: WebhookDeadLetter): Promise<LoggedEvent | null> {
    const scope = { after: sequence - 1, sessions: [session], events: [event] };
    const { events } = await this.consumers.read(scope, { maxEvents: 1, maxBytes: 1 });
    return events.find(({ facts }) => facts.id === eventId) ?? null;
  }

  /** Those of the events that the webhook receives. */
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
