import { Logger } from '@nestjs/common';
import { openBroker, type Broker } from '@wabus/broker';
import { SUBSCRIPTIONS_BUCKET, deadLetterKey, subscriptionKey, type SubscriptionName } from '@wabus/contracts';
import { Log, createLogger } from '@wabus/runtime';
import { launchNatsServer, type NatsServer } from '@wabus/testing';
import { DeadLetterStore } from './dead-letter.store.js';
import { SubscriptionStore, type SubscriptionSettings } from './subscription.store.js';

const DAMAGED = ['{"name":', 'null', '[]', '{}'];
const name = 'orders' as SubscriptionName;

describe('damaged records of subscriptions', () => {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  const log = new Log(createLogger({ service: 'edge', level: 'info', destination }));
  let server: NatsServer;
  let broker: Broker;

  beforeAll(async () => {
    Logger.overrideLogger(['fatal']);
    server = await launchNatsServer();
    broker = await openBroker({
      connection: { servers: [server.url], name: 'test' },
      buckets: [{ name: SUBSCRIPTIONS_BUCKET }]
    });
  });
  afterAll(async () => {
    await broker.close();
    await server.stop();
  });
  beforeEach(() => void (lines.length = 0));

  it.each(DAMAGED)('are skipped and logged: %s', async text => {
    const bucket = broker.buckets.bucket(SUBSCRIPTIONS_BUCKET);
    await bucket.put(subscriptionKey(name), Buffer.from(text));
    await bucket.put(deadLetterKey(name, 7), Buffer.from(text));
    const settings = { createdPerMinute: 60, perToken: 5, inAll: 5 } as SubscriptionSettings;
    const subscriptions = new SubscriptionStore(broker.buckets, settings, log);
    expect(await subscriptions.get(name)).toBeNull();
    expect(await subscriptions.list()).toEqual([]);
    expect(await new DeadLetterStore(broker.buckets, log).list(name)).toEqual([]);
    expect(new Set(lines.map(({ record }) => record))).toEqual(new Set([subscriptionKey(name), deadLetterKey(name, 7)]));
  });
});
