import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { EventConsumers, EventLog, KeyValueBuckets } from '@wabus/broker';
import { MODELS_BUCKET, REGISTRY_BUCKET, WabusError } from '@wabus/contracts';
import { ReadModelLimits, ReadModelStore, type ModelCommit } from '../store/read-model.store.js';
import { KnownSessions } from './known-sessions.js';
import { ProjectionObserver } from './projection.observer.js';
import { ProjectorLease } from './projector.lease.js';
import { ProjectorRun } from './projector-run.js';
import { RebuildWatch } from './rebuild.watch.js';

const RETRY_MS = 250;

/** Runs the projection while this edge is the projector. */
@Injectable()
export class Projector implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly lease: ProjectorLease;
  private readonly sessions: KnownSessions;
  private readonly requests: RebuildWatch;
  private readonly stopped = new AbortController();
  private run: ProjectorRun | null = null;
  private running: Promise<void> = Promise.resolve();

  constructor(
    buckets: KeyValueBuckets,
    private readonly store: ReadModelStore,
    private readonly log: EventLog,
    private readonly consumers: EventConsumers,
    private readonly limits: ReadModelLimits,
    private readonly observer: ProjectionObserver
  ) {
    const models = buckets.bucket(MODELS_BUCKET);
    this.lease = new ProjectorLease(models, limits.settings.leaseMs);
    this.requests = new RebuildWatch(models);
    this.sessions = new KnownSessions(buckets.bucket(REGISTRY_BUCKET));
  }

  async onApplicationBootstrap(): Promise<void> {
    await Promise.all([this.sessions.start(), this.requests.start()]);
    this.running = this.work();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    this.run?.close();
    await this.running;
    await Promise.all([this.lease.stop(), this.sessions.stop(), this.requests.stop()]);
  }

  private async work(): Promise<void> {
    const { signal } = this.stopped;
    const { leaseMs } = this.limits.settings;
    while (!signal.aborted) {
      try {
        if (this.run !== null && (await this.lease.keep())) {
          await this.run.turn(leaseMs / 4);
          this.observer.works(true);
        } else {
          await this.begin();
          if (this.run === null) this.observer.works(false);
        }
      } catch (err) {
        this.end();
        if (!signal.aborted) this.observer.interrupted(err);
      }
      if (this.run === null) await delay(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
    this.run?.close();
  }

  private async begin(): Promise<void> {
    this.run?.close();
    this.run = null;
    if (!(await this.lease.take())) return;
    const { store, log, consumers, sessions, requests, observer } = this;
    this.run = await ProjectorRun.begin({ store, log, consumers, sessions, requests, observer, write: commit => this.write(commit) });
  }

  private end(): void {
    this.run?.close();
    this.run = null;
    this.lease.doubt();
  }

  private async write(commit: ModelCommit): Promise<void> {
    // A large event takes many writes, during which the lease must be renewed.
    await this.lease.keep();
    const { epoch } = this.lease;
    if (epoch !== null && (await this.store.write(commit, epoch))) return;
    throw new WabusError('BROKER_UNAVAILABLE', { message: 'Another edge now projects the read models.' });
  }
}
