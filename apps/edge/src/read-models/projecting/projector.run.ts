import type { EventConsumer, EventConsumers, LoggedEvent } from '@wabus/broker';
import type { SessionId } from '@wabus/contracts';
import type { Logger } from '@wabus/runtime';
import { PROJECTED_EVENTS } from '../projection/projection.table.js';
import type { ModelCommit, ModelFloor, Progress, ReadModelStore, Rebuild } from '../store/read-model.store.js';
import type { KnownSessions } from './known-sessions.js';
import { eraseModels } from './model.eraser.js';
import { RecordProjection } from './record.projection.js';

const BATCH = { maxEvents: 500, maxBytes: 2 * 1024 * 1024 };

export interface RunContext {
  readonly store: ReadModelStore;
  readonly consumers: EventConsumers;
  readonly sessions: KnownSessions;
  readonly logger: Logger;
  /** Writes under the epoch; throws when it is over. */
  readonly write: (commit: ModelCommit) => Promise<void>;
}

/** The projection from the moment this edge became the projector until it no longer is, or something fails: then another run begins where the store says. */
export class ProjectorRun {
  private readonly records: RecordProjection;
  private readonly consumer: EventConsumer;
  private order: number;

  private constructor(
    private readonly context: RunContext,
    private readonly origin: Pick<Progress, 'stream' | 'base'>,
    start: { order: number; floors: Map<SessionId, ModelFloor> }
  ) {
    this.order = start.order;
    this.floors = start.floors;
    this.records = new RecordProjection(context.store, origin.base, commit => context.write(commit));
    this.consumer = context.consumers.open({ after: this.order - origin.base, events: PROJECTED_EVENTS });
  }

  private readonly floors: Map<SessionId, ModelFloor>;

  static async begin(context: RunContext): Promise<ProjectorRun> {
    const { store, consumers, logger } = context;
    const [progress, floors, { stream }] = await Promise.all([store.progress(), store.floors(), consumers.locate({ at: 'end' })]);
    if (progress !== null && progress.stream !== stream)
      logger.warn({}, 'the event log is another one: read models go on from its beginning');
    const base = progress === null ? 0 : progress.stream === stream ? progress.base : progress.order;
    logger.info({ order: progress?.order ?? 0 }, 'projecting the event log into read models');
    return new ProjectorRun(context, { stream, base }, { order: progress?.order ?? 0, floors });
  }

  /** The next events, waiting for them up to a time; then a part of what is to be rebuilt or erased. */
  async turn(waitMs: number): Promise<void> {
    const { store } = this.context;
    const rebuilds = await store.rebuilds();
    const batch = await this.consumer.next({ ...BATCH, waitMs: rebuilds.size > 0 ? 0 : waitMs });
    await this.eraseDeleted();
    await this.live(batch.events, this.origin.base + batch.upTo, rebuilds);
    for (const [session, rebuild] of rebuilds) await this.rebuild(session, rebuild);
  }

  close(): void {
    this.consumer.close();
  }

  private async live(events: readonly LoggedEvent[], upTo: number, rebuilds: ReadonlyMap<SessionId, Rebuild>): Promise<void> {
    const wanted: LoggedEvent[] = [];
    for (const event of events) {
      const { session } = event.facts;
      if (!(await this.isKept(session, this.origin.base + event.sequence)) || rebuilds.has(session)) continue;
      wanted.push(event);
    }
    if (events.length > 0) await this.records.apply(wanted, upTo, order => ({ progress: { ...this.origin, order: Math.max(order, 0) } }));
    this.order = Math.max(this.order, upTo);
  }

  /** Whether models are kept of an event: its session exists, and it is not of a former one of the same id. */
  private async isKept(session: SessionId, order: number): Promise<boolean> {
    const createdAt = this.context.sessions.heard(session) ?? (await this.context.sessions.find(session));
    if (createdAt === null) return false;
    const floor = this.floors.get(session);
    if (floor?.createdAt === createdAt) return order > floor.from;
    const begun: ModelFloor = { from: floor?.from ?? 0, createdAt };
    await this.context.write({ floors: new Map([[session, begun]]) });
    this.floors.set(session, begun);
    return order > begun.from;
  }

  private async eraseDeleted(): Promise<void> {
    const { store, sessions, consumers, logger } = this.context;
    for (const [session, floor] of this.floors) {
      if (floor.createdAt === null || floor.createdAt === sessions.heard(session)) continue;
      const createdAt = await sessions.find(session);
      if (createdAt === floor.createdAt) continue;
      const end = await consumers.locate({ at: 'end' });
      await eraseModels(store, { session, after: -1 }, commit => this.context.write(commit));
      const gone: ModelFloor = { from: this.origin.base + end.sequence, createdAt: null };
      await this.context.write({ floors: new Map([[session, gone]]), rebuilds: new Map([[session, null]]) });
      this.floors.set(session, gone);
      this.records.forget(session);
      logger.info({ session }, 'read models of a deleted session erased');
    }
  }

  private async rebuild(session: SessionId, rebuild: Rebuild): Promise<void> {
    const { store, consumers, write, logger } = this.context;
    const { base } = this.origin;
    const scope = { sessions: [session], events: PROJECTED_EVENTS };
    let { start, done } = rebuild;
    if (start === null || done === null) {
      const floor = this.floors.get(session)?.from ?? 0;
      const [first] = (await consumers.read({ after: 0, ...scope }, { ...BATCH, maxEvents: 1 })).events;
      // What began before the oldest event that is left cannot be made again.
      start = done = Math.max(floor, first === undefined ? this.order : base + first.sequence - 1);
      await eraseModels(store, { session, after: rebuild.discard ? -1 : start }, write);
      this.records.forget(session);
      await write({ rebuilds: new Map([[session, { ...rebuild, start, done }]]) });
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
