import type { Entry, KeyValue } from './key-value.js';

/** The buckets that were named in `BrokerOptions`. */
export abstract class KeyValueBuckets {
  /** A bucket by name. Throws a plain error when it was not named in the options: that is a mistake in the program. */
  abstract bucket(name: string): KeyValue;
  /**
   * One key of a bucket that others keep, for who may read no more of it than this key. Any copy of the bucket answers, so it may be some writes old. Throws
   * `BROKER_UNAVAILABLE`, also when the bucket is not there, and a plain error where the user of NATS may not read it.
   */
  abstract peek(bucket: string, key: string): Promise<Entry | null>;
}
