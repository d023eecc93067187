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

/** The event of a dead letter, `null` when the event log no longer has it. Throws `BROKER_UNAVAILABLE`. */
export async function eventOfLetter(log: EventLog, { letter, record }: StoredLetter): Promise<LoggedEvent | null> {
  const { id, session, event } = record.facts;
  const { events } = await log.page(letter - 1, { sessions: [session], events: [event] }, { maxEvents: 1, maxBytes: 1 });
  const found = events[0];
  // The id tells the event from one at the same place in a log that replaced the old one.
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

/** The dead letters of all subscriptions: what is known of each; the event itself stays in the event log. */
@Injectable()
export class DeadLetterStore {
  private readonly bucket: KeyValue;
  private readonly logger: Logger;

  constructor(buckets: KeyValueBuckets, log: Log) {
    this.logger = log.for('subscriptions');
    this.bucket = buckets.bucket(SUBSCRIPTIONS_BUCKET);
  }

  /** Adds a letter; the same one again replaces it. */
  async add(name: SubscriptionName, letter: number, record: DeadLetterRecord): Promise<void> {
    await this.bucket.put(deadLetterKey(name, letter), encodeJsonRecord(record));
  }

  /** All letters of a subscription, oldest event first. */
  async list(name: SubscriptionName): Promise<StoredLetter[]> {
    const entries = await this.bucket.list(deadLetterKeysOf(name));
    return entries.flatMap(entry => this.stored(entry) ?? []).sort((a, b) => a.letter - b.letter);
  }

  /** How many all subscriptions have together. */
  async count(): Promise<number> {
    return (await this.bucket.list(deadLetterKeysOf('*' as SubscriptionName))).length;
  }

  /** The letter as it is afterwards, `null` when somebody else changed it first. */
  async change(stored: StoredLetter, record: DeadLetterRecord): Promise<StoredLetter | null> {
    const outcome = await this.bucket.compareAndSet(deadLetterKey(stored.name, stored.letter), encodeJsonRecord(record), stored.revision);
    return outcome.written ? { ...stored, record, revision: outcome.revision } : null;
  }

  /** `false` when somebody else changed it first. */
  async remove({ name, letter, revision }: StoredLetter): Promise<boolean> {
    return (await this.bucket.delete(deadLetterKey(name, letter), revision)).written;
  }

  /** Reports every present letter of a subscription and every change. */
  watch(name: SubscriptionName, handler: (change: LetterChange) => void): Promise<Watch> {
    return this.bucket.watch(deadLetterKeysOf(name), change => {
      const letter = parseDeadLetterKey(change.kind === 'put' ? change.entry.key : change.key)?.letter;
      if (letter !== undefined) handler({ letter, stored: change.kind === 'put' ? this.stored(change.entry) : null });
    });
  }

  /** A damaged letter is skipped: its event stays in the event log, and the letter goes with its subscription. */
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
