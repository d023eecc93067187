import type { EventFilter, LogPosition } from '@wabus/broker';
import { EVENT_NAMES, type EventName, type SessionId } from '@wabus/contracts';
import {
  NOTHING,
  fits,
  subscribed,
  without,
  type Form,
  type Forms,
  type Subject,
  type Subscription,
  type Term
} from './subscription.state.js';

/** More pairs of session and event than this are not named to the log: it is then cheaper to read more and leave some out here. */
const MAX_FILTERS = 64;

/** A term, and the sequence after which its events are still to be delivered. */
interface Part {
  readonly term: Term;
  readonly after: number;
}

/**
 * The events still pending for a connection that reads from the past: every event after `position` that fits a part and lies after the part's own beginning,
 * in the order of the log, once. Pure.
 */
export class Backlog {
  private parts: Part[];
  private forms: Forms;
  /** Counts the times that the parts changed: what was read before then is of no use. */
  version = 0;
  /** From this sequence on, this edge receives everything pending live. */
  completeFrom: number;

  /** Begins with a subscription that was live up to a position. */
  constructor(
    { terms, forms }: Subscription,
    public position: LogPosition
  ) {
    this.parts = terms.map(term => ({ term, after: position.sequence }));
    this.forms = forms;
    this.completeFrom = position.sequence;
  }

  get terms(): Term[] {
    return this.parts.map(({ term }) => term);
  }

  /** Adds the events of a term after `from`, which this edge receives live after `liveFrom`. When `from` lies further back, reading restarts there, and other parts get nothing twice. */
  add(term: Term, forms: Forms, { from, liveFrom }: { from: LogPosition; liveFrom: LogPosition }): void {
    const { sequence } = this.position;
    this.parts = this.parts.map(part => ({ term: part.term, after: Math.max(part.after, sequence) }));
    if (this.parts.length === 0 || from.sequence < sequence) this.position = from;
    this.parts.push({ term, after: from.sequence });
    this.forms = new Map([...this.forms, ...forms]);
    this.completeFrom = Math.max(this.completeFrom, liveFrom.sequence);
    this.version++;
  }

  /** Removes these events; all of them when `events` is `null`. */
  remove(events: readonly EventName[] | null): void {
    const gone = new Set(events ?? EVENT_NAMES);
    this.parts = this.parts.map(part => ({ ...part, term: without(part.term, gone) })).filter(({ term }) => term.events.size > 0);
    this.forms = new Map([...this.forms].filter(([event]) => !gone.has(event)));
    this.version++;
  }

  /** The form in which an event is pending, `null` when it is not. Call it with events in the order of the log. */
  pendingForm(sequence: number, subject: Subject): Form | null {
    if (sequence <= this.position.sequence) return null;
    const pending = this.parts.some(part => sequence > part.after && fits(part.term, subject));
    return pending ? (this.forms.get(subject.event) ?? null) : null;
  }

  /** Everything up to here was delivered. */
  advance(position: LogPosition): void {
    if (position.sequence > this.position.sequence) this.position = position;
  }

  /** Covers all pending events, and possibly more. */
  get filter(): EventFilter {
    const everySession = this.parts.some(({ term }) => term.sessions === '*');
    const sessions = everySession ? undefined : [...new Set(this.parts.flatMap(({ term }) => [...term.sessions] as SessionId[]))];
    const events = [...new Set(this.parts.flatMap(({ term }) => [...term.events]))];
    if ((sessions?.length ?? 1) * events.length <= MAX_FILTERS) return { sessions, events };
    if (sessions !== undefined && sessions.length <= MAX_FILTERS) return { sessions };
    return events.length <= MAX_FILTERS && events.length < EVENT_NAMES.length ? { events } : {};
  }

  /** The subscription that becomes live once nothing is pending. */
  get subscription(): Subscription {
    const merged = this.parts.reduce((all, { term }) => subscribed(all, term, new Map()), NOTHING);
    return { terms: merged.terms, forms: this.forms };
  }
}
