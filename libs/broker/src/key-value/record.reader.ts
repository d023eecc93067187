import { JetStreamApiError } from '@nats-io/jetstream';
import { WabusError } from '@wabus/contracts';
import type { NatsConnection } from '../connection/nats-connection.js';
import { ReplyInbox } from '../connection/reply-inbox.js';
import { JETSTREAM_CODE } from '../errors/broker-error.mapper.js';
import type { StoredMessage } from '../streams/stored-message.js';

interface Answer {
  message?: { subject: string; seq: number; hdrs?: string; data?: string };
  error?: { code: number; err_code: number; description: string };
}

/**
 * Requests the last message of a subject from the stream's leader.
 * The client's own request creates an `Error` per request, and another one for each missing record:
 * most records that a projection reads are new.
 */
export class RecordReader {
  private readonly replies: ReplyInbox;
  private readonly subject: string;

  constructor(
    private readonly connection: NatsConnection,
    stream: string
  ) {
    this.replies = new ReplyInbox(connection, null);
    this.subject = `$JS.API.STREAM.MSG.GET.${stream}`;
  }

  /** Returns `null` if there is none. Throws the server's error, or `BROKER_UNAVAILABLE`. */
  async last(subject: string): Promise<Omit<StoredMessage, 'size'> | null> {
    const query = JSON.stringify({ last_by_subj: subject });
    const reply = await this.replies.request(inbox => this.connection.client.publish(this.subject, query, { reply: inbox }));
    if (reply.data.length === 0)
      throw new WabusError('BROKER_UNAVAILABLE', { message: 'NATS cannot read records at the moment. Try again.' });
    const { message, error } = reply.json<Answer>();
    if (error?.err_code === JETSTREAM_CODE.messageNotFound) return null;
    if (error !== undefined || message === undefined)
      throw new JetStreamApiError(error ?? { code: 500, err_code: 0, description: 'no message' });
    return recordOf(message);
  }
}

function recordOf({ subject, seq, hdrs, data = '' }: NonNullable<Answer['message']>): Omit<StoredMessage, 'size'> {
  const bytes = Buffer.from(data, 'base64');
  const lines = hdrs === undefined ? [] : Buffer.from(hdrs, 'base64').toString().split('\r\n');
  return {
    subject,
    sequence: seq,
    data: bytes,
    header: name => {
      const line = lines.find(each => each.startsWith(`${name}:`));
      return line?.slice(name.length + 1).trim() || undefined;
    },
    text: () => bytes.toString()
  };
}
