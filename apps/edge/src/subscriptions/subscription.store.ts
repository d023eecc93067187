import { Injectable } from '@nestjs/common';
import { KeyValueBuckets, type KeyValue, type Watch } from '@wabus/broker';
import {
  parseSubscriptionKey,
  SUBSCRIPTION_KEYS,
  subscriptionKey,
  SUBSCRIPTIONS_BUCKET,
  type SubscriptionName,
  type SubscriptionRecord
} from '@wabus/contracts';

export interface StoredSubscription {
  readonly record: SubscriptionRecord;
  readonly revision: number;
}

/** The records of durable subscriptions. A lost race is told by `null` or `false`. */
@Injectable()
export class SubscriptionStore {
  private readonly bucket: KeyValue;

  constructor(buckets: KeyValueBuckets) {
    this.bucket = buckets.bucket(SUBSCRIPTIONS_BUCKET);
  }

  async get(name: SubscriptionName): Promise<StoredSubscription | null> {
    const entry = await this.bucket.get(subscriptionKey(name));
    return entry && { record: decode(entry.value), revision: entry.revision };
  }

  async list(): Promise<SubscriptionRecord[]> {
    const entries = await this.bucket.list(SUBSCRIPTION_KEYS);
    return entries.map(({ value }) => decode(value)).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Writes a record if it is still at this revision; 0 means that there must be none. */
  async write(record: SubscriptionRecord, revision: number): Promise<number | null> {
    const outcome = await this.bucket.compareAndSet(subscriptionKey(record.name), encode(record), revision);
    return outcome.written ? outcome.revision : null;
  }

  async remove({ record, revision }: StoredSubscription): Promise<boolean> {
    return (await this.bucket.delete(subscriptionKey(record.name), revision)).written;
  }

  /** Tells of every record that is there and of every change, `null` for one that was removed. */
  watch(handler: (name: SubscriptionName, record: SubscriptionRecord | null) => void): Promise<Watch> {
    return this.bucket.watch(SUBSCRIPTION_KEYS, change => {
      const name = parseSubscriptionKey(change.kind === 'put' ? change.entry.key : change.key);
      if (name !== null) handler(name, change.kind === 'put' ? decode(change.entry.value) : null);
    });
  }
}

function encode(record: SubscriptionRecord): Uint8Array {
  return Buffer.from(JSON.stringify(record), 'utf8');
}

function decode(value: Uint8Array): SubscriptionRecord {
  return JSON.parse(Buffer.from(value).toString('utf8')) as SubscriptionRecord;
}
