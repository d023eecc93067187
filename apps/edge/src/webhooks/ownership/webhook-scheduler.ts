import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { declareDead, KeyValueBuckets, Peers, type Change, type KeyValue, type Watch } from '@wabus/broker';
import { decodeJsonRecord, drainerKey, edgeKey, encodeJsonRecord, idInKey, WEBHOOKS_BUCKET, type PauseReason } from '@wabus/contracts';
import { Log, type Logger } from '@wabus/runtime';
import type { StoredWebhook, WebhookRecord } from '../definition/webhook-record.policy.js';
import { WebhookStore } from '../definition/webhook.store.js';
import { WebhookDeadLetterStore } from '../dispatching/dead-letter.store.js';
import { DispatcherFactory } from '../dispatching/dispatcher.factory.js';
import type { WebhookDispatcher } from '../dispatching/webhook.dispatcher.js';
import { WebhookLimits } from '../webhook-limits.js';
import { dutyOf, type WebhookAssignment } from './assignment.policy.js';
import { EdgeReports } from './edge-reports.state.js';
import { EdgeLease } from './edge.lease.js';

/** A dispatcher that runs here, for one revision of the record. */
interface Running {
  readonly dispatcher: WebhookDispatcher;
  readonly stored: StoredWebhook;
  readonly revision: number;
}

/**
 * Assigns webhooks to this edge. Each webhook has one edge at a time, ensured by compare-and-set. The scheduler takes free webhooks that
 * belong to this edge, releases those that belong to another, and stops everything when its lease is in doubt.
 */
@Injectable()
export class WebhookScheduler implements OnModuleInit, BeforeApplicationShutdown {
  /** The edges that are running, including this one. */
  readonly edges = new EdgeReports();
  private readonly bucket: KeyValue;
  private readonly logger: Logger;
  private readonly lease: EdgeLease;
  private readonly peers = new Peers();
  private readonly leaseMs: number;
  private readonly assignments = new Map<string, WebhookAssignment>();
  private readonly running = new Map<string, Running>();
  /** Webhooks that this edge would dispatch if their token were not gone. */
  private readonly resting = new Set<string>();
  private watches: Watch[] = [];
  private stopping = false;
  private working: Promise<void> | null = null;
  private again = false;

  constructor(
    buckets: KeyValueBuckets,
    private readonly store: WebhookStore,
    private readonly letters: WebhookDeadLetterStore,
    private readonly factory: DispatcherFactory,
    { settings }: WebhookLimits,
    log: Log
  ) {
    this.bucket = buckets.bucket(WEBHOOKS_BUCKET);
    this.logger = log.for('webhooks');
    this.leaseMs = settings.leaseMs;
    this.lease = new EdgeLease({
      bucket: this.bucket,
      leaseMs: settings.leaseMs,
      logger: this.logger,
      renewed: () => this.observe(),
      lost: () => this.work()
    });
  }

  async onModuleInit(): Promise<void> {
    this.watches = await Promise.all([
      this.bucket.watch(edgeKey('*'), change => this.onEdgeChange(change)),
      this.bucket.watch(drainerKey('*'), change => this.onAssignmentChange(change))
    ]);
    await Promise.all(this.watches.map(watch => watch.ready));
    this.store.listen(() => this.work());
    this.letters.listen(() => this.work());
    this.lease.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.working;
    await Promise.all([...this.running.keys()].map(id => this.release(id)));
    await this.lease.stop();
    await Promise.all(this.watches.map(watch => watch.stop()));
  }

  private onEdgeChange(change: Change): void {
    const key = change.kind === 'put' ? change.entry.key : change.key;
    const edge = idInKey('edge', key);
    if (edge === null) return;
    this.edges.apply(edge, change.kind === 'put' ? change.entry.value : null, edge === this.lease.edge);
    if (edge === this.lease.edge) return;
    const before = this.peers.names.length;
    if (change.kind === 'put') this.peers.renewed(edge, change.entry.revision, performance.now());
    else this.peers.gone(edge, change.revision);
    if (this.peers.names.length !== before) this.work();
  }

  private onAssignmentChange(change: Change): void {
    const id = idInKey('drainer', change.kind === 'put' ? change.entry.key : change.key);
    if (id === null) return;
    if (change.kind === 'delete') this.assignments.delete(id);
    else this.remember(id, { edge: edgeIn(change.entry.value), revision: change.entry.revision });
    this.work();
  }

  private remember(id: string, assignment: WebhookAssignment): void {
    if (assignment.revision > (this.assignments.get(id)?.revision ?? 0)) this.assignments.set(id, assignment);
  }

  /** Declares silent edges dead. Runs only after a renewal, because an edge that is cut off from the broker must not judge others. */
  private observe(): void {
    for (const { name: edge, revision } of this.peers.silent(this.leaseMs, {
      now: performance.now(),
      steadySince: this.lease.steadySince
    })) {
      declareDead(this.bucket, edgeKey(edge), revision).then(
        isDead => isDead && this.logger.warn({ edge }, 'another edge no longer responds, taking over its webhooks'),
        () => undefined
      );
    }
    this.work();
  }

  /** Applies the duties, one round at a time. */
  private work(): void {
    if (this.stopping) return;
    this.again = true;
    this.working ??= this.rounds().finally(() => (this.working = null));
  }

  private async rounds(): Promise<void> {
    while (this.again && !this.stopping) {
      this.again = false;
      const held = this.lease.held;
      const living = [this.lease.edge, ...this.peers.names];
      const known = new Map(this.store.all().map(stored => [stored.record.id, stored]));
      const ended = [...this.running.keys()].filter(id => !held || !known.has(id));
      await Promise.all(ended.map(id => this.end(id)));
      if (!held) continue;
      const work = [...known.values()].map(stored =>
        this.attend(stored, living).catch((err: unknown) =>
          this.logger.warn({ err, webhook: stored.record.id }, 'failed to start a webhook, retrying')
        )
      );
      await Promise.all(work);
    }
  }

  private async attend(stored: StoredWebhook, living: readonly string[]): Promise<void> {
    const { id } = stored.record;
    const duty = dutyOf(id, { self: this.lease.edge, living, assignment: this.assignments.get(id) });
    const running = this.running.get(id);
    if (duty === 'none' && running) return this.end(id);
    if (duty === 'release') return this.release(id);
    if (duty === 'take') {
      const outcome = await this.bucket.compareAndSet(
        drainerKey(id),
        encodeJsonRecord({ edge: this.lease.edge }),
        this.assignments.get(id)?.revision ?? 0
      );
      if (!outcome.written) return;
      this.remember(id, { edge: this.lease.edge, revision: outcome.revision });
      await this.begin(stored, outcome.revision);
    } else if (duty === 'dispatch') {
      const { revision } = this.assignments.get(id)!;
      const isCurrent = running?.stored.revision === stored.revision && running.revision === revision;
      if (!isCurrent || this.store.isOrphan(stored.record)) {
        await this.begin(stored, revision);
      }
      for (const letter of this.letters.requested(id)) this.running.get(id)?.dispatcher.redrive(letter, () => this.letters.get(id, letter));
    }
  }

  private async begin(stored: StoredWebhook, revision: number): Promise<void> {
    const { record } = stored;
    const { id } = record;
    await this.end(id);
    if (record.paused !== null || this.stopping || this.rests(record)) return;
    const dispatcher = await this.factory.begin(record, revision, {
      mayAct: () => this.lease.held && !this.store.isOrphan(record),
      lost: () => this.lose(id, revision),
      pause: reason => this.pause(stored, reason)
    });
    if (dispatcher === null) return;
    this.running.set(id, { dispatcher, stored, revision });
    this.logger.info({ webhook: id, epoch: revision }, 'started delivering to a webhook');
  }

  /** Returns whether a token of a webhook is gone. Logs it once. */
  private rests(record: WebhookRecord): boolean {
    const { id } = record;
    const isOrphan = this.store.isOrphan(record);
    if (isOrphan && !this.resting.has(id)) this.logger.warn({ webhook: id, reason: 'token-gone' }, 'webhook paused');
    if (isOrphan) this.resting.add(id);
    else this.resting.delete(id);
    return isOrphan;
  }

  private async end(id: string): Promise<void> {
    const running = this.running.get(id);
    this.running.delete(id);
    await running?.dispatcher.stop();
  }

  private async release(id: string): Promise<void> {
    await this.end(id);
    const assignment = this.assignments.get(id);
    if (assignment?.edge !== this.lease.edge) return;
    const outcome = await this.bucket
      .compareAndSet(drainerKey(id), encodeJsonRecord({ edge: null }), assignment.revision)
      .catch(() => null);
    if (outcome?.written) this.remember(id, { edge: null, revision: outcome.revision });
  }

  private lose(id: string, revision: number): void {
    if (this.assignments.get(id)?.revision === revision) this.assignments.delete(id);
    void this.end(id).then(() => this.work());
    this.announceTakeover(id, revision).catch((err: unknown) =>
      this.logger.debug({ err, webhook: id }, 'failed to read the owner of a webhook')
    );
  }

  /** Ownership of a deleted webhook is lost, too, but no other edge took it over. */
  private async announceTakeover(id: string, epoch: number): Promise<void> {
    const entry = await this.bucket.get(drainerKey(id));
    const edge = entry && edgeIn(entry.value);
    if (edge !== null && edge !== this.lease.edge) this.logger.warn({ webhook: id, epoch, edge }, 'another edge took over a webhook');
  }

  private pause({ record, revision }: StoredWebhook, reason: PauseReason): void {
    this.logger.warn({ webhook: record.id, reason }, 'webhook paused');
    this.store.pause(record, revision, reason).catch((err: unknown) => {
      this.logger.warn({ err, webhook: record.id }, 'failed to record that a webhook is paused, retrying');
      void this.end(record.id).then(() => this.work());
    });
  }
}

function edgeIn(value: Uint8Array): string | null {
  const edge = decodeJsonRecord(value)?.['edge'];
  return typeof edge === 'string' ? edge : null;
}
