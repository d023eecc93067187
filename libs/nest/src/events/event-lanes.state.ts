/** The unit whose events are handled one after another: `chat`, `session` or `none`. */
export type EventOrder = 'chat' | 'session' | 'none';

/** An event that waits or is being handled. */
export interface LaneItem {
  /** The position of the event in the log. */
  readonly sequence: number;
  readonly session: string;
  /** The chats that the event concerns; `null` if they are unknown, so that it may concern any chat of its session. */
  readonly chats: readonly string[] | null;
}

/**
 * Keeps the events of a chat in the order of the log, while events of different chats are handled concurrently. An event about several chats waits for all of
 * them, and an event about no chat only for others about none.
 */
export class EventLanes<Item extends LaneItem> {
  /** The waiting and running events by session, in the order of the log. */
  private readonly sessions = new Map<string, Item[]>();
  private readonly busy = new Set<Item>();
  private count = 0;

  constructor(private readonly order: EventOrder) {}

  /** The number of events that wait or are being handled. */
  get size(): number {
    return this.count;
  }

  /** The number of events that are being handled, or wait to be repeated. */
  get started(): number {
    return this.busy.size;
  }

  /** Adds an event. Events may be added out of order, as long as no later event of the same chat has been taken. */
  add(item: Item): void {
    const items = this.sessions.get(item.session) ?? [];
    this.sessions.set(item.session, items);
    const after = items.findLastIndex(other => other.sequence < item.sequence);
    items.splice(after + 1, 0, item);
    this.count++;
  }

  /** Returns the next event that may be handled; `null` if all must wait. It counts as being handled until it is removed. */
  take(): Item | null {
    // The session that was served last moves to the end.
    for (const [session, items] of this.sessions) {
      const item = this.ready(items);
      if (item === undefined) continue;
      this.busy.add(item);
      this.sessions.delete(session);
      this.sessions.set(session, items);
      return item;
    }
    return null;
  }

  /** Removes a finished event. */
  remove(item: Item): void {
    const items = this.sessions.get(item.session);
    const place = items?.indexOf(item) ?? -1;
    if (items === undefined || place < 0) return;
    items.splice(place, 1);
    this.busy.delete(item);
    this.count--;
    if (items.length === 0) this.sessions.delete(item.session);
  }

  /** Removes and returns all events that are not being handled. */
  removeWaiting(): Item[] {
    const waiting = [...this.sessions.values()].flat().filter(item => !this.busy.has(item));
    for (const item of waiting) this.remove(item);
    return waiting;
  }

  private ready(items: readonly Item[]): Item | undefined {
    if (this.order === 'none') return items.find(item => !this.busy.has(item));
    if (this.order === 'session') return items[0] !== undefined && this.busy.has(items[0]) ? undefined : items[0];
    const taken = new Set<string>();
    for (const [i, item] of items.entries()) {
      const keys = keysOf(item);
      // Its chats are unknown: it waits for all earlier events, and all later ones wait for it.
      if (keys === null) return i === 0 && !this.busy.has(item) ? item : undefined;
      if (!this.busy.has(item) && !keys.some(key => taken.has(key))) return item;
      for (const key of keys) taken.add(key);
    }
    return undefined;
  }
}

/** Events about no chat share a lane. */
function keysOf({ chats }: LaneItem): readonly string[] | null {
  return chats === null || chats.length > 0 ? chats : [''];
}
