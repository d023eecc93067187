import type { LoggedEvent } from '@wabus/broker';
import type { WebhookOrder } from '@wabus/contracts';
import { chatsOf, isSeveral, laneKeyOf, ONE_LANE, partsOfLane, severalLaneOf } from './lane-key.policy.js';

/** Events that failed together and are retried together. Times are in ms since 1970. */
export interface LaneFailure {
  readonly attempts: number;
  readonly nextAttemptAt: number;
  /** The sequence of the last of these events. */
  readonly upTo: number;
  readonly error: string;
  /** ISO time of the first of these events. Missing in records of older releases. */
  readonly since?: string;
}

/** The progress of one lane that differs from the floor. */
export interface LaneMark {
  /** The lane's events up to this sequence are settled: delivered or dead. */
  readonly settled: number;
  readonly failure?: LaneFailure;
}

/** The progress of a webhook. A lane that is not listed has settled everything up to the floor, and nothing after it. */
export interface Marks {
  readonly floor: number;
  readonly lanes: Readonly<Record<string, LaneMark>>;
}

export interface LaneLimits {
  /** The scope within which order is kept. Ignored in bulk mode. */
  readonly order: WebhookOrder;
  /** The most lanes at a time. */
  readonly lanes: number;
  /** The most events that a lane holds. Further events are read from the log again later. */
  readonly laneEvents: number;
  /** The most payload bytes that all lanes hold together, apart from one batch. */
  readonly totalBytes: number;
  /** The most lanes that may lag at a time. */
  readonly lagging: number;
  /** Several events in one request. All sessions then share one lane. */
  readonly bulk: { readonly maxEvents: number; readonly maxWaitMs: number; readonly maxBytes: number } | null;
}

/** The queue of a chat, a session or an event, depending on the order of the webhook. Its events are delivered in order, one delivery at a time. */
export interface Lane {
  readonly key: string;
  /** Unsettled events, oldest first, including those in delivery. */
  queue: LoggedEvent[];
  /** All events of the lane up to this sequence have been in the queue. */
  covered: number;
  /** Whether the reader fills the lane. If not, the lane lags and is filled from the log separately. */
  level: boolean;
  /** Whether a delivery is in progress. */
  busy: boolean;
  /** Whether the lane's part of the log is being read. */
  filling: boolean;
  failure: LaneFailure | null;
  /** In bulk mode, the time since which the oldest event has been waiting for others. */
  waitingSince: number;
  /** Events up to this sequence are delivered one by one, because a request with several of them was refused. */
  singlyUpTo: number;
}

/** The most lanes ahead of the floor whose progress is recorded. The others repeat deliveries after a crash. */
const MAX_AHEAD = 256;

/**
 * The lanes in which the events of a webhook wait. Order is kept within a lane but not between lanes, with one exception: an event about
 * several chats waits for the earlier events of each of them, and their later events wait for it. Memory is bounded: a slow or failing lane
 * is emptied, lags, and reads its part of the log again when its turn comes.
 */
export class Lanes {
  private readonly lanes = new Map<string, Lane>();
  private bytes = 0;
  /** The sequence up to which the reader has read. */
  private read: number;
  /** Every lane has settled its events up to this sequence, except those that `marks` lists. Never decreases, because lanes are removed based on it. */
  private floor: number;
  private readonly chats = new WeakMap<LoggedEvent, readonly string[]>();

  constructor(
    marks: Marks,
    private readonly limits: LaneLimits
  ) {
    this.read = marks.floor;
    this.floor = marks.floor;
    for (const [key, { settled, failure }] of Object.entries(marks.lanes)) {
      const lane = this.open(key, settled);
      lane.failure = failure ?? null;
      lane.level = settled >= marks.floor && lane.failure === null;
    }
  }

  /** Accepts events from the reader, which has read up to `upTo`. */
  offer(events: readonly LoggedEvent[], upTo: number, now: number): void {
    for (const event of events) {
      const key = this.keyOf(event);
      const lane = this.lanes.get(key) ?? this.open(key, event.sequence - 1);
      if (lane.level && event.sequence > lane.covered) this.append(lane, event, now);
    }
    this.read = Math.max(this.read, upTo);
    this.relieve(now);
    this.forgetIdle();
  }

  /** Whether the reader may continue. */
  get hasRoom(): boolean {
    if (this.isFull || this.lanes.size >= this.limits.lanes) return false;
    if (this.limits.bulk) {
      const lane = this.lanes.get(ONE_LANE);
      // While the only lane fills itself, nothing consumes further events.
      return lane === undefined || (lane.level && lane.queue.length < this.limits.laneEvents);
    }
    // A lane that is covered up to the reader's position waits for the reader, so it does not count.
    return this.lagging.filter(lane => this.hasMore(lane)).length < this.limits.lagging;
  }

  /** Returns the lanes whose next delivery may start, longest waiting first. With `trial`, lanes whose retry is not due yet are included. */
  deliverable(now: number, trial: boolean): Lane[] {
    return [...this.lanes.values()].filter(
      lane =>
        !lane.busy && lane.queue.length > 0 && (trial || isDue(lane, now)) && this.chunkOf(lane, now).length > 0 && !this.isBehind(lane)
    );
  }

  /** Returns the lagging lanes that need more of the log to continue. Returns none while memory is full and a delivery in progress may free some. */
  toFill(now: number, trial: boolean): Lane[] {
    if (this.isFull && [...this.lanes.values()].some(({ busy }) => busy)) return [];
    return this.lagging.filter(
      lane =>
        this.hasMore(lane) && !lane.busy && !lane.filling && lane.queue.length === 0 && (trial || isDue(lane, now)) && !this.isBehind(lane)
    );
  }

  /** Takes the next events of a lane for a delivery. The lane is busy until `settle`, `fail`, `single` or `release`. */
  take(lane: Lane, now: number): LoggedEvent[] {
    lane.busy = true;
    // Moves the lane to the end of the map, so that it comes last next time.
    this.lanes.delete(lane.key);
    this.lanes.set(lane.key, lane);
    return this.chunkOf(lane, now);
  }

  /** Marks the events up to this sequence as settled: delivered or dead. */
  settle(lane: Lane, upTo: number, now: number): void {
    lane.busy = false;
    lane.failure = null;
    while (lane.queue.length > 0 && lane.queue[0]!.sequence <= upTo) this.bytes -= lane.queue.shift()!.body.length;
    lane.waitingSince = now;
    this.forgetIdle();
  }

  /**
   * Schedules a retry of the taken events. Until then the lane holds no events, unless they are about several chats: the events in memory
   * name the chats that must wait, and without them all chats would have to wait.
   */
  fail(lane: Lane, failure: LaneFailure): void {
    lane.busy = false;
    lane.failure = failure;
    if (!isSeveral(lane.key) || this.isFull) this.empty(lane);
  }

  /** Makes the taken events be delivered again at once, one by one. */
  single(lane: Lane, upTo: number): void {
    lane.busy = false;
    lane.failure = null;
    lane.singlyUpTo = upTo;
  }

  /** Ends a delivery without an outcome. */
  release(lane: Lane): void {
    lane.busy = false;
  }

  /**
   * Fills a lagging lane from its part of the log: with all events after `covered` up to `upTo`, or as many as fit. The lane is level again
   * if the reader is not ahead of it. If events about several chats have an order, nothing beyond the reader's position is taken, because
   * earlier events in other lanes are unknown there.
   */
  fill(lane: Lane, events: readonly LoggedEvent[], upTo: number, now: number): void {
    lane.filling = false;
    let end = this.mixes ? Math.min(upTo, this.read) : upTo;
    for (const event of events) {
      if (event.sequence <= lane.covered || event.sequence > end || this.keyOf(event) !== lane.key) continue;
      if (lane.queue.length >= this.limits.laneEvents) {
        end = lane.queue.at(-1)!.sequence;
        break;
      }
      this.enqueue(lane, event, now);
    }
    lane.covered = Math.max(lane.covered, end);
    // No events follow the only event of a lane.
    if (this.limits.order === 'none' && !this.limits.bulk) lane.covered = Math.max(lane.covered, this.read);
    if (lane.failure && (lane.queue[0]?.sequence ?? lane.covered + 1) > lane.failure.upTo) lane.failure = null;
    lane.level = lane.covered >= this.read && (lane.failure === null || lane.queue.length > 0);
    this.relieve(now, lane);
    this.forgetIdle();
  }

  /**
   * Returns how many events to read at once for a lagging lane, at most `usual`. A lane of one chat gets the full number, because its
   * events are few among those of its session.
   */
  mostPerFill(usual: number): number {
    const { order, bulk, laneEvents } = this.limits;
    if (bulk || order === 'chat') return usual;
    return order === 'none' ? 1 : Math.min(usual, laneEvents);
  }

  notFilled(lane: Lane): void {
    lane.filling = false;
  }

  /** Ends the delay of all failed lanes. */
  retryNow(now: number): void {
    for (const lane of this.lanes.values())
      if (lane.failure) lane.failure = { ...lane.failure, nextAttemptAt: Math.min(now, lane.failure.nextAttemptAt) };
  }

  get failing(): Lane[] {
    return [...this.lanes.values()].filter(lane => lane.failure !== null);
  }

  /** Returns when the next lane becomes due after `now`, or `null` if none does. */
  nextDueAt(now: number): number | null {
    const times = [...this.lanes.values()].flatMap(lane => {
      if (lane.busy) return [];
      if (lane.failure) return [lane.failure.nextAttemptAt];
      return this.limits.bulk && lane.queue.length > 0 ? [lane.waitingSince + this.limits.bulk.maxWaitMs] : [];
    });
    const future = times.filter(at => at > now);
    return future.length > 0 ? Math.min(...future) : null;
  }

  /** Returns the position of every lane. A successor that starts with it loses no event, and repeats no settled one of the recorded lanes. */
  marks(): Marks {
    const lanes = [...this.lanes.values()];
    this.raiseFloor();
    const { floor } = this;
    const isUnsettled = (lane: Lane): boolean => !lane.level || lane.failure !== null || (lane.queue.length > 0 && settledOf(lane) < floor);
    const unsettled = lanes.filter(isUnsettled);
    const ahead = lanes.filter(lane => !isUnsettled(lane) && settledOf(lane) > floor);
    const differing = [...unsettled, ...ahead.slice(0, MAX_AHEAD)];
    const marked = differing.map(
      lane => [lane.key, { settled: settledOf(lane), ...(lane.failure ? { failure: lane.failure } : {}) }] as const
    );
    return { floor, lanes: Object.fromEntries(marked) };
  }

  /** Whether lanes wait for one another. */
  private get mixes(): boolean {
    return this.limits.order === 'chat' && !this.limits.bulk;
  }

  /** Returns whether the log may contain events that a lagging lane may take. */
  private hasMore({ covered }: Lane): boolean {
    return !this.mixes || covered < this.read;
  }

  private get lagging(): Lane[] {
    return [...this.lanes.values()].filter(lane => !lane.level);
  }

  /** The number of events in memory, and the ISO time of the oldest one known. */
  get waiting(): { readonly events: number; readonly oldestAt: string | null } {
    let events = 0;
    let oldestAt: string | null = null;
    for (const { queue, failure } of this.lanes.values()) {
      events += queue.length === 0 && failure !== null ? 1 : queue.length;
      const at = queue[0]?.facts.at ?? failure?.since;
      if (at !== undefined && (oldestAt === null || at < oldestAt)) oldestAt = at;
    }
    return { events, oldestAt };
  }

  private keyOf(event: LoggedEvent): string {
    return this.limits.bulk ? ONE_LANE : laneKeyOf(event, this.limits.order, one => this.chatsOf(one));
  }

  private chatsOf(event: LoggedEvent): readonly string[] {
    const known = this.chats.get(event) ?? chatsOf(event);
    this.chats.set(event, known);
    return known;
  }

  private get isFull(): boolean {
    return this.bytes >= this.limits.totalBytes;
  }

  /** Returns whether another lane contains an unsettled earlier event of one of this lane's chats. */
  private isBehind({ key, queue, covered }: Lane): boolean {
    if (!this.mixes) return false;
    const { session, chat } = partsOfLane(key);
    const [head] = queue;
    if (session === null) return false;
    if (isSeveral(key)) {
      const lanes = head ? this.chatsOf(head).map(each => this.lanes.get(`${session}/${each}`)) : [];
      return lanes.some(lane => lane !== undefined && nextOf(lane) < head!.sequence);
    }
    const several = chat === null ? undefined : this.lanes.get(severalLaneOf(session));
    if (several === undefined) return false;
    const next = head?.sequence ?? covered + 1;
    // Events that are not in memory may be about any chat.
    if (!several.level && several.covered < next) return true;
    return several.queue.some(event => event.sequence < next && this.chatsOf(event).includes(chat!));
  }

  private open(key: string, covered: number): Lane {
    const lane = { key, queue: [], covered, level: true, busy: false, filling: false, failure: null, waitingSince: 0, singlyUpTo: 0 };
    this.lanes.set(key, lane);
    return lane;
  }

  private append(lane: Lane, event: LoggedEvent, now: number): void {
    if (lane.queue.length >= this.limits.laneEvents && !this.limits.bulk) lane.level = false;
    else {
      this.enqueue(lane, event, now);
      lane.covered = event.sequence;
    }
  }

  private enqueue(lane: Lane, event: LoggedEvent, now: number): void {
    if (lane.queue.length === 0) lane.waitingSince = now;
    lane.queue.push(event);
    this.bytes += event.body.length;
  }

  /** When memory is full, empties lanes that cannot deliver now, those with the newest events first, so that other lanes need not wait for them. */
  private relieve(now: number, filled?: Lane): void {
    if (!this.isFull || this.limits.bulk) return;
    const idle = [...this.lanes.values()].filter(
      lane => lane !== filled && !lane.busy && lane.queue.length > 0 && (!isDue(lane, now) || this.isBehind(lane))
    );
    for (const lane of idle.sort((a, b) => b.queue[0]!.sequence - a.queue[0]!.sequence)) {
      if (!this.isFull) return;
      if (isSeveral(lane.key)) this.shorten(lane);
      else this.empty(lane);
    }
  }

  /** Keeps the first event, because only that event shows for which chats the lane waits. */
  private shorten(lane: Lane): void {
    const [head, ...rest] = lane.queue;
    if (rest.length === 0) return;
    for (const { body } of rest) this.bytes -= body.length;
    lane.queue = [head!];
    lane.covered = head!.sequence;
    lane.level = false;
  }

  private empty(lane: Lane): void {
    lane.covered = settledOf(lane);
    for (const { body } of lane.queue) this.bytes -= body.length;
    lane.queue = [];
    lane.level = false;
  }

  private chunkOf(lane: Lane, now: number): LoggedEvent[] {
    const { queue, failure, singlyUpTo, waitingSince } = lane;
    const { bulk } = this.limits;
    if (failure) return queue.filter(({ sequence }) => sequence <= failure.upTo);
    if (!bulk || (queue[0]?.sequence ?? Infinity) <= singlyUpTo) return queue.slice(0, 1);
    let bytes = 0;
    const fitting = queue.slice(0, bulk.maxEvents).filter(({ body }, index) => (bytes += body.length) <= bulk.maxBytes || index === 0);
    const full = fitting.length === bulk.maxEvents || fitting.length < queue.length;
    return full || now - waitingSince >= bulk.maxWaitMs ? fitting : [];
  }

  /** Removes lanes without work or state. Their next event creates them again. */
  private forgetIdle(): void {
    this.raiseFloor();
    for (const lane of this.lanes.values()) {
      const idle = lane.level && lane.queue.length === 0 && !lane.busy && lane.failure === null;
      if (idle && lane.covered <= this.floor) this.lanes.delete(lane.key);
    }
  }

  private raiseFloor(): void {
    let floor = this.read;
    for (const lane of this.lanes.values())
      if (lane.level && lane.failure === null && lane.queue.length > 0) floor = Math.min(floor, settledOf(lane));
    this.floor = Math.max(this.floor, floor);
  }
}

function isDue({ failure }: Lane, now: number): boolean {
  return failure === null || failure.nextAttemptAt <= now;
}

/** Returns the first sequence that may be an unsettled event of the lane. */
function nextOf({ queue, level, covered }: Lane): number {
  if (queue.length > 0) return queue[0]!.sequence;
  return level ? Infinity : covered + 1;
}

function settledOf({ queue, covered }: Lane): number {
  return queue.length > 0 ? queue[0]!.sequence - 1 : covered;
}
