import type { EventPattern } from './event-envelope.js';

/** Whether an event of this name is meant by the pattern. */
export function fitsPattern(pattern: EventPattern, event: string): boolean {
  return pattern === event || pattern === '*' || (pattern.endsWith('.*') && event.startsWith(pattern.slice(0, -1)));
}
