import type { NatsConnection } from '../connection/nats.connection.js';
import { isNoResponders } from '../errors/broker-error.mapper.js';
import { Presence, type Announcement, type PresenceAnswer } from './presence.js';

const NAME = /^[A-Za-z0-9_-]+$/;

export class NatsPresence extends Presence {
  constructor(private readonly connection: NatsConnection) {
    super();
  }

  async announce(name: string): Promise<Announcement> {
    const { client } = this.connection;
    const subscription = client.subscribe(presenceSubject(name), { callback: (error, message) => void (error ?? message.respond()) });
    // Without a connection the client subscribes when it is back.
    if (this.connection.isConnected) await client.flush().catch(() => undefined);
    return { withdraw: () => Promise.resolve(subscription.unsubscribe()) };
  }

  async ask(name: string, timeoutMs: number): Promise<PresenceAnswer> {
    const subject = presenceSubject(name);
    if (!this.connection.isConnected) return 'silent';
    try {
      await this.connection.client.request(subject, '', { timeout: timeoutMs });
      return 'present';
    } catch (error) {
      return isNoResponders(error) ? 'nobody' : 'silent';
    }
  }
}

/** Between connectors only; no other process needs this subject. */
function presenceSubject(name: string): string {
  if (!NAME.test(name)) throw new RangeError(`not a name for presence: ${JSON.stringify(name)}`);
  return `wa.presence.${name}`;
}
