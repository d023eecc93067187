import { EVENT_NAMES, type EventPattern } from '@wabus/sdk';

/** Families of events: those whose names begin alike, where there are several. */
export function eventFamilies(names: readonly string[] = EVENT_NAMES): string[] {
  const starts = names.filter(name => name.includes('.')).map(name => name.slice(0, name.lastIndexOf('.')));
  return [...new Set(starts.filter((start, index) => starts.indexOf(start) !== index))].map(start => `${start}.*`).sort();
}

/** What a person has chosen as patterns; nothing chosen is every event. */
export function chosenPatterns(chosen: readonly string[]): EventPattern[] {
  return chosen.length === 0 ? ['*'] : (chosen as EventPattern[]);
}
