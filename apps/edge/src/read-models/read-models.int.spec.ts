import {
  MODELS_BUCKET,
  recordKey,
  REGISTRY_BUCKET,
  type ChatView,
  type ContactView,
  type EventName,
  type GroupView,
  type LabelView,
  type ModelPage,
  type ModelStatus,
  type SessionId,
  type StoredMessageView
} from '@wabus/contracts';
import { awaitCondition, RequestTracker } from '@wabus/testing';
import { EdgeFixture } from '../edge.fixture.js';

const PN = '15550000001@s.whatsapp.net';
const LID = '900000000000001@lid';
const GROUP = '120363000000000001@g.us';
const NOBODY = '15550000009@s.whatsapp.net';
const MAX_PAYLOAD = 1024 * 1024;

let edge: EdgeFixture;
let raw = 0;

beforeAll(async () => {
  edge = await EdgeFixture.launch({ WABUS_MODELS_LEASE_MS: '800' });
}, 30_000);
afterAll(() => edge.stop(), 30_000);

const create = (session: string) => edge.client().post('/api/sessions', { session });
const get = async <Body>(session: string, path: string, from = edge): Promise<Body> =>
  (await from.client().get<Body>(`/api/sessions/${session}/${path}`)).body;
const messages = async (session: string, from = edge) =>
  (await get<ModelPage<StoredMessageView>>(session, `store/chats/${PN}/messages`, from)).items;
const rebuild = (session: string, body: object = {}) => edge.client().post(`/api/sessions/${session}/models/rebuild`, body);

const message = (id: string, text: string, { at = 0, chat = PN } = {}) => ({
  messages: [
    { key: { remoteJid: chat, fromMe: false, id }, messageTimestamp: Math.floor(Date.now() / 1000) + at, message: { conversation: text } }
  ],
  type: 'notify'
});
const publishText = (session: string, event: EventName, body: string) =>
  edge.broker.eventLog.pipeline.publish(
    { id: `raw-${++raw}`, session: session as SessionId, event, epoch: 1, at: new Date().toISOString(), schemaVersion: 1 },
    body
  );
const settled = (session: string) =>
  awaitCondition(
    () => get<ModelStatus>(session, 'models'),
    ({ state, projected, newest }) => state === 'current' && projected >= newest,
    { what: 'the read models' }
  );
const everything = (session: string) =>
  Promise.all(
    ['store/chats', `store/chats/${PN}/messages`, 'store/contacts', 'store/groups', 'store/labels', `store/lid-map/${LID}`].map(path =>
      get(session, path)
    )
  );
const keysOf = async (session: string) => {
  const entries = await edge.broker.buckets.bucket(MODELS_BUCKET).list('>');
  return entries.map(({ key }) => key).filter(key => key.split('.')[1] === session);
};

it('the models answer from the log, over both jids of a person', async () => {
  await create('sales');
  await edge.publish('sales', 'messages.upsert', message('A', 'hello over lid', { at: -2, chat: LID }));
  await edge.publish('sales', 'chats.update', [{ id: LID, unreadCount: 1 }]);
  await edge.publish('sales', 'lid-mapping.update', { lid: LID, pn: PN });
  await edge.publish('sales', 'messages.upsert', message('B', 'hello over number', { at: -1 }));
  await edge.publish('sales', 'chats.update', [{ id: PN, unreadCount: 1 }]);
  await edge.publish('sales', 'messages.reaction', [
    { key: { remoteJid: PN, fromMe: false, id: 'A' }, reaction: { text: '+', key: { remoteJid: PN, fromMe: true, id: 'R' } } }
  ]);
  await edge.publish('sales', 'message-receipt.update', [
    { key: { remoteJid: PN, fromMe: false, id: 'B' }, receipt: { userJid: LID, readTimestamp: 12 } }
  ]);
  await edge.publish('sales', 'contacts.upsert', [{ id: PN, name: 'Ann' }]);
  await edge.publish('sales', 'groups.upsert', [{ id: GROUP, subject: 'Team', participants: [{ id: LID }] }]);
  await edge.publish('sales', 'labels.edit', { id: '1', name: 'Hot', color: 2, deleted: false });
  await settled('sales');
  expect((await get<ModelPage<ChatView>>('sales', 'store/chats')).items).toMatchObject([{ jid: PN, otherJid: LID, unreadCount: 2 }]);
  for (const jid of [PN, LID]) {
    expect(await get<ChatView>('sales', `store/chats/${jid}`)).toMatchObject({ jid: PN, otherJid: LID });
    expect(await get<ContactView>('sales', `store/contacts/${jid}`)).toMatchObject({ jid: PN, otherJid: LID, name: 'Ann' });
    expect((await get<ModelPage<StoredMessageView>>('sales', `store/chats/${jid}/messages`)).items).toMatchObject([
      { id: 'B', receipts: [{ user: PN, readAt: 12, receivedAt: null, playedAt: null }] },
      { id: 'A', reactions: [{ sender: 'me', text: '+' }] }
    ]);
  }
  expect(await get<GroupView>('sales', `store/groups/${GROUP}`)).toMatchObject({ subject: 'Team' });
  expect((await get<ModelPage<LabelView>>('sales', 'store/labels')).items).toMatchObject([{ id: '1', name: 'Hot' }]);
});

it('a rebuild of one session or of all gives the same result', async () => {
  const before = await everything('sales');
  expect((await rebuild('sales')).status).toBe(202);
  await settled('sales');
  expect(await everything('sales')).toEqual(before);
  expect(await edge.client().post('/api/models/rebuild', { discard: true })).toMatchObject({ status: 202, body: { sessions: ['sales'] } });
  await settled('sales');
  expect(await everything('sales')).toEqual(before);
});

it('a rebuild repairs the bucket while reads continue', async () => {
  const before = await everything('sales');
  const bucket = edge.broker.buckets.bucket(MODELS_BUCKET);
  const broken = (await keysOf('sales')).filter(key => key.startsWith('label.') || key.startsWith('contact.'));
  for (const key of broken) await bucket.put(key, Buffer.from('{"kind": '));
  expect(await get('sales', 'store/contacts')).toEqual({ items: [], next: null });
  expect((await get<ModelPage<ChatView>>('sales', 'store/chats')).items).toHaveLength(1);
  await rebuild('sales', { discard: true });
  await settled('sales');
  expect(await everything('sales')).toEqual(before);
});

it('another edge continues where the first one stopped', async () => {
  const other = await edge.another();
  await edge.stopEdge();
  await edge.publish('sales', 'messages.upsert', message('C', 'meanwhile', { at: 1 }));
  await awaitCondition(
    () => messages('sales', other),
    ([newest]) => newest?.id === 'C'
  );
  await edge.startEdge();
  expect(await messages('sales')).toEqual(await messages('sales', other));
  expect((await get<ModelPage<ChatView>>('sales', 'store/chats')).items).toMatchObject([{ unreadCount: 2 }]);
  await other.stop();
}, 20_000);

describe('an event that cannot be projected', () => {
  const deep = `[{"id":"${PN}","x":${'['.repeat(50_000)}${']'.repeat(50_000)}}]`;
  const tooLarge = (): string => {
    const frame = JSON.stringify([{ id: GROUP, desc: '' }]).length;
    return JSON.stringify([{ id: GROUP, desc: 'x'.repeat(MAX_PAYLOAD - 1_500 - frame) }]);
  };

  it.each<[string, EventName, () => string, string]>([
    ['because it is not JSON', 'messages.upsert', () => '{"messages": [', 'SyntaxError'],
    ['because it is nested too deeply', 'chats.update', () => deep, 'RangeError'],
    ['because its record is too large', 'groups.update', tooLarge, 'PAYLOAD_TOO_LARGE']
  ])(
    '%s is skipped and reported, and the others are projected',
    async (title, event, body, reason) => {
      const session = `poison-${reason}`;
      await create(session);
      const skippedBefore = await skippedByEdge();
      await edge.publish(session, 'messages.upsert', message('A', 'before', { at: -1 }));
      await publishText(session, event, body());
      await edge.publish(session, 'messages.upsert', message('B', 'after'));
      const reported = { skipped: 1, lastSkipped: { event, reason } };
      expect(await settled(session)).toMatchObject(reported);
      expect((await messages(session)).map(({ id }) => id)).toEqual(['B', 'A']);
      expect(await skippedByEdge()).toBe(skippedBefore + 1);
      const ready: unknown = await (await fetch(`${edge.url}/health/ready`)).json();
      expect(ready).toMatchObject({
        status: 'ok',
        checks: {
          'read-models': { status: 'ok', detail: `projecting; this edge has skipped ${skippedBefore + 1} events since it started` }
        }
      });

      await rebuild(session);
      expect(await settled(session)).toMatchObject(reported);
      expect((await messages(session)).map(({ id }) => id)).toEqual(['B', 'A']);
    },
    20_000
  );

  async function skippedByEdge(): Promise<number> {
    const metrics = (await edge.client().get<string>('/metrics')).body;
    return Number(/^wabus_edge_models_events_total\{.*outcome="skipped".*\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
  }
});

it('the models report how far they are behind', async () => {
  const lag = async (): Promise<number[]> => {
    const metrics = (await edge.client().get<string>('/metrics')).body;
    return ['events', 'seconds'].map(unit => Number(new RegExp(`^wabus_edge_models_lag_${unit}\\{.*\\} (.+)$`, 'm').exec(metrics)?.[1]));
  };
  await awaitCondition(lag, ([events, seconds]) => events === 0 && seconds === 0, { what: 'models that hold every event' });
});

it('nothing is skipped or counted twice while NATS is away', async () => {
  await create('away');
  await edge.publish('away', 'chats.update', [{ id: PN, unreadCount: 1 }]);
  await settled('away');
  for (let i = 0; i < 5; i++) await edge.publish('away', 'chats.update', [{ id: PN, unreadCount: 1 }]);
  await edge.nats.kill();
  await edge.nats.restart();
  await edge.publish('away', 'chats.update', [{ id: PN, unreadCount: 1 }]);
  expect(await settled('away')).toMatchObject({ skipped: 0 });
  expect((await get<ModelPage<ChatView>>('away', 'store/chats')).items).toMatchObject([{ jid: PN, unreadCount: 7 }]);
}, 20_000);

it('events of a deleted session cost one look-up per step', async () => {
  await using lookUps = await RequestTracker.start(edge.nats.url, '$JS.API.STREAM.MSG.GET.KV_WABUS_REGISTRY', body =>
    body.includes('nobody')
  );
  await Promise.all(Array.from({ length: 200 }, (_, n) => edge.publish('nobody', 'messages.upsert', message(`N${n}`, 'x'))));
  await settled('away');
  expect(lookUps.count).toBeGreaterThan(0);
  expect(lookUps.count).toBeLessThan(50);
});

it('a person without a number is found by LID and name alone', async () => {
  const hidden = '900000000000077@lid';
  await create('hidden');
  await edge.publish('hidden', 'messages.upsert', message('H', 'no number here', { chat: hidden }));
  await edge.publish('hidden', 'contacts.update', [{ id: hidden, notify: 'Nemo', username: 'nemo.at.sea' }]);
  await settled('hidden');
  expect((await get<ModelPage<ChatView>>('hidden', 'store/chats?query=nemo')).items).toMatchObject([
    { jid: hidden, otherJid: null, name: 'Nemo' }
  ]);
  expect((await get<ModelPage<ContactView>>('hidden', 'store/contacts')).items).toMatchObject([
    { jid: hidden, otherJid: null, name: 'Nemo', contact: { username: 'nemo.at.sea' } }
  ]);
  expect((await get<ModelPage<StoredMessageView>>('hidden', `store/chats/${hidden}/messages`)).items).toMatchObject([{ id: 'H' }]);
});

describe('a session that is deleted', () => {
  it('leaves no record about anyone', async () => {
    await edge.remove('sales');
    const left = await awaitCondition(
      () => keysOf('sales'),
      keys => keys.length === 1
    );
    expect(left).toEqual(['session.sales']);
  });

  it('leaves nothing to a later session with the same id', async () => {
    await create('sales');
    await edge.publish('sales', 'messages.upsert', message('Z', 'new'));
    await settled('sales');
    expect(await messages('sales')).toMatchObject([{ id: 'Z' }]);
    expect(await get('sales', 'store/contacts')).toEqual({ items: [], next: null });
  });

  it('recreated while no edge ran, it starts empty and complete', async () => {
    const record = await edge.record('sales');
    await edge.stopEdge();
    const createdAt = new Date().toISOString();
    await edge.broker.buckets
      .bucket(REGISTRY_BUCKET)
      .put(recordKey('sales' as SessionId), Buffer.from(JSON.stringify({ ...record, createdAt })));
    await edge.publish('sales', 'messages.upsert', message('Y', 'newer'));
    await edge.startEdge();
    await awaitCondition(
      () => messages('sales'),
      ([newest]) => newest?.id === 'Y'
    );
    expect(await messages('sales')).toMatchObject([{ id: 'Y' }]);
  }, 20_000);
});

it('a chat without a name gets that of its person or group', async () => {
  await create('names');
  await edge.publish('names', 'chats.update', [
    { id: PN, unreadCount: 1 },
    { id: GROUP, unreadCount: 1 },
    { id: NOBODY, unreadCount: 1 }
  ]);
  await edge.publish('names', 'contacts.upsert', [{ id: PN, notify: 'ann' }]);
  await edge.publish('names', 'groups.upsert', [{ id: GROUP, subject: 'Team', participants: [] }]);
  await settled('names');
  const namesOf = async (query: string): Promise<(string | null)[]> =>
    (await get<ModelPage<ChatView>>('names', `store/chats${query}`)).items.map(({ name }) => name).sort();
  expect(await namesOf('')).toEqual(['Team', 'ann', null]);
  expect(await namesOf('?query=TEA')).toEqual(['Team']);
  expect(await namesOf('?query=nn')).toEqual(['ann']);
  expect(await get<ChatView>('names', `store/chats/${GROUP}`)).toMatchObject({ name: 'Team' });
});
