import { Injectable } from '@nestjs/common';
import { KeyValueBuckets, type Entry, type KeyValue, type Watch } from '@wabus/broker';
import {
  SUBSCRIPTIONS_BUCKET,
  SUBSCRIPTION_KEYS,
  WabusError,
  decodeJsonRecord,
  encodeJsonRecord,
  parseSubscriptionKey,
  subscriptionKey,
  type SubscriptionName,
  type SubscriptionRecord
} from '@wabus/contracts';
import { Log, RateLimiter, type Logger } from '@wabus/runtime';
import type { Creator } from '../auth/creator.policy.js';
import { requireBelow } from '../auth/share.limiter.js';

/** Limits on durable subscriptions, each of which requires a consumer on the broker. */
export abstract class SubscriptionSettings {
  abstract readonly inAll: number;
  /** The most that one token may own. */
  abstract readonly perToken: number;
  /** The most that one token may create per minute on each edge. */
  abstract readonly createdPerMinute: number;
}

/** The record of a subscription as stored in the bucket. */
export interface OwnedSubscription extends SubscriptionRecord {
  /** Further data about the owner. Missing in records of older releases. */
  readonly creator?: Creator;
}

/** Returns the creators on whose tokens a subscription depends, or an empty list if the record names none. */
export function creatorsOf({ creator, owner }: OwnedSubscription): Creator[] {
  if (creator !== undefined) return [creator];
  // The id of a JWT does not show which denials could end it.
  return owner === undefined || owner.startsWith('jwt-') ? [] : [{ id: owner }];
}

/** Returns the record as clients see it. */
export function shownRecord({ creator: _creator, ...record }: OwnedSubscription): SubscriptionRecord {
  return record;
}

export interface StoredSubscription {
  readonly record: OwnedSubscription;
  readonly revision: number;
}

/** The records of durable subscriptions. If a record was changed concurrently, methods return `null` or `false`. */
@Injectable()
export class SubscriptionStore {
  private readonly bucket: KeyValue;
  private readonly creations: RateLimiter;
  private readonly logger: Logger;

  constructor(
    buckets: KeyValueBuckets,
    private readonly settings: SubscriptionSettings,
    log: Log
  ) {
    this.logger = log.for('subscriptions');
    this.bucket = buckets.bucket(SUBSCRIPTIONS_BUCKET);
    const { createdPerMinute } = settings;
    this.creations = new RateLimiter({ perSecond: createdPerMinute / 60, burst: createdPerMinute });
  }

  async get(name: SubscriptionName): Promise<StoredSubscription | null> {
    const entry = await this.bucket.get(subscriptionKey(name));
    const record = entry && this.decode(entry);
    return record && { record, revision: entry.revision };
  }

  async list(): Promise<OwnedSubscription[]> {
    const entries = await this.bucket.list(SUBSCRIPTION_KEYS);
    return entries.flatMap(entry => this.decode(entry) ?? []).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /**
   * Writes the first record of a name. Returns `false` if the name is taken. Throws `RATE_LIMITED`, and `LIMIT_REACHED` if the owner or the
   * installation has reached its maximum.
   */
  async create(record: OwnedSubscription): Promise<boolean> {
    const { owner } = record;
    const retryAfterMs = this.creations.take(owner, performance.now());
    if (retryAfterMs > 0) {
      const message = 'This token creates durable subscriptions faster than permitted.';
      throw new WabusError('RATE_LIMITED', { message, details: { limit: 'durable subscriptions created', retryAfterMs } });
    }
    const all = await this.list();
    const { perToken, inAll } = this.settings;
    const own = all.filter(other => other.owner === owner);
    requireBelow(
      { most: perToken, of: 'durable subscriptions of one token', setting: 'WABUS_DURABLE_SUBSCRIPTION_LIMIT_PER_TOKEN' },
      own.length
    );
    requireBelow({ most: inAll, of: 'durable subscriptions', setting: 'WABUS_DURABLE_SUBSCRIPTION_LIMIT' }, all.length);
    return (await this.write(record, 0)) !== null;
  }

  /** Writes a record if it is still at this revision; 0 means that it must not exist. Returns the new revision, or `null`. */
  async write(record: OwnedSubscription, revision: number): Promise<number | null> {
    const outcome = await this.bucket.compareAndSet(subscriptionKey(record.name), encodeJsonRecord(record), revision);
    return outcome.written ? outcome.revision : null;
  }

  async remove({ record, revision }: StoredSubscription): Promise<boolean> {
    return (await this.bucket.delete(subscriptionKey(record.name), revision)).written;
  }

  /** Reports every existing record and every change. A removed record is reported as `null`. */
  watch(handler: (name: SubscriptionName, record: OwnedSubscription | null) => void): Promise<Watch> {
    return this.bucket.watch(SUBSCRIPTION_KEYS, change => {
      const name = parseSubscriptionKey(change.kind === 'put' ? change.entry.key : change.key);
      if (name !== null) handler(name, change.kind === 'put' ? this.decode(change.entry) : null);
    });
  }

  /**
   * A damaged record is skipped. Clients can neither join the subscription nor create its name until an operator deletes the key. Other
   * subscriptions are not affected.
   */
  private decode({ key, revision, value }: Entry): OwnedSubscription | null {
    const record = decodeJsonRecord<OwnedSubscription>(value, isKept);
    if (record === null) this.logger.error({ record: key, revision }, 'skipping malformed durable subscription record');
    return record;
  }
}

const isKept = ({ name, owner }: Partial<OwnedSubscription>): boolean =>
  typeof name === 'string' && (owner === undefined || typeof owner === 'string');
