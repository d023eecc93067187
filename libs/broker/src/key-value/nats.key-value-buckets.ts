import type { BucketSettings } from '../broker.options.js';
import type { NatsConnection } from '../connection/nats.connection.js';
import { bucketStream } from '../streams/stream.definition.js';
import { provisionStream } from '../streams/stream.provisioner.js';
import { KeyValueBuckets } from './key-value-buckets.js';
import type { KeyValue } from './key-value.js';
import { NatsKeyValue } from './nats.key-value.js';

export class NatsKeyValueBuckets extends KeyValueBuckets {
  private constructor(private readonly buckets: ReadonlyMap<string, KeyValue>) {
    super();
  }

  /** Creates or updates the buckets' streams and settles when all can be used. */
  static async open(connection: NatsConnection, settings: readonly BucketSettings[], signal?: AbortSignal): Promise<NatsKeyValueBuckets> {
    for (const one of settings) await provisionStream(connection, bucketStream(one), signal);
    return new NatsKeyValueBuckets(new Map(settings.map(one => [one.name, new NatsKeyValue(connection, one)])));
  }

  bucket(name: string): KeyValue {
    const bucket = this.buckets.get(name);
    if (!bucket)
      throw new Error(
        `bucket ${name} is not among the buckets that the broker was opened with: ${[...this.buckets.keys()].join(', ') || 'none'}`
      );
    return bucket;
  }
}
