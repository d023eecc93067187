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

/** The most pairs of session and event that a log filter names. Beyond this number it is cheaper to read more and to drop events here. */
const MAX_FILTERS = 64;

/** A term, and the sequence after which its events are still pending. */
interface Part {
  readonly term: Term;
  readonly after: number;
}

/**
 * The events still pending for a connection that reads from the past. An event is pending if its sequence is after `position`, it fits a
 * part, and it lies after the start of that part. Events come in log order, each of them once. Pure.
 */
export class Backlog {
  private parts: Part[];
  private forms: Forms;
  /** Increments whenever the parts change. A page that was read for an older version must be discarded. */
  version = 0;
  /** The sequence from which this edge receives all pending events live. */
  completeFrom: number;

  /** Starts with a subscription that was live up to `position`. */
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

  /**
   * Adds the events of a term after `from`, which this edge receives live after `liveFrom`. If `from` lies before the current position,
   * reading restarts there, and the other parts do not repeat events.
   */
  add(term: Term, forms: Forms, { from, liveFrom }: { from: LogPosition; liveFrom: LogPosition }): void {
    const { sequence } = this.position;
    this.parts = this.parts.map(part => ({ term: part.term, after: Math.max(part.after, sequence) }));
    if (this.parts.length === 0 || from.sequence < sequence) this.position = from;
    this.parts.push({ term, after: from.sequence });
    this.forms = new Map([...this.forms, ...forms]);
    this.completeFrom = Math.max(this.completeFrom, liveFrom.sequence);
    this.version++;
  }

  /** Removes the given events, or all events if `events` is `null`. */
  remove(events: readonly EventName[] | null): void {
    const gone = new Set(events ?? EVENT_NAMES);
    this.parts = this.parts.map(part => ({ ...part, term: without(part.term, gone) })).filter(({ term }) => term.events.size > 0);
    this.forms = new Map([...this.forms].filter(([event]) => !gone.has(event)));
    this.version++;
  }

  /** Returns the form in which an event is pending, or `null` if it is not pending. Call it with events in log order. */
  pendingForm(sequence: number, subject: Subject): Form | null {
    if (sequence <= this.position.sequence) return null;
    const pending = this.parts.some(part => sequence > part.after && fits(part.term, subject));
    return pending ? (this.forms.get(subject.event) ?? null) : null;
  }

  /** Marks everything up to `position` as delivered. */
  advance(position: LogPosition): void {
    if (position.sequence > this.position.sequence) this.position = position;
  }

  /** A log filter that matches all pending events, and possibly others. */
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
