import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import {
  encodeEventHeaders,
  eventSubject,
  type ChatView,
  type CreatedWebhook,
  type EventName,
  type ModelPage,
  type ModelStatus,
  type SessionId,
  type WebhookView
} from '@wabus/contracts';
import {
  awaitCondition,
  createTempFolder,
  EdgeClient,
  findFreePort,
  launchNatsCluster,
  launchNatsServer,
  launchProcess,
  WebhookReceiver,
  type LaunchedProcess,
  type ReceivedDelivery
} from '@wabus/testing';

const SESSIONS = ['a', 'b', 'c', 'd'];

/** A broker with one server or a cluster. */
interface Servers {
  readonly url: string;
  stop(): Promise<void>;
}

/** Edges as processes on one broker; the test takes the part of the connectors. */
class Edges implements AsyncDisposable {
  readonly processes: LaunchedProcess[] = [];
  readonly clients: EdgeClient[] = [];
  private readonly folder = createTempFolder('webhooks');
  private readonly token = randomBytes(24).toString('base64url');
  private published = 0;

  private constructor(
    private readonly server: Servers,
    private readonly nats: NatsConnection,
    private readonly replicas: number
  ) {
    writeFileSync(join(this.folder.path, 'tokens'), `${this.token}\n`, { mode: 0o600 });
  }

  static async start(count: number, server?: Servers): Promise<Edges> {
    const used = server ?? (await launchNatsServer());
    const edges = new Edges(used, await connect({ servers: used.url.split(',') }), server === undefined ? 1 : 3);
    for (let i = 0; i < count; i++) await edges.add();
    return edges;
  }

  async add(): Promise<void> {
    const port = await findFreePort();
    const edge = await launchProcess({
      name: 'edge',
      main: 'edge',
      readyUrl: `http://127.0.0.1:${port}/health/ready`,
      env: {
        WABUS_NATS_URL: this.server.url,
        WABUS_REPLICAS: String(this.replicas),
        WABUS_ACCESS_TOKEN_FILE: join(this.folder.path, 'tokens'),
        WABUS_EDGE_PORT: String(port),
        WABUS_EGRESS_ALLOW: '127.0.0.1',
        WABUS_WEBHOOK_RETRY_BASE_MS: '50',
        WABUS_WEBHOOK_RETRY_CAP_MS: '200',
        WABUS_WEBHOOK_MAX_ATTEMPTS: '1000',
        WABUS_WEBHOOK_BREAKER_FAILURES: '1000',
        WABUS_WEBHOOK_LEASE_MS: '1500',
        WABUS_MODELS_LEASE_MS: '1500'
      }
    });
    this.processes.push(edge);
    this.clients.push(new EdgeClient(`http://127.0.0.1:${port}`, this.token));
  }

  /** Creates webhooks, from one edge after the other, until there are six or more and each edge dispatches some of them: a hash decides which. */
  async sharedWebhooks(url: string): Promise<CreatedWebhook[]> {
    const webhooks: CreatedWebhook[] = [];
    const owners = async (): Promise<(string | null)[]> => {
      const { body } = await this.clients[0]!.get<{ webhooks: WebhookView[] }>('/api/webhooks');
      return body.webhooks.map(({ state }) => state.edge);
    };
    for (let shared = 0; webhooks.length < 6 || shared < this.clients.length;) {
      const client = this.clients[webhooks.length % this.clients.length]!;
      const { body } = await client.post<CreatedWebhook>('/api/webhooks', { url: `${url}/${webhooks.length}`, events: ['call'] });
      webhooks.push(body);
      const found = await awaitCondition(owners, edges => edges.length === webhooks.length && !edges.includes(null), {
        waitMs: 20_000,
        what: 'an edge for each webhook'
      });
      shared = new Set(found).size;
    }
    return webhooks;
  }

  async publish(session: string, n: number): Promise<void> {
    await this.publishEvent(session, 'call', { n });
  }

  async publishEvent(session: string, event: EventName, payload: object): Promise<void> {
    const facts = {
      id: `e${++this.published}`,
      session: session as SessionId,
      event,
      epoch: 1,
      at: new Date().toISOString(),
      schemaVersion: 1
    };
    const header = headers();
    for (const [name, value] of encodeEventHeaders(facts)) header.set(name, value);
    await this.nats.request(eventSubject(facts.session, facts.event), JSON.stringify(payload), { headers: header, timeout: 5_000 });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.processes.map(edge => edge.kill()));
    await this.nats.close();
    await this.server.stop();
    this.folder.remove();
  }
}

const numberOf = ({ json }: ReceivedDelivery): number => (json as { data: { n: number } }).data.n;
const sessionOf = ({ json }: ReceivedDelivery): string => (json as { session: string }).session;

describe('webhooks of several edges', () => {
  test('get each event once, in order, while edges come and go', async () => {
    await using receiver = await WebhookReceiver.listen();
    await using edges = await Edges.start(2);
    const webhooks = await edges.sharedWebhooks(receiver.url);
    const of = (index: number): ReceivedDelivery[] => receiver.deliveries.filter(({ path }) => path === `/hook/${index}`);
    let published = 0;
    const publish = async (count: number): Promise<void> => {
      for (const end = published + count; published < end;) {
        published++;
        for (const session of SESSIONS) await edges.publish(session, published);
      }
    };
    const complete = (waitMs: number): Promise<unknown> =>
      awaitCondition(
        () => webhooks.map((_, i) => new Set(of(i).map(delivery => `${sessionOf(delivery)}${numberOf(delivery)}`)).size),
        sizes => sizes.every(size => size === published * SESSIONS.length),
        { waitMs, what: 'all deliveries' }
      );

    // Two edges, a third one that joins, one that leaves gracefully: nothing is delivered twice.
    await publish(15);
    await Promise.all([edges.add(), publish(15)]);
    await Promise.all([edges.processes[1]!.stop(), publish(15)]);
    await complete(15_000);
    expect(receiver.deliveries).toHaveLength(webhooks.length * published * SESSIONS.length);
    const inOrder = Array.from({ length: published }, (_, i) => i + 1);
    for (const index of webhooks.keys()) {
      for (const session of SESSIONS)
        expect(
          of(index)
            .filter(one => sessionOf(one) === session)
            .map(numberOf)
        ).toEqual(inOrder);
    }

    // The edge of some webhook is killed while session a fails and the others continue.
    receiver.answerWith(delivery => (sessionOf(delivery) === 'a' ? 500 : 200));
    await publish(5);
    await awaitCondition(
      () => webhooks.map((_, i) => of(i).some(({ headers }) => Number(headers['webhook-attempt']) >= 3)),
      failing => failing.every(Boolean),
      { what: 'three attempts everywhere' }
    );
    await edges.processes[0]!.kill();
    receiver.answerWith(() => 200);
    const killedAt = Date.now();
    await publish(5);
    await complete(20_000);
    for (const index of webhooks.keys()) {
      for (const session of SESSIONS) {
        const deliveries = of(index).filter(one => sessionOf(one) === session);
        const firsts = deliveries.filter((one, i) => deliveries.findIndex(other => numberOf(other) === numberOf(one)) === i);
        expect(firsts.map(numberOf)).toEqual(Array.from({ length: published }, (_, i) => i + 1));
        const ids = new Map<number, Set<unknown>>();
        for (const one of deliveries) ids.set(numberOf(one), (ids.get(numberOf(one)) ?? new Set()).add(one.headers['webhook-id']));
        expect([...ids.values()].every(({ size }) => size === 1)).toBe(true);
      }
    }
    const last = Math.max(...receiver.deliveries.map(({ arrivedAt }) => arrivedAt));
    expect(last - killedAt).toBeLessThan(12_000);
    const attempts = of(0)
      .filter(one => sessionOf(one) === 'a' && numberOf(one) === 46)
      .map(({ headers }) => Number(headers['webhook-attempt']));
    // The next edge continues the count, except for an attempt whose outcome was not stored yet.
    expect(attempts.every((attempt, i) => i === 0 || attempt >= attempts[i - 1]!)).toBe(true);
  }, 90_000);

  test('get each event once and in order on a cluster', async () => {
    await using receiver = await WebhookReceiver.listen();
    await using edges = await Edges.start(2, await launchNatsCluster());
    const [first, second] = edges.clients as [EdgeClient, EdgeClient];
    const webhooks = await edges.sharedWebhooks(receiver.url);
    const states = async (client: EdgeClient): Promise<WebhookView['state'][]> =>
      (await client.get<{ webhooks: WebhookView[] }>('/api/webhooks')).body.webhooks.map(({ state }) => state);
    // Read models are checked too: the unread count shows an event that is skipped or projected twice at a takeover.
    await first.post('/api/sessions', { session: 'a' });
    const publish = async (from: number, to: number): Promise<void> => {
      for (let n = from; n <= to; n++) {
        for (const session of SESSIONS) await edges.publish(session, n);
        await edges.publishEvent('a', 'chats.update', [{ id: '15550000001@s.whatsapp.net', unreadCount: 1 }]);
      }
    };
    const written = (count: number, client: EdgeClient): Promise<unknown> =>
      awaitCondition(
        () => states(client),
        found => found.every(({ delivered }) => delivered === count * SESSIONS.length),
        { waitMs: 30_000, what: 'what is delivered and written down' }
      );
    await publish(1, 10);
    await written(10, second);
    await edges.processes[0]!.kill();
    await publish(11, 20);
    await written(20, second);
    await awaitCondition(
      async () => (await second.get<ModelStatus>('/api/sessions/a/models')).body,
      ({ state, projected, newest }) => state === 'current' && projected >= newest,
      { waitMs: 20_000, what: 'read models of all events' }
    );
    expect((await second.get<ModelPage<ChatView>>('/api/sessions/a/store/chats')).body.items).toMatchObject([{ unreadCount: 20 }]);
    const inOrder = Array.from({ length: 20 }, (_, i) => i + 1);
    for (const index of webhooks.keys()) {
      const deliveries = receiver.deliveries.filter(({ path }) => path === `/hook/${index}`);
      for (const session of SESSIONS) expect(deliveries.filter(one => sessionOf(one) === session).map(numberOf)).toEqual(inOrder);
    }
  }, 120_000);
});
