import type { LoggedEvent } from '@wabus/broker';
import type { WebhookOrder } from '@wabus/contracts';
import { chatsOf, isSeveral, laneKeyOf, ONE_LANE, partsOfLane, severalLaneOf } from './lane-key.policy.js';

/** The events that failed together and are tried again together. Times in ms since 1970. */
export interface LaneFailure {
  readonly attempts: number;
  readonly nextAttemptAt: number;
  /** Sequence of the last of them. */
  readonly upTo: number;
  readonly error: string;
  /** ISO time of the first of them; missing in records of older releases. */
  readonly since?: string;
}

/** How far one lane is, when that differs from the floor. */
export interface LaneMark {
  /** Its events up to this sequence are settled: delivered or dead. */
  readonly settled: number;
  readonly failure?: LaneFailure;
}

/** How far a webhook is: a lane that is not named has settled everything up to the floor and nothing after it. */
export interface Marks {
  readonly floor: number;
  readonly lanes: Readonly<Record<string, LaneMark>>;
}

export interface LaneLimits {
  /** What has an order; of no meaning in bulk mode. */
  readonly order: WebhookOrder;
  /** Lanes that there may be at once. */
  readonly lanes: number;
  /** Events that a lane holds at most; what comes beyond is read again from the log later. */
  readonly laneEvents: number;
  /** Bytes of payloads that all lanes hold at most, apart from one batch. */
  readonly totalBytes: number;
  /** Lanes that may lag behind at once. */
  readonly lagging: number;
  /** Several events in one request: all sessions then share one lane. */
  readonly bulk: { readonly maxEvents: number; readonly maxWaitMs: number; readonly maxBytes: number } | null;
}

/** The line of a chat, a session or an event, as the order of the webhook says: its events in order, one delivery at a time. */
export interface Lane {
  readonly key: string;
  /** What is not settled, oldest first; what is being delivered stays in it. */
  queue: LoggedEvent[];
  /** Its events up to this sequence have been in the queue. */
  covered: number;
  /** Whether the reader feeds it. Otherwise it lags and is filled from the log separately. */
  level: boolean;
  /** A delivery is under way. */
  busy: boolean;
  /** Its part of the log is being read. */
  filling: boolean;
  failure: LaneFailure | null;
  /** Since when the oldest event waits for others, in bulk mode. */
  waitingSince: number;
  /** Up to this sequence events go one by one, since one of them was refused among others. */
  singlyUpTo: number;
}

/** Lanes ahead of the floor whose place is written down; the others are repeated after a crash. */
const MAX_AHEAD = 256;

/**
 * The lines in which the events of a webhook wait: order is kept within a line and not between them, but for an
 * event about several chats: it waits for what came before it in each of them, and they wait for it. Memory is bounded: a line that is slow or fails is emptied, lags,
 * and reads its part of the log again when its turn comes.
 */
export class Lanes {
  private readonly lanes = new Map<string, Lane>();
  private bytes = 0;
  /** Sequence up to which the reader has read. */
  private read: number;
  /** Every lane has settled its events up to here, but for those that `marks` names. Never goes back: lanes are forgotten by it. */
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

  /** Takes what the reader has read, and how far it has got by that. */
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
      // Nobody takes what is read while the only lane fills itself.
      return lane === undefined || (lane.level && lane.queue.length < this.limits.laneEvents);
    }
    // What is covered as far as the reader is waits for the reader.
    return this.lagging.filter(lane => this.hasMore(lane)).length < this.limits.lagging;
  }

  /** Lanes whose next delivery may begin, longest waiting first. `trial` counts those whose time has not come, too. */
  deliverable(now: number, trial: boolean): Lane[] {
    return [...this.lanes.values()].filter(
      lane =>
        !lane.busy && lane.queue.length > 0 && (trial || isDue(lane, now)) && this.chunkOf(lane, now).length > 0 && !this.isBehind(lane)
    );
  }

  /** Lagging lanes that need more of the log to continue. None while memory is full and a delivery that is under way may make room. */
  toFill(now: number, trial: boolean): Lane[] {
    if (this.isFull && [...this.lanes.values()].some(({ busy }) => busy)) return [];
    return this.lagging.filter(
      lane =>
        this.hasMore(lane) && !lane.busy && !lane.filling && lane.queue.length === 0 && (trial || isDue(lane, now)) && !this.isBehind(lane)
    );
  }

  /** Takes the next events of a lane for a delivery; it is busy until `settle`, `fail`, `single` or `release`. */
  take(lane: Lane, now: number): LoggedEvent[] {
    lane.busy = true;
    // The last in the row next time.
    this.lanes.delete(lane.key);
    this.lanes.set(lane.key, lane);
    return this.chunkOf(lane, now);
  }

  /** The events up to this sequence are delivered or dead. */
  settle(lane: Lane, upTo: number, now: number): void {
    lane.busy = false;
    lane.failure = null;
    while (lane.queue.length > 0 && lane.queue[0]!.sequence <= upTo) this.bytes -= lane.queue.shift()!.body.length;
    lane.waitingSince = now;
    this.forgetIdle();
  }

  /**
   * They must be tried again later. Until then the lane holds nothing, unless its events are about several chats: those in memory say for which
   * chats others must wait, and without them all must.
   */
  fail(lane: Lane, failure: LaneFailure): void {
    lane.busy = false;
    lane.failure = failure;
    if (!isSeveral(lane.key) || this.isFull) this.empty(lane);
  }

  /** They must be tried again at once, one by one. */
  single(lane: Lane, upTo: number): void {
    lane.busy = false;
    lane.failure = null;
    lane.singlyUpTo = upTo;
  }

  /** Nothing has become of the delivery. */
  release(lane: Lane): void {
    lane.busy = false;
  }

  /**
   * Gives a lagging lane its part of the log: all its events after `covered` up to `upTo`, or as many as it may hold. It is level again
   * when the reader is no further.
   * Where events about several chats have an order, nothing beyond the reader is taken: what comes before it in other lanes is unknown.
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
    // There is nothing to wait for after the only event of a lane.
    if (this.limits.order === 'none' && !this.limits.bulk) lane.covered = Math.max(lane.covered, this.read);
    if (lane.failure && (lane.queue[0]?.sequence ?? lane.covered + 1) > lane.failure.upTo) lane.failure = null;
    lane.level = lane.covered >= this.read && (lane.failure === null || lane.queue.length > 0);
    this.relieve(now, lane);
    this.forgetIdle();
  }

  /** Events to read at once for a lagging lane, of as many as are usual: those of a chat are few among those of its session. */
  mostPerFill(usual: number): number {
    const { order, bulk, laneEvents } = this.limits;
    if (bulk || order === 'chat') return usual;
    return order === 'none' ? 1 : Math.min(usual, laneEvents);
  }

  notFilled(lane: Lane): void {
    lane.filling = false;
  }

  /** Failed lanes need not wait any longer. */
  retryNow(now: number): void {
    for (const lane of this.lanes.values())
      if (lane.failure) lane.failure = { ...lane.failure, nextAttemptAt: Math.min(now, lane.failure.nextAttemptAt) };
  }

  get failing(): Lane[] {
    return [...this.lanes.values()].filter(lane => lane.failure !== null);
  }

  /** When something becomes due that is not now, `null` when nothing does. */
  nextDueAt(now: number): number | null {
    const times = [...this.lanes.values()].flatMap(lane => {
      if (lane.busy) return [];
      if (lane.failure) return [lane.failure.nextAttemptAt];
      return this.limits.bulk && lane.queue.length > 0 ? [lane.waitingSince + this.limits.bulk.maxWaitMs] : [];
    });
    const future = times.filter(at => at > now);
    return future.length > 0 ? Math.min(...future) : null;
  }

  /** The position of every lane: with it a successor continues without loss and repeats nothing settled. */
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

  /** Whether the log may have events for a lagging lane that it may take. */
  private hasMore({ covered }: Lane): boolean {
    return !this.mixes || covered < this.read;
  }

  private get lagging(): Lane[] {
    return [...this.lanes.values()].filter(lane => !lane.level);
  }

  /** Events in memory, and when the oldest of those that are known happened: ISO time. */
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

  /** Whether an earlier event of one of its chats, in another lane, is not settled. */
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
    // What is not here may name any chat.
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

  /** When memory is full, lanes that cannot be delivered now give up what they hold, the newest first: others must not wait for them. */
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

  /** Only with its first event is it known for which chats the lane waits. */
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

  /** A lane that has nothing to do and nothing to remember is created again by its next event. */
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

/** The first sequence that may be an event of the lane which is not settled. */
function nextOf({ queue, level, covered }: Lane): number {
  if (queue.length > 0) return queue[0]!.sequence;
  return level ? Infinity : covered + 1;
}

function settledOf({ queue, covered }: Lane): number {
  return queue.length > 0 ? queue[0]!.sequence - 1 : covered;
}
