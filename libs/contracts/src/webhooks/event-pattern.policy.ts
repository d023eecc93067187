import { EVENT_NAMES, isEventName, type EventName } from '../events/event-catalog.js';

/** Means every event, also those that a later version adds. */
export const EVERY_EVENT = '*';

/** The events that a pattern names: `*` for all, `messages.*` for a family, or one name. `null` when it names none. */
export function eventsOfPattern(pattern: string): readonly EventName[] | null {
  if (pattern === EVERY_EVENT) return EVENT_NAMES;
  if (isEventName(pattern)) return [pattern];
  if (!pattern.endsWith('.*')) return null;
  const family = EVENT_NAMES.filter(name => name.startsWith(pattern.slice(0, -1)));
  return family.length > 0 ? family : null;
}

export function isEventPattern(value: unknown): value is string {
  return typeof value === 'string' && eventsOfPattern(value) !== null;
}
