import { Logger } from '@nestjs/common';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import {
  EVENT_STREAM,
  OWNERSHIP_BUCKET,
  REGISTRY_BUCKET,
  TOKENS_BUCKET,
  WEBHOOKS_BUCKET,
  type EventFacts,
  type SessionId
} from '@wabus/contracts';
import { awaitCondition, launchNatsServer, natsPassword, natsUsers, type NatsRole, type NatsServer } from '@wabus/testing';
import { openBroker, type Broker } from './broker.js';
import { bindSession, sendCommand } from './testing/broker.fixture.js';
import type { LoggedEvent } from './streams/logged-event.codec.js';

const session = 'sales' as SessionId;
const facts = (id: string): EventFacts => ({ id, session, event: 'call', epoch: 1, at: new Date().toISOString(), schemaVersion: 1 });
const bytes = (text: string): Uint8Array => Buffer.from(text);
const CONNECTOR_BUCKETS = [REGISTRY_BUCKET, OWNERSHIP_BUCKET];
const EDGE_BUCKETS = [REGISTRY_BUCKET, TOKENS_BUCKET, WEBHOOKS_BUCKET];

describe('the roles on NATS', () => {
  let server: NatsServer;
  let connector: Broker;
  let edge: Broker;
  const clients: NatsConnection[] = [];
  const open = (user: NatsRole, buckets: string[]): Promise<Broker> =>
    openBroker({
      connection: { servers: [server.url], name: user, user, password: natsPassword(user) },
      buckets: buckets.map(name => ({ name }))
    });
  /** A plain NATS client with the password of a process, which an attacker may have read. */
  const intruder = async (user: NatsRole, inboxPrefix = user === 'service' ? '_INBOX' : `_INBOX_${user}`): Promise<NatsConnection> => {
    const client = await connect({ servers: server.url, user, pass: natsPassword(user), inboxPrefix, timeout: 2_000 });
    clients.push(client);
    return client;
  };

  beforeAll(async () => {
    Logger.overrideLogger(['fatal']);
    server = await launchNatsServer({ configuration: natsUsers() });
    // The edge starts first and waits for streams that only a connector may create.
    const waiting = open('edge', EDGE_BUCKETS);
    connector = await open('connector', CONNECTOR_BUCKETS);
    edge = await waiting;
    await connector.buckets.bucket(OWNERSHIP_BUCKET).put('auth.sales.key', bytes('secret key'));
    await edge.buckets.bucket(TOKENS_BUCKET).put('token.a', bytes('secret hash'));
    await edge.buckets.bucket(WEBHOOKS_BUCKET).put('webhook.a', bytes('secret of a webhook'));
  }, 30_000);
  afterAll(async () => {
    await Promise.all(clients.map(client => client.close()));
    await Promise.all([connector?.close(), edge?.close()]);
    await server?.stop();
  });

  it('permit the work of each role: events, replay and records', async () => {
    const live: LoggedEvent[] = [];
    const feed = await edge.eventLog.follow(event => live.push(event));
    const start = await edge.eventLog.end();
    await connector.eventLog.pipeline.publish(facts('one'), '{"n":1}');
    await connector.eventLog.pipeline.publish(facts('two'), '{"n":2}');
    await awaitCondition(
      () => live.length,
      count => count === 2
    );
    const replayed: string[] = [];
    for await (const event of edge.eventLog.read(start)) replayed.push(event.facts.id);
    expect(replayed).toEqual(['one', 'two']);
    await feed.stop();

    const binding = await bindSession(connector, { session, epoch: 1, answer: (_body, { method }) => `did ${method}` });
    await expect(sendCommand(edge, 'sendMessage', { session, body: '{}', deadlineMs: 2_000 })).resolves.toBe('did sendMessage');
    await binding.unbind();
    await connector.presence.announce('c1');
    await expect(connector.presence.ask('c1', 2_000)).resolves.toBe('present');

    const seen: string[] = [];
    const watch = await connector.buckets
      .bucket(REGISTRY_BUCKET)
      .watch('>', change => seen.push(change.kind === 'put' ? change.entry.key : change.key));
    await watch.ready;
    await edge.buckets.bucket(REGISTRY_BUCKET).compareAndSet('session.sales', bytes('{}'), 0);
    await connector.buckets.bucket(REGISTRY_BUCKET).put('status.sales', bytes('{}'));
    await awaitCondition(
      () => seen.length,
      count => count === 2
    );
    await watch.stop();
    const ownership = connector.buckets.bucket(OWNERSHIP_BUCKET);
    const epoch = await ownership.put('own.sales', bytes('c1'));
    await expect(
      ownership.commit(
        new Map([
          ['a', bytes('1')],
          ['b', bytes('2')]
        ]),
        { key: 'own.sales', revision: epoch }
      )
    ).resolves.toMatchObject({
      written: true
    });
    await expect(edge.buckets.bucket(TOKENS_BUCKET).list('token.*')).resolves.toHaveLength(1);
    await expect(edge.health.check()).resolves.toBeUndefined();
  }, 20_000);

  it('let an edge list the live connectors', async () => {
    await connector.buckets.bucket(OWNERSHIP_BUCKET).put('node.c1', bytes('{}'));
    await expect(edge.buckets.peek(OWNERSHIP_BUCKET, 'node.c1')).resolves.toMatchObject({ key: 'node.c1', value: bytes('{}') });
    await expect(edge.buckets.peek(OWNERSHIP_BUCKET, 'node.c2')).resolves.toBeNull();
    await expect(edge.buckets.peek(OWNERSHIP_BUCKET, 'own.sales')).rejects.toThrow(/ermission/);
  });

  it('let an edge announce that an owner is gone', async () => {
    const status = (id: string, epoch: number): EventFacts => ({ ...facts(id), event: 'session.status', epoch });
    await connector.eventLog.pipeline.publish(status('sales.1.1', 1), '{}');
    const newest = await edge.eventLog.newest(session, 'session.status');
    expect(newest?.facts).toMatchObject({ id: 'sales.1.1', epoch: 1 });
    await expect(edge.eventLog.publishAfter(status('sales.1.gone', 1), '{}', newest!.sequence)).resolves.toBe(true);
    await expect(edge.eventLog.publishAfter(status('sales.1.gone', 1), '{}', newest!.sequence)).resolves.toBe(false);
    expect((await edge.eventLog.newest(session, 'session.status'))?.facts.id).toBe('sales.1.gone');
  });

  it('deny changes to a stream of another process', async () => {
    const other = await openBroker({
      connection: { servers: [server.url], name: 'edge', user: 'edge', password: natsPassword('edge') },
      eventLog: { maxAgeMs: 3_600_000 },
      buckets: []
    });
    await other.close();
    const admin = await intruder('admin', '_INBOX');
    const info = (await admin.request(`$JS.API.STREAM.INFO.${EVENT_STREAM}`)).json<{ config: { max_age: number } }>();
    expect(info.config.max_age).toBe(72 * 3_600e9);
  });

  /** Requests that must be refused, by subject and body. */
  const steal = { name: 'STOLEN', subjects: ['stolen.>'], sources: [{ name: `KV_${OWNERSHIP_BUCKET}` }] };
  const forbidden: [role: NatsRole, what: string, subject: string, body: unknown][] = [
    ['edge', 'publish an event', `wa.evt.sales.messages.upsert`, { forged: true }],
    ['edge', 'publish a live event', 'wa.live.sales.messages.upsert', { forged: true }],
    ['edge', 'write keys', `$KV.${OWNERSHIP_BUCKET}.auth.sales.key`, 'x'],
    ['edge', 'write the status of a session', `$KV.${REGISTRY_BUCKET}.status.sales`, 'x'],
    ['edge', 'read a key', `$JS.API.STREAM.MSG.GET.KV_${OWNERSHIP_BUCKET}`, { last_by_subj: `$KV.${OWNERSHIP_BUCKET}.auth.sales.key` }],
    ['edge', 'read a key directly', `$JS.API.DIRECT.GET.KV_${OWNERSHIP_BUCKET}.$KV.${OWNERSHIP_BUCKET}.auth.sales.key`, ''],
    ['edge', 'list keys', `$JS.API.CONSUMER.CREATE.KV_${OWNERSHIP_BUCKET}`, { stream_name: `KV_${OWNERSHIP_BUCKET}`, config: {} }],
    ['edge', 'watch keys', `$JS.API.CONSUMER.CREATE.KV_${OWNERSHIP_BUCKET}.c.$KV.>`, { stream_name: `KV_${OWNERSHIP_BUCKET}`, config: {} }],
    ['edge', 'name the keys', `$JS.API.STREAM.INFO.KV_${OWNERSHIP_BUCKET}`, { subjects_filter: '>' }],
    ['edge', 'copy keys into a new stream', '$JS.API.STREAM.CREATE.STOLEN', steal],
    ['edge', 'copy keys into its own stream', `$JS.API.STREAM.UPDATE.KV_${TOKENS_BUCKET}`, { ...steal, name: `KV_${TOKENS_BUCKET}` }],
    ['edge', 'copy keys by a snapshot', `$JS.API.STREAM.SNAPSHOT.KV_${OWNERSHIP_BUCKET}`, { deliver_subject: '_INBOX_edge.x' }],
    ['edge', 'remove events', `$JS.API.STREAM.PURGE.${EVENT_STREAM}`, {}],
    ['edge', 'remove the event stream', `$JS.API.STREAM.DELETE.${EVENT_STREAM}`, {}],
    [
      'connector',
      'read the secret of a webhook',
      `$JS.API.STREAM.MSG.GET.KV_${WEBHOOKS_BUCKET}`,
      { last_by_subj: `$KV.${WEBHOOKS_BUCKET}.webhook.a` }
    ],
    ['connector', 'read it directly', `$JS.API.DIRECT.GET.KV_${WEBHOOKS_BUCKET}.$KV.${WEBHOOKS_BUCKET}.webhook.a`, ''],
    ['connector', 'watch webhooks', `$JS.API.CONSUMER.CREATE.KV_${WEBHOOKS_BUCKET}`, { stream_name: `KV_${WEBHOOKS_BUCKET}`, config: {} }],
    [
      'connector',
      'read the hash of a token',
      `$JS.API.STREAM.MSG.GET.KV_${TOKENS_BUCKET}`,
      { last_by_subj: `$KV.${TOKENS_BUCKET}.token.a` }
    ],
    ['connector', 'write a token', `$KV.${TOKENS_BUCKET}.token.b`, 'x'],
    [
      'connector',
      'copy webhooks into a stream of its own',
      `$JS.API.STREAM.UPDATE.${EVENT_STREAM}`,
      { name: EVENT_STREAM, sources: [{ name: `KV_${WEBHOOKS_BUCKET}` }] }
    ],
    ['connector', 'give commands', 'wa.cmd.sales.sendMessage', {}],
    ['service', 'publish an event', 'wa.evt.sales.messages.upsert', { forged: true }],
    ['service', 'give commands', 'wa.cmd.sales.sendMessage', {}],
    ['service', 'read sessions', `$JS.API.STREAM.MSG.GET.KV_${REGISTRY_BUCKET}`, { last_by_subj: `$KV.${REGISTRY_BUCKET}.status.sales` }],
    ['service', 'read a key', `$JS.API.STREAM.MSG.GET.KV_${OWNERSHIP_BUCKET}`, { last_by_subj: `$KV.${OWNERSHIP_BUCKET}.auth.sales.key` }],
    ['service', 'read the hash of a token', `$JS.API.STREAM.MSG.GET.KV_${TOKENS_BUCKET}`, { last_by_subj: `$KV.${TOKENS_BUCKET}.token.a` }],
    ['service', 'change a session', `$KV.${REGISTRY_BUCKET}.session.sales`, 'x']
  ];
  it.each(forbidden)('do not let the %s %s', async (role, _what, subject, body) => {
    const client = await intruder(role);
    await expect(client.request(subject, JSON.stringify(body))).rejects.toMatchObject({
      cause: { name: 'PermissionViolationError', operation: 'publish' }
    });
    await client.close();
  });

  it.each([
    ['edge', `$KV.${OWNERSHIP_BUCKET}.>`],
    ['edge', '_INBOX_connector.>'],
    ['edge', '_INBOX.>'],
    ['edge', 'wa.cmd.>'],
    ['edge', '>'],
    ['connector', `$KV.${WEBHOOKS_BUCKET}.>`],
    ['connector', `$KV.${TOKENS_BUCKET}.>`],
    ['connector', '_INBOX_edge.>'],
    ['connector', '$JS.API.>'],
    ['service', '_INBOX_edge.>'],
    ['service', 'wa.cmd.>'],
    ['service', `$KV.${REGISTRY_BUCKET}.>`]
  ] as [NatsRole, string][])('do not let the %s listen on %s', async (role, subject) => {
    const client = await intruder(role);
    const refused = new Promise(resolve => client.subscribe(subject, { callback: error => resolve(error?.name) }));
    await expect(refused).resolves.toBe('PermissionViolationError');
    await client.close();
  });

  it('deny an edge forged events and replies into the log', async () => {
    const client = await intruder('edge');
    const before = await edge.eventLog.end();
    const forged = headers();
    for (const [name, value] of [
      ['Nats-Msg-Id', 'forged'],
      ['Wabus-Session', 'sales'],
      ['Wabus-Event', 'call']
    ] as const)
      forged.set(name, value);
    await client.request(`$KV.${REGISTRY_BUCKET}.session.forged`, '{}', { headers: forged, timeout: 2_000 });
    // A push consumer that delivers to the subject of an event.
    await client.request(
      `$JS.API.CONSUMER.CREATE.KV_${REGISTRY_BUCKET}`,
      JSON.stringify({
        stream_name: `KV_${REGISTRY_BUCKET}`,
        config: { deliver_subject: 'wa.evt.sales.call', ack_policy: 'none', deliver_policy: 'all' }
      })
    );
    // A command whose reply, and a record whose acknowledgement, goes to the subject of an event.
    const served = await bindSession(connector, { session, epoch: 1, answer: () => 'after' });
    client.publish('wa.cmd.sales.sendMessage', '{}', { reply: 'wa.evt.sales.call' });
    await client.flush();
    await expect(sendCommand(edge, 'x', { session, body: '{}', deadlineMs: 2_000 })).resolves.toBe('after');
    await served.unbind();
    expect(await edge.eventLog.end()).toBe(before);

    const live: LoggedEvent[] = [];
    const feed = await edge.eventLog.follow(event => live.push(event));
    client.publish(`$KV.${REGISTRY_BUCKET}.session.forged`, '{}', { reply: 'wa.evt.sales.call', headers: forged });
    await client.flush();
    await connector.eventLog.pipeline.publish(facts('three'), '{}');
    await awaitCondition(
      () => live.length,
      count => count > 0
    );
    // The acknowledgement is in the log, but it is not an event: it has no headers.
    expect(live.map(({ facts: { id } }) => id)).toEqual(['three']);
    await feed.stop();
  }, 20_000);
});
