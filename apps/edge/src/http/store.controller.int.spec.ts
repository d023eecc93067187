import {
  EDGE_ROUTES,
  type ContactView,
  type ErrorBody,
  type ModelPage,
  type ModelStatus,
  type SessionId,
  type StoredMessageView
} from '@wabus/contracts';
import { awaitCondition, type EdgeClient } from '@wabus/testing';
import { EdgeFixture, READER_TOKEN, SALES_TOKEN } from '../edge.fixture.js';

const PN = '15550000001@s.whatsapp.net';
const LID = '900000000000001@lid';
const ROUTES = EDGE_ROUTES.filter(({ tag, path }) => tag === 'store' && path.includes('{session}'));

let edge: EdgeFixture;
let client: EdgeClient;

beforeAll(async () => {
  edge = await EdgeFixture.launch({ WABUS_MODELS_LEASE_MS: '800' });
  client = edge.client();
  for (const session of ['sales', 'support']) await client.post('/api/sessions', { session });
  await edge.publish('sales', 'contacts.upsert', [
    ...['Cleo', 'anna', 'Bert', 'Dora'].map((name, i) => ({ id: `1555000000${i}@s.whatsapp.net`, name })),
    { id: '15550000009@s.whatsapp.net', notify: '' }
  ]);
  const now = Math.floor(Date.now() / 1000);
  const messages = Array.from({ length: 7 }, (_, i) => ({
    key: { remoteJid: i % 2 ? PN : LID, fromMe: false, id: `M${i}` },
    // Two messages per second, so that the order of the log matters.
    messageTimestamp: now - 100 + Math.floor(i / 2),
    message: { conversation: i < 5 ? `Straße ${i}` : `other ${i}` }
  }));
  await edge.publish('sales', 'lid-mapping.update', { lid: LID, pn: PN });
  for (const message of messages) await edge.publish('sales', 'messages.upsert', { messages: [message], type: 'notify' });
  await edge.publish('support', 'contacts.upsert', [{ id: PN, name: 'of support' }]);
  await awaitCondition(
    async () => (await client.get<ModelStatus>('/api/sessions/support/models')).body,
    ({ state, projected, newest }) => state === 'current' && projected >= newest
  );
}, 30_000);
afterAll(() => edge.stop(), 30_000);

async function pages<Item>(path: string, by: 'cursor' | 'before', limit: number): Promise<Item[][]> {
  const found: Item[][] = [];
  for (let next: string | null = ''; next !== null;) {
    const cursor: string = next === '' ? '' : `&${by}=${encodeURIComponent(next)}`;
    const { body } = await client.get<ModelPage<Item>>(
      `/api/sessions/sales/store/${path}${path.includes('?') ? '&' : '?'}limit=${limit}${cursor}`
    );
    found.push([...body.items]);
    next = body.next;
  }
  return found;
}

describe('lists', () => {
  it('are split into pages, each item once, sorted by name', async () => {
    const names = (await pages<ContactView>('contacts', 'cursor', 2)).map(page => page.map(({ name }) => name));
    expect(names).toEqual([['anna', 'Bert'], ['Cleo', 'Dora'], [null]]);
  });

  it('of messages merge both jids of a chat, newest first', async () => {
    const ids = (await pages<StoredMessageView>(`chats/${LID}/messages`, 'before', 3)).map(page => page.map(({ id }) => id));
    expect(ids).toEqual([['M6', 'M5', 'M4'], ['M3', 'M2', 'M1'], ['M0']]);
  });

  it('end with a full page if nothing follows', async () => {
    expect((await pages<StoredMessageView>(`chats/${PN}/messages`, 'before', 7)).map(page => page.length)).toEqual([7]);
  });

  it('show only matches of the query, in pages, in any case', async () => {
    const found = await pages<StoredMessageView>(`messages/search?query=${encodeURIComponent('STRAßE')}`, 'cursor', 3);
    expect(found.map(page => page.map(({ id }) => id))).toEqual([
      ['M4', 'M3', 'M2'],
      ['M1', 'M0']
    ]);
    expect((await pages<ContactView>('contacts?query=ERT', 'cursor', 9)).flat().map(({ name }) => name)).toEqual(['Bert']);
    expect((await pages<ContactView>('contacts?query=15550000003', 'cursor', 9)).flat().map(({ name }) => name)).toEqual(['Dora']);
    expect(await pages('messages/search?query=nowhere', 'cursor', 3)).toEqual([[]]);
  });

  it('contain nothing of other sessions', async () => {
    const { body } = await client.get<ModelPage<ContactView>>('/api/sessions/support/store/contacts');
    expect(body.items.map(({ name }) => name)).toEqual(['of support']);
  });
});

const failed = (status: number, code: string, field?: string): object => ({
  status,
  body: { ok: false, error: expect.objectContaining({ code, ...(field === undefined ? {} : { details: { field } }) }) as ErrorBody }
});

it.each([
  ['store/contacts?limit=0', 'limit'],
  ['store/contacts?limit=201', 'limit'],
  ['store/contacts?limit=1e2', 'limit'],
  ['store/contacts?limit=1&limit=2', 'limit'],
  ['store/contacts?cursor=nonsense', 'cursor'],
  [`store/contacts?cursor=${Buffer.from('[1,"x"]').toString('base64url')}`, 'cursor'],
  [`store/chats?cursor=${Buffer.from('["x","x"]').toString('base64url')}`, 'cursor'],
  [`store/chats?cursor=${'x'.repeat(3_000)}`, 'cursor'],
  ['store/groups?query=', 'query'],
  [`store/groups?query=${'x'.repeat(300)}`, 'query'],
  ['store/labels?query[a]=b', 'query[a]'],
  ['store/labels?page=2', 'page'],
  ['store/messages/search', 'query'],
  ['store/messages/search?query=a&query=b', 'query'],
  [`store/chats/${PN}/messages?before=nonsense`, 'before'],
  [`store/chats/${PN}/messages?cursor=x`, 'cursor'],
  ['store/chats/bob', 'jid'],
  ['store/chats/bob/messages', 'jid'],
  ['store/contacts/..%2F..', 'jid'],
  ['store/groups/%00', 'jid'],
  ['store/lid-map/1@evil.example', 'jid']
])('GET %s is refused, and the field is named', async (path, field) => {
  expect(await client.get(`/api/sessions/sales/${path}`)).toMatchObject(failed(400, 'INVALID_REQUEST', field));
});

it.each([
  [{ discard: 'yes' }, 'discard'],
  [{ discard: null }, 'discard'],
  [{ all: true }, 'all'],
  [{ constructor: true }, 'constructor'],
  [[], 'body']
])('a rebuild with %j is refused, and the field is named', async (body, field) => {
  for (const path of ['/api/sessions/sales/models/rebuild', '/api/models/rebuild']) {
    expect(await client.post(path, body)).toMatchObject(failed(400, 'INVALID_REQUEST', field));
  }
});

it.each(['store/chats', 'store/contacts', 'store/groups'])('GET %s/<jid> without an event is answered with 404', async path => {
  expect(await client.get(`/api/sessions/sales/${path}/199@g.us`)).toMatchObject(failed(404, 'NOT_FOUND'));
});

it('keeps a token of one session from models of another', async () => {
  const sales = edge.client(SALES_TOKEN);
  expect((await sales.get('/api/sessions/sales/store/contacts')).status).toBe(200);
  for (const { verb, path } of ROUTES) {
    const filled = (session: string): string => path.replace('{session}', session).replace('{jid}', PN);
    for (const session of ['support', 'supp%6Frt']) {
      expect(await sales.request(verb, filled(session))).toMatchObject(failed(403, 'FORBIDDEN'));
    }
    for (const session of ['sales%2F..%2Fsupport', 'sales%00', '%2e%2e%2fsupport']) {
      expect(await sales.request(verb, filled(session))).toMatchObject(failed(400, 'INVALID_REQUEST', 'session'));
    }
    expect(await client.request(verb, filled('nobody'))).toMatchObject(failed(404, 'UNKNOWN_SESSION'));
    expect((await fetch(edge.url + filled('sales'), { method: verb })).status).toBe(401);
  }
});

it('a rebuild requires admin and covers own sessions only', async () => {
  const reader = edge.client(READER_TOKEN);
  expect((await reader.get('/api/sessions/sales/models')).status).toBe(200);
  for (const path of ['/api/sessions/sales/models/rebuild', '/api/models/rebuild']) {
    expect(await reader.post(path)).toMatchObject(failed(403, 'FORBIDDEN'));
  }
  const { body } = await edge.client(SALES_TOKEN).post<{ sessions: SessionId[] }>('/api/models/rebuild');
  expect(body.sessions).toEqual(['sales']);
});
