import type { BucketSettings } from '../broker.options.js';
import { WabusError } from '@wabus/contracts';
import type { NatsConnection } from '../connection/nats-connection.js';
import { isPermissionViolation, storageError } from '../errors/broker-error.mapper.js';
import { headerOf, storedMessage } from '../streams/stored-message.js';
import { bucketStream } from '../streams/stream-definition.js';
import { provisionStream } from '../streams/stream-provisioner.js';
import { bucketStreamName, decodeChange, subjectOfKey, type Entry } from './entry.codec.js';
import { KeyValue } from './key-value.js';

const NOT_FOUND = 404;

/** The buckets named in `BrokerOptions`. */
export class KeyValueBuckets {
  private constructor(
    private readonly connection: NatsConnection,
    private readonly buckets: ReadonlyMap<string, KeyValue>
  ) {}

  /** Creates or updates the streams of the buckets and resolves when all are usable. */
  static async open(connection: NatsConnection, settings: readonly BucketSettings[], signal?: AbortSignal): Promise<KeyValueBuckets> {
    for (const one of settings) await provisionStream(connection, bucketStream(one), signal);
    return new KeyValueBuckets(connection, new Map(settings.map(one => [one.name, new KeyValue(connection, one)])));
  }

  /** Returns a bucket by name. Throws a plain error if the options did not name it, which is a programming error. */
  bucket(name: string): KeyValue {
    const bucket = this.buckets.get(name);
    if (!bucket)
      throw new Error(
        `bucket ${name} is not among the buckets that the broker was opened with: ${[...this.buckets.keys()].join(', ') || 'none'}`
      );
    return bucket;
  }

  /**
   * Reads one key of a bucket that this process did not open and of which it may read only this key.
   * Any replica may answer, so the value may be slightly stale.
   * Throws `BROKER_UNAVAILABLE`, also if the bucket does not exist, and a plain error if the NATS user may not read the key.
   */
  async peek(bucket: string, key: string): Promise<Entry | null> {
    const subject = subjectOfKey(bucket, key);
    const { client, requestTimeoutMs } = this.connection;
    try {
      // The subject is part of the request, so that permissions can name the key.
      const answer = await client.request(`$JS.API.DIRECT.GET.${bucketStreamName(bucket)}.${subject}`, '', { timeout: requestTimeoutMs });
      if (answer.headers?.code === NOT_FOUND) return null;
      const sequence = Number(headerOf(answer, 'Nats-Sequence'));
      if (!(sequence > 0))
        throw new WabusError('BROKER_UNAVAILABLE', { message: `NATS did not respond to a request for bucket ${bucket}.` });
      const change = decodeChange(bucket, storedMessage(answer, sequence, subject));
      return change.kind === 'put' ? change.entry : null;
    } catch (error) {
      throw isPermissionViolation(error) ? error : storageError(error);
    }
  }
}
