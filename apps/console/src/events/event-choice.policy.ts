const MINUTES = { now: 0, minutes: 5, hour: 60, day: 24 * 60 } as const;

/** Where a list of events begins: now, some time ago, or at a time that somebody enters. */
export type EventBeginning = keyof typeof MINUTES | 'time';
export const BEGINNINGS: readonly EventBeginning[] = [...(Object.keys(MINUTES) as (keyof typeof MINUTES)[]), 'time'];

/** Which events somebody wants to see. */
export interface EventChoice {
  readonly events: string[];
  /** All when empty. */
  readonly sessions: string[];
  /** Jids or phone numbers; all when empty. */
  readonly chats: string[];
  readonly beginning: EventBeginning;
  /** An ISO time to begin at; `null` for now. */
  readonly since: string | null;
  /** An ISO time to end at; `null` for events as they come. */
  readonly until: string | null;
  /** In the payload or around it; empty for every event. */
  readonly text: string;
}

/** The choice in the query of an address. A beginning some time ago is counted from `now`, whenever the address is opened. */
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

/** The query of the address for a choice; nothing for what was not chosen. */
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

/** What another beginning changes. A time to enter starts with the one before. */
export function beginAt(choice: EventChoice, beginning: EventBeginning, now: number): EventChoice {
  if (beginning === 'time') return { ...choice, beginning };
  const since = sinceOf(beginning, now);
  return { ...choice, beginning, since, ...(since === null ? { until: null } : {}) };
}

/** What makes two choices the same events to ask for: all but the text, which the page itself may search. */
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
