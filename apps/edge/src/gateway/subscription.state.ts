import { EVENT_NAMES, type EventName, type SessionId } from '@wabus/contracts';
import type { Visibility } from '../auth/visibility.policy.js';

/** How a subscriber gets an event: its payload, its envelope, or many envelopes at once. */
export type Shape = 'plain' | 'envelope' | 'batch';

/** The shape of an event for a subscriber, and which fields of its payload are visible. */
export interface Form {
  readonly shape: Shape;
  readonly visibility: Visibility;
}

/** The form of each event. */
export type Forms = ReadonlyMap<EventName, Form>;

/** Events of sessions, about certain chats only when there is a list of them. */
export interface Term {
  readonly events: ReadonlySet<EventName>;
  readonly sessions: '*' | ReadonlySet<SessionId>;
  readonly chats: ReadonlySet<string> | null;
}

/** What a term is compared with. */
export interface Subject {
  readonly session: SessionId;
  readonly event: EventName;
  /** Asked for only when a term names chats. */
  readonly chats: () => readonly string[];
}

export function fits(term: Term, { session, event, chats }: Subject): boolean {
  if (!term.events.has(event) || (term.sessions !== '*' && !term.sessions.has(session))) return false;
  const wanted = term.chats;
  return wanted === null || chats().some(chat => wanted.has(chat));
}

/** All that a connection subscribed to: an event is delivered when any term fits, once, in the form that its name has. */
export interface Subscription {
  readonly terms: readonly Term[];
  readonly forms: Forms;
}

export const NOTHING: Subscription = { terms: [], forms: new Map() };

/** Adds a term. Its events have the given forms from now on, also where other terms name them. */
export function subscribed({ terms, forms }: Subscription, term: Term, added: Forms): Subscription {
  const key = audienceOf(term);
  const same = terms.find(other => audienceOf(other) === key);
  const merged = same === undefined ? term : { ...term, events: new Set([...same.events, ...term.events]) };
  return {
    terms: [...terms.filter(other => other !== same), merged],
    forms: new Map([...forms, ...added])
  };
}

/** Takes events away; all of them when `events` is `null`. */
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

/** In which form the subscriber gets it, `null` when it does not. */
export function formFor({ terms, forms }: Subscription, subject: Subject): Form | null {
  return terms.some(term => fits(term, subject)) ? (forms.get(subject.event) ?? null) : null;
}

/** The subscription as its subscriber sees it. */
export function summaryOf(terms: readonly Term[]): { granted: EventName[]; sessions: SessionId[] | '*' } {
  const granted = [...new Set(terms.flatMap(({ events }) => [...events]))];
  const all = terms.some(({ sessions }) => sessions === '*');
  return { granted, sessions: all ? '*' : [...new Set(terms.flatMap(({ sessions }) => [...sessions] as SessionId[]))] };
}

/** The same text for subscriptions that deliver the same, in whatever order they were created. */
export function keyOf({ terms, forms }: Subscription): string {
  const ordered = terms.map(term => `${audienceOf(term)}#${eventNumbers(term)}`).sort();
  return `${ordered.join(';')}|${[...forms]
    .map(([event, { shape, visibility }]) => `${event}=${shape}.${visibility}`)
    .sort()
    .join(',')}`;
}

/** Sessions and chats of a term as a text: ids contain none of the separators, jids are quoted. */
function audienceOf({ sessions, chats }: Term): string {
  return `${sessions === '*' ? '*' : [...sessions].sort().join(',')}@${chats === null ? '' : JSON.stringify([...chats].sort())}`;
}

function eventNumbers({ events }: Term): string {
  return [...events]
    .map(event => EVENT_NAMES.indexOf(event))
    .sort((a, b) => a - b)
    .join(',');
}
