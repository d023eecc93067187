/** The state of the event list, newest first. */
export interface EventList<Event> {
  readonly shown: readonly Event[];
  /** Events that arrived while the list is paused, newest first; `null` if the list is not paused. */
  readonly held: readonly Event[] | null;
  /** How many events have arrived since the list was cleared. */
  readonly total: number;
  /** How many of the events that arrived during the pause were dropped. */
  readonly dropped: number;
}

/** The maximum number of shown events and of held events: a page that is left open must not grow forever. */
export const MOST_EVENTS = 500;

export const NO_EVENTS: EventList<never> = { shown: [], held: null, total: 0, dropped: 0 };

export type ListStep<Event> =
  | {
      readonly kind: 'came';
      readonly events: readonly Event[];
      /** How many events arrived, if not all of them are listed. */ readonly of?: number;
    }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'clear' };

/** Returns the list after a step. */
export function nextList<Event>(list: EventList<Event>, step: ListStep<Event>): EventList<Event> {
  switch (step.kind) {
    case 'came': {
      const total = list.total + (step.of ?? step.events.length);
      if (list.held !== null) {
        const held = newest(step.events, list.held);
        return { ...list, total, held, dropped: list.dropped + list.held.length + step.events.length - held.length };
      }
      return { ...list, total, shown: newest(step.events, list.shown) };
    }
    case 'pause':
      return list.held === null ? { ...list, held: [] } : list;
    case 'resume':
      return list.held === null ? list : { ...list, held: null, dropped: 0, shown: [...list.held, ...list.shown].slice(0, MOST_EVENTS) };
    case 'clear':
      return { shown: [], held: list.held === null ? null : [], total: 0, dropped: 0 };
  }
}

/** `events` are in log order. */
function newest<Event>(events: readonly Event[], before: readonly Event[]): Event[] {
  return [...events.slice(-MOST_EVENTS).reverse(), ...before].slice(0, MOST_EVENTS);
}
