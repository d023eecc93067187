import { JetStreamApiError, type ConsumerConfig, type ConsumerInfo } from '@nats-io/jetstream';
import { nuid } from '@nats-io/transport-node';
import type { NatsConnection } from '../connection/nats-connection.js';

/** The prefix of ephemeral reader consumers; names of services must not begin with it (tools/nats/services.codec.mjs). */
const READER_PREFIX = 'reader_';

type Answer = ConsumerInfo & { error?: { code: number; err_code: number; description: string } };
type Settings = Omit<Partial<ConsumerConfig>, 'name'>;

/** Creates a consumer that exists as long as a process reads through it. */
export function createReader(connection: NatsConnection, stream: string, settings: Settings): Promise<ConsumerInfo> {
  return putConsumer(connection, { stream, name: READER_PREFIX + nuid.next() }, { settings, action: 'create' });
}

/**
 * Creates or updates a consumer with its name in the subject of the request, which is what NATS permits or refuses.
 * The client's own request omits the name if there are several filters, and the server then accepts any name in the body.
 * @throws {JetStreamApiError} as the client does
 */
export async function putConsumer(
  connection: NatsConnection,
  { stream, name }: { stream: string; name: string },
  { settings, action }: { settings: Settings; action: 'create' | 'update' }
): Promise<ConsumerInfo> {
  const request = { stream_name: stream, config: { ...settings, name }, action };
  const timeout = connection.requestTimeoutMs;
  const reply = await connection.client.request(`$JS.API.CONSUMER.CREATE.${stream}.${name}`, JSON.stringify(request), { timeout });
  const answer = reply.json<Answer>();
  if (answer.error) throw new JetStreamApiError(answer.error);
  return answer;
}
