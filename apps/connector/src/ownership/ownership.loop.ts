import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { declareDead, EventLog, KeyValueBuckets, Presence, type KeyValue, type Watch } from '@wabus/broker';
import {
  encodeJsonRecord,
  goneKey,
  OWNERSHIP_BUCKET,
  RECORD_KEYS,
  recordKey,
  REGISTRY_BUCKET,
  statusKey,
  type GoneSession,
  type SessionId,
  type SessionRecord
} from '@wabus/contracts';
import { Log, type Logger } from '@wabus/runtime';
import { acquireAllowance, assign, successor } from './assignment.policy.js';
import { answered, asked, judge } from './liveness.policy.js';
import { NodeLease } from './node.lease.js';
import { NODE_KEYS, nodeKey, OWNER_KEYS, ownerKey, presenceName, type OwnerRecord } from './ownership-records.codec.js';
import { checkOwnershipOptions, CLUSTER_TIMING, OwnershipOptions, type OwnershipTiming } from './ownership.options.js';
import { OwnershipState, type SeenNode } from './ownership.state.js';
import { OwnedSession, type RecordedSession } from './owned-session.js';
import { SessionRunner } from './session-lease.js';

/** The dependencies of the loop. */
@Injectable()
export class OwnershipParts {
  readonly logger: Logger;

  constructor(
    readonly buckets: KeyValueBuckets,
    readonly presence: Presence,
    @Inject(EventLog) readonly eventLog: Pick<EventLog, 'purge'>,
    readonly runner: SessionRunner,
    readonly options: OwnershipOptions,
    log: Log
  ) {
    this.logger = log.for('ownership');
  }
}

type Phase = 'new' | 'joining' | 'running' | 'draining' | 'stopped';

/**
 * Decides which sessions this process runs.
 * Renews the node lease, watches connectors, owners and session records, declares silent connectors dead, takes free sessions, gives away sessions that have a
 * better place, and releases everything if the lease is lost.
 */
@Injectable()
export class OwnershipLoop {
  private readonly timing: OwnershipTiming;
  private readonly ownership: KeyValue;
  private readonly registry: KeyValue;
  private readonly node: NodeLease;
  private readonly view = new OwnershipState();
  private readonly held = new Map<SessionId, OwnedSession>();
  /** Sessions that are being taken or released. */
  private readonly busy = new Map<SessionId, Promise<void>>();
  private readonly dying = new Set<string>();
  private readonly stopping = new AbortController();
  private watches: Watch[] = [];
  private phase: Phase = 'new';
  private renewals: Promise<void> = Promise.resolve();
  private ticker: NodeJS.Timeout | undefined;
  private woken = false;
  private starting: Promise<void> | null = null;
  private draining: Promise<void> | null = null;
  private allowance = { acquire: 0, giveAway: 0 };
  /**
   * When the watch last delivered this process's own renewal, and since when it has done so without interruption: proof that it would deliver those of others
   * too.
   */
  private echoAt = -Infinity;
  private echoSince = Infinity;

  constructor(private readonly parts: OwnershipParts) {
    checkOwnershipOptions(parts.options);
    this.timing = parts.options.timing ?? CLUSTER_TIMING;
    this.ownership = parts.buckets.bucket(OWNERSHIP_BUCKET);
    this.registry = parts.buckets.bucket(REGISTRY_BUCKET);
    this.node = new NodeLease({ ...parts, bucket: this.ownership, registry: this.registry });
  }

  /** Sessions that this process currently owns. */
  get sessions(): SessionId[] {
    return [...this.held.keys()];
  }

  /** Why this process cannot take sessions at the moment; `null` if it can. For the readiness check. */
  get trouble(): string | null {
    if (this.phase === 'draining' || this.phase === 'stopped') return 'the connector is stopping';
    if (this.phase !== 'running') return 'the connector has not joined the cluster yet';
    return this.node.isValid() ? null : 'the lease of the connector has expired: nats did not store its renewal';
  }

  /** Joins the other connectors and begins to take sessions. Resolves when it has joined and has read all sessions and owners. */
  start(): Promise<void> {
    this.starting ??= this.begin();
    return this.starting;
  }

  /** Releases every session, gives each to its next place immediately, and leaves. Resolves when nothing runs here anymore. Can be called again. */
  drain(): Promise<void> {
    this.draining ??= this.handOver();
    return this.draining;
  }

  private async begin(): Promise<void> {
    const { signal } = this.stopping;
    signal.throwIfAborted();
    this.phase = 'joining';
    await this.node.join(signal);
    signal.throwIfAborted();
    this.renewals = this.keepRenewing();
    this.watches = await Promise.all([
      this.ownership.watch(NODE_KEYS, change => this.nodeChanged(change)),
      this.ownership.watch(OWNER_KEYS, change => this.ownerChanged(change)),
      this.registry.watch(RECORD_KEYS, change => this.recordChanged(change))
    ]);
    await Promise.race([Promise.all(this.watches.map(watch => watch.ready)), aborted(signal)]);
    signal.throwIfAborted();
    this.phase = 'running';
    this.ticker = setInterval(() => {
      this.allowance = { acquire: acquireAllowance(this.timing.acquirePerTick, Math.random()), giveAway: this.timing.rebalancePerTick };
      this.tick();
    }, this.timing.tickMs);
    this.parts.logger.info({ connector: this.parts.options.connector, sessions: this.view.records.size }, 'connector joined');
    this.wake();
  }

  private async handOver(): Promise<void> {
    const running = this.phase === 'running';
    this.phase = 'draining';
    clearInterval(this.ticker);
    if (!running) this.stopping.abort();
    await this.starting?.catch(() => undefined);
    const began = performance.now();
    const count = this.held.size;
    if (running) await this.node.retire();
    await Promise.all(
      [...this.held.keys()].map(session => this.giveAway(session, successor(session, this.parts.options.connector, this.view.nodes)))
    );
    await Promise.all(this.busy.values());
    this.stopping.abort();
    await this.renewals;
    await this.node
      .leave()
      .catch((err: unknown) => this.parts.logger.warn({ err }, 'failed to remove the node key, other connectors will detect the stop'));
    await Promise.all(this.watches.map(watch => watch.stop()));
    this.phase = 'stopped';
    this.parts.logger.info({ sessions: count, tookMs: Math.round(performance.now() - began) }, 'connector left');
  }

  private async keepRenewing(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await delay(this.timing.renewMs * (0.9 + 0.2 * Math.random()), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      if ((await this.node.renew()) !== 'lost') continue;
      this.parts.logger.error({ sessions: this.held.size }, 'connector was declared dead, releasing all sessions and rejoining');
      this.releaseAll();
      if (this.phase === 'draining') return;
      await this.node.join(signal).catch(() => undefined);
    }
  }

  private nodeChanged(change: Parameters<OwnershipState['applyNode']>[0]): void {
    const now = performance.now();
    const { connector, changed } = this.view.applyNode(change, now);
    if (connector === this.parts.options.connector) {
      if (now - this.echoAt > this.timing.crashSilenceMs) this.echoSince = now;
      this.echoAt = now;
    }
    if (changed) this.wake();
  }

  private ownerChanged(change: Parameters<OwnershipState['applyOwner']>[0]): void {
    const session = this.view.applyOwner(change);
    if (session === null) return;
    const mine = this.held.get(session);
    const revision = change.kind === 'put' ? change.entry.revision : change.revision;
    if (mine && revision > mine.epoch) {
      this.parts.logger.warn({ session, epoch: mine.epoch }, 'another connector took over a session');
      void this.release(session, 'lost');
    }
    this.wake();
  }

  private recordChanged(change: Parameters<OwnershipState['applyRecord']>[0]): void {
    const session = this.view.applyRecord(change);
    if (session === null) return;
    const recorded = this.view.records.get(session);
    if (recorded) this.held.get(session)?.offer(recorded);
    this.wake();
  }

  /** Schedules one check of everything for all changes that arrive together. */
  private wake(): void {
    if (this.woken || this.phase !== 'running') return;
    this.woken = true;
    setImmediate(() => {
      this.woken = false;
      this.tick();
    });
  }

  private tick(): void {
    if (this.phase !== 'running') return;
    if (!this.node.isValid()) {
      if (this.held.size === 0) return;
      this.parts.logger.error({ sessions: this.held.size }, 'connector lease expired, releasing all sessions');
      return this.releaseAll();
    }
    this.judgeOthers();
    const { connector } = this.parts.options;
    // Until this process's own renewal has come back through the watch, the watch's data may be stale.
    if (this.view.nodes.get(connector)?.incarnation !== this.node.currentIncarnation) return;
    const { acquire, giveAway, sweep } = assign({
      connector,
      now: performance.now(),
      timing: this.timing,
      allowance: this.allowance,
      nodes: this.view.nodes,
      owners: this.view.owners,
      sessions: this.view.records.keys(),
      held: new Set(this.held.keys()),
      busy: new Set(this.busy.keys())
    });
    this.allowance.acquire -= acquire.length;
    this.allowance.giveAway -= giveAway.length;
    for (const session of acquire) void this.whileBusy(session, this.acquire(session));
    for (const { session, to } of giveAway) void this.giveAway(session, to);
    for (const session of sweep) void this.whileBusy(session, this.sweep(session));
  }

  private judgeOthers(): void {
    const now = performance.now();
    if (now - this.echoAt > this.timing.crashSilenceMs) return;
    const observer = { now, steadySince: Math.max(this.node.steadySince, this.echoSince) };
    for (const [connector, node] of this.view.nodes) {
      if (connector === this.parts.options.connector || this.dying.has(connector)) continue;
      const verdict = judge(node.sight, observer, this.timing);
      if (verdict === 'ask') void this.ask(node);
      else if (verdict !== 'alive') void this.declareDead(node, verdict);
    }
  }

  private async ask(node: SeenNode): Promise<void> {
    node.sight = asked(node.sight, performance.now());
    const answer = await this.parts.presence.ask(presenceName(node.connector, node.incarnation), this.timing.pingTimeoutMs);
    node.sight = answered(node.sight, answer);
    // The next presence check is due before the next tick.
    await delay(this.timing.pingIntervalMs, undefined, { ref: false });
    if (this.phase === 'running' && this.node.isValid()) this.judgeOthers();
  }

  private async declareDead(node: SeenNode, verdict: 'crashed' | 'hung'): Promise<void> {
    const { connector, revision } = node;
    this.dying.add(connector);
    try {
      // If the connector had renewed meanwhile, its key would have a different revision.
      if (!(await declareDead(this.ownership, nodeKey(connector), revision))) return;
      this.view.applyNode({ kind: 'delete', key: nodeKey(connector), revision: revision + 1 }, performance.now());
      this.parts.logger.warn({ dead: connector, verdict }, 'a connector was declared dead');
    } catch (err) {
      this.parts.logger.warn({ err, dead: connector }, 'failed to remove a dead connector, retrying');
    } finally {
      this.dying.delete(connector);
      this.wake();
    }
  }

  private async acquire(session: SessionId): Promise<void> {
    const { connector } = this.parts.options;
    const incarnation = this.node.currentIncarnation;
    const owner: OwnerRecord = { connector, incarnation };
    const outcome = await this.ownership.compareAndSet(
      ownerKey(session),
      encodeJsonRecord(owner),
      this.view.owners.get(session)?.revision ?? 0
    );
    if (!outcome.written) return;
    const epoch = outcome.revision;
    if ((this.view.owners.get(session)?.revision ?? 0) < epoch) this.view.owners.set(session, { ...owner, revision: epoch });
    const recorded = this.view.records.get(session);
    const current = this.view.owners.get(session)?.revision === epoch;
    if (!current || !recorded || this.phase !== 'running' || !this.node.isValid() || this.node.currentIncarnation !== incarnation) {
      return void (await this.write(session, { connector: null, incarnation: null }, epoch));
    }
    const owned = new OwnedSession(session, epoch, {
      node: this.node,
      runner: this.parts.runner,
      logger: this.parts.logger,
      releaseLimitMs: this.timing.releaseLimitMs,
      remove: one => this.removeSession(session, epoch, one)
    });
    this.held.set(session, owned);
    this.parts.logger.info({ session, epoch }, 'session acquired');
    owned.offer(recorded);
  }

  /** Releases a session and writes that it is free, preferably for one connector. */
  private giveAway(session: SessionId, to: string | null): Promise<void> {
    const owned = this.held.get(session);
    if (!owned) return Promise.resolve();
    return this.release(session, 'given-away', async () => {
      await this.write(session, { connector: null, incarnation: null, ...(to === null ? {} : { to }) }, owned.epoch);
      this.parts.logger.info({ session, to }, 'session handed over');
    });
  }

  private releaseAll(): void {
    for (const session of [...this.held.keys()]) void this.release(session, 'lost');
  }

  private release(
    session: SessionId,
    why: 'lost' | 'given-away',
    afterwards: () => Promise<void> = () => Promise.resolve()
  ): Promise<void> {
    const owned = this.held.get(session);
    if (!owned) return Promise.resolve();
    this.held.delete(session);
    return this.whileBusy(session, owned.end(why).then(afterwards));
  }

  private async write(session: SessionId, owner: OwnerRecord, epoch: number): Promise<void> {
    const outcome = await this.ownership.compareAndSet(ownerKey(session), encodeJsonRecord(owner), epoch);
    const known = this.view.owners.get(session)?.revision ?? 0;
    if (outcome.written && known < outcome.revision) this.view.owners.set(session, { ...owner, revision: outcome.revision });
  }

  /**
   * Removes the events of a deleted session after the runner has erased the rest, and leaves the record to the edges.
   * Each step may be repeated: an interruption leaves a record that the next owner processes.
   * Edges hide the session from the first step on, so that late data is not attributed to the next session with the same name.
   */
  private async removeSession(session: SessionId, epoch: number, { record, revision }: RecordedSession): Promise<void> {
    const gone: GoneSession = { epoch, at: new Date().toISOString() };
    await this.registry.put(goneKey(session), encodeJsonRecord(gone));
    await this.parts.eventLog.purge(session);
    await this.registry.delete(statusKey(session));
    const erased: SessionRecord = { ...record, erased: true };
    const { written } = await this.registry.compareAndSet(recordKey(session), encodeJsonRecord(erased), revision);
    if (written) this.parts.logger.info({ session }, 'session erased');
  }

  /** Removes the owner key of a session that no longer has a record. */
  private async sweep(session: SessionId): Promise<void> {
    const owned = this.held.get(session);
    this.held.delete(session);
    await owned?.end('lost');
    const revision = this.view.owners.get(session)?.revision;
    if (revision === undefined) return;
    const outcome = await this.ownership.delete(ownerKey(session), revision);
    if (outcome.written) this.view.applyOwner({ kind: 'delete', key: ownerKey(session), revision: outcome.revision });
  }

  private whileBusy(session: SessionId, task: Promise<void>): Promise<void> {
    const guarded = task
      .catch((err: unknown) => this.parts.logger.warn({ err, session }, 'failed to change the owner of a session, retrying'))
      .finally(() => {
        if (this.busy.get(session) === guarded) this.busy.delete(session);
        this.wake();
      });
    this.busy.set(session, guarded);
    return guarded;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
