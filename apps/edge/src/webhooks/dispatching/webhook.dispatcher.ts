import { setTimeout as delay } from 'node:timers/promises';
import type { KeyValue, LoggedEvent } from '@wabus/broker';
import {
  attemptsKey,
  encodeJsonRecord,
  type PauseReason,
  progressKey,
  redriveKey,
  steadyNow,
  webhookDeadLetterKey
} from '@wabus/contracts';
import type { Logger } from '@wabus/runtime';
import { orderOf, webhookFormatOf, type WebhookRecord } from '../definition/webhook-record.policy.js';
import type { AttemptResult, DeliverySender } from '../delivery/delivery.sender.js';
import { attemptsFor, retryDelayMs } from '../delivery/verdict.table.js';
import type { WebhookSettings } from '../webhook-limits.js';
import { deadLetterOf, type WebhookDeadLetter, type DeadLetterIndex } from './dead-letter.store.js';
import { EndpointHealth } from './endpoint-health.js';
import { FencedWriter } from './fenced.writer.js';
import { partsOfLane } from './lane-key.policy.js';
import { Lanes, type Lane } from './lanes.state.js';
import { Redriver, type NotedAttempt } from './redriver.js';
import { soon, soonMarks, type WebhookProgress } from './progress.policy.js';
import type { AttemptLog, WebhookBacklog, WebhookMeters } from './webhook-meters.js';
import type { WantedEvents, WebhookSource } from './webhook.source.js';

/** The most that one read takes from the log, and the most events that one lane holds. */
const BATCH = { maxEvents: 64, maxBytes: 262_144 };
const LANE_EVENTS = 32;
/** The most events to read at once for a lagging lane, which may be one of many chats in its session. */
const FILL_EVENTS = 512;
const MAX_LANES = 5_000;
const HELD_BYTES = 1_048_576;
const BULK_BYTES = 1_048_576;
/** Attempts with more events than this do not list them, because attempts are written often. */
const NAMED_EVENTS = 10;
const MAX_LAGGING = 1_000;
const FILLING_AT_ONCE = 4;
const WAIT_MS = 5_000;
const BROKER_PAUSE_MS = 250;
/** Attempts are for display only, so they are written less often than progress. */
const ATTEMPTS_EVERY_MS = 1_000;
const POSITION_EVERY_MS = 10_000;
/** The backlog is counted at this interval, and written if it has changed. */
const BACKLOG_EVERY_MS = 2_000;
const STOP_LIMIT_MS = 3_000;

/** The dependencies of a dispatcher. */
export interface DispatcherContext {
  readonly source: WebhookSource;
  readonly bucket: KeyValue;
  readonly sender: DeliverySender;
  readonly settings: WebhookSettings;
  readonly meters: WebhookMeters;
  readonly logger: Logger;
  /** Returns whether this edge still owns the webhook. Checked before each request. */
  readonly mayAct: () => boolean;
  /** Called when another edge has taken over the webhook. */
  readonly lost: () => void;
  /** Called when the endpoint refuses all further deliveries, or when requests to it are not permitted. */
  readonly pause: (reason: PauseReason) => void;
}

/** The state in which a dispatcher starts, and the key and revision under which it writes. */
export interface DispatcherStart {
  readonly webhook: WebhookRecord;
  readonly progress: WebhookProgress;
  readonly attempts: AttemptLog;
  readonly letters: DeadLetterIndex;
  readonly fence: { readonly key: string; readonly revision: number };
}

/**
 * Dispatches the events of one webhook. Reads them from the log into lanes according to the order of the webhook, and runs at most one
 * delivery per lane at a time. Progress is written after each delivery under the fence of ownership. After a crash, the next edge repeats
 * only deliveries whose outcome was not written yet, under the same delivery ids. Three activities run concurrently and wake one another:
 * `read` fills the lanes, `schedule` starts deliveries and fills, and a timer calls `schedule` when a retry or the breaker is due. `read`
 * sleeps while the lanes are full; `schedule` wakes it.
 */
export class WebhookDispatcher {
  private readonly webhook: WebhookRecord;
  private readonly lanes: Lanes;
  private readonly writer: FencedWriter;
  private readonly stopped = new AbortController();
  private readonly underWay = new Set<Promise<void>>();
  private readonly redriver: Redriver;
  private readonly reader: WantedEvents;
  private readonly reading: Promise<void>;
  private readonly health: EndpointHealth;
  private counters: Pick<WebhookProgress, 'delivered' | 'failedAttempts' | 'deadLetters'>;
  private backlog: WebhookBacklog = { events: 0, oldestAt: null };
  private readonly backlogTimer: NodeJS.Timeout;
  private active = 0;
  private filling = 0;
  private halted = false;
  private markedAt = 0;
  private timer: NodeJS.Timeout | null = null;
  private attemptsTimer: NodeJS.Timeout | null = null;
  private wakeReader: () => void = () => undefined;

  constructor(
    private readonly start: DispatcherStart,
    private readonly context: DispatcherContext
  ) {
    const { webhook, progress, fence } = start;
    this.webhook = webhook;
    const { settings, meters, logger } = context;
    this.health = new EndpointHealth(
      { ...progress, breaker: soon(progress.breaker, settings) },
      { webhook: webhook.id, settings, meters, logger }
    );
    this.counters = progress;
    const bulk = webhook.bulk && { ...webhook.bulk, maxBytes: BULK_BYTES };
    this.lanes = new Lanes(soonMarks(progress.marks, settings), {
      order: orderOf(webhook),
      lanes: MAX_LANES,
      laneEvents: Math.max(LANE_EVENTS, 2 * (bulk?.maxEvents ?? 0)),
      totalBytes: bulk ? 2 * BULK_BYTES : HELD_BYTES,
      lagging: MAX_LAGGING,
      bulk
    });
    this.writer = new FencedWriter({ bucket: context.bucket, fence, snapshot: () => this.snapshot(), lost: () => context.lost() });
    this.redriver = new Redriver({
      webhook,
      context: { ...context, mayAct: () => !this.halted && context.mayAct() },
      letters: start.letters,
      writer: this.writer,
      signal: this.stopped.signal,
      attempted: (event, attempt) => this.note([event], attempt),
      delivered: () => this.countRedriven()
    });
    this.reader = context.source.open(progress.marks.floor);
    context.meters.dispatching.inc();
    this.backlogTimer = setInterval(() => this.countBacklog(), BACKLOG_EVERY_MS);
    this.markPosition();
    this.reading = this.read();
    this.schedule();
  }

  /** Delivers a dead letter again, bypassing the lanes. A repeated call does nothing until the outcome of the first one is written. */
  redrive(letter: string, read: () => Promise<WebhookDeadLetter | null>): void {
    if (this.halted) return;
    const delivering = this.redriver.redrive(letter, read);
    if (delivering !== null) this.track(delivering);
  }

  /** Resolves once no delivery is in progress and progress is written. Aborts deliveries that take longer; the next edge repeats them. */
  async stop(): Promise<void> {
    this.halted = true;
    this.reader.close();
    this.wakeReader();
    if (this.timer) clearTimeout(this.timer);
    if (this.attemptsTimer) clearTimeout(this.attemptsTimer);
    clearInterval(this.backlogTimer);
    await Promise.race([Promise.all(this.underWay), delay(STOP_LIMIT_MS, undefined, { ref: false })]);
    this.stopped.abort();
    await Promise.all([...this.underWay, this.reading]);
    this.writer.mark(this.attemptsChange());
    await this.writer.end(STOP_LIMIT_MS);
    this.context.meters.dispatching.dec();
    this.health.close();
    this.context.meters.noteBacklog(this.webhook.id, null);
  }

  private async read(): Promise<void> {
    while (!this.halted) {
      if (!this.lanes.hasRoom) {
        await new Promise<void>(resolve => (this.wakeReader = resolve));
        continue;
      }
      try {
        const { events, upTo } = await this.reader.next({ ...BATCH, waitMs: WAIT_MS });
        this.lanes.offer(events, upTo, steadyNow());
        this.markPosition();
        this.schedule();
      } catch (err) {
        if (this.halted) return;
        this.context.logger.debug({ err, webhook: this.webhook.id }, 'failed to read the event log for a webhook, retrying');
        await delay(BROKER_PAUSE_MS, undefined, { signal: this.stopped.signal }).catch(() => undefined);
      }
    }
  }

  /**
   * As long as no event matches, no delivery writes progress. The position is then written at intervals, so that the next edge
   * does not read everything again.
   */
  private markPosition(): void {
    const now = steadyNow();
    if (now - this.markedAt < POSITION_EVERY_MS) return;
    this.markedAt = now;
    this.writer.mark();
  }

  /** Starts every delivery and fill that is due, and sets the timer for the next one. */
  private schedule(): void {
    if (this.halted || !this.context.mayAct()) return;
    const now = steadyNow();
    const trial = this.health.isTrial(now);
    const free = this.health.permitted(now) - this.active;
    if (free > 0) {
      const lanes = this.lanes.deliverable(now, trial).slice(0, free);
      for (const lane of lanes) this.track(this.deliver(lane));
      const fillable = this.lanes.toFill(now, trial).slice(0, FILLING_AT_ONCE - this.filling);
      for (const lane of fillable) this.track(this.fill(lane));
    }
    const due = [this.lanes.nextDueAt(now), this.health.breaker.until].filter(at => at !== null && at > now) as number[];
    if (this.timer) clearTimeout(this.timer);
    if (due.length > 0) this.timer = setTimeout(() => this.schedule(), Math.min(...due) - now + 1);
    if (this.lanes.hasRoom) this.wakeReader();
  }

  private track(work: Promise<void>): void {
    this.underWay.add(work);
    void work.finally(() => {
      this.underWay.delete(work);
      this.schedule();
    });
  }

  private async fill(lane: Lane): Promise<void> {
    lane.filling = true;
    this.filling++;
    try {
      const maxEvents = this.lanes.mostPerFill(Math.max(FILL_EVENTS, this.webhook.bulk?.maxEvents ?? 0));
      const limits = { maxEvents, maxBytes: BULK_BYTES };
      const { events, upTo } = await this.context.source.read(lane.key, lane.covered, limits);
      this.lanes.fill(lane, await this.context.source.wanted(events), upTo, steadyNow());
    } catch (err) {
      this.context.logger.debug({ err, webhook: this.webhook.id }, 'failed to read the event log for a webhook lane, retrying');
      await delay(BROKER_PAUSE_MS, undefined, { signal: this.stopped.signal }).catch(() => undefined);
      this.lanes.notFilled(lane);
    } finally {
      this.filling--;
    }
  }

  private async deliver(lane: Lane): Promise<void> {
    this.active++;
    try {
      const attempt = (lane.failure?.attempts ?? 0) + 1;
      const events = this.lanes.take(lane, steadyNow());
      const result = await this.context.sender.send(this.webhook, events, { attempt, signal: this.stopped.signal });
      if (result.aborted) this.lanes.release(lane);
      else this.settle(lane, events, { attempt, result });
    } finally {
      this.active--;
    }
  }

  private settle(lane: Lane, events: readonly LoggedEvent[], { attempt, result }: { attempt: number; result: AttemptResult }): void {
    const { maxAttempts } = this.context.settings;
    const most = attemptsFor(result.status, { format: webhookFormatOf(this.webhook), maxAttempts });
    const upTo = events.at(-1)!.sequence;
    const { kind } = result.verdict;
    const dead = kind === 'dead' || (kind === 'retry' && attempt >= most);
    // Sending the events one by one shows which of them the endpoint refuses.
    const apart = kind === 'dead' && events.length > 1;
    // If nothing was sent, the outcome reveals nothing about the endpoint.
    if (kind === 'delivered' && result.request === null) return this.passOver(lane, upTo);
    this.note(events, { attempt, result, outcome: kind === 'pause' ? 'paused' : dead && !apart ? 'dead' : kind });
    if (kind === 'retry') this.counters = { ...this.counters, failedAttempts: this.counters.failedAttempts + 1 };
    if (this.health.judge(result.verdict, steadyNow())) this.lanes.retryNow(steadyNow());
    if (result.verdict.kind === 'pause') {
      this.lanes.release(lane);
      this.pause(result.verdict.reason);
    } else if (kind === 'delivered') {
      this.counters = { ...this.counters, delivered: this.counters.delivered + events.length };
      this.context.meters.events.inc({ outcome: 'delivered' }, events.length);
      this.lanes.settle(lane, upTo, steadyNow());
      this.writer.mark();
    } else if (apart) {
      this.lanes.single(lane, upTo);
    } else if (dead) {
      // Record the refusal before the dead letter, which must not be older than the first refusal.
      const refusesAll = kind === 'dead' && this.health.refused(events.length, steadyNow());
      this.deadLetter(lane, events, { attempt, result });
      if (refusesAll) this.pause('refusing');
    } else {
      const { settings } = this.context;
      const waitMs = Math.max(retryDelayMs(attempt, settings), Math.min(result.retryAfterMs ?? 0, settings.retryCapMs));
      this.lanes.fail(lane, {
        attempts: attempt,
        nextAttemptAt: steadyNow() + waitMs,
        upTo,
        error: result.error ?? 'failed',
        since: events[0]!.facts.at
      });
      this.writer.mark();
    }
  }

  private passOver(lane: Lane, upTo: number): void {
    this.lanes.settle(lane, upTo, steadyNow());
    this.markPosition();
  }

  private deadLetter(lane: Lane, events: readonly LoggedEvent[], { attempt, result }: { attempt: number; result: AttemptResult }): void {
    const { id } = this.webhook;
    const { stream } = this.start.progress;
    const letters = events.map(event => [event.sequence, deadLetterOf(event, { stream, attempts: attempt, result })] as const);
    const gone = this.start.letters.add(letters.map(([sequence]) => sequence));
    const deadLetters = Math.max(0, this.counters.deadLetters + events.length - gone.length);
    this.counters = { ...this.counters, deadLetters };
    this.context.meters.events.inc({ outcome: 'dead' }, events.length);
    this.context.logger.warn(
      { webhook: id, session: partsOfLane(lane.key).session, events: events.length, status: result.status, attempts: attempt },
      'webhook events became dead letters'
    );
    this.lanes.settle(lane, events.at(-1)!.sequence, steadyNow());
    const changes = new Map<string, Uint8Array | null>(
      letters.map(([sequence, letter]) => [webhookDeadLetterKey(id, String(sequence)), encodeJsonRecord(letter)])
    );
    for (const sequence of gone) changes.set(webhookDeadLetterKey(id, String(sequence)), null).set(redriveKey(id, String(sequence)), null);
    this.writer.mark(changes);
  }

  private pause(reason: PauseReason): void {
    if (this.halted) return;
    this.halted = true;
    this.context.pause(reason);
  }

  private countBacklog(): void {
    const { events, oldestAt } = this.lanes.waiting;
    const backlog = { events: events + this.reader.pending, oldestAt };
    const isSame = backlog.events === this.backlog.events && backlog.oldestAt === this.backlog.oldestAt;
    this.backlog = backlog;
    this.context.meters.noteBacklog(this.webhook.id, { ...backlog, deadLetters: this.counters.deadLetters });
    if (!isSame) this.writer.mark();
  }

  private countRedriven(): void {
    // The endpoint accepts events again, no matter how they were sent.
    if (this.health.judge({ kind: 'delivered' }, steadyNow())) this.lanes.retryNow(steadyNow());
    const { delivered, deadLetters } = this.counters;
    this.counters = { ...this.counters, delivered: delivered + 1, deadLetters: Math.max(0, deadLetters - 1) };
  }

  private note(events: readonly LoggedEvent[], { attempt, result, outcome }: NotedAttempt): void {
    const { facts } = events[0]!;
    const { deliveryId, status, error, durationMs, request, answer } = result;
    this.context.meters.attempts.inc({ outcome });
    this.context.meters.seconds.observe(durationMs / 1_000);
    const at = new Date().toISOString();
    this.start.attempts.add({
      deliveryId,
      session: facts.session,
      event: facts.event,
      events: events.length,
      attempt,
      outcome,
      status,
      error,
      durationMs,
      at,
      requestHeaders: { ...request },
      answer,
      backlog: this.backlog.events,
      ...(events.length <= NAMED_EVENTS ? { cursors: events.map(({ cursor }) => cursor) } : {})
    });
    this.attemptsTimer ??= setTimeout(() => {
      this.attemptsTimer = null;
      this.writer.mark(this.attemptsChange());
    }, ATTEMPTS_EVERY_MS);
  }

  private attemptsChange(): ReadonlyMap<string, Uint8Array> {
    const { attempts } = this.start;
    return attempts.changed ? new Map([[attemptsKey(this.webhook.id), encodeJsonRecord({ attempts: attempts.take() })]]) : new Map();
  }

  private snapshot(): ReadonlyMap<string, Uint8Array> {
    const progress: WebhookProgress = {
      ...this.start.progress,
      ...this.counters,
      breaker: this.health.breaker,
      refusals: this.health.refusals,
      backlog: this.backlog,
      marks: this.lanes.marks()
    };
    return new Map([[progressKey(this.webhook.id), encodeJsonRecord(progress)]]);
  }
}
