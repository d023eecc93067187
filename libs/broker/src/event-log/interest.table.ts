import { ALL_EVENTS_SUBJECT, EVENT_NAMES, eventFilter, type EventName, type SessionId } from '@wabus/contracts';
import type { EventFilter } from './event-log.types.js';

/** From this number of events of one session, a single subscription to all of its events costs less. */
const EVENTS_WORTH_ALL = 4;
/** Maximum number of filters of a consumer. Beyond it, the consumer reads everything and unneeded events are dropped afterwards. */
const MAX_FILTERS = 256;

type Counts = Map<EventName, number>;

/** Reference counts of the interests in events, and the subjects on which these events arrive. Pure. */
export class InterestTable {
  /** `*` stands for every session. */
  private readonly counts = new Map<SessionId | '*', Counts>();

  get isEmpty(): boolean {
    return this.counts.size === 0;
  }

  /** Counts an interest. Returns whether it adds events that were not requested before. */
  add(filter: EventFilter): boolean {
    let isNew = false;
    this.each(filter, (session, event) => {
      isNew ||= !this.wantsOf('*', event) && !this.wantsOf(session, event);
      const counts = this.counts.get(session) ?? new Map<EventName, number>();
      this.counts.set(session, counts.set(event, (counts.get(event) ?? 0) + 1));
    });
    return isNew;
  }

  /** Removes an interest that was added. */
  remove(filter: EventFilter): void {
    this.each(filter, (session, event) => {
      const counts = this.counts.get(session);
      const count = counts?.get(event) ?? 0;
      if (count > 1) counts!.set(event, count - 1);
      else counts?.delete(event);
      if (counts?.size === 0) this.counts.delete(session);
    });
  }

  wants(session: SessionId, event: EventName): boolean {
    return this.wantsOf('*', event) || this.wantsOf(session, event);
  }

  /** Whether every event of every session is requested, so that no sequence may be missing. */
  get wantsEverything(): boolean {
    return this.counts.get('*')?.size === EVENT_NAMES.length;
  }

  /** Returns the smallest set of event subjects to subscribe to. They may overlap. */
  subjects(): Set<string> {
    if (this.wantsEverything) return new Set([ALL_EVENTS_SUBJECT]);
    return new Set(
      [...this.counts].flatMap(([session, counts]) => {
        if (session === '*') return [...counts.keys()].map(event => eventFilter({ event }));
        const events = [...counts.keys()].filter(event => !this.wantsOf('*', event));
        return events.length >= EVENTS_WORTH_ALL ? [eventFilter({ session })] : events.map(event => eventFilter({ session, event }));
      })
    );
  }

  /** Returns non-overlapping filters that match everything that is requested. */
  filters(): string[] {
    if (this.wantsEverything) return [ALL_EVENTS_SUBJECT];
    const filters: string[] = [];
    for (const [session, counts] of this.counts) {
      for (const event of counts.keys()) {
        if (session === '*') filters.push(eventFilter({ event }));
        else if (!this.wantsOf('*', event)) filters.push(eventFilter({ session, event }));
        if (filters.length > MAX_FILTERS) return [ALL_EVENTS_SUBJECT];
      }
    }
    return filters;
  }

  private wantsOf(session: SessionId | '*', event: EventName): boolean {
    return this.counts.get(session)?.has(event) === true;
  }

  private each({ sessions, events }: EventFilter, visit: (session: SessionId | '*', event: EventName) => void): void {
    for (const session of sessions === undefined ? (['*'] as const) : new Set(sessions)) {
      for (const event of new Set(events ?? EVENT_NAMES)) visit(session, event);
    }
  }
}
