import { Injectable } from '@nestjs/common';
import { EVENT_NAMES, WabusError } from '@wabus/contracts';
import { isSelected, type EventSelection } from './event-selection.policy.js';
import { EventHistory, LiveEvents, type HistoryFilter, type HistoryPage, type LiveEvent, type Position } from './events-in.js';

/** A few events, and how far they bring the reader. */
export interface ReadPart {
  readonly events: readonly LiveEvent[];
  /** Everything selected up to here is in this part or before it. */
  readonly upTo: Position;
}

/** More filters than this cost the server more than the events they keep away. */
const MAX_FILTERS = 128;

/**
 * Reads the event log at the pace of whoever takes the parts: a part is fetched when the one before it was dealt with, so a slow reader costs one part of memory.
 */
@Injectable()
export class EventReader {
  constructor(
    private readonly history: EventHistory,
    private readonly live: LiveEvents
  ) {}

  /**
   * What is selected after one place and up to another one, or up to the end of the log. Parts may be empty. Throws `BROKER_UNAVAILABLE`, and
   * `SLOW_CONSUMER` with the cursor when the log has dropped what was to come next.
   */
  async *past(selection: EventSelection, after: Position, until: Position | null): AsyncGenerator<ReadPart, void, undefined> {
    const filter = filterOf(selection);
    const last = until?.sequence ?? Infinity;
    for (let position = after; position.sequence < last;) {
      const page = await this.history.read(position.sequence, filter);
      const { events, upTo } = pageWithoutGap(page, position);
      if (upTo.sequence <= position.sequence) return;
      position = until !== null && upTo.sequence > last ? until : upTo;
      yield { events: events.filter(event => event.sequence <= last && isSelected(selection, event)), upTo: position };
    }
  }

  /**
   * What is selected after a place, first from the past and then as it comes, without a gap and nothing twice; from now on when `after` is `null`. The first part
   * is empty and says where it begins. A part without events comes each `idleMs` in which nothing else does. Ends when `signal` is aborted. Throws as `past` does.
   */
  async *follow(
    selection: EventSelection,
    { after, idleMs, signal }: { after: Position | null; idleMs: number; signal: AbortSignal }
  ): AsyncGenerator<ReadPart, void, undefined> {
    const filter = filterOf(selection);
    const wanted = await this.live.want({ sessions: selection.sessions, events: selection.events });
    const bell = new Bell(signal);
    const stopListening = this.live.listen(event => (isSelected(selection, event) ? bell.ring() : undefined));
    let position = after ?? wanted.from;
    try {
      yield { events: [], upTo: position };
      while (!signal.aborted) {
        bell.silence();
        const page = this.history.recent(position.sequence, wanted.from.sequence) ?? (await this.history.read(position.sequence, filter));
        const { events, upTo } = pageWithoutGap(page, position);
        const isFurther = upTo.sequence > position.sequence;
        if (isFurther) position = upTo;
        const selected = events.filter(event => isSelected(selection, event));
        if (selected.length > 0) yield { events: selected, upTo: position };
        else if ((!isFurther || events.length === 0) && (await bell.heard(idleMs)) === 'nothing') yield { events: [], upTo: position };
      }
    } finally {
      stopListening();
      wanted.release();
    }
  }
}

/** A reader that was overtaken by the end of retention is told, and does not go on as if nothing were missing. */
function pageWithoutGap(page: HistoryPage, { cursor }: Position): HistoryPage {
  if (page.truncated) throw new WabusError('SLOW_CONSUMER', { details: { cursor } });
  return page;
}

/** Rung by whoever has news; one ring is kept until somebody waits for it. */
class Bell {
  private rung = false;
  private answer: (() => void) | null = null;

  constructor(private readonly signal: AbortSignal) {}

  ring(): void {
    this.rung = true;
    this.answer?.();
  }

  silence(): void {
    this.rung = false;
  }

  async heard(withinMs: number): Promise<'news' | 'nothing'> {
    if (this.rung || this.signal.aborted) return 'news';
    return new Promise(resolve => {
      const settle = (outcome: 'news' | 'nothing'): void => {
        clearTimeout(timer);
        this.answer = null;
        this.signal.removeEventListener('abort', news);
        resolve(outcome);
      };
      const news = (): void => settle('news');
      const timer = setTimeout(() => settle('nothing'), withinMs);
      this.answer = news;
      this.signal.addEventListener('abort', news, { once: true });
    });
  }
}

/** Covers the selection, and more when its lists are long. */
function filterOf({ events, sessions }: EventSelection): HistoryFilter {
  const someEvents = events.length === EVENT_NAMES.length ? undefined : events;
  const someSessions = sessions === '*' ? undefined : sessions;
  if ((someEvents?.length ?? 1) * (someSessions?.length ?? 1) <= MAX_FILTERS) return { events: someEvents, sessions: someSessions };
  return (someSessions?.length ?? 0) <= MAX_FILTERS ? { sessions: someSessions } : { events: someEvents };
}
