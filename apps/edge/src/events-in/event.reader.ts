import { Injectable } from '@nestjs/common';
import type { EventFilter, LoggedEventPage, LogPosition, LoggedEvent } from '@wabus/broker';
import { EVENT_NAMES, WabusError } from '@wabus/contracts';
import { isSelected, type EventSelection } from './event-selection.policy.js';
import { EventsIn } from './events-in.js';

/** A few events, and the position after them. */
export interface ReadPart {
  readonly events: readonly LoggedEvent[];
  /** All selected events up to this position are in this part or in earlier ones. */
  readonly upTo: LogPosition;
}

/** More filters than this cost the server more than the events that they exclude. */
const MAX_FILTERS = 128;

/**
 * Reads the event log at the pace of its consumer: a part is fetched once the previous one was processed, so a slow consumer costs the memory of one part.
 */
@Injectable()
export class EventReader {
  constructor(private readonly source: EventsIn) {}

  /**
   * Yields the selected events after one place, up to another one or to the end of the log. Parts may be empty. Throws
   * `BROKER_UNAVAILABLE`, and `SLOW_CONSUMER` with the cursor if the log has dropped the next events.
   */
  async *past(selection: EventSelection, after: LogPosition, until: LogPosition | null): AsyncGenerator<ReadPart, void, undefined> {
    const filter = filterOf(selection);
    const last = until?.sequence ?? Infinity;
    for (let position = after; position.sequence < last;) {
      const page = await this.source.read(position.sequence, filter);
      const { events, upTo } = pageWithoutGap(page, position);
      if (upTo.sequence <= position.sequence) return;
      position = until !== null && upTo.sequence > last ? until : upTo;
      yield { events: events.filter(event => event.sequence <= last && isSelected(selection, event)), upTo: position };
    }
  }

  /**
   * Yields the selected events after a place, first past and then live ones, each of them once and without gaps; only live events if
   * `after` is `null`. The first part is empty and contains the starting position. After each `idleMs` without events, an empty part
   * follows. Ends when `signal` is aborted. Throws the errors of `past`.
   */
  async *follow(
    selection: EventSelection,
    { after, idleMs, signal }: { after: LogPosition | null; idleMs: number; signal: AbortSignal }
  ): AsyncGenerator<ReadPart, void, undefined> {
    const filter = filterOf(selection);
    const { sessions, events: names } = selection;
    const interest = await this.source.subscribe({ sessions: sessions === '*' ? undefined : sessions, events: names });
    const news = new News(signal);
    const stopListening = this.source.listen(event => (isSelected(selection, event) ? news.notify() : undefined));
    let position = after ?? interest.from;
    try {
      yield { events: [], upTo: position };
      while (!signal.aborted) {
        news.reset();
        const page = this.source.recent(position.sequence, interest.from.sequence) ?? (await this.source.read(position.sequence, filter));
        const { events, upTo } = pageWithoutGap(page, position);
        const isFurther = upTo.sequence > position.sequence;
        if (isFurther) position = upTo;
        const selected = events.filter(event => isSelected(selection, event));
        if (selected.length > 0) yield { events: selected, upTo: position };
        else if ((!isFurther || events.length === 0) && !(await news.within(idleMs))) yield { events: [], upTo: position };
      }
    } finally {
      stopListening();
      interest.release();
    }
  }
}

/** Fails if retention has overtaken the reader, instead of continuing with a gap. */
function pageWithoutGap(page: LoggedEventPage, { cursor }: LogPosition): LoggedEventPage {
  if (page.truncated) throw new WabusError('SLOW_CONSUMER', { details: { cursor } });
  return page;
}

/** Stores whether anything new has arrived since the last reset, until someone waits for it. */
class News {
  private arrived = false;
  private wake: (() => void) | null = null;

  constructor(private readonly signal: AbortSignal) {}

  notify(): void {
    this.arrived = true;
    this.wake?.();
  }

  reset(): void {
    this.arrived = false;
  }

  /** Resolves with `true` on news or when the signal aborts, and with `false` after `ms` without either. */
  async within(ms: number): Promise<boolean> {
    if (this.arrived || this.signal.aborted) return true;
    return new Promise(resolve => {
      const settle = (hasNews: boolean): void => {
        clearTimeout(timer);
        this.wake = null;
        this.signal.removeEventListener('abort', onNews);
        resolve(hasNews);
      };
      const onNews = (): void => settle(true);
      const timer = setTimeout(() => settle(false), ms);
      this.wake = onNews;
      this.signal.addEventListener('abort', onNews, { once: true });
    });
  }
}

/** Returns a filter that covers the selection, and more if its lists are long. */
function filterOf({ events, sessions }: EventSelection): EventFilter {
  const someEvents = events.length === EVENT_NAMES.length ? undefined : events;
  const someSessions = sessions === '*' ? undefined : sessions;
  if ((someEvents?.length ?? 1) * (someSessions?.length ?? 1) <= MAX_FILTERS) return { events: someEvents, sessions: someSessions };
  return (someSessions?.length ?? 0) <= MAX_FILTERS ? { sessions: someSessions } : { events: someEvents };
}
