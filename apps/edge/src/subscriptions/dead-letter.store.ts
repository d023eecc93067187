import { Injectable } from '@nestjs/common';
import { KeyValueBuckets, type Entry, type EventLog, type KeyValue, type LoggedEvent, type Watch } from '@wabus/broker';
import {
  SUBSCRIPTIONS_BUCKET,
  deadLetterKey,
  deadLetterKeysOf,
  decodeJsonRecord,
  encodeJsonRecord,
  parseDeadLetterKey,
  type DeadLetterRecord,
  type SubscriptionName
} from '@wabus/contracts';
import { Log, type Logger } from '@wabus/runtime';

/** Returns the event of a dead letter, or `null` if the event log no longer contains it. Throws `BROKER_UNAVAILABLE`. */
export async function eventOfLetter(log: EventLog, { letter, record }: StoredLetter): Promise<LoggedEvent | null> {
  const { id, session, event } = record.facts;
  const { events } = await log.page(letter - 1, { sessions: [session], events: [event] }, { maxEvents: 1, maxBytes: 1 });
  const found = events[0];
  // If another log has replaced the old one, its event at this sequence has a different id.
  return found?.sequence === letter && found.facts.id === id ? found : null;
}

/** A dead letter at one revision of its record. */
export interface StoredLetter {
  readonly name: SubscriptionName;
  /** The sequence of its event. */
  readonly letter: number;
  readonly record: DeadLetterRecord;
  readonly revision: number;
}

export type LetterChange = { readonly letter: number; readonly stored: StoredLetter | null };

/** The dead letters of all subscriptions. A record contains the facts about a dead letter; the event itself stays in the event log. */
@Injectable()
export class DeadLetterStore {
  private readonly bucket: KeyValue;
  private readonly logger: Logger;

  constructor(buckets: KeyValueBuckets, log: Log) {
    this.logger = log.for('subscriptions');
    this.bucket = buckets.bucket(SUBSCRIPTIONS_BUCKET);
  }

  /** Adds a dead letter, or replaces it if it exists. */
  async add(name: SubscriptionName, letter: number, record: DeadLetterRecord): Promise<void> {
    await this.bucket.put(deadLetterKey(name, letter), encodeJsonRecord(record));
  }

  /** Returns all dead letters of a subscription, oldest event first. */
  async list(name: SubscriptionName): Promise<StoredLetter[]> {
    const entries = await this.bucket.list(deadLetterKeysOf(name));
    return entries.flatMap(entry => this.stored(entry) ?? []).sort((a, b) => a.letter - b.letter);
  }

  /** Returns the number of dead letters of all subscriptions. */
  async count(): Promise<number> {
    return (await this.bucket.list(deadLetterKeysOf('*' as SubscriptionName))).length;
  }

  /** Returns the changed dead letter, or `null` if it was changed concurrently. */
  async change(stored: StoredLetter, record: DeadLetterRecord): Promise<StoredLetter | null> {
    const outcome = await this.bucket.compareAndSet(deadLetterKey(stored.name, stored.letter), encodeJsonRecord(record), stored.revision);
    return outcome.written ? { ...stored, record, revision: outcome.revision } : null;
  }

  /** Returns `false` if the dead letter was changed concurrently. */
  async remove({ name, letter, revision }: StoredLetter): Promise<boolean> {
    return (await this.bucket.delete(deadLetterKey(name, letter), revision)).written;
  }

  /** Reports every existing dead letter of a subscription and every change. */
  watch(name: SubscriptionName, handler: (change: LetterChange) => void): Promise<Watch> {
    return this.bucket.watch(deadLetterKeysOf(name), change => {
      const letter = parseDeadLetterKey(change.kind === 'put' ? change.entry.key : change.key)?.letter;
      if (letter !== undefined) handler({ letter, stored: change.kind === 'put' ? this.stored(change.entry) : null });
    });
  }

  /** A damaged record is skipped. Its event stays in the event log, and the record is deleted together with its subscription. */
  private stored({ key, value, revision }: Entry): StoredLetter | null {
    const parsed = parseDeadLetterKey(key);
    if (parsed === null) return null;
    const record = decodeJsonRecord<DeadLetterRecord>(value, isLetter);
    if (record !== null) return { ...parsed, record, revision };
    this.logger.error({ record: key, revision }, 'skipping malformed dead letter');
    return null;
  }
}

const isLetter = ({ facts, cursor, attempts }: Partial<DeadLetterRecord>): boolean =>
  typeof facts?.session === 'string' && typeof cursor === 'string' && typeof attempts === 'number';
