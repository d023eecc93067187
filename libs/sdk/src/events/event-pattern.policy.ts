import type { EventPattern } from './event-envelope.js';

/** Whether the pattern matches an event of this name. */
export function fitsPattern(pattern: EventPattern, event: string): boolean {
  return pattern === event || pattern === '*' || (pattern.endsWith('.*') && event.startsWith(pattern.slice(0, -1)));
}
