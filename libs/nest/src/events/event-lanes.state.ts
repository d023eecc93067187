/** Which events wait for each other: those of a chat, those of a session, or none. */
export type EventOrder = 'chat' | 'session' | 'none';

/** An event on its way through a service. */
export interface LaneItem {
  /** Its place in the log. */
  readonly sequence: number;
  readonly session: string;
  /** The chats that it concerns; `null` if they are not known, so that it may concern any of its session. */
  readonly chats: readonly string[] | null;
}

/**
 * Keeps the events of a chat in the order of the log, while those of different chats are handled side by side.
 * An event about several chats waits for all of them, and one about no chat only for others about none.
 */
export class EventLanes<Item extends LaneItem> {
  /** By session, in the order of the log: those that wait and those that are being handled. */
  private readonly sessions = new Map<string, Item[]>();
  private readonly busy = new Set<Item>();
  private count = 0;

  constructor(private readonly order: EventOrder) {}

  /** How many events there are, waiting or being handled. */
  get size(): number {
    return this.count;
  }

  /** How many events are being handled, or wait to be repeated. */
  get started(): number {
    return this.busy.size;
  }

  /** Events may be added out of order, as long as no later one of the same chat has been taken. */
  add(item: Item): void {
    const items = this.sessions.get(item.session) ?? [];
    this.sessions.set(item.session, items);
    const after = items.findLastIndex(other => other.sequence < item.sequence);
    items.splice(after + 1, 0, item);
    this.count++;
  }

  /** The next event whose turn it is; it counts as being handled until it is removed. `null` if all must wait. */
  take(): Item | null {
    // The session that was served last comes last.
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

  /** The event is finished. */
  remove(item: Item): void {
    const items = this.sessions.get(item.session);
    const place = items?.indexOf(item) ?? -1;
    if (items === undefined || place < 0) return;
    items.splice(place, 1);
    this.busy.delete(item);
    this.count--;
    if (items.length === 0) this.sessions.delete(item.session);
  }

  /** Removes and returns all events that nobody handles. */
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
      // Of unknown chats: it waits for everything before it, and everything after it waits.
      if (keys === null) return i === 0 && !this.busy.has(item) ? item : undefined;
      if (!this.busy.has(item) && !keys.some(key => taken.has(key))) return item;
      for (const key of keys) taken.add(key);
    }
    return undefined;
  }
}

/** An event about no chat has a lane of its own. */
function keysOf({ chats }: LaneItem): readonly string[] | null {
  return chats === null || chats.length > 0 ? chats : [''];
}
