import type { EventConsumer, EventConsumers, EventLog, LoggedEvent } from '@wabus/broker';
import { type SessionId, steadyNow } from '@wabus/contracts';
import { PROJECTED_EVENTS } from '../projection/project.policy.js';
import type { ModelCommit, ModelFloor, ProjectionProgress, ReadModelStore, Rebuild } from '../store/read-model.store.js';
import type { KnownSessions } from './known-sessions.js';
import { eraseModels } from './model-eraser.js';
import type { ProjectionObserver } from './projection.observer.js';
import type { RebuildWatch } from './rebuild.watch.js';
import { RecordProjection } from './record-projection.js';

const BATCH = { maxEvents: 500, maxBytes: 2 * 1024 * 1024 };
/**
 * How long a step waits for more events after its first one. A commit costs the server the same regardless of its size, and a record that
 * changes twice is written once.
 */
const LINGER_MS = 100;

export interface RunContext {
  readonly store: ReadModelStore;
  readonly log: EventLog;
  readonly consumers: EventConsumers;
  readonly sessions: KnownSessions;
  readonly requests: Pick<RebuildWatch, 'takeChange'>;
  readonly observer: ProjectionObserver;
  /** Writes under the epoch of this edge. Throws if the epoch has ended. */
  readonly write: (commit: ModelCommit) => Promise<void>;
}

/**
 * The projection from the moment this edge becomes the projector until it no longer is, or until an error. Another run then
 * starts at the position in the store.
 */
export class ProjectorRun {
  private readonly records: RecordProjection;
  private readonly consumer: EventConsumer;
  private readonly floors: Map<SessionId, ModelFloor>;
  /** The order up to which the models are projected, and the order up to which that is stored. */
  private order: number;
  private written: number;
  private rebuilds: ReadonlyMap<SessionId, Rebuild>;

  private constructor(
    private readonly context: RunContext,
    private readonly origin: Pick<ProjectionProgress, 'stream' | 'base'>,
    start: { order: number; floors: Map<SessionId, ModelFloor>; rebuilds: ReadonlyMap<SessionId, Rebuild> }
  ) {
    this.order = this.written = start.order;
    this.floors = start.floors;
    this.rebuilds = start.rebuilds;
    this.records = new RecordProjection({
      store: context.store,
      base: origin.base,
      write: context.write,
      observer: context.observer
    });
    this.consumer = context.consumers.open({ after: this.order - origin.base, events: PROJECTED_EVENTS });
  }

  static async begin(context: RunContext): Promise<ProjectorRun> {
    const {
      store,
      consumers,
      observer: { logger }
    } = context;
    const [progress, floors, rebuilds, { stream }] = await Promise.all([
      store.progress(),
      store.floors(),
      store.rebuilds(),
      consumers.end()
    ]);
    if (progress !== null && progress.stream !== stream)
      logger.warn({}, 'event log was replaced, rebuilding read models from the start of the new log');
    const base = progress === null ? 0 : progress.stream === stream ? progress.base : progress.order;
    logger.info({ order: progress?.order ?? 0 }, 'projecting the event log into read models');
    return new ProjectorRun(context, { stream, base }, { order: progress?.order ?? 0, floors, rebuilds });
  }

  /** Projects the next events, for which it waits up to `waitMs`, and then performs a part of the pending rebuilds and erasures. */
  async turn(waitMs: number): Promise<void> {
    const { store, requests } = this.context;
    if (requests.takeChange() || this.rebuilds.size > 0) this.rebuilds = await store.rebuilds();
    const { rebuilds } = this;
    const wait = rebuilds.size > 0 ? { waitMs: 0, lingerMs: 0 } : { waitMs, lingerMs: LINGER_MS };
    const batch = await this.consumer.gather({ ...BATCH, ...wait });
    await this.eraseDeleted();
    await this.live(batch.events, this.origin.base + batch.upTo, rebuilds);
    this.context.observer.left(this.consumer.pending);
    for (const [session, rebuild] of rebuilds) await this.rebuild(session, rebuild);
  }

  close(): void {
    this.consumer.close();
  }

  private async live(events: readonly LoggedEvent[], upTo: number, rebuilds: ReadonlyMap<SessionId, Rebuild>): Promise<void> {
    const wanted: LoggedEvent[] = [];
    // Each session is looked up once per step: a deleted session is unknown here, and thousands of its events may still arrive.
    const created = new Map<SessionId, string | null>();
    for (const event of events) {
      const { session } = event.facts;
      if (!created.has(session)) created.set(session, await this.context.sessions.find(session));
      const isKept = await this.isKept(session, created.get(session) ?? null, this.origin.base + event.sequence);
      if (isKept && !rebuilds.has(session)) wanted.push(event);
    }
    // In the meantime, another session with the same id may have replaced this one.
    const kept = wanted.filter(({ facts, sequence }) => this.origin.base + sequence > (this.floors.get(facts.session)?.from ?? 0));
    const beside = (order: number): ModelCommit => ({ progress: { ...this.origin, order } });
    if (kept.length > 0) await this.records.apply(kept, upTo, beside);
    // The position is also stored if no event concerns the models, because it shows whether they are behind.
    else if (upTo > this.written) await this.context.write(beside(upTo));
    this.order = this.written = Math.max(this.order, upTo);
  }

  /** Returns whether an event belongs in the models: its session exists, and the event is not of an earlier session with the same id. */
  private async isKept(session: SessionId, createdAt: string | null, order: number): Promise<boolean> {
    const { write } = this.context;
    if (createdAt === null) return false;
    let floor = this.floors.get(session);
    if (floor?.createdAt === createdAt) return order > floor.from;
    if (floor?.createdAt != null) floor = await this.erase(session, createdAt);
    const begun: ModelFloor = { from: floor?.from ?? 0, createdAt };
    await write({ floors: new Map([[session, begun]]) });
    this.floors.set(session, begun);
    return order > begun.from;
  }

  private async eraseDeleted(): Promise<void> {
    const { sessions } = this.context;
    for (const [session, floor] of this.floors) {
      if (floor.createdAt === null || floor.createdAt === sessions.get(session)) continue;
      const createdAt = await sessions.find(session);
      if (createdAt !== floor.createdAt) await this.erase(session, createdAt);
    }
  }

  /** Erases the models of a deleted session. If a session with the same id has been created since, its models start with the events from then on. */
  private async erase(session: SessionId, createdAt: string | null): Promise<ModelFloor> {
    const {
      store,
      log,
      consumers,
      write,
      observer: { logger }
    } = this.context;
    // The clock that produced the creation time may be ahead of this one.
    const isPast = createdAt !== null && Date.parse(createdAt) < Math.max(Date.now(), steadyNow());
    const { sequence: end } = isPast ? await log.locate(createdAt) : await consumers.end();
    await eraseModels(store, { session, after: -1 }, write);
    const gone: ModelFloor = { from: this.origin.base + end, createdAt: null };
    await write({
      floors: new Map([[session, gone]]),
      rebuilds: new Map([[session, null]]),
      skips: new Map([[session, null]])
    });
    this.floors.set(session, gone);
    this.records.forget(session);
    logger.info({ session }, 'erased the read models of a deleted session');
    return gone;
  }

  private async rebuild(session: SessionId, rebuild: Rebuild): Promise<void> {
    const {
      store,
      consumers,
      write,
      observer: { logger }
    } = this.context;
    const { base } = this.origin;
    const scope = { sessions: [session], events: PROJECTED_EVENTS };
    let { start, done } = rebuild;
    if (start === null || done === null) {
      const floor = this.floors.get(session)?.from ?? 0;
      const [first] = (await consumers.read({ after: 0, ...scope }, { ...BATCH, maxEvents: 1 })).events;
      // Records that began before the oldest remaining event cannot be rebuilt.
      start = done = Math.max(floor, first === undefined ? this.order : base + first.sequence - 1);
      await eraseModels(store, { session, after: rebuild.discard ? -1 : start }, write);
      this.records.forget(session);
      await write({ rebuilds: new Map([[session, { ...rebuild, start, done }]]), skips: new Map([[session, null]]) });
      logger.info({ session, from: start, discard: rebuild.discard }, 'rebuilding read models');
    }
    const batch = await consumers.read({ after: Math.max(done - base, 0), ...scope }, BATCH);
    const events = batch.events.filter(({ sequence }) => base + sequence <= this.order);
    const upTo = Math.min(base + batch.upTo, this.order);
    const step = { ...rebuild, start };
    await this.records.apply(events, upTo, order => ({
      rebuilds: new Map([[session, order >= this.order ? null : { ...step, done: Math.max(order, done) }]])
    }));
    if (upTo >= this.order) logger.info({ session }, 'read models rebuilt');
  }
}
