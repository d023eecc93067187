import type { LoggedEvent } from '@wabus/broker';
import type { SessionId } from '@wabus/contracts';
import { STAGES, tracing } from '@wabus/runtime/tracing';
import type { Namespace, Socket } from 'socket.io';
import { VISIBILITIES, type Visibility } from '../auth/visibility.policy.js';
import { JsonText } from './json-text.encoder.js';
import { BatchBuffer, OutgoingEvent } from './outgoing-event.js';
import { formFor, keyOf, type Form, type Shape, type Subject, type Subscription } from './subscription.state.js';

/** All connections with the same subscription. Data is written once for all members. */
export interface Audience {
  readonly room: string;
  readonly subscription: Subscription;
  /** The current number of members. */
  readonly members: number;
}

interface Entry extends Audience {
  readonly key: string;
  members: number;
}

/** Finds the audiences of an event, in time proportional to the number of audiences of its session and of all sessions, regardless of their member counts. */
export class AudienceIndex {
  private readonly byKey = new Map<string, Entry>();
  private readonly bySession = new Map<SessionId, Set<Entry>>();
  private readonly ofEverySession = new Set<Entry>();
  private created = 0;

  get size(): number {
    return this.byKey.size;
  }

  /** Adds a member to the audience with this subscription, which is created if it does not exist. */
  enter(subscription: Subscription): Audience {
    const key = keyOf(subscription);
    const entry = this.byKey.get(key) ?? this.create(key, subscription);
    entry.members++;
    return entry;
  }

  /** Removes a member. Returns whether it was the last one. */
  leave({ subscription }: Audience): boolean {
    const key = keyOf(subscription);
    const entry = this.byKey.get(key);
    if (!entry || --entry.members > 0) return false;
    this.byKey.delete(key);
    this.ofEverySession.delete(entry);
    for (const session of sessionsOf(subscription)) {
      const entries = this.bySession.get(session);
      entries?.delete(entry);
      if (entries?.size === 0) this.bySession.delete(session);
    }
    return true;
  }

  /** Calls `visit` for each audience that the event matches, with the form in which the audience gets it. */
  matching(subject: Subject, visit: (audience: Audience, form: Form) => void): void {
    const ofSession = this.bySession.get(subject.session);
    for (const audience of this.ofEverySession) visitIfMatching(audience, subject, visit);
    if (ofSession === undefined) return;
    for (const audience of ofSession) if (!this.ofEverySession.has(audience)) visitIfMatching(audience, subject, visit);
  }

  private create(key: string, subscription: Subscription): Entry {
    const entry: Entry = { key, subscription, room: `audience ${++this.created}`, members: 0 };
    this.byKey.set(key, entry);
    if (subscription.terms.some(({ sessions }) => sessions === '*')) this.ofEverySession.add(entry);
    for (const session of sessionsOf(subscription)) {
      const entries = this.bySession.get(session) ?? new Set();
      this.bySession.set(session, entries.add(entry));
    }
    return entry;
  }
}

function visitIfMatching(audience: Entry, subject: Subject, visit: (audience: Audience, form: Form) => void): void {
  const form = formFor(audience.subscription, subject);
  if (form !== null) visit(audience, form);
}

function sessionsOf({ terms }: Subscription): SessionId[] {
  return terms.flatMap(({ sessions }) => (sessions === '*' ? [] : [...sessions]));
}

/** Delivers live events to the rooms of a namespace. Each form of an event is encoded once for all rooms. */
export class RoomDelivery {
  private readonly audiences = new AudienceIndex();
  private readonly batches = new Map<string, BatchBuffer>();

  constructor(private readonly namespace: Namespace) {}

  /** Adds a socket to the audience of a subscription. From now on, the socket receives every matching event. */
  join(socket: Socket, subscription: Subscription): Audience {
    const audience = this.audiences.enter(subscription);
    // The pending batch contains events from before this member joined.
    this.batches.get(audience.room)?.flush();
    void socket.join(audience.room);
    return audience;
  }

  /** Removes a socket from an audience. From now on, the socket receives no events; all events delivered before have been written. */
  leave(socket: Socket, audience: Audience): void {
    this.batches.get(audience.room)?.flush();
    void socket.leave(audience.room);
    if (this.audiences.leave(audience)) this.batches.delete(audience.room);
  }

  deliver(event: LoggedEvent): void {
    const outgoing = new OutgoingEvent(event);
    let isRead = false;
    const rooms = { plain: { complete: [], restricted: [] }, envelope: { complete: [], restricted: [] } } as Record<
      Exclude<Shape, 'batch'>,
      Record<Visibility, string[]>
    >;
    this.audiences.matching(outgoing.subject, ({ room }, { shape, visibility }) => {
      isRead = true;
      if (shape === 'batch') this.batchOf(room).add(outgoing.envelope(visibility));
      else rooms[shape][visibility].push(room);
    });
    const span = isRead && tracing.isOn ? tracing.begin(STAGES.emit(event.facts), event.facts.traceparent) : null;
    for (const visibility of VISIBILITIES) {
      const { plain, envelope } = { plain: rooms.plain[visibility], envelope: rooms.envelope[visibility] };
      if (plain.length > 0) this.namespace.to(plain).emit(outgoing.name, outgoing.payload(visibility));
      if (envelope.length > 0) this.namespace.to(envelope).emit(outgoing.name, new JsonText(outgoing.envelope(visibility)));
    }
    span?.end();
  }

  /** Sends all batches that are not full yet. */
  flush(): void {
    for (const batch of this.batches.values()) batch.flush();
  }

  private batchOf(room: string): BatchBuffer {
    const known = this.batches.get(room);
    if (known) return known;
    const batch = new BatchBuffer(text => this.namespace.to(room).emit('batch', new JsonText(text)));
    this.batches.set(room, batch);
    return batch;
  }
}
