import { openBroker, type Broker } from '@wabus/broker';
import {
  connectorKey,
  encodeJsonRecord,
  NOTHING_OBSERVED,
  NOTHING_REPORTED,
  nodeKey,
  OWNERSHIP_BUCKET,
  REGISTRY_BUCKET,
  statusKey,
  type ConnectorView,
  type NodeRecord,
  type OwnershipView,
  type SessionId
} from '@wabus/contracts';
import { VERSION } from '@wabus/runtime';
import { awaitCondition } from '@wabus/testing';
import { EdgeFixture, READER_TOKEN, SALES_TOKEN } from '../edge.fixture.js';

const STARTED = '2026-01-01T00:00:00.000Z';

describe('connectors and edges over HTTP', () => {
  let edge: EdgeFixture;
  /** The broker as connectors use it, because edges may not open the bucket of ownership. */
  let broker: Broker;
  beforeAll(async () => {
    edge = await EdgeFixture.launch({ WABUS_WEBHOOK_LEASE_MS: '1000' });
    broker = await openBroker({
      connection: { servers: [edge.nats.url], name: 'test' },
      buckets: [{ name: REGISTRY_BUCKET }, { name: OWNERSHIP_BUCKET }]
    });
  }, 30_000);
  afterAll(async () => {
    await broker?.close();
    await edge?.stop();
  }, 30_000);

  const renew = (connector: string, facts: Partial<NodeRecord> = {}): Promise<number> => {
    const record: NodeRecord = { incarnation: 'one', ready: true, weight: 2, silentMs: 60_000, ...facts };
    return broker.buckets.bucket(OWNERSHIP_BUCKET).put(nodeKey(connector), encodeJsonRecord(record));
  };
  const report = (connector: string, facts: object = {}, ttlMs = 60_000): Promise<number> => {
    const value = encodeJsonRecord({ version: '0.3.0', startedAt: STARTED, memoryBytes: 5, memoryLimitBytes: null, cpu: 0.5, ...facts });
    return broker.buckets.bucket(REGISTRY_BUCKET).put(connectorKey(connector), { value, ttlMs });
  };
  const view = async (): Promise<OwnershipView> => (await edge.client().get<OwnershipView>('/api/connectors')).body;
  const awaitConnector = (id: string, wanted: (connector: ConnectorView | undefined) => boolean): Promise<ConnectorView | undefined> =>
    awaitCondition(async () => (await view()).connectors.find(one => one.id === id), wanted, { what: `connector ${id}` });

  it('show a connector that owns no session', async () => {
    await renew('idle');
    await report('idle');
    await expect(awaitConnector('idle', one => one?.state === 'ready')).resolves.toEqual({
      id: 'idle',
      state: 'ready',
      weight: 2,
      version: '0.3.0',
      startedAt: STARTED,
      memoryBytes: 5,
      memoryLimitBytes: null,
      cpu: 0.5,
      sessions: []
    });
  });

  it('show a connector that is about to stop, then remove it', async () => {
    await renew('leaving', { ready: false });
    await report('leaving');
    await awaitConnector('leaving', one => one?.state === 'draining');
    await broker.buckets.bucket(REGISTRY_BUCKET).delete(connectorKey('leaving'));
    await awaitConnector('leaving', one => one === undefined);
  });

  it('show a silent connector as lost until its report expires', async () => {
    await renew('crashed', { silentMs: 300 });
    await report('crashed', {}, 3_000);
    await awaitConnector('crashed', one => one?.state === 'lost');
    await awaitConnector('crashed', one => one === undefined);
  }, 15_000);

  it('show a connector of an older release with its sessions', async () => {
    const session = 'sales' as SessionId;
    await edge.client().post('/api/sessions', { session });
    await renew('older');
    const status = { ...NOTHING_OBSERVED, session, state: 'open', connector: 'older', epoch: 9, updatedAt: STARTED };
    await broker.buckets.bucket(REGISTRY_BUCKET).put(statusKey(session), encodeJsonRecord(status));
    await expect(awaitConnector('older', one => one?.state === 'ready')).resolves.toMatchObject({
      ...NOTHING_REPORTED,
      sessions: [{ session, state: 'open', epoch: 9 }]
    });
  });

  it('show the running edges, and which one responds', async () => {
    await edge.startAnother();
    const { edges } = await awaitCondition(view, ({ edges }) => edges.length === 2, { what: 'two edges' });
    expect(edges.map(({ version }) => version)).toEqual([VERSION, VERSION]);
    expect(edges.filter(({ answering }) => answering)).toHaveLength(1);
    expect(edges[0]!.memoryBytes).toBeGreaterThan(1_000_000);
  });

  it('show processes, but no foreign sessions, to a limited admin', async () => {
    await report('idle');
    await edge.client().post('/api/sessions', { session: 'support' });
    await awaitCondition(view, ({ unowned }) => unowned.some(({ session }) => session === 'support'), { what: 'the session support' });
    const { connectors, edges, unowned } = (await edge.client(SALES_TOKEN).get<OwnershipView>('/api/connectors')).body;
    expect(connectors.map(({ id }) => id)).toContain('idle');
    expect(edges).not.toHaveLength(0);
    const sessions = [...connectors.flatMap(connector => connector.sessions), ...unowned].map(({ session }) => session);
    expect(sessions).not.toContain('support');
  });

  it('require admin', async () => {
    await expect(edge.client(READER_TOKEN).get('/api/connectors')).resolves.toMatchObject({ status: 403 });
  });
});
