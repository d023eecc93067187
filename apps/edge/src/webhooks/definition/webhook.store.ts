import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { KeyValueBuckets, type Change, type KeyValue, type Watch } from '@wabus/broker';
import {
  WEBHOOKS_BUCKET,
  WabusError,
  attemptsKey,
  decodeJsonRecord,
  drainerKey,
  encodeJsonRecord,
  idInKey,
  progressKey,
  redriveKey,
  webhookDeadLetterKey,
  webhookKey,
  type PauseReason
} from '@wabus/contracts';
import { Log, type Logger } from '@wabus/runtime';
import { Creators } from '../../auth/creators.js';
import { OrphanSweeper, type Orphan } from '../../auth/orphan-sweeper.js';
import { WebhookLimits } from '../webhook-limits.js';
import { decodeWebhook, pausedWebhook, type StoredWebhook, type WebhookRecord } from './webhook-record.policy.js';
import { mayHave } from './webhook-view.policy.js';

const ATTEMPTS = 10;

/** The definitions of all webhooks. Reads come from a watched copy; writes are compare-and-set. */
@Injectable()
export class WebhookStore implements OnModuleInit, BeforeApplicationShutdown {
  private readonly bucket: KeyValue;
  private readonly logger: Logger;
  private readonly known = new Map<string, StoredWebhook>();
  /** The newest received revision of each id, so that a delayed change does not overwrite a newer one. */
  private readonly revisions = new Map<string, number>();
  private readonly listeners = new Set<() => void>();
  private watch: Watch | null = null;

  constructor(
    buckets: KeyValueBuckets,
    private readonly limits: WebhookLimits,
    private readonly creators: Creators,
    sweeper: OrphanSweeper,
    log: Log
  ) {
    this.bucket = buckets.bucket(WEBHOOKS_BUCKET);
    this.logger = log.for('webhooks');
    sweeper.add(() => Promise.resolve(this.orphans()));
  }

  async onModuleInit(): Promise<void> {
    this.watch = await this.bucket.watch(webhookKey('*'), change => this.receive(change));
    await this.watch.ready;
    this.creators.listen(() => this.notify());
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.watch?.stop();
  }

  /** Calls the listener whenever a webhook is created, changed or deleted, or the result of `isOrphan` may have changed. */
  listen(listener: () => void): void {
    this.listeners.add(listener);
  }

  /** Returns all webhooks, oldest first. */
  all(): StoredWebhook[] {
    return [...this.known.values()].sort((a, b) => (a.record.createdAt < b.record.createdAt ? -1 : 1));
  }

  /** Returns whether a webhook is paused because one of its tokens is gone: the creator's, or the one that last changed its target. */
  isOrphan(record: WebhookRecord): boolean {
    const behind = [record.creator, record.editor].filter(creator => creator !== undefined);
    return this.creators.anyInvalid(behind, principal => mayHave(principal, record));
  }

  /** Returns the webhook, even if another edge has only just created it, or `null` if it does not exist. */
  async find(id: string): Promise<WebhookRecord | null> {
    const known = this.known.get(id);
    if (known) return known.record;
    const entry = await this.bucket.get(webhookKey(id));
    return entry && decodeWebhook(entry.value);
  }

  /** Stores a new webhook. Throws `LIMIT_REACHED` if its creator or the installation has reached the maximum number of webhooks. */
  async create(record: WebhookRecord): Promise<void> {
    this.limits.requireRoom(
      record,
      [...this.known.values()].map(known => known.record)
    );
    const outcome = await this.bucket.compareAndSet(webhookKey(record.id), encodeJsonRecord(record), 0);
    if (!outcome.written) throw new WabusError('INTERNAL', { cause: new Error('the id of a new webhook is already in use') });
    this.learn(record, outcome.revision);
  }

  /**
   * Resolves with the edited webhook. Tries again if another edge changes it at the same time. Throws `NOT_FOUND`,
   * `BROKER_UNAVAILABLE`, and the errors of `edit`.
   */
  async edit(id: string, edit: (record: WebhookRecord) => WebhookRecord): Promise<WebhookRecord> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const entry = await this.bucket.get(webhookKey(id));
      const record = entry && decodeWebhook(entry.value);
      if (!record) throw new WabusError('NOT_FOUND');
      const edited = edit(record);
      const outcome = await this.bucket.compareAndSet(webhookKey(id), encodeJsonRecord(edited), entry.revision);
      if (!outcome.written) continue;
      this.learn(edited, outcome.revision);
      return edited;
    }
    throw new WabusError('TIMEOUT', { details: { webhook: id } });
  }

  /** Pauses this revision of a webhook. If the webhook has changed since, it stays as it is. */
  async pause(record: WebhookRecord, revision: number, reason: PauseReason): Promise<void> {
    const paused = pausedWebhook(record, reason, new Date());
    const outcome = await this.bucket.compareAndSet(webhookKey(record.id), encodeJsonRecord(paused), revision);
    if (outcome.written) this.learn(paused, outcome.revision);
  }

  /** Deletes a webhook and all its data. Once its assignment key is deleted, no edge can write data of the webhook. */
  async delete(id: string): Promise<void> {
    const { revision } = (await this.bucket.delete(webhookKey(id))) as { revision: number };
    this.forget(id, revision);
    await this.bucket.delete(drainerKey(id));
    const letters = await Promise.all([this.bucket.list(webhookDeadLetterKey(id, '*')), this.bucket.list(redriveKey(id, '*'))]);
    const keys = [progressKey(id), attemptsKey(id), ...letters.flat().map(({ key }) => key)];
    await Promise.all(keys.map(key => this.bucket.delete(key)));
  }

  /** Deletes the dead letters of a webhook that match `unwanted`. */
  async deleteLetters(id: string, unwanted: (letter: Record<string, unknown>) => boolean): Promise<void> {
    for (const { key, value } of await this.bucket.list(webhookDeadLetterKey(id, '*'))) {
      const letter = decodeJsonRecord(value);
      if (letter === null || !unwanted(letter)) continue;
      await this.bucket.delete(redriveKey(id, key.slice(key.lastIndexOf('.') + 1)));
      await this.bucket.delete(key);
    }
  }

  private orphans(): Orphan[] {
    const orphans = [...this.known.values()].filter(({ record }) => this.isOrphan(record));
    return orphans.map(({ record: { id } }) => ({ key: `webhook ${id}`, remove: () => this.deleteOrphan(id) }));
  }

  /** Another token may have taken over the webhook in the meantime. */
  private async deleteOrphan(id: string): Promise<void> {
    const record = await this.find(id);
    if (record !== null && this.isOrphan(record)) await this.delete(id);
  }

  private receive(change: Change): void {
    const id = idInKey('webhook', change.kind === 'put' ? change.entry.key : change.key);
    if (id === null) return;
    if (change.kind === 'delete') return this.forget(id, change.revision);
    const record = decodeWebhook(change.entry.value);
    if (record === null) this.logger.warn({ webhook: id }, 'skipping malformed webhook record');
    else this.learn(record, change.entry.revision);
  }

  private learn(record: WebhookRecord, revision: number): void {
    if (revision <= (this.revisions.get(record.id) ?? 0)) return;
    this.revisions.set(record.id, revision);
    this.known.set(record.id, { record, revision });
    this.notify();
  }

  private forget(id: string, revision: number): void {
    if (revision <= (this.revisions.get(id) ?? 0)) return;
    this.revisions.set(id, revision);
    if (this.known.delete(id)) this.notify();
  }

  private notify(): void {
    for (const listener of this.listeners) listener();
  }
}
