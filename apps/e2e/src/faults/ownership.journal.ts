import { DeliverPolicy, jetstream, type ConsumerMessages, type JetStreamClient, type JsMsg } from '@nats-io/jetstream';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import { OWNERSHIP_BUCKET } from '@wabus/contracts';
import type { JournalEntry } from './ownership.checker.js';

const PREFIX = `$KV.${OWNERSHIP_BUCKET}.`;
const STREAM = `KV_${OWNERSHIP_BUCKET}`;
const EXPECTED = 'Nats-Expected-Last-Subject-Sequence';
const EXPECTED_SUBJECT = 'Nats-Expected-Last-Subject-Sequence-Subject';
const WRONG_LAST_SEQUENCE = new Set<unknown>([10071, 10164]);

/** Follows the stream of the ownership bucket, which itself keeps only the last write of each key. */
export class OwnershipJournal implements AsyncDisposable {
  private readonly bySequence = new Map<number, JournalEntry>();
  private reading: ConsumerMessages | null = null;

  private constructor(
    private readonly connection: NatsConnection,
    private readonly client: JetStreamClient
  ) {}

  /** Begins to read; the bucket must exist. */
  static async open(servers: string): Promise<OwnershipJournal> {
    const connection = await connect({ servers: servers.split(','), maxReconnectAttempts: -1, reconnectTimeWait: 100 });
    const journal = new OwnershipJournal(connection, jetstream(connection));
    const consumer = await journal.client.consumers.get(STREAM, { deliver_policy: DeliverPolicy.All });
    journal.reading = await consumer.consume({ callback: message => journal.note(message) });
    return journal;
  }

  get entries(): JournalEntry[] {
    return [...this.bySequence.values()];
  }

  /** Reads the current content of the stream again, in case the consumer has stalled during a fault. */
  async catchUp(): Promise<void> {
    const consumer = await this.client.consumers.get(STREAM, { deliver_policy: DeliverPolicy.All });
    const { num_pending } = await consumer.info();
    if (num_pending === 0) return;
    for await (const message of await consumer.fetch({ max_messages: num_pending, expires: 5_000 })) this.note(message);
  }

  /** Tries to write a key of a session with an epoch, as a connector does. Resolves with whether the server accepted it. */
  async write(session: string, epoch: number): Promise<'written' | 'refused'> {
    const header = headers();
    header.set(EXPECTED, String(epoch));
    header.set(EXPECTED_SUBJECT, `${PREFIX}own.${session}`);
    try {
      await this.client.publish(`${PREFIX}auth.${session}.probe`, 'probe', { headers: header });
      return 'written';
    } catch (error) {
      if (WRONG_LAST_SEQUENCE.has((error as { code?: unknown }).code)) return 'refused';
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.reading?.close();
    await this.connection.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  private note(message: JsMsg): void {
    const { seq: sequence, subject } = message;
    const key = subject.slice(PREFIX.length);
    const expected = message.headers?.get(EXPECTED);
    this.bySequence.set(sequence, {
      sequence,
      key,
      // The owner key is its own condition; only a write with the owner key as its condition is fenced by it.
      fence: expected && message.headers?.get(EXPECTED_SUBJECT).startsWith(`${PREFIX}own.`) ? Number(expected) : null,
      batch: message.headers?.get('Nats-Batch-Id') || null,
      owner: key.startsWith('own.') && message.data.length > 0 ? message.json<{ connector: string | null }>().connector : null
    });
  }
}
