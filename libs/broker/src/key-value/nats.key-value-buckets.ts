import type { BucketSettings } from '../broker.options.js';
import { WabusError } from '@wabus/contracts';
import type { NatsConnection } from '../connection/nats.connection.js';
import { isPermissionViolation, storageError } from '../errors/broker-error.mapper.js';
import { bucketStreamName } from '../streams/bucket-subject.codec.js';
import { headerOf, storedMessage } from '../streams/stored-message.js';
import { bucketStream } from '../streams/stream.definition.js';
import { provisionStream } from '../streams/stream.provisioner.js';
import { decodeChange, subjectOfKey } from './entry.codec.js';
import { KeyValueBuckets } from './key-value-buckets.js';
import type { Entry, KeyValue } from './key-value.js';
import { NatsKeyValue } from './nats.key-value.js';

const NOT_FOUND = 404;

export class NatsKeyValueBuckets extends KeyValueBuckets {
  private constructor(
    private readonly connection: NatsConnection,
    private readonly buckets: ReadonlyMap<string, KeyValue>
  ) {
    super();
  }

  /** Creates or updates the buckets' streams and settles when all can be used. */
  static async open(connection: NatsConnection, settings: readonly BucketSettings[], signal?: AbortSignal): Promise<NatsKeyValueBuckets> {
    for (const one of settings) await provisionStream(connection, bucketStream(one), signal);
    return new NatsKeyValueBuckets(connection, new Map(settings.map(one => [one.name, new NatsKeyValue(connection, one)])));
  }

  bucket(name: string): KeyValue {
    const bucket = this.buckets.get(name);
    if (!bucket)
      throw new Error(
        `bucket ${name} is not among the buckets that the broker was opened with: ${[...this.buckets.keys()].join(', ') || 'none'}`
      );
    return bucket;
  }

  async peek(bucket: string, key: string): Promise<Entry | null> {
    const subject = subjectOfKey(bucket, key);
    const { client, requestTimeoutMs } = this.connection;
    try {
      // The subject is part of the request, so that permissions can name the key.
      const answer = await client.request(`$JS.API.DIRECT.GET.${bucketStreamName(bucket)}.${subject}`, '', { timeout: requestTimeoutMs });
      if (answer.headers?.code === NOT_FOUND) return null;
      const sequence = Number(headerOf(answer, 'Nats-Sequence'));
      if (!(sequence > 0)) throw new WabusError('BROKER_UNAVAILABLE', { message: `Bucket ${bucket} does not answer.` });
      const change = decodeChange(bucket, storedMessage(answer, sequence, subject));
      return change.kind === 'put' ? change.entry : null;
    } catch (error) {
      throw isPermissionViolation(error) ? error : storageError(error);
    }
  }
}
