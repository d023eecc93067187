import { ALL_EVENTS_SUBJECT, EVENT_NAMES, eventFilter } from '@wabus/contracts';
import type { ConsumerScope } from './event.consumer.js';

/** Beyond this number, filters cost the server more than the events that they exclude. */
const MAX_FILTERS = 128;

/** Returns non-overlapping subjects that cover the scope; the server refuses overlapping ones. For a long list, they cover more than the scope. */
export function filterSubjects({ sessions, events }: ConsumerScope): string[] {
  const everyEvent = events === undefined || EVENT_NAMES.every(name => events.includes(name));
  const someSessions = sessions === undefined ? [undefined] : [...new Set(sessions)];
  const someEvents = everyEvent ? [undefined] : [...new Set(events)];
  const filters = someSessions.flatMap(session => someEvents.map(event => eventFilter({ session, event })));
  if (filters.length > 0 && filters.length <= MAX_FILTERS) return filters;
  if (someSessions.length <= MAX_FILTERS) return someSessions.map(session => eventFilter({ session }));
  return someEvents.length <= MAX_FILTERS ? someEvents.map(event => eventFilter({ event })) : [ALL_EVENTS_SUBJECT];
}
