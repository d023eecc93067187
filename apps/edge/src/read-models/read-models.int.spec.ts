import type { ChatView, ModelPage, ModelStatus, StoredMessageView } from '@wabus/contracts';
import { EdgeFixture, READER_TOKEN, SALES_TOKEN } from '../edge.fixture.js';

const PN = '15550000001@s.whatsapp.net';
const LID = '900000000000001@lid';
let edge: EdgeFixture;

beforeAll(async () => {
  edge = await EdgeFixture.launch({ WABUS_MODELS_LEASE_MS: '800' });
  for (const session of ['sales', 'support']) await edge.client().post('/api/sessions', { session });
});
afterAll(() => edge.stop());

const get = async <Body>(path: string, session = 'sales'): Promise<Body> =>
  (await edge.client().get<Body>(`/api/sessions/${session}/${path}`)).body;

async function eventually<Value>(read: () => Promise<Value>, holds: (value: Value) => boolean): Promise<Value> {
  for (const end = Date.now() + 5_000; ;) {
    const value = await read();
    if (holds(value)) return value;
    if (Date.now() > end) throw new Error(`not reached, last: ${JSON.stringify(value)}`);
    await new Promise(resolve => setTimeout(resolve, 25));
  }
}

const message = (id: string, text: string, at: number, chat = PN) => ({
  messages: [{ key: { remoteJid: chat, fromMe: false, id }, messageTimestamp: at, message: { conversation: text } }],
  type: 'notify'
});
const settled = () =>
  eventually(
    () => get<ModelStatus>('models'),
    ({ state, projected, newest }) => state === 'current' && projected >= newest
  );
const everything = async () => [
  await get('store/chats'),
  await get(`store/chats/${PN}/messages`),
  await get('store/contacts'),
  await get('store/groups'),
  await get('store/labels'),
  await get(`store/lid-map/${LID}`)
];

it('answers from the log, over both jids of a person, after a restart, from another edge, and after a rebuild alike', async () => {
  const now = Math.floor(Date.now() / 1000);
  await edge.publish('sales', 'messages.upsert', message('A', 'hello over lid', now - 2, LID));
  await edge.publish('sales', 'chats.update', [{ id: LID, unreadCount: 1 }]);
  await edge.publish('sales', 'lid-mapping.update', { lid: LID, pn: PN });
  await edge.publish('sales', 'messages.upsert', message('B', 'hello over number', now - 1));
  await edge.publish('sales', 'chats.update', [{ id: PN, unreadCount: 1 }]);
  await edge.publish('sales', 'messages.reaction', [
    { key: { remoteJid: PN, fromMe: false, id: 'A' }, reaction: { text: '+', key: { remoteJid: PN, fromMe: true, id: 'R' } } }
  ]);
  await edge.publish('sales', 'contacts.upsert', [{ id: PN, name: 'Ann' }]);
  await edge.publish('sales', 'groups.upsert', [{ id: '120363000000000001@g.us', subject: 'Team', participants: [{ id: LID }] }]);
  await edge.publish('sales', 'labels.edit', { id: '1', name: 'Hot', color: 2, deleted: false });
  await settled();
  const chats = await get<ModelPage<ChatView>>('store/chats');
  expect(chats.items).toMatchObject([{ jid: PN, otherJid: LID, unreadCount: 2, timestamp: now - 1 }]);
  const first = await get<ModelPage<StoredMessageView>>(`store/chats/${LID}/messages?limit=1`);
  const second = await get<ModelPage<StoredMessageView>>(`store/chats/${PN}/messages?limit=1&before=${first.next}`);
  expect([...first.items, ...second.items]).toMatchObject([{ id: 'B' }, { id: 'A', reactions: [{ sender: 'me', text: '+' }] }]);
  expect((await get<ModelPage<StoredMessageView>>('store/messages/search?query=LID')).items.map(({ id }) => id)).toEqual(['A']);

  const before = await everything();
  expect((await edge.client().post('/api/sessions/sales/models/rebuild', {})).status).toBe(202);
  await settled();
  expect(await everything()).toEqual(before);
  await edge.client().post('/api/sessions/sales/models/rebuild', { discard: true });
  await settled();
  expect(await everything()).toEqual(before);

  const other = await edge.another();
  await edge.stopEdge();
  await edge.publish('sales', 'messages.upsert', message('C', 'meanwhile', now));
  const path = `/api/sessions/sales/store/chats/${PN}/messages`;
  await eventually(
    async () => (await other.client().get<ModelPage<StoredMessageView>>(path)).body.items,
    items => items[0]?.id === 'C'
  );
  await edge.startEdge();
  expect(await get<ModelPage<ChatView>>('store/chats')).toMatchObject({ items: [{ jid: PN, unreadCount: 2, timestamp: now }] });
  await other.stop();
});

it('lets in whose token permits it, and forgets a session that is deleted', async () => {
  const status = async (token: string, method: string, path: string) =>
    (await edge.client(token).request(method, `/api/sessions/${path}`)).status;
  expect(await status(SALES_TOKEN, 'GET', 'support/store/chats')).toBe(403);
  expect(await status(READER_TOKEN, 'GET', 'support/store/chats')).toBe(200);
  expect(await status(READER_TOKEN, 'POST', 'support/models/rebuild')).toBe(403);
  expect(await status(READER_TOKEN, 'GET', 'nobody/store/chats')).toBe(404);
  await edge.remove('sales');
  await edge.client().post('/api/sessions', { session: 'sales' });
  await eventually(
    () => get<ModelPage<ChatView>>('store/chats'),
    ({ items }) => items.length === 0
  );
});
