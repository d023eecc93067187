import { EVENT_NAMES, type EventPattern } from '@wabus/sdk';

/** Returns the families of events: groups of several names with the same prefix. */
export function eventFamilies(names: readonly string[] = EVENT_NAMES): string[] {
  const starts = names.filter(name => name.includes('.')).map(name => name.slice(0, name.lastIndexOf('.')));
  return [...new Set(starts.filter((start, index) => starts.indexOf(start) !== index))].map(start => `${start}.*`).sort();
}

/** Returns the chosen patterns; no choice selects every event. */
export function chosenPatterns(chosen: readonly string[]): EventPattern[] {
  return chosen.length === 0 ? ['*'] : (chosen as EventPattern[]);
}
