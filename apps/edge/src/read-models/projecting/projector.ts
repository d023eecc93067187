import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { EventConsumers, KeyValueBuckets } from '@wabus/broker';
import { MODELS_BUCKET, REGISTRY_BUCKET, WabusError } from '@wabus/contracts';
import { HealthRegistry, Log, type HealthAnswer, type Logger } from '@wabus/runtime';
import { ReadModelLimits } from '../read-model.settings.js';
import { ReadModelStore, type ModelCommit } from '../store/read-model.store.js';
import { KnownSessions } from './known-sessions.js';
import { ProjectionMeters } from './projection.meters.js';
import { ProjectorLease } from './projector.lease.js';
import { ProjectorRun } from './projector.run.js';

const RETRY_MS = 250;

/** Projects as long as this edge is the one that does. */
@Injectable()
export class Projector implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger: Logger;
  private readonly lease: ProjectorLease;
  private readonly sessions: KnownSessions;
  private readonly stopped = new AbortController();
  private run: ProjectorRun | null = null;
  private running: Promise<void> = Promise.resolve();
  private isInterrupted = false;

  constructor(
    buckets: KeyValueBuckets,
    private readonly store: ReadModelStore,
    private readonly consumers: EventConsumers,
    private readonly limits: ReadModelLimits,
    private readonly meters: ProjectionMeters,
    health: HealthRegistry,
    log: Log
  ) {
    health.add({ name: 'read-models', kind: 'ready', check: () => this.health() });
    this.logger = log.for('read-models');
    this.lease = new ProjectorLease(buckets.bucket(MODELS_BUCKET), limits.settings.leaseMs);
    this.sessions = new KnownSessions(buckets.bucket(REGISTRY_BUCKET));
  }

  async onApplicationBootstrap(): Promise<void> {
    await Promise.all([this.lease.start(), this.sessions.start()]);
    this.running = this.work();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    this.run?.close();
    await this.running;
    await Promise.all([this.lease.stop(), this.sessions.stop()]);
  }

  private async work(): Promise<void> {
    const { signal } = this.stopped;
    const { leaseMs } = this.limits.settings;
    while (!signal.aborted) {
      try {
        if (this.run !== null && (await this.lease.keep())) await this.run.turn(leaseMs / 4);
        else await this.begin();
        this.isInterrupted = false;
      } catch (err) {
        this.end();
        if (!signal.aborted) this.noteInterruption(err);
      }
      this.meters.projecting.set(this.run === null ? 0 : 1);
      if (this.run === null) await delay(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
    this.run?.close();
  }

  private async begin(): Promise<void> {
    this.run?.close();
    this.run = null;
    if (!(await this.lease.take())) return;
    const { store, consumers, sessions, logger, meters } = this;
    this.run = await ProjectorRun.begin({ store, consumers, sessions, logger, meters, write: commit => this.write(commit) });
  }

  private end(): void {
    this.run?.close();
    this.run = null;
    this.lease.doubt();
  }

  private noteInterruption(err: unknown): void {
    this.meters.interruptions.inc();
    const level = this.isInterrupted ? 'debug' : 'warn';
    this.isInterrupted = true;
    this.logger[level]({ err }, 'read models cannot be projected now, still trying');
  }

  /** Never failing: what is projected already can be read, and another edge may project. */
  private async health(): Promise<HealthAnswer> {
    const counts = (await this.meters.events.get()).values;
    const skipped = counts.find(({ labels }) => labels.outcome === 'skipped')?.value ?? 0;
    const state = this.isInterrupted ? 'interrupted' : this.run === null ? 'another edge projects' : 'projecting';
    return { detail: `${state}; ${skipped} events skipped by this edge since it started` };
  }

  private async write(commit: ModelCommit): Promise<void> {
    // A large event takes many writes.
    await this.lease.keep();
    const { epoch } = this.lease;
    if (epoch !== null && (await this.store.write(commit, epoch))) return;
    throw new WabusError('BROKER_UNAVAILABLE', { message: 'Another edge projects read models now.' });
  }
}
