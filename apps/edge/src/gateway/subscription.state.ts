import { EVENT_NAMES, type EventName, type SessionId } from '@wabus/contracts';
import type { Visibility } from '../auth/visibility.policy.js';

/** How a subscriber gets an event: as its payload, as an envelope, or as a batch of envelopes. */
export type Shape = 'plain' | 'envelope' | 'batch';

/** The shape of an event for a subscriber, and the fields of its payload that are visible. */
export interface Form {
  readonly shape: Shape;
  readonly visibility: Visibility;
}

/** The form of each event name. */
export type Forms = ReadonlyMap<EventName, Form>;

/** Event names of certain sessions. If `chats` is a list, only events about these chats match. */
export interface Term {
  readonly events: ReadonlySet<EventName>;
  readonly sessions: '*' | ReadonlySet<SessionId>;
  readonly chats: ReadonlySet<string> | null;
}

/** The properties of an event that terms are matched against. */
export interface Subject {
  readonly session: SessionId;
  readonly event: EventName;
  /** Called only if a term names chats. */
  readonly chats: () => readonly string[];
}

export function fits(term: Term, { session, event, chats }: Subject): boolean {
  if (!term.events.has(event) || (term.sessions !== '*' && !term.sessions.has(session))) return false;
  const wanted = term.chats;
  return wanted === null || chats().some(chat => wanted.has(chat));
}

/** All subscriptions of a connection. An event is delivered once if any term matches, in the form of its name. */
export interface Subscription {
  readonly terms: readonly Term[];
  readonly forms: Forms;
}

export const NOTHING: Subscription = { terms: [], forms: new Map() };

/** Adds a term. From now on, its events have the given forms, also in other terms that contain them. */
export function subscribed({ terms, forms }: Subscription, term: Term, added: Forms): Subscription {
  const key = audienceOf(term);
  const same = terms.find(other => audienceOf(other) === key);
  const merged = same === undefined ? term : { ...term, events: new Set([...same.events, ...term.events]) };
  return {
    terms: [...terms.filter(other => other !== same), merged],
    forms: new Map([...forms, ...added])
  };
}

/** Removes the given events, or all events if `events` is `null`. */
export function unsubscribed({ terms, forms }: Subscription, events: readonly EventName[] | null): Subscription {
  if (events === null) return NOTHING;
  const gone = new Set(events);
  return {
    terms: terms.map(term => without(term, gone)).filter(term => term.events.size > 0),
    forms: new Map([...forms].filter(([event]) => !gone.has(event)))
  };
}

export function without(term: Term, events: ReadonlySet<EventName>): Term {
  return { ...term, events: new Set([...term.events].filter(event => !events.has(event))) };
}

/** Returns the form in which the subscriber gets an event, or `null` if it does not get it. */
export function formFor({ terms, forms }: Subscription, subject: Subject): Form | null {
  return terms.some(term => fits(term, subject)) ? (forms.get(subject.event) ?? null) : null;
}

/** Summarizes the subscription for its subscriber. */
export function summaryOf(terms: readonly Term[]): { granted: EventName[]; sessions: SessionId[] | '*' } {
  const granted = [...new Set(terms.flatMap(({ events }) => [...events]))];
  const all = terms.some(({ sessions }) => sessions === '*');
  return { granted, sessions: all ? '*' : [...new Set(terms.flatMap(({ sessions }) => [...sessions] as SessionId[]))] };
}

/** Returns the same text for all subscriptions that deliver the same events, in whatever order their terms were added. */
export function keyOf({ terms, forms }: Subscription): string {
  const ordered = terms.map(term => `${audienceOf(term)}#${eventNumbers(term)}`).sort();
  return `${ordered.join(';')}|${[...forms]
    .map(([event, { shape, visibility }]) => `${event}=${shape}.${visibility}`)
    .sort()
    .join(',')}`;
}

/** Returns the sessions and chats of a term as text. Session ids contain none of the separators, and jids are quoted. */
function audienceOf({ sessions, chats }: Term): string {
  return `${sessions === '*' ? '*' : [...sessions].sort().join(',')}@${chats === null ? '' : JSON.stringify([...chats].sort())}`;
}

function eventNumbers({ events }: Term): string {
  return [...events]
    .map(event => EVENT_NAMES.indexOf(event))
    .sort((a, b) => a - b)
    .join(',');
}
