import { Injectable } from '@nestjs/common';
import { KeyValueBuckets, type Entry, type KeyValue, type Watch } from '@wabus/broker';
import {
  deadLetterKey,
  deadLetterKeysOf,
  parseDeadLetterKey,
  SUBSCRIPTIONS_BUCKET,
  type DeadLetterRecord,
  type SubscriptionName
} from '@wabus/contracts';

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

  constructor(buckets: KeyValueBuckets) {
    this.bucket = buckets.bucket(SUBSCRIPTIONS_BUCKET);
  }

  /** Adds a letter; the same one again replaces it. */
  async add(name: SubscriptionName, letter: number, record: DeadLetterRecord): Promise<void> {
    await this.bucket.put(deadLetterKey(name, letter), encode(record));
  }

  /** All letters of a subscription, oldest event first. */
  async list(name: SubscriptionName): Promise<StoredLetter[]> {
    const entries = await this.bucket.list(deadLetterKeysOf(name));
    return entries.flatMap(entry => storedLetter(entry) ?? []).sort((a, b) => a.letter - b.letter);
  }

  /** The letter as it is afterwards, `null` when somebody else changed it first. */
  async change(stored: StoredLetter, record: DeadLetterRecord): Promise<StoredLetter | null> {
    const outcome = await this.bucket.compareAndSet(deadLetterKey(stored.name, stored.letter), encode(record), stored.revision);
    return outcome.written ? { ...stored, record, revision: outcome.revision } : null;
  }

  /** `false` when somebody else changed it first. */
  async remove({ name, letter, revision }: StoredLetter): Promise<boolean> {
    return (await this.bucket.delete(deadLetterKey(name, letter), revision)).written;
  }

  /** Tells of every letter of a subscription that is there and of every change. */
  watch(name: SubscriptionName, handler: (change: LetterChange) => void): Promise<Watch> {
    return this.bucket.watch(deadLetterKeysOf(name), change => {
      const letter = parseDeadLetterKey(change.kind === 'put' ? change.entry.key : change.key)?.letter;
      if (letter !== undefined) handler({ letter, stored: change.kind === 'put' ? storedLetter(change.entry) : null });
    });
  }
}

function storedLetter({ key, value, revision }: Entry): StoredLetter | null {
  const parsed = parseDeadLetterKey(key);
  return parsed && { ...parsed, record: JSON.parse(Buffer.from(value).toString('utf8')) as DeadLetterRecord, revision };
}

function encode(record: DeadLetterRecord): Uint8Array {
  return Buffer.from(JSON.stringify(record), 'utf8');
}
