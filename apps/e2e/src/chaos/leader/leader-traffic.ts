import { WabusEventServer, type EventPayloads, type WabusEventContext } from '@wabus/nest';
import { WabusClient } from '@wabus/sdk';
import { WebhookReceiver, type ReceivedDelivery, type SimulatedAccount, type StormChat } from '@wabus/testing';
import type { WabusFixture } from '../../wabus.fixture.js';
import type { ExpectedMessage } from '../storm/storm.checker.js';
import { allPages } from '../storm/storm.fixture.js';
import { CarefulClient } from './careful.client.js';
import type { ReaderArrival } from './leader.checker.js';

type Upsert = EventPayloads['messages.upsert'];
type Closing = () => Promise<unknown>;

/**
 * All readers of events through NATS: a webhook endpoint, a durable subscription
 * over Socket.IO and a Nest service. Also clients that store files and lists.
 */
export class LeaderTraffic implements AsyncDisposable {
  readonly readers: Readonly<Record<'webhook' | 'subscription' | 'service', ReaderArrival[]>> = {
    webhook: [],
    subscription: [],
    service: []
  };
  readonly careful: CarefulClient[] = [];
  readonly complaints: string[] = [];
  private readonly chats: StormChat[] = [];
  private readonly closings: Closing[] = [];

  private constructor(
    private readonly wabus: WabusFixture,
    private readonly accounts: ReadonlyMap<string, SimulatedAccount>
  ) {}

  /** Resolves once every reader is served, so that each gets every message written from then on. */
  static async start(wabus: WabusFixture, accounts: ReadonlyMap<string, SimulatedAccount>): Promise<LeaderTraffic> {
    const traffic = new LeaderTraffic(wabus, accounts);
    try {
      for (const [session, { phoneNumber }] of accounts) {
        for (const name of ['one', 'two']) {
          const contact = await wabus.control.createAccount({});
          traffic.chats.push({ name: `${session}-${name}`, from: [contact.phoneNumber], to: phoneNumber });
        }
      }
      await traffic.openWebhook();
      await traffic.openSubscription();
      await traffic.openService();
      traffic.careful.push(...wabus.clients.map(client => new CarefulClient(client, [...accounts.keys()][0]!)));
      return traffic;
    } catch (error) {
      await traffic[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Makes contacts write in every chat. */
  async write(perSecond: number): Promise<void> {
    await this.wabus.control.startStorm({ chats: [...this.chats], perSecond, maxUnconfirmed: 300 });
  }

  /** Resolves with the messages of the contacts, for each session that must get them. */
  async expected(): Promise<ExpectedMessage[]> {
    const sessions = new Map([...this.accounts].map(([session, { phoneNumber }]) => [phoneNumber, session]));
    const messages = await allPages(args => this.wabus.control.stormMessages(args));
    return messages.flatMap(({ chat, n, text, to }) => to.map(phoneNumber => ({ receiver: sessions.get(phoneNumber)!, chat, n, text })));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.careful.map(client => client.stop()));
    for (const close of this.closings.splice(0).reverse()) await close();
  }

  private async openWebhook(): Promise<void> {
    const receiver = await WebhookReceiver.listen(delivery => {
      this.take('webhook', readDelivery(delivery));
      return 204;
    });
    this.closings.push(() => receiver.close());
    const { status, body } = await this.wabus.edge.post('/api/webhooks', { url: receiver.url, events: ['messages.upsert'] });
    if (status !== 201) throw new Error(`the webhook was refused: ${status} ${JSON.stringify(body)}`);
  }

  private async openSubscription(): Promise<void> {
    const client = new WabusClient({ url: this.wabus.clients.at(-1)!.url, token: this.wabus.token });
    this.closings.push(() => client.close());
    client.onError(({ code, retryable }) => void (retryable || this.complaints.push(`the subscription failed with ${code}`)));
    await client.durable('leader', { events: ['messages.upsert'] }, ({ id, session, data }) =>
      this.take('subscription', { id, session, data })
    );
  }

  private async openService(): Promise<void> {
    const service = new WabusEventServer({ servers: this.wabus.natsUrl.split(','), consumer: 'service' });
    this.closings.push(() => service.close());
    const handle = (data: Upsert, { id, session }: WabusEventContext): Promise<void> =>
      Promise.resolve(this.take('service', { id, session, data }));
    service.addHandler('messages.upsert', handle, true);
    await new Promise<void>((resolve, reject) =>
      service.listen(error => (error === undefined ? resolve() : reject(new Error('the service did not start', { cause: error }))))
    );
  }

  private take(reader: keyof LeaderTraffic['readers'], { id, session, data }: { id: string; session: string; data: Upsert }): void {
    for (const { message } of data.messages) {
      const text: unknown = message?.conversation ?? message?.extendedTextMessage?.text;
      if (typeof text === 'string' && text.startsWith('storm ')) this.readers[reader].push({ id, receiver: session, text, at: Date.now() });
    }
  }
}

function readDelivery({ headers, json }: ReceivedDelivery): { id: string; session: string; data: Upsert } {
  const { session, data } = json as { session: string; data: Upsert };
  return { id: String(headers['webhook-id']), session, data };
}
