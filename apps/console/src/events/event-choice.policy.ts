const MINUTES = { now: 0, minutes: 5, hour: 60, day: 24 * 60 } as const;

/** Where a list of events begins: now, some time ago, or at a time that the user enters. */
export type EventBeginning = keyof typeof MINUTES | 'time';
export const BEGINNINGS: readonly EventBeginning[] = [...(Object.keys(MINUTES) as (keyof typeof MINUTES)[]), 'time'];

/** The events that the user selected. */
export interface EventChoice {
  readonly events: string[];
  /** Empty for all sessions. */
  readonly sessions: string[];
  /** Jids or phone numbers; empty for all chats. */
  readonly chats: string[];
  readonly beginning: EventBeginning;
  /** The ISO time at which to start; `null` for now. */
  readonly since: string | null;
  /** The ISO time at which to end; `null` for live events. */
  readonly until: string | null;
  /** Text in the payload or envelope; empty for every event. */
  readonly text: string;
}

/** Reads the choice from a URL's query. A relative beginning, such as an hour ago, counts back from `now`. */
export function eventChoiceOf(parameters: URLSearchParams, now: number): EventChoice {
  const asked = parameters.get('from');
  const beginning = BEGINNINGS.find(one => one === asked) ?? 'now';
  const since = beginning === 'time' ? timeIn(parameters.get('since')) : sinceOf(beginning, now);
  return {
    events: parameters.getAll('event'),
    sessions: parameters.getAll('session'),
    chats: parameters.getAll('chat'),
    beginning,
    since,
    until: beginning === 'now' ? null : timeIn(parameters.get('until')),
    text: parameters.get('q') ?? ''
  };
}

/** Returns the URL's query for a choice, without the filters that are not set. */
export function eventParametersOf({ events, sessions, chats, beginning, since, until, text }: EventChoice): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, values] of Object.entries({ event: events, session: sessions, chat: chats }))
    for (const value of values) parameters.append(name, value);
  if (beginning !== 'now') parameters.set('from', beginning);
  if (beginning === 'time' && since !== null) parameters.set('since', since);
  if (until !== null) parameters.set('until', until);
  if (text !== '') parameters.set('q', text);
  return parameters;
}

/** Returns the changes for another beginning. The time field starts with the previous time. */
export function beginAt(choice: EventChoice, beginning: EventBeginning, now: number): EventChoice {
  if (beginning === 'time') return { ...choice, beginning };
  const since = sinceOf(beginning, now);
  return { ...choice, beginning, since, ...(since === null ? { until: null } : {}) };
}

/** Returns a key that is equal for choices that request the same events: all filters, with `text` only as far as the edge searches it. */
export function eventSourceOf({ events, sessions, chats, since, until }: EventChoice, searched: string): string {
  return JSON.stringify({ events, sessions, chats, since, until, searched });
}

function sinceOf(beginning: keyof typeof MINUTES, now: number): string | null {
  return beginning === 'now' ? null : new Date(now - MINUTES[beginning] * 60_000).toISOString();
}

function timeIn(text: string | null): string | null {
  const at = new Date(text ?? '');
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
