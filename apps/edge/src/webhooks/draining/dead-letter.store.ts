import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { KeyValueBuckets, type Change, type KeyValue, type Watch } from '@wabus/broker';
import { webhookDeadLetterKey, redriveKey, WEBHOOKS_BUCKET, decodeJsonRecord, encodeJsonRecord } from '@wabus/contracts';
import type { DeadLetter } from './dead-letter.js';

/** Dead letters, and which of them somebody wants delivered after all. Any edge takes the wish; the one that drains the webhook fulfils it. */
@Injectable()
export class DeadLetterStore implements OnModuleInit, BeforeApplicationShutdown {
  private readonly bucket: KeyValue;
  private readonly wishes = new Map<string, Set<string>>();
  private readonly listeners = new Set<() => void>();
  private watch: Watch | null = null;

  constructor(buckets: KeyValueBuckets) {
    this.bucket = buckets.bucket(WEBHOOKS_BUCKET);
  }

  async onModuleInit(): Promise<void> {
    this.watch = await this.bucket.watch(redriveKey('*', '*'), change => this.hear(change));
    await this.watch.ready;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.watch?.stop();
  }

  /** Calls the listener when somebody wants something redriven. */
  listen(listener: () => void): void {
    this.listeners.add(listener);
  }

  /** The letters of a webhook that are to be redriven. */
  wanted(webhook: string): string[] {
    return [...(this.wishes.get(webhook) ?? [])];
  }

  async get(webhook: string, letter: string): Promise<DeadLetter | null> {
    const entry = await this.bucket.get(webhookDeadLetterKey(webhook, letter));
    return entry && decodeJsonRecord<DeadLetter>(entry.value);
  }

  /** Oldest event first. */
  async list(webhook: string): Promise<DeadLetter[]> {
    const entries = await this.bucket.list(webhookDeadLetterKey(webhook, '*'));
    const letters = entries.flatMap(({ value }) => decodeJsonRecord<DeadLetter>(value) ?? []);
    return letters.sort((a, b) => a.sequence - b.sequence);
  }

  async want(webhook: string, letter: string): Promise<void> {
    await this.bucket.put(redriveKey(webhook, letter), encodeJsonRecord({ at: new Date().toISOString() }));
  }

  private hear(change: Change): void {
    const [, webhook = '', letter = ''] = (change.kind === 'put' ? change.entry.key : change.key).split('.');
    const wishes = this.wishes.get(webhook) ?? new Set();
    if (change.kind === 'put') this.wishes.set(webhook, wishes.add(letter));
    else if (wishes.delete(letter) && wishes.size === 0) this.wishes.delete(webhook);
    if (change.kind === 'put') for (const listener of this.listeners) listener();
  }
}
