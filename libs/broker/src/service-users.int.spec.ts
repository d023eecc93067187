import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { Logger } from '@nestjs/common';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import {
  EVENT_STREAM,
  MODELS_BUCKET,
  OWNERSHIP_BUCKET,
  REGISTRY_BUCKET,
  TOKENS_BUCKET,
  type EventFacts,
  type SessionId
} from '@wabus/contracts';
import { awaitCondition, launchNatsServer, natsPassword, natsUsers, type NatsServer } from '@wabus/testing';
import { openBroker, type Broker } from './broker.js';
import { bindSession } from './testing/broker.fixture.js';

const SERVICES = {
  invoicing: { consumers: ['invoicing', 'invoicing-audit'] },
  crm: { read: ['sales'], command: ['sales'] },
  commander: { read: [], consumers: [], command: ['sales'] }
};
const USERS = ['connector', 'edge', 'service', 'invoicing', 'crm', 'commander'];
const S = EVENT_STREAM;
const GROUP = 'group_orders';

interface Answer {
  error?: { description: string };
  config?: Record<string, unknown>;
  streams?: string[];
}

describe('the users of services', () => {
  let server: NatsServer;
  let connector: Broker;
  let edge: Broker;
  const clients = new Map<string, NatsConnection>();
  const open = (user: string, buckets: string[]): Promise<Broker> =>
    openBroker({
      connection: { servers: [server.url], name: user, user, password: natsPassword(user) },
      buckets: buckets.map(name => ({ name }))
    });
  /** A plain NATS client that has the password of a user. */
  const as = async (user: string): Promise<NatsConnection> => {
    const inboxPrefix = user === 'service' || user === 'admin' ? '_INBOX' : `_INBOX_${user}`;
    const client = clients.get(user) ?? (await connect({ servers: server.url, user, pass: natsPassword(user), inboxPrefix }));
    clients.set(user, client);
    return client;
  };
  const ask = async (user: string, subject: string, body: unknown = ''): Promise<Answer> => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return (await (await as(user)).request(subject, text, { timeout: 3_000 })).json<Answer>();
  };
  /** Returns `refused`, or the answer to the request. */
  const attempt = async (user: string, subject: string, body: unknown = ''): Promise<string> => {
    try {
      const { error } = await ask(user, subject, body);
      return error ? `answered: ${error.description}` : 'answered';
    } catch (error) {
      const { cause } = error as { cause?: { name?: string; operation?: string } };
      return cause?.name === 'PermissionViolationError' && cause.operation === 'publish' ? 'refused' : String(error);
    }
  };
  const create = (user: string, name: string, config: object = {}): Promise<Answer> =>
    ask(user, `$JS.API.CONSUMER.CREATE.${S}.${name}`, {
      stream_name: S,
      config: { durable_name: name, ack_policy: 'explicit', ...config }
    });
  const publish = (session: string, id: string): Promise<unknown> => {
    const facts: EventFacts = {
      id,
      session: session as SessionId,
      event: 'call',
      epoch: 1,
      at: new Date().toISOString(),
      schemaVersion: 1
    };
    return connector.eventLog.pipeline.publish(facts, '{"n":1}');
  };

  beforeAll(async () => {
    Logger.overrideLogger(['fatal']);
    server = await launchNatsServer({ configuration: natsUsers(SERVICES) });
    const waiting = open('edge', [REGISTRY_BUCKET, TOKENS_BUCKET, MODELS_BUCKET]);
    connector = await open('connector', [REGISTRY_BUCKET, OWNERSHIP_BUCKET]);
    edge = await waiting;
    for (const id of ['one', 'two', 'three']) await publish('sales', id);
    await publish('other', 'four');
    await edge.eventGroups.establish('orders', { filters: ['wa.evt.>'], ackWaitMs: 60_000, maxUnderWay: 10 }, { kind: 'now' });
    await publish('sales', 'five');
    for (const [user, name] of [
      ['invoicing', 'invoicing'],
      ['invoicing', 'invoicing-audit'],
      ['service', 'service']
    ] as const)
      await create(user, name);
    await ask('crm', `$JS.API.CONSUMER.CREATE.${S}.crm.wa.evt.sales.>`, {
      stream_name: S,
      config: { durable_name: 'crm', ack_policy: 'explicit', filter_subject: 'wa.evt.sales.>' }
    });
  }, 30_000);
  afterAll(async () => {
    await Promise.all([...clients.values()].map(client => client.close()));
    await Promise.all([connector?.close(), edge?.close()]);
    await server?.stop();
  });

  /** All requests that access a consumer by its name. */
  const ways = (name: string): [what: string, subject: string, body?: unknown][] => {
    const config = { name, durable_name: name, ack_policy: 'explicit' };
    return [
      ['make', `$JS.API.CONSUMER.CREATE.${S}.${name}`, { stream_name: S, config }],
      [
        'make with a filter',
        `$JS.API.CONSUMER.CREATE.${S}.${name}.wa.evt.sales.>`,
        { stream_name: S, config: { ...config, filter_subject: 'wa.evt.sales.>' } }
      ],
      ['make as durable', `$JS.API.CONSUMER.DURABLE.CREATE.${S}.${name}`, { stream_name: S, config }],
      ['make by the body', `$JS.API.CONSUMER.CREATE.${S}`, { stream_name: S, config: { name, ack_policy: 'explicit' } }],
      [
        'change by the body',
        `$JS.API.CONSUMER.CREATE.${S}`,
        { stream_name: S, action: 'update', config: { name, filter_subject: 'wa.evt.none.>' } }
      ],
      ['pull', `$JS.API.CONSUMER.MSG.NEXT.${S}.${name}`, { batch: 1, no_wait: true }],
      ['acknowledge', `$JS.ACK.${S}.${name}.1.5.1.1700000000000000000.0`, '+ACK'],
      ['acknowledge in the long form', `$JS.ACK._._.${S}.${name}.1.5.1.1700000000000000000.0.x`, '+ACK'],
      ['ask for', `$JS.API.CONSUMER.INFO.${S}.${name}`],
      ['pause', `$JS.API.CONSUMER.PAUSE.${S}.${name}`, { pause_until: '2090-01-01T00:00:00Z' }],
      ['unpin', `$JS.API.CONSUMER.UNPIN.${S}.${name}`, { group: 'g' }],
      ['reset', `$JS.API.CONSUMER.RESET.${S}.${name}`, { seq: 1 }],
      ['move', `$JS.API.CONSUMER.LEADER.STEPDOWN.${S}.${name}`],
      ['control the flow of', `$JS.FC.${S}.${name}.guess`],
      ['delete', `$JS.API.CONSUMER.DELETE.${S}.${name}`]
    ];
  };
  const owned: [owner: string, name: string][] = [
    ['edge', GROUP],
    ['invoicing', 'invoicing'],
    ['invoicing', 'invoicing-audit'],
    ['crm', 'crm'],
    ['service', 'service']
  ];
  it.each(USERS.flatMap(user => owned.filter(([owner]) => owner !== user).map(([, name]) => [user, name] as const)))(
    'deny %s every way to %s',
    async (user, name) => {
      const before = await ask('admin', `$JS.API.CONSUMER.INFO.${S}.${name}`);
      const outcomes = await Promise.all(ways(name).map(async ([what, subject, body]) => [what, await attempt(user, subject, body)]));
      expect(outcomes.filter(([, outcome]) => outcome !== 'refused')).toEqual([]);
      expect({ ...(await ask('admin', `$JS.API.CONSUMER.INFO.${S}.${name}`)), ts: null }).toEqual({ ...before, ts: null });
    }
  );

  it.each(USERS)('deny %s requests for all consumers or the stream', async user => {
    const subjects = [
      `CONSUMER.LIST.${S}`,
      `CONSUMER.NAMES.${S}`,
      `STREAM.PURGE.${S}`,
      `STREAM.DELETE.${S}`,
      `STREAM.UPDATE.${S}`,
      `STREAM.MSG.DELETE.${S}`,
      `STREAM.SNAPSHOT.${S}`,
      `STREAM.RESTORE.${S}`,
      `STREAM.LEADER.STEPDOWN.${S}`,
      'STREAM.LIST',
      `CONSUMER.LIST.KV_${REGISTRY_BUCKET}`,
      `CONSUMER.NAMES.KV_${REGISTRY_BUCKET}`,
      `CONSUMER.DELETE.KV_${REGISTRY_BUCKET}.x`,
      `CONSUMER.MSG.NEXT.KV_${REGISTRY_BUCKET}.x`,
      `CONSUMER.INFO.KV_${REGISTRY_BUCKET}.x`
    ];
    // A connector removes the events of a deleted session.
    const refused = subjects.filter(subject => user !== 'connector' || subject !== `STREAM.PURGE.${S}`);
    const outcomes = await Promise.all(refused.map(async subject => [subject, await attempt(user, `$JS.API.${subject}`, {})]));
    expect(outcomes.filter(([, outcome]) => outcome !== 'refused')).toEqual([]);
  });

  it('let a service work with consumers of its names', async () => {
    const nats = await as('invoicing');
    const js = jetstream(nats);
    const consumer = await js.consumers.get(S, 'invoicing');
    const message = await consumer.next({ expires: 2_000 });
    expect(message?.headers?.get('Nats-Msg-Id')).toBe('one');
    await expect(message!.ackAck()).resolves.toBe(true);
    const manager = await jetstreamManager(nats);
    await manager.consumers.update(S, 'invoicing-audit', { filter_subjects: ['wa.evt.sales.call', 'wa.evt.other.call'] });
    await manager.consumers.pause(S, 'invoicing-audit', new Date(Date.now() + 60_000));
    await manager.consumers.resume(S, 'invoicing-audit');
    await manager.consumers.delete(S, 'invoicing-audit');
    await create('invoicing', 'invoicing-audit');
  });

  it('find the stream by a subject', async () => {
    for (const user of ['service', 'invoicing', 'crm']) {
      expect(await ask(user, '$JS.API.STREAM.NAMES', { subject: 'wa.evt.>' })).toMatchObject({ streams: [S] });
      await expect((await jetstreamManager(await as(user))).streams.find('wa.evt.sales.call')).resolves.toBe(S);
    }
    const manager = await jetstreamManager(await as('service'));
    expect((await manager.streams.info(S)).config.name).toBe(S);
  });

  it('let the common user read through ephemeral consumers', async () => {
    const nats = await as('service');
    const manager = await jetstreamManager(nats);
    const ordered = await jetstream(nats).consumers.get(S, { name_prefix: 'service' });
    expect((await ordered.next({ expires: 2_000 }))?.headers?.get('Nats-Msg-Id')).toBe('one');
    const found: (string | undefined)[] = [];
    for await (const message of await manager.direct.getBatch(S, { seq: 1, batch: 1 })) found.push(message.header.get('Nats-Msg-Id'));
    expect(found).toEqual(['one']);
  });

  it('show a service only its sessions', async () => {
    const nats = await as('crm');
    const consumer = await jetstream(nats).consumers.get(S, 'crm');
    expect((await consumer.next({ expires: 2_000 }))?.headers?.get('Wabus-Session')).toBe('sales');
    const config = (more: object): object => ({ stream_name: S, config: { durable_name: 'crm', ack_policy: 'explicit', ...more } });
    const tries: [string, unknown][] = [
      [`$JS.API.CONSUMER.CREATE.${S}.crm`, config({})],
      [`$JS.API.CONSUMER.CREATE.${S}.crm.wa.evt.other.>`, config({ filter_subject: 'wa.evt.other.>' })],
      [`$JS.API.CONSUMER.CREATE.${S}.crm.wa.evt.>`, config({ filter_subject: 'wa.evt.>' })],
      [`$JS.API.CONSUMER.CREATE.${S}.crm.wa.evt.*.call`, config({ filter_subject: 'wa.evt.*.call' })],
      [`$JS.API.CONSUMER.DURABLE.CREATE.${S}.crm`, config({})],
      [`$JS.API.STREAM.INFO.${S}`, { subjects_filter: '>' }],
      [`$JS.API.STREAM.MSG.GET.${S}`, { seq: 4 }],
      [`$JS.API.DIRECT.GET.${S}`, { seq: 4 }],
      [`$JS.API.DIRECT.GET.${S}.wa.evt.other.call`, '']
    ];
    for (const [subject, body] of tries) expect([subject, await attempt('crm', subject, body)]).toEqual([subject, 'refused']);
    // The subject is permitted, and the server compares the body with it.
    const lying = [{ filter_subject: 'wa.evt.other.>' }, {}, { filter_subjects: ['wa.evt.sales.>', 'wa.evt.other.>'] }];
    for (const more of lying)
      expect(await attempt('crm', `$JS.API.CONSUMER.CREATE.${S}.crm.wa.evt.sales.>`, config(more))).toMatch(/^answered: /);
    expect((await ask('admin', `$JS.API.CONSUMER.INFO.${S}.crm`)).config).toMatchObject({ filter_subject: 'wa.evt.sales.>' });
  });

  it('let a service command its sessions and read no other inbox', async () => {
    const bindings = [];
    for (const session of ['sales', 'other'] as SessionId[])
      bindings.push(await bindSession(connector, { session, epoch: 1, answer: (_body, { method }) => `${session}.${method}` }));
    for (const user of ['crm', 'commander']) {
      expect(await ask(user, 'wa.cmd.sales.getPasskey', { args: {} })).toMatchObject({ data: 'sales.getPasskey' });
      expect(await attempt(user, 'wa.cmd.other.getPasskey', { args: {} })).toBe('refused');
    }
    for (const user of ['service', 'invoicing']) expect(await attempt(user, 'wa.cmd.sales.getPasskey', {})).toBe('refused');
    for (const subject of ['_INBOX.>', '_INBOX_invoicing.>', '_INBOX_edge.>', 'wa.cmd.>', 'wa.evt.other.>', 'wa.live.>']) {
      const refused = new Promise(
        resolve => void as('crm').then(nats => nats.subscribe(subject, { callback: error => resolve(error?.name) }))
      );
      await expect(refused).resolves.toBe('PermissionViolationError');
    }
    await Promise.all(bindings.map(binding => binding.unbind()));
  });

  it('leave edges their readers and connectors their history', async () => {
    const received: string[] = [];
    const membership = edge.eventGroups.join('orders', {
      maxInFlight: 5,
      handle: ({ event }) => {
        received.push(event.facts.id);
        return Promise.resolve({ settled: true });
      }
    });
    await awaitCondition(
      () => received,
      ids => ids.includes('five')
    );
    await edge.eventGroups.change('orders', { filters: ['wa.evt.sales.>', 'wa.evt.other.>'], ackWaitMs: 30_000, maxUnderWay: 5 });
    await publish('other', 'six');
    await awaitCondition(
      () => received,
      ids => ids.includes('six')
    );
    await membership.leave();
    const { stream } = await edge.consumers.end();
    expect(stream).not.toBe('');
    const batch = await edge.consumers.read({ after: 0, sessions: ['sales', 'other'] as SessionId[] }, { maxEvents: 2, maxBytes: 100_000 });
    expect(batch.events.map(({ facts: { id } }) => id)).toEqual(['one', 'two']);
    const start = (await edge.eventLog.locate(new Date(0).toISOString())).cursor;
    const seen: string[] = [];
    for await (const event of connector.eventLog.read(start, { sessions: ['sales' as SessionId], events: ['call'] }))
      seen.push(event.facts.id);
    expect(seen).toEqual(['one', 'two', 'three', 'five']);
  });
});
