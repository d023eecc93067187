import { connect, createInbox, headers, type NatsConnection } from '@nats-io/transport-node';
import { awaitCondition } from '@wabus/testing';
import { encodeEventHeaders, EVENT_SCHEMA_VERSION, eventSubject, type EventName, type SessionId } from '@wabus/contracts';

/** The maximum number of events in transit to the log. */
const IN_FLIGHT = 256;

/** Writes events to the log as a connector does, many at a time. */
export class EventSource implements AsyncDisposable {
  private readonly inbox = createInbox();
  private sent = 0;
  private stored = 0;

  private constructor(private readonly nats: NatsConnection) {
    nats.subscribe(`${this.inbox}.*`, { callback: () => void this.stored++ });
  }

  static async open(url: string): Promise<EventSource> {
    return new EventSource(await connect({ servers: url }));
  }

  /** Resolves once the log has stored all events; those of one session are stored in the given order. */
  async publish(session: string, bodies: readonly string[], event: EventName = 'messages.upsert'): Promise<void> {
    for (const body of bodies) {
      if (this.sent - this.stored >= IN_FLIGHT) await this.settled(IN_FLIGHT / 2);
      const header = headers();
      const facts = { session: session as SessionId, event, epoch: 1, schemaVersion: EVENT_SCHEMA_VERSION, chats: [] };
      const id = `${this.inbox}.${++this.sent}`;
      for (const [name, value] of encodeEventHeaders({ ...facts, id, at: new Date().toISOString() })) header.set(name, value);
      this.nats.publish(eventSubject(facts.session, event), body, { headers: header, reply: `${this.inbox}.${this.sent}` });
    }
    await this.settled(0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.nats.close();
  }

  private settled(underWay: number): Promise<unknown> {
    return awaitCondition(
      () => this.sent - this.stored,
      count => count <= underWay,
      { what: 'acknowledgements of the log' }
    );
  }
}
