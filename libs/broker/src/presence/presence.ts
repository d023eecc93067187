import type { NatsConnection } from '../connection/nats-connection.js';
import { isNoResponders } from '../errors/broker-error.mapper.js';

/** `nobody`: the broker reports that no process announced the name. `silent`: a process may exist, but it or the broker did not answer in time. */
export type PresenceAnswer = 'present' | 'nobody' | 'silent';

export interface Announcement {
  /** Stops answering: others then get `nobody`. */
  withdraw(): Promise<void>;
}

const NAME = /^[A-Za-z0-9_-]+$/;

/** Lets processes check whether another process is present. A name is one token of `A-Z a-z 0-9 _ -`. */
export class Presence {
  constructor(private readonly connection: NatsConnection) {}

  /** Answers for a name until the process ends or the announcement is withdrawn. */
  async announce(name: string): Promise<Announcement> {
    const { client } = this.connection;
    const subscription = client.subscribe(presenceSubject(name), { callback: (error, message) => void (error ?? message.respond()) });
    // Without a connection, the client subscribes when it reconnects.
    if (this.connection.isConnected) await client.flush().catch(() => undefined);
    return { withdraw: () => Promise.resolve(subscription.unsubscribe()) };
  }

  /** Checks whether a process answers for a name. Never throws. */
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

/** Used between connectors only; no other process needs this subject. */
function presenceSubject(name: string): string {
  if (!NAME.test(name)) throw new RangeError(`invalid presence name: ${JSON.stringify(name)}`);
  return `wa.presence.${name}`;
}
