import { JetStreamApiError, type ConsumerConfig, type ConsumerInfo } from '@nats-io/jetstream';
import { nuid } from '@nats-io/transport-node';
import type { NatsConnection } from '../connection/nats-connection.js';

/** What the passing consumers of our readers begin with; the names of services may not (tools/nats/services.codec.mjs). */
const READER_PREFIX = 'reader_';

type Answer = ConsumerInfo & { error?: { code: number; err_code: number; description: string } };
type Settings = Omit<Partial<ConsumerConfig>, 'name'>;

/** A consumer that lives as long as somebody reads through it. */
export function createReader(connection: NatsConnection, stream: string, settings: Settings): Promise<ConsumerInfo> {
  return putConsumer(connection, { stream, name: READER_PREFIX + nuid.next() }, { settings, action: 'create' });
}

/**
 * Creates or changes a consumer, with its name in the subject of the request, which is what NATS permits or refuses. The client's own request leaves it out when
 * there are several filters, and the server then takes whatever name is in the body.
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
