import type { Msg, Subscription } from '@nats-io/transport-node';
import { WabusError } from '@wabus/contracts';
import type { NatsConnection } from '../connection/nats-connection.js';
import { headerOf, headerReaderOf, storedMessage, type StoredMessage } from '../streams/stored-message.js';

/** nats-server answers with at most 1,024 messages, all of them under a lock of the stream. */
export const MAX_RECORD_SET = 512;
const END_OF_BATCH = 204;

/** The last messages of some subjects. */
export interface RecordSet {
  readonly messages: readonly StoredMessage[];
  /** The replica that answered has everything up to this sequence. */
  readonly upTo: number;
}

/** Requests the last messages of many subjects at once (ADR-31). Any replica may answer, including one that lags behind the leader. */
export class RecordSetReader {
  private readonly subject: string;

  constructor(
    private readonly connection: NatsConnection,
    stream: string
  ) {
    this.subject = `$JS.API.DIRECT.GET.${stream}`;
  }

  /**
   * Reads at most `MAX_RECORD_SET` subjects.
   * Returns `null` if the answer does not cover all of them: none of them exists, the server does not support such requests, or it cut the answer at
   * `max_pending` bytes.
   */
  read(subjects: readonly string[]): Promise<RecordSet | null> {
    const { client, requestTimeoutMs } = this.connection;
    const messages: StoredMessage[] = [];
    let subscription: Subscription | null = null;
    let late: NodeJS.Timeout | undefined;
    const answer = new Promise<RecordSet | null>((resolve, reject) => {
      late = setTimeout(() => reject(new WabusError('BROKER_UNAVAILABLE', { message: 'NATS did not reply.' })), requestTimeoutMs);
      const inbox = this.connection.createInbox();
      subscription = client.subscribe(inbox, {
        callback: (error, message) => {
          if (error) return reject(error);
          const stored = recordIn(message);
          if (stored !== null) messages.push(stored);
          else resolve(isWhole(message) ? { messages, upTo: Number(headerOf(message, 'Nats-UpTo-Sequence')) } : null);
        }
      });
      client.publish(this.subject, JSON.stringify({ multi_last: subjects }), { reply: inbox });
    });
    return answer.finally(() => {
      clearTimeout(late);
      subscription?.unsubscribe();
    });
  }
}

/** Returns whether a status reports that everything was sent. */
function isWhole(status: Msg): boolean {
  return status.headers?.code === END_OF_BATCH && headerOf(status, 'Nats-Num-Pending') === '0';
}

/** Returns `null` for a status. */
function recordIn(message: Msg): StoredMessage | null {
  const header = headerReaderOf(message);
  const [subject, sequence] = [header('Nats-Subject'), Number(header('Nats-Sequence'))];
  return subject !== undefined && sequence > 0 ? storedMessage(message, sequence, subject, header) : null;
}
