import { setTimeout as delay } from 'node:timers/promises';
import type { EventConsumer, EventConsumers, KeyValue, LoggedEvent } from '@wabus/broker';
import { attemptsKey, encodeJsonRecord, progressKey, redriveKey, webhookDeadLetterKey, type PauseReason } from '@wabus/contracts';
import type { Logger } from '@wabus/runtime';
import { eventsOf, matcherOf, type WebhookRecord } from '../definition/webhook-record.policy.js';
import { CLOSED, afterFailure, permitted, stateOf, type Breaker } from '../delivery/breaker.state.js';
import type { AttemptResult, DeliverySender } from '../delivery/delivery.sender.js';
import { retryDelayMs } from '../delivery/verdict.table.js';
import type { WebhookSettings } from '../webhook.limits.js';
import { deadLetterOf, type DeadLetter, type DeadLetterIndex } from './dead-letter.store.js';
import { FencedWriter } from './fenced.writer.js';
import { Lanes, ONE_LANE, type Lane } from './lanes.state.js';
import type { Progress } from './progress.policy.js';
import type { AttemptLog, WebhookMeters } from './webhook.meters.js';

/** What the reader takes from the log at once, and a lane when it fills itself. */
const BATCH = { maxEvents: 64, maxBytes: 262_144 };
const LANE_EVENTS = 32;
const HELD_BYTES = 1_048_576;
const BULK_BYTES = 1_048_576;
const MAX_LAGGING = 1_000;
const FILLING_AT_ONCE = 4;
const WAIT_MS = 5_000;
const BROKER_PAUSE_MS = 250;
/** Attempts are for people who look: they are written less often than progress. */
const ATTEMPTS_EVERY_MS = 1_000;
const POSITION_EVERY_MS = 10_000;
const STOP_LIMIT_MS = 3_000;

/** What a dispatcher works with. */
export interface DispatcherContext {
  readonly consumers: EventConsumers;
  readonly bucket: KeyValue;
  readonly sender: DeliverySender;
  readonly settings: WebhookSettings;
  readonly meters: WebhookMeters;
  readonly logger: Logger;
  /** Whether this edge may still act for the webhook: asked before each request. */
  readonly mayAct: () => boolean;
  /** The webhook belongs to another edge now. */
  readonly lost: () => void;
  /** The endpoint wants nothing more, or may not be reached. */
  readonly pause: (reason: PauseReason) => void;
}

/** Where a dispatcher begins, and under which key and revision it writes. */
export interface DispatcherStart {
  readonly webhook: WebhookRecord;
  readonly progress: Progress;
  readonly attempts: AttemptLog;
  readonly letters: DeadLetterIndex;
  readonly fence: { readonly key: string; readonly revision: number };
}

/**
 * Delivers for one webhook: reads what it wants from the log, keeps a line per session, and has one delivery per line under way. Progress is written after the fact and under the
 * fence of ownership: after a crash the next edge repeats at most what had not been written, under the same delivery ids.
 */
export class WebhookDispatcher {
  private readonly webhook: WebhookRecord;
  private readonly lanes: Lanes;
  private readonly writer: FencedWriter;
  private readonly stopped = new AbortController();
  private readonly underWay = new Set<Promise<void>>();
  private readonly redriving = new Set<string>();
  private readonly reader: EventConsumer;
  private readonly reading: Promise<void>;
  private breaker: Breaker;
  private counters: Pick<Progress, 'delivered' | 'failedAttempts' | 'deadLetters'>;
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
    this.breaker = progress.breaker;
    this.counters = progress;
    const bulk = webhook.bulk && { ...webhook.bulk, maxBytes: BULK_BYTES };
    this.lanes = new Lanes(progress.marks, {
      laneEvents: Math.max(LANE_EVENTS, 2 * (bulk?.maxEvents ?? 0)),
      totalBytes: bulk ? 2 * BULK_BYTES : HELD_BYTES,
      lagging: MAX_LAGGING,
      bulk
    });
    this.writer = new FencedWriter({ bucket: context.bucket, fence, snapshot: () => this.snapshot(), lost: () => context.lost() });
    this.reader = context.consumers.open({ after: progress.marks.floor, ...this.scope() });
    context.meters.dispatching.inc();
    if (this.breaker.until !== null) context.meters.openBreakers.inc();
    this.markPosition();
    this.reading = this.read();
    this.schedule();
  }

  /** Delivers a dead letter after all, besides the lines: it comes out of order. Asked again before the outcome is written it does nothing. */
  redrive(letter: string, read: () => Promise<DeadLetter | null>): void {
    if (this.redriving.has(letter) || this.stopped.signal.aborted) return;
    this.redriving.add(letter);
    const delivering = this.deliverDead(letter, read);
    this.track(delivering);
    // Until then the letter and the wish can still be read.
    void delivering.then(() => this.writer.settled()).finally(() => this.redriving.delete(letter));
  }

  /** Settles when nothing is under way any more and progress is written. Deliveries that take longer are given up; the next edge repeats them. */
  async stop(): Promise<void> {
    this.halted = true;
    this.reader.close();
    this.wakeReader();
    if (this.timer) clearTimeout(this.timer);
    if (this.attemptsTimer) clearTimeout(this.attemptsTimer);
    await Promise.race([Promise.all(this.underWay), delay(STOP_LIMIT_MS, undefined, { ref: false })]);
    this.stopped.abort();
    await Promise.all([...this.underWay, this.reading]);
    this.writer.mark(this.attemptsChange());
    await this.writer.end(STOP_LIMIT_MS);
    this.context.meters.dispatching.dec();
    if (this.breaker.until !== null) this.context.meters.openBreakers.dec();
  }

  private scope(session?: string): { sessions?: WebhookRecord['sessions'] & object; events?: ReturnType<typeof eventsOf> } {
    const sessions = session === undefined || session === ONE_LANE ? this.webhook.sessions : [session as never];
    return { ...(sessions ? { sessions } : {}), events: eventsOf(this.webhook) };
  }

  private async read(): Promise<void> {
    const wanted = matcherOf(this.webhook);
    while (!this.halted) {
      if (!this.lanes.hasRoom) {
        await new Promise<void>(resolve => (this.wakeReader = resolve));
        continue;
      }
      try {
        const { events, upTo } = await this.reader.next({ ...BATCH, waitMs: WAIT_MS });
        this.lanes.offer(
          events.filter(({ facts }) => wanted(facts)),
          upTo,
          Date.now()
        );
        this.markPosition();
        this.schedule();
      } catch (err) {
        if (this.halted) return;
        this.context.logger.debug({ err, webhook: this.webhook.id }, 'the log cannot be read for a webhook yet, still trying');
        await delay(BROKER_PAUSE_MS, undefined, { signal: this.stopped.signal }).catch(() => undefined);
      }
    }
  }

  /** Where nothing matches nothing is settled; the position is written now and then all the same, or the next edge would read it all again. */
  private markPosition(): void {
    const now = Date.now();
    if (now - this.markedAt < POSITION_EVERY_MS) return;
    this.markedAt = now;
    this.writer.mark();
  }

  /** Begins whatever may begin now, and sees to it that the rest begins in its time. */
  private schedule(): void {
    if (this.halted || !this.context.mayAct()) return;
    const now = Date.now();
    const trial = stateOf(this.breaker, now) === 'half-open';
    const free = permitted(this.breaker, now, this.context.settings.parallel) - this.active;
    if (free > 0) {
      const lanes = this.lanes.deliverable(now, trial).slice(0, free);
      for (const lane of lanes) this.track(this.deliver(lane));
      const fillable = this.lanes.toFill(now, trial).slice(0, FILLING_AT_ONCE - this.filling);
      for (const lane of fillable) this.track(this.fill(lane));
    }
    const due = [this.lanes.nextDueAt(now), this.breaker.until].filter(at => at !== null && at > now) as number[];
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
    const wanted = matcherOf(this.webhook);
    try {
      const limits = { maxEvents: Math.max(LANE_EVENTS, this.webhook.bulk?.maxEvents ?? 0), maxBytes: BULK_BYTES };
      const { events, upTo } = await this.context.consumers.read({ after: lane.covered, ...this.scope(lane.key) }, limits);
      this.lanes.fill(
        lane,
        events.filter(({ facts }) => wanted(facts)),
        upTo,
        Date.now()
      );
    } catch (err) {
      this.context.logger.debug({ err, webhook: this.webhook.id }, 'the log cannot be read for a session of a webhook yet, still trying');
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
      const events = this.lanes.take(lane, Date.now());
      const result = await this.context.sender.send(this.webhook, events, { attempt, signal: this.stopped.signal });
      if (result.aborted) this.lanes.release(lane);
      else this.settle(lane, events, { attempt, result });
    } finally {
      this.active--;
    }
  }

  private settle(lane: Lane, events: readonly LoggedEvent[], { attempt, result }: { attempt: number; result: AttemptResult }): void {
    const { maxAttempts } = this.context.settings;
    const upTo = events.at(-1)!.sequence;
    const { kind } = result.verdict;
    const dead = kind === 'dead' || (kind === 'retry' && attempt >= maxAttempts);
    // Which of several events the endpoint refuses is found out by sending them one by one.
    const apart = kind === 'dead' && events.length > 1;
    this.note(events, { attempt, result, outcome: kind === 'pause' ? 'paused' : dead && !apart ? 'dead' : kind });
    this.judgeEndpoint(result);
    if (result.verdict.kind === 'pause') {
      this.lanes.release(lane);
      this.halted = true;
      this.context.pause(result.verdict.reason);
    } else if (kind === 'delivered') {
      this.counters = { ...this.counters, delivered: this.counters.delivered + events.length };
      this.context.meters.events.inc({ outcome: 'delivered' }, events.length);
      this.lanes.settle(lane, upTo, Date.now());
      this.writer.mark();
    } else if (apart) {
      this.lanes.single(lane, upTo);
    } else if (dead) {
      this.deadLetter(lane, events, { attempt, result });
    } else {
      const { settings } = this.context;
      const waitMs = Math.max(retryDelayMs(attempt, settings), Math.min(result.retryAfterMs ?? 0, settings.retryCapMs));
      this.lanes.fail(lane, { attempts: attempt, nextAttemptAt: Date.now() + waitMs, upTo, error: result.error ?? 'failed' });
      this.writer.mark();
    }
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
      { webhook: id, session: lane.key, events: events.length, status: result.status, attempts: attempt },
      'webhook events became dead letters'
    );
    this.lanes.settle(lane, events.at(-1)!.sequence, Date.now());
    const changes = new Map<string, Uint8Array | null>(
      letters.map(([sequence, letter]) => [webhookDeadLetterKey(id, String(sequence)), encodeJsonRecord(letter)])
    );
    for (const sequence of gone) changes.set(webhookDeadLetterKey(id, String(sequence)), null).set(redriveKey(id, String(sequence)), null);
    this.writer.mark(changes);
  }

  private judgeEndpoint({ verdict }: AttemptResult): void {
    const now = Date.now();
    const { settings, meters, logger } = this.context;
    const failedBefore = this.breaker.until !== null;
    if (verdict.kind === 'retry') {
      this.counters = { ...this.counters, failedAttempts: this.counters.failedAttempts + 1 };
      this.breaker = afterFailure(this.breaker, now, { ...settings, limit: settings.breakerFailures });
    } else {
      if (failedBefore) this.lanes.retryNow(now);
      this.breaker = CLOSED;
    }
    const failsNow = this.breaker.until !== null;
    if (failsNow === failedBefore) return;
    if (failsNow) logger.warn({ webhook: this.webhook.id }, 'webhook endpoint fails, breaker opened');
    else logger.info({ webhook: this.webhook.id }, 'webhook endpoint answers again, breaker closed');
    meters.openBreakers.inc(failsNow ? 1 : -1);
  }

  private async deliverDead(letter: string, read: () => Promise<DeadLetter | null>): Promise<void> {
    const { id } = this.webhook;
    const done = new Map<string, null>([[redriveKey(id, letter), null]]);
    try {
      const dead = await read();
      if (dead === null) return this.writer.mark(done);
      if (!this.context.mayAct()) return;
      const { events } = await this.context.consumers.read(
        { after: dead.sequence - 1, sessions: [dead.session], events: [dead.event] },
        { maxEvents: 1, maxBytes: 1 }
      );
      const [event] = events;
      if (event === undefined || event.facts.id !== dead.eventId) {
        const gone: DeadLetter = { ...dead, error: 'the log no longer has this event' };
        return this.writer.mark(new Map<string, Uint8Array | null>([...done, [webhookDeadLetterKey(id, letter), encodeJsonRecord(gone)]]));
      }
      const attempt = dead.attempts + 1;
      const result = await this.context.sender.send(this.webhook, [event], { attempt, signal: this.stopped.signal });
      if (result.aborted) return;
      const delivered = result.verdict.kind === 'delivered';
      this.note([event], { attempt, result, outcome: delivered ? 'delivered' : 'dead' });
      if (delivered) {
        this.start.letters.remove(dead.sequence);
        this.counters = {
          ...this.counters,
          delivered: this.counters.delivered + 1,
          deadLetters: Math.max(0, this.counters.deadLetters - 1)
        };
      }
      const value = delivered ? null : encodeJsonRecord(deadLetterOf(event, { stream: dead.stream, attempts: attempt, result }));
      this.writer.mark(new Map<string, Uint8Array | null>([...done, [webhookDeadLetterKey(id, letter), value]]));
    } catch (err) {
      // The wish stays in the bucket and is taken up again.
      this.context.logger.debug({ err, webhook: id }, 'a dead letter cannot be read yet');
    }
  }

  private note(
    events: readonly LoggedEvent[],
    { attempt, result, outcome }: { attempt: number; result: AttemptResult; outcome: 'delivered' | 'retry' | 'dead' | 'paused' }
  ): void {
    const { facts } = events[0]!;
    const { deliveryId, status, error, durationMs } = result;
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
      at
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
    const progress: Progress = { ...this.start.progress, ...this.counters, breaker: this.breaker, marks: this.lanes.marks() };
    return new Map([[progressKey(this.webhook.id), encodeJsonRecord(progress)]]);
  }
}
