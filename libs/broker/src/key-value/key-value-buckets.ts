import type { KeyValue } from './key-value.js';

/** The buckets that were named in `BrokerOptions`. */
export abstract class KeyValueBuckets {
  /** A bucket by name. Throws a plain error when it was not named in the options: that is a mistake in the program. */
  abstract bucket(name: string): KeyValue;
}
