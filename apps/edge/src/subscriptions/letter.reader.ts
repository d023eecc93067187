import type { EventLog, LoggedEvent } from '@wabus/broker';
import type { StoredLetter } from './dead-letter.store.js';

/** The event of a dead letter, `null` when the event log no longer has it. Throws `BROKER_UNAVAILABLE`. */
export async function eventOfLetter(log: EventLog, { letter, record }: StoredLetter): Promise<LoggedEvent | null> {
  const { id, session, event } = record.facts;
  const { events } = await log.page(letter - 1, { sessions: [session], events: [event] }, { maxEvents: 1, maxBytes: 1 });
  const found = events[0];
  // The id tells the event from one at the same place in a log that replaced the old one.
  return found?.sequence === letter && found.facts.id === id ? found : null;
}
