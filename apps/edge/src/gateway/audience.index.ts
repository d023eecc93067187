import type { SessionId } from '@wabus/contracts';
import { formFor, keyOf, type Form, type Subject, type Subscription } from './subscription.state.js';

/** All connections with the same subscription: what is written for one of them is written for all. */
export interface Audience {
  readonly room: string;
  readonly subscription: Subscription;
  /** How many they are now. */
  readonly members: number;
}

interface Entry extends Audience {
  readonly key: string;
  members: number;
}

/** Finds who hears an event. Costs the audiences that name the session, and those that hear every session; how many members they have does not matter. */
export class AudienceIndex {
  private readonly byKey = new Map<string, Entry>();
  private readonly bySession = new Map<SessionId, Set<Entry>>();
  private readonly ofEverySession = new Set<Entry>();
  private created = 0;

  get size(): number {
    return this.byKey.size;
  }

  /** Counts one more member of the audience with this subscription. */
  enter(subscription: Subscription): Audience {
    const key = keyOf(subscription);
    const entry = this.byKey.get(key) ?? this.create(key, subscription);
    entry.members++;
    return entry;
  }

  /** Counts one member less. Says whether that was the last one. */
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

  /** Calls back for every audience that hears an event, with the form in which it does. */
  hearing(subject: Subject, visit: (audience: Audience, form: Form) => void): void {
    const ofSession = this.bySession.get(subject.session);
    for (const audience of this.ofEverySession) visitIfHeard(audience, subject, visit);
    if (ofSession === undefined) return;
    for (const audience of ofSession) if (!this.ofEverySession.has(audience)) visitIfHeard(audience, subject, visit);
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

function visitIfHeard(audience: Entry, subject: Subject, visit: (audience: Audience, form: Form) => void): void {
  const form = formFor(audience.subscription, subject);
  if (form !== null) visit(audience, form);
}

function sessionsOf({ terms }: Subscription): SessionId[] {
  return terms.flatMap(({ sessions }) => (sessions === '*' ? [] : [...sessions]));
}
