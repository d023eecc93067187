import { WabusError } from '@wabus/contracts';
import type { NatsConnection } from './nats-connection.js';
import type { NotStoring } from './storing.state.js';

const TIMEOUT_MS = 2_000;

/** Checks whether the broker answers and stores, for readiness checks. */
export class BrokerHealth {
  constructor(private readonly connection: NatsConnection) {}

  /**
   * Resolves if the connection is up, JetStream answers, and the recent writes of this process were stored.
   * Otherwise throws `BROKER_UNAVAILABLE` within two seconds. If the broker answers but does not store, `details.notStored` contains the names of the streams.
   */
  async check(): Promise<void> {
    if (!this.connection.isConnected)
      throw new WabusError('BROKER_UNAVAILABLE', { message: 'There is no connection to NATS at the moment.' });
    try {
      await this.connection.client.request('$JS.API.INFO', '', { timeout: TIMEOUT_MS });
    } catch (error) {
      throw new WabusError('BROKER_UNAVAILABLE', { cause: error });
    }
    const notStored = this.connection.storing.trouble;
    if (notStored.length > 0) {
      throw new WabusError('BROKER_UNAVAILABLE', {
        message: `NATS responds but does not store data in ${notStored.map(storingFault).join(', ')}. Free up space on its disk, then restart NATS if it does not recover.`,
        details: { notStored: notStored.map(({ stream }) => stream) }
      });
    }
  }
}

/** A server whose disk is full gives no reason: it does not answer the write. */
function storingFault({ stream, reason }: NotStoring): string {
  return `${stream} (${reason ?? 'no answer to writes: disk full, or too slow'})`;
}
