import { JetStreamApiError } from '@nats-io/jetstream';
import { headers, nuid, type MsgHdrs } from '@nats-io/transport-node';
import { WabusError } from '@wabus/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import type { BucketSettings } from '../broker.options.js';
import { backOffMs } from '../connection/back-off.policy.js';
import type { NatsConnection } from '../connection/nats-connection.js';
import { ReplyInbox } from '../connection/reply-inbox.js';
import { JETSTREAM_CODE, jetStreamCode, storageError } from '../errors/broker-error.mapper.js';
import { markerTtlMs } from '../streams/stream-definition.js';
import type { StoredMessage } from '../streams/stored-message.js';
import { Semaphore } from '../streams/semaphore.js';
import { StreamTail } from '../streams/stream-tail.js';
import { RecordReader } from './record.reader.js';
import { MAX_RECORD_SET, RecordSetReader, type RecordSet } from './record-set.reader.js';
import {
  bucketStreamName,
  bytesOf,
  decodeChange,
  headerFields,
  matchesFilter,
  subjectOfFilter,
  subjectOfKey,
  type Change,
  type Entry,
  type Expiring,
  type Fence,
  type Write,
  type WriteOutcome
} from './entry.codec.js';
import { Watch } from './key.watch.js';

export type { Change, Entry, Expiring, Fence, Write, WriteOutcome } from './entry.codec.js';
export { Watch } from './key.watch.js';

const MAX_COMMIT_KEYS = 1_000;
/** Batches of several sessions are no faster in parallel, and the server keeps few open. */
const OPEN_BATCHES = 8;
/** More reads at once would only wait for one another in the server. */
const OPEN_READS = 64;
const UNSURE_ATTEMPTS = 20;
/** Room for the headers within the server's maximum message size. */
const HEADER_BYTES = 2_048;

const EXPECTED = 'Nats-Expected-Last-Subject-Sequence';
const EXPECTED_SUBJECT = 'Nats-Expected-Last-Subject-Sequence-Subject';

/** A replica that lags is a few ms behind. */
const LAGGING_ATTEMPTS = 20;

interface NewestWrite {
  readonly subject: string;
  readonly revision: number;
}

interface Acknowledgement {
  seq: number;
  error?: { code: number; err_code: number; description: string };
}

/**
 * A key-value bucket with compare-and-set. Keys are tokens of `A-Z a-z 0-9 _ - = /` joined by dots; in filters, `*` and `>` match as in NATS subjects.
 * Every method throws `BROKER_UNAVAILABLE` if the broker does not answer; a write may then have happened.
 *
 * It is a JetStream stream in the format of NATS key-value buckets. `get` reads from the stream's leader, so it sees every acknowledged write.
 */
export class KeyValue {
  private readonly name: string;
  private readonly stream: string;
  private readonly markerTtlMs: number;
  private readonly batches = new Semaphore(OPEN_BATCHES);
  private readonly reads = new Semaphore(OPEN_READS);
  private readonly replies: ReplyInbox;
  private readonly records: RecordReader;
  private readonly sets: RecordSetReader;
  /** The newest write of this process. */
  private newest: NewestWrite | null = null;

  constructor(
    private readonly connection: NatsConnection,
    settings: BucketSettings
  ) {
    this.name = settings.name;
    this.stream = bucketStreamName(settings.name);
    this.replies = new ReplyInbox(connection, { stream: this.stream });
    this.records = new RecordReader(connection, this.stream);
    this.sets = new RecordSetReader(connection, this.stream);
    this.markerTtlMs = markerTtlMs(settings);
  }

  async get(key: string): Promise<Entry | null> {
    const change = await this.lastChange(key);
    return change?.kind === 'put' ? change.entry : null;
  }

  /**
   * Reads many keys in one request, which costs the server a tenth of single reads; missing keys are absent from the result. Any replica may answer.
   * The result includes every write of this process, and the writes of others that precede its last one.
   */
  async getAll(keys: Iterable<string>): Promise<Map<string, Entry>> {
    const wanted = [...new Set(keys)];
    const found = new Map<string, Entry>();
    while (wanted.length > 0) {
      const some = wanted.splice(0, MAX_RECORD_SET - 1);
      const entries = (await this.entriesTogether(some)) ?? (await Promise.all(some.map(key => this.get(key))));
      for (const entry of entries) if (entry !== null) found.set(entry.key, entry);
    }
    return found;
  }

  async put(key: string, value: Uint8Array | Expiring): Promise<number> {
    return this.store(subjectOfKey(this.name, key), bytesOf(value), this.headersOf(value));
  }

  /** Writes only if the key does not exist (`expected: 0`) or has the expected revision. */
  async compareAndSet(key: string, value: Uint8Array | Expiring, expected: number): Promise<WriteOutcome> {
    const outcome = await this.storeIf(key, value, { key, revision: expected });
    if (outcome.written || expected !== 0) return outcome;
    // A deleted key has the revision of its marker until the marker expires.
    const last = await this.lastChange(key);
    if (last?.kind !== 'delete') return outcome;
    return this.storeIf(key, value, { key, revision: last.revision });
  }

  /** Deletes unconditionally, or only at a revision. */
  async delete(key: string, expected?: number): Promise<WriteOutcome> {
    if (expected !== undefined) return this.storeIf(key, null, { key, revision: expected });
    return { written: true, revision: await this.store(subjectOfKey(this.name, key), new Uint8Array(), this.headersOf(null)) };
  }

  /**
   * Writes and deletes many keys in one atomic step: all or none, and none if the fence does not hold.
   * At most 1,000 keys. Only one commit per fence key may run at a time.
   */
  async commit(changes: ReadonlyMap<string, Write>, fence: Fence): Promise<WriteOutcome> {
    if (changes.size > MAX_COMMIT_KEYS) throw new RangeError(`a commit can contain at most ${MAX_COMMIT_KEYS} keys`);
    for (const write of changes.values()) this.requireFit(bytesOf(write));
    const [first] = changes;
    if (first === undefined) return { written: true, revision: fence.revision };
    if (changes.size === 1) return this.storeIf(first[0], first[1], fence);
    return this.batches.run(() => this.repeatWhileUnsure(fence, () => this.storeBatch(changes, fence)));
  }

  /** Returns all entries that match a filter. They include every write of this process, and the writes of others that precede its last one. */
  async list(filter: string): Promise<Entry[]> {
    for (let attempt = 1; ; attempt++) {
      const { newest } = this;
      const { changes, upTo } = await this.listOnce(subjectOfFilter(this.name, filter), newest?.subject ?? null);
      // Any replica may have answered, including one that lags behind the leader. The newest write may have expired since.
      if (newest === null || upTo >= newest.revision || !(await this.isThere(newest)))
        return changes.flatMap(change => (change.kind === 'put' ? [change.entry] : []));
      if (attempt === LAGGING_ATTEMPTS)
        throw new WabusError('BROKER_UNAVAILABLE', { message: 'A replica of the records lags behind. Try again.' });
      await delay(backOffMs(attempt) / 10);
    }
  }

  /** Reports every existing entry that matches, then every change, in order. It survives broker restarts, after which changes may be repeated. */
  watch(filter: string, handler: (change: Change) => void): Promise<Watch> {
    subjectOfFilter(this.name, filter);
    return Promise.resolve(new Watch(this.connection, { bucket: this.name, filter }, handler));
  }

  /** Returns the matching changes, and the newest revision among them and `witness`. */
  private async listOnce(filter: string, witness: string | null): Promise<{ changes: Change[]; upTo: number }> {
    const changes: Change[] = [];
    let upTo = 0;
    const filters = witness === null || matchesFilter(filter, witness) ? [filter] : [filter, witness];
    const take = (message: StoredMessage): void => {
      upTo = Math.max(upTo, message.sequence);
      if (filters.length === 1 || message.subject !== witness) changes.push(decodeChange(this.name, message));
    };
    try {
      await new Promise<void>((resolve, reject) => {
        let opened: StreamTail | null = null;
        const done = (): void => {
          resolve();
          opened?.stop();
        };
        let complete = false;
        StreamTail.open(
          this.connection,
          { stream: this.stream, filters },
          {
            message: (message, pending) => {
              if (complete) return;
              take(message);
              complete = pending === 0;
              if (complete) done();
            },
            failed: reason => reject(new Error(reason))
          }
        ).then(tail => {
          opened = tail;
          if (complete || tail.pendingAtStart === 0) done();
        }, reject);
      });
    } catch (error) {
      throw storageError(error);
    }
    return { changes, upTo };
  }

  private async isThere({ subject, revision }: NewestWrite): Promise<boolean> {
    try {
      const message = await this.reads.run(() => this.records.last(subject));
      return message !== null && message.sequence >= revision;
    } catch (error) {
      throw storageError(error);
    }
  }

  /** Returns `null` if the replica that answered lacks a write of this process. */
  private async entriesTogether(keys: readonly string[]): Promise<Entry[] | null> {
    const { newest } = this;
    const subjects = new Set(keys.map(key => subjectOfKey(this.name, key)));
    // An empty set does not show how current the replica is.
    if (newest !== null) subjects.add(newest.subject);
    let set: RecordSet | null;
    try {
      set = await this.sets.read([...subjects]);
    } catch (error) {
      throw storageError(error);
    }
    if (set === null || !(set.upTo >= (newest?.revision ?? 0))) return null;
    const wanted = new Set(keys);
    return set.messages
      .map(message => decodeChange(this.name, message))
      .flatMap(change => (change.kind === 'put' && wanted.has(change.entry.key) ? [change.entry] : []));
  }

  private async lastChange(key: string): Promise<Change | null> {
    try {
      const message = await this.reads.run(() => this.records.last(subjectOfKey(this.name, key)));
      return message && decodeChange(this.name, message);
    } catch (error) {
      throw storageError(error);
    }
  }

  private storeIf(key: string, write: Write, condition: Fence): Promise<WriteOutcome> {
    const subject = subjectOfKey(this.name, key);
    return this.repeatWhileUnsure(condition, async () => {
      const header = this.headersOf(write);
      this.addCondition(header, condition, key);
      return this.store(subject, bytesOf(write), header);
    });
  }

  /** In a cluster, a condition can be refused only because another write to the same key is in flight: whether it holds must then be read. */
  private async repeatWhileUnsure(condition: Fence, write: () => Promise<number>): Promise<WriteOutcome> {
    for (let attempt = 1; ; attempt++) {
      try {
        return { written: true, revision: await write() };
      } catch (error) {
        const code = jetStreamCode(error instanceof WabusError ? error.cause : error);
        if (code === JETSTREAM_CODE.wrongLastSequence) return { written: false };
        if (code !== JETSTREAM_CODE.wrongLastSequenceUnknown && code !== JETSTREAM_CODE.batchIncomplete) throw storageError(error);
        if (attempt === UNSURE_ATTEMPTS) throw storageError(error);
        const last = await this.lastChange(condition.key);
        const revision = last === null ? 0 : last.kind === 'put' ? last.entry.revision : last.revision;
        if (revision !== condition.revision) return { written: false };
        await delay(backOffMs(1) / 10);
      }
    }
  }

  /** The client's own batch does not distinguish a refused commit from a failed one, so the headers of ADR-50 are written here. */
  private async storeBatch(changes: ReadonlyMap<string, Write>, fence: Fence): Promise<number> {
    const id = nuid.next();
    const { client } = this.connection;
    let sequence = 0;
    for (const [key, write] of changes) {
      sequence++;
      const header = this.headersOf(write);
      header.set('Nats-Batch-Id', id);
      header.set('Nats-Batch-Sequence', String(sequence));
      if (sequence === 1) this.addCondition(header, fence, key);
      const subject = subjectOfKey(this.name, key);
      const data = bytesOf(write);
      if (sequence < changes.size) {
        client.publish(subject, data, { headers: header });
        continue;
      }
      header.set('Nats-Batch-Commit', '1');
      return this.store(subject, data, header);
    }
    return 0;
  }

  /** Stores one message and resolves with its sequence. */
  private async store(subject: string, data: Uint8Array, header: MsgHdrs): Promise<number> {
    const { client } = this.connection;
    this.requireFit(data);
    try {
      const message = await this.replies.request(reply => client.publish(subject, data, { headers: header, reply }));
      // An empty status: there is no subscriber, because the server has just started or the stream has no leader.
      if (message.data.length === 0)
        throw new WabusError('BROKER_UNAVAILABLE', { message: 'NATS cannot store records at the moment. Try again.' });
      const acknowledgement = message.json<Acknowledgement>();
      if (acknowledgement.error) throw new JetStreamApiError(acknowledgement.error);
      const { seq: revision } = acknowledgement;
      if (revision > (this.newest?.revision ?? 0)) this.newest = { subject, revision };
      return revision;
    } catch (error) {
      throw storageError(error);
    }
  }

  private requireFit(value: Uint8Array): void {
    if (value.length > this.connection.maxMessageBytes - HEADER_BYTES) throw new WabusError('PAYLOAD_TOO_LARGE');
  }

  private headersOf(write: Write): MsgHdrs {
    const header = headers();
    for (const [name, content] of headerFields(write, this.markerTtlMs)) header.set(name, content);
    return header;
  }

  private addCondition(header: MsgHdrs, condition: Fence, key: string): void {
    header.set(EXPECTED, String(condition.revision));
    if (condition.key !== key) header.set(EXPECTED_SUBJECT, subjectOfKey(this.name, condition.key));
  }
}
