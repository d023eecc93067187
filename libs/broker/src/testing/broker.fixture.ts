import { Logger } from '@nestjs/common';
import { launchNatsServer, type NatsServer, type NatsServerOptions } from '@wabus/testing';
import { openBroker, type Broker } from '../broker.js';
import type { BrokerOptions, ConnectionSettings } from '../broker.options.js';

export const BUCKET = 'TEST';

type FixtureOptions = Partial<Omit<BrokerOptions, 'connection'>> & Partial<ConnectionSettings> & { url?: string };

/** A nats-server of a test's own and brokers on it, all closed at the end. */
export class BrokerFixture {
  private readonly brokers: Broker[] = [];

  private constructor(readonly server: NatsServer) {}

  static async launch(options: NatsServerOptions = {}): Promise<BrokerFixture> {
    Logger.overrideLogger(['fatal']);
    return new BrokerFixture(await launchNatsServer(options));
  }

  async open({ url, eventLog, buckets, objectStores, ...connection }: FixtureOptions = {}): Promise<Broker> {
    const broker = await openBroker({
      connection: { servers: [url ?? this.server.url], name: 'test', ...connection },
      eventLog,
      objectStores,
      buckets: buckets ?? [{ name: BUCKET }]
    });
    this.brokers.push(broker);
    return broker;
  }

  async close(): Promise<void> {
    await Promise.all(this.brokers.map(broker => broker.close()));
    await this.server.stop();
  }
}
