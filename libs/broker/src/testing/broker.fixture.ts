import { Logger } from '@nestjs/common';
import type { SessionId } from '@wabus/contracts';
import { launchNatsServer, type NatsServer, type NatsServerOptions } from '@wabus/testing';
import { firstValueFrom } from 'rxjs';
import { openBroker, type Broker } from '../broker.js';
import type { BrokerOptions, BrokerConnection } from '../broker.options.js';
import type { CommandContext } from '../transport/command.context.js';
import type { OutgoingCommand } from '../transport/command.proxy.js';
import type { SessionBinding } from '../transport/command.server.js';

export const BUCKET = 'TEST';

type FixtureOptions = Partial<Omit<BrokerOptions, 'connection'>> & Partial<BrokerConnection> & { url?: string };

/** A nats-server for one test, and brokers connected to it; all are closed at the end. */
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

export type CommandAnswer = (body: string, context: CommandContext) => unknown;

const METHODS = ['sendMessage', 'getPasskey', 'restoreSession', 'x'];

/** Binds a session to a broker's command server, as its owner does. `answer` handles every method. */
export function bindSession(
  broker: Broker,
  { session, epoch, answer }: { session: SessionId; epoch: number; answer: CommandAnswer }
): Promise<SessionBinding> {
  for (const method of METHODS) {
    const handler = async (body: string, context: CommandContext): Promise<unknown> => (context.owner as CommandAnswer)(body, context);
    broker.commandServer.addHandler(method, handler, false, { deadlineMs: 2_000 });
  }
  return broker.commandServer.bind(session, epoch, answer);
}

/** Sends a command as an edge does. */
export function sendCommand(broker: Broker, method: string, command: OutgoingCommand): Promise<unknown> {
  return firstValueFrom(broker.commandProxy.send<unknown>(method, command), { defaultValue: undefined });
}
