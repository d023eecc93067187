import type { EventLog, LoggedEvent } from '@wabus/broker';
import { decodeCursor, encodeCursor } from '@wabus/contracts';
import type { StoredLetter } from './dead-letter.store.js';

/** The event of a dead letter, `null` when the event log no longer has it. Throws `BROKER_UNAVAILABLE`. */
export async function eventOfLetter(log: EventLog, { letter, record }: StoredLetter): Promise<LoggedEvent | null> {
  const { session, event } = record.facts;
  const position = decodeCursor(record.cursor);
  if (position === null) return null;
  const before = encodeCursor({ ...position, sequence: letter - 1 });
  for await (const found of log.read(before, { session, event })) return found.sequence === letter ? found : null;
  return null;
}
