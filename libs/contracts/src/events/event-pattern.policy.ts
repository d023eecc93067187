import { EVENT_NAMES, isEventName, type EventName } from './event-catalog.js';

/** Means every event, also those that a later version adds. */
export const EVERY_EVENT = '*';

/** The events that a name or a pattern stands for: `*` for all, `messages.*` for all that begin with `messages.`. None when nothing fits. */
export function eventsOfPattern(pattern: string): EventName[] {
  if (isEventName(pattern)) return [pattern];
  if (pattern === EVERY_EVENT) return [...EVENT_NAMES];
  return pattern.endsWith('.*') ? EVENT_NAMES.filter(name => name.startsWith(pattern.slice(0, -1))) : [];
}

export function isEventPattern(value: unknown): value is string {
  return typeof value === 'string' && eventsOfPattern(value).length > 0;
}
