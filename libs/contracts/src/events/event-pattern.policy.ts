import { EVENT_NAMES, isEventName, type EventName } from './event-catalog.js';

/** The events that a name or a pattern stands for: `*` for all, `messages.*` for all that begin with `messages.`. None when nothing fits. */
export function eventsOfPattern(pattern: string): EventName[] {
  if (isEventName(pattern)) return [pattern];
  if (pattern === '*') return [...EVENT_NAMES];
  return pattern.endsWith('.*') ? EVENT_NAMES.filter(name => name.startsWith(pattern.slice(0, -1))) : [];
}
