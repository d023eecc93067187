import { createHmac } from 'node:crypto';
import { recordKey, REGISTRY_BUCKET, type SessionId, type SessionRecord, type WebhookView } from '@wabus/contracts';
import { awaitCondition, WebhookReceiver } from '@wabus/testing';
import { EdgeFixture, READER_TOKEN, SALES_TOKEN, TOKEN } from '../edge.fixture.js';
import { PEER_APIS } from './peer-apis.table.js';
import { PeerRoutes } from './peer-match.policy.js';
import { MESSAGE, PERSON, SENT, type PeerExchange } from './peer-exchange.fixture.js';
import { EVOLUTION_EXCHANGES } from './evolution/evolution.fixture.js';
import { WAHA_EXCHANGES } from './waha/waha.fixture.js';
import type { PeerName } from './compat.types.js';

const EXCHANGES: Readonly<Record<PeerName, readonly PeerExchange[]>> = { waha: WAHA_EXCHANGES, evolution: EVOLUTION_EXCHANGES };
const BOTH = Object.entries(EXCHANGES) as [PeerName, readonly PeerExchange[]][];
const ROWS = BOTH.flatMap(([peer, exchanges]) =>
  exchanges.map((row): [string, PeerName, PeerExchange] => [`${row.ask} ${JSON.stringify(row.body ?? '')}`.slice(0, 90), peer, row])
);

interface Asking {
  readonly key?: string | null | undefined;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

describe('programs of other gateways', () => {
  let edge: EdgeFixture;
  let got: { method: string; args: unknown; idempotencyKey: string | null | undefined }[] = [];
  let replies: unknown[] = [];

  /** Sends a request as a program of the peer does. */
  const ask = async (peer: PeerName, line: string, asking: Asking = {}): Promise<Answer> => {
    const { headers = {}, body } = asking;
    const key = asking.key === undefined ? TOKEN : asking.key;
    const [method, path] = line.split(' ') as [string, string];
    const answer = await fetch(edge.url + path, {
      method,
      headers: {
        ...(key === null ? null : { [PEER_APIS[peer].keyHeader]: key }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) })
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') === true;
    return { status: answer.status, body: isJson ? (JSON.parse(text) as unknown) : text };
  };

  beforeAll(async () => {
    edge = await EdgeFixture.launch({ WABUS_COMPAT: 'waha,evolution', WABUS_EGRESS_ALLOW: '127.0.0.1', WABUS_WEBHOOK_RETRY_BASE_MS: '50' });
    for (const session of ['default', 'other']) {
      await edge.client().post('/api/sessions', { session });
      await edge.own(session, async ({ method, body, idempotencyKey }) => {
        got.push({ method, args: (JSON.parse(body) as { args?: unknown }).args ?? {}, idempotencyKey });
        return JSON.stringify({ ok: true, data: replies.shift() });
      });
    }
    await edge.report('default', {
      state: 'open',
      account: { id: '79111111:5@s.whatsapp.net', lid: '900079111111:5@lid', name: 'WAHA', platform: 'android' }
    });
  }, 30_000);
  afterAll(() => edge.stop(), 30_000);
  beforeEach(() => {
    got = [];
    replies = [];
  });

  it.each(ROWS)('%s behaves as the peer documents', async (_title, peer, row) => {
    replies = [...(row.replies ?? [])];
    const { status, body } = await ask(peer, row.ask, { body: row.body });
    expect({ status, body }).toMatchObject({ status: row.status });
    expect(got.map(({ method, args }) => [method, args])).toEqual(row.commands);
    if (row.answer !== undefined && typeof row.answer === 'object') expect(body).toMatchObject(row.answer as object);
    else if (row.answer !== undefined) expect(body).toBe(row.answer);
  });

  it.each(BOTH)('twenty calls of %s are marked as most used, and served', peer => {
    const common = PEER_APIS[peer].routes.filter(route => route.common);
    expect(common.length).toBeGreaterThanOrEqual(20);
    expect(common.filter(({ handle }) => handle === undefined)).toEqual([]);
  });

  it.each(BOTH)('no two rows of %s have the same address', peer => {
    const addresses = PEER_APIS[peer].routes.map(({ verb, path }) => `${verb} ${path.replace(/\{\w+\}/g, '{}')}`);
    expect(addresses.filter((address, i) => addresses.indexOf(address) !== i)).toEqual([]);
    const table = new PeerRoutes(PEER_APIS[peer].routes);
    for (const route of PEER_APIS[peer].routes)
      expect(table.find(route.verb, route.path.replace(/\{\w+\}/g, 'x-x'))?.route.path).toBe(route.path);
  });

  describe('a key', () => {
    const SEND: Record<PeerName, [string, unknown]> = {
      waha: ['POST /api/sendText', { session: 'default', chatId: '12132132130@c.us', text: 'x' }],
      evolution: ['POST /message/sendText/default', { number: '12132132130', text: 'x' }]
    };

    it.each([
      ['waha', { statusCode: 401, message: 'Unauthorized' }],
      ['evolution', { status: 401, error: 'Unauthorized', response: { message: 'Unauthorized' } }]
    ] as const)('that is invalid is refused in the format of %s', async (peer, body) => {
      const [line, message] = SEND[peer];
      for (const key of ['not-the-key', '']) expect(await ask(peer, line, { key, body: message })).toMatchObject({ status: 401, body });
      expect(await ask(peer, line, { key: null, body: message })).toMatchObject({ status: 401, body });
      const two = { authorization: `Bearer ${READER_TOKEN}` };
      expect(await ask(peer, line, { headers: two, body: message })).toMatchObject({ status: 401, body });
      const other = PEER_APIS[peer === 'waha' ? 'evolution' : 'waha'].keyHeader;
      expect(await ask(peer, line, { headers: { [other]: READER_TOKEN }, body: message })).toMatchObject({ status: 401 });
      expect(got).toEqual([]);
    });

    it('may be in several headers if it is the same', async () => {
      const [line, body] = SEND.waha;
      replies = [SENT];
      const headers = { apikey: TOKEN, authorization: `Bearer ${TOKEN}` };
      expect(await ask('waha', line, { headers, body })).toMatchObject({ status: 201 });
    });

    it.each(['waha', 'evolution'] as const)('of %s may also be a bearer token', async peer => {
      const [line, body] = SEND[peer];
      replies = [SENT];
      expect(await ask(peer, line, { key: null, headers: { authorization: `Bearer ${TOKEN}` }, body })).toMatchObject({ status: 201 });
    });

    it.each(['waha', 'evolution'] as const)('of %s permits what its token permits', async peer => {
      const [line, body] = SEND[peer];
      for (const key of [SALES_TOKEN, READER_TOKEN]) expect(await ask(peer, line, { key, body })).toMatchObject({ status: 403 });
      expect(got).toEqual([]);
    });

    it('of WAHA selects the API where both have the address', async () => {
      expect(await ask('waha', 'GET /api/sessions/default')).toMatchObject({
        status: 200,
        body: {
          name: 'default',
          status: 'WORKING',
          me: { id: '79111111@c.us', lid: '900079111111@lid', pushName: 'WAHA' },
          engine: { engine: 'NOWEB' },
          config: { webhooks: [] }
        }
      });
      const headers = { authorization: `Bearer ${TOKEN}` };
      expect(await ask('waha', 'GET /api/sessions/default', { key: null, headers })).toMatchObject({
        status: 200,
        body: { session: 'default' }
      });
    });
  });

  it('nothing of a peer is served if it is disabled', async () => {
    const other = await edge.another({ WABUS_COMPAT: 'waha' });
    const answer = await fetch(`${other.url}/instance/fetchInstances`, { headers: { apikey: TOKEN } });
    expect(answer.status).toBe(404);
    const waha = await fetch(`${other.url}/api/sessions?all=true`, { headers: { 'x-api-key': TOKEN } });
    expect(((await waha.json()) as { name: string }[]).map(({ name }) => name).sort()).toEqual(['default', 'other']);
    // Webhooks in a format that this edge does not support are for the other edges.
    await other.stop();
  });

  it('a known call that is not served names an alternative', async () => {
    expect(await ask('waha', 'POST /api/sendButtons', { body: {} })).toMatchObject({
      status: 501,
      body: {
        statusCode: 501,
        error: 'Not Implemented',
        wabus: { certain: true, details: { instead: ['POST /api/sessions/{session}/messages'] } }
      }
    });
    expect(await ask('evolution', 'POST /chatwoot/set/default', { body: {} })).toMatchObject({
      status: 501,
      body: { status: 501, response: { message: [expect.stringContaining('/api/sessions/{session}/webhooks')] } }
    });
  });

  it('an unknown address is not found', async () => {
    expect(await ask('waha', 'POST /api/sendCarrierPigeon', { body: {} })).toMatchObject({ status: 404, body: { statusCode: 404 } });
    expect(await ask('evolution', 'POST /message/sendPigeon/default', { body: {} })).toMatchObject({
      status: 404,
      body: { status: 404, error: 'Not Found', response: { message: ['Cannot POST /message/sendPigeon/default'] } }
    });
    expect(await ask('evolution', 'GET /chat/findMessages/%E0%A4%A')).toMatchObject({ status: 404 });
  });

  it('an unknown session is reported as the peer does', async () => {
    expect(await ask('waha', 'POST /api/sendText', { body: { session: 'nobody', chatId: '12132132130@c.us', text: 'x' } })).toMatchObject({
      status: 404,
      body: { message: 'Session not found' }
    });
    expect(await ask('evolution', 'GET /instance/connectionState/nobody')).toMatchObject({
      status: 404,
      body: { response: { message: ['The "nobody" instance does not exist'] } }
    });
    expect(await ask('evolution', 'GET /instance/connectionState/a%2Fb')).toMatchObject({ status: 400 });
    expect(await ask('waha', 'DELETE /api/sessions/nobody')).toMatchObject({ status: 200 });
  });

  it('unknown fields are ignored, invalid ones named', async () => {
    replies = [SENT];
    const text = { session: 'default', chatId: '12132132130@c.us', text: 'x', colour: 'blue', reply_to: null };
    expect(await ask('waha', 'POST /api/sendText', { body: text })).toMatchObject({ status: 201 });
    expect(got).toHaveLength(1);
    const wrong = [
      ['waha', 'POST /api/sendText', { chatId: '12132132130@c.us' }, 'text'],
      ['waha', 'POST /api/sendText', { chatId: 'bob', text: 'x' }, 'jid'],
      ['waha', 'POST /api/sendText', { chatId: '1@c.us', text: 'x', reply_to: 'a_b' }, 'reply_to'],
      ['waha', 'POST /api/sendImage', { chatId: '12132132130@c.us', file: 'x.png' }, 'file'],
      ['evolution', 'POST /message/sendMedia/default', { number: '12132132130', mediatype: 'smell', media: 'x' }, 'mediatype'],
      ['evolution', 'POST /chat/whatsappNumbers/default', { numbers: '1' }, 'numbers']
    ] as const;
    for (const [peer, line, body, field] of wrong) {
      const answer = await ask(peer, line, { body });
      expect([field, answer]).toMatchObject([field, { status: 400, body: { wabus: { code: 'INVALID_ARGUMENTS', certain: true } } }]);
      const { details } = (answer.body as { wabus: { details: { fields: object } } }).wabus;
      expect(Object.keys(details.fields)).toEqual([field]);
    }
    expect(got).toHaveLength(1);
  });

  it.each([
    ['waha', 'GET /api/files/default/abc~%25', {}, 'file'],
    ['waha', 'GET /api/messages?session=default&chatId=12132132130@c.us&limit=1.5', undefined, 'limit'],
    ['waha', 'GET /api/default/chats/12132132130@c.us/messages?offset=0.5', undefined, 'offset'],
    ['waha', 'GET /api/contacts/all?session=default&limit=-1', undefined, 'limit'],
    ['waha', 'POST /api/default/chats/12132132130@c.us/messages/read', { messages: 0 }, 'messages'],
    ['waha', 'POST /api/default/chats/12132132130@c.us/messages/read', { messages: 1.5 }, 'messages'],
    ['evolution', 'POST /chat/findMessages/default', { where: { key: { id: 'A' } }, page: 1.5 }, 'page']
  ] as const)('for %s refuse %s by name', async (peer, line, body, field) => {
    const answer = await ask(peer, line, line.startsWith('POST') ? { body } : {});
    expect(answer).toMatchObject({ status: 400, body: { wabus: { details: { fields: { [field]: [expect.any(String)] } } } } });
    expect(got).toEqual([]);
  });

  it('an unreadable body is refused as the peer does', async () => {
    expect(await ask('waha', 'POST /api/sendText', { body: '{"session"' })).toMatchObject({ status: 400, body: { statusCode: 400 } });
    expect(await ask('evolution', 'POST /message/sendText/default', { body: '[1]' })).toMatchObject({ status: 400, body: { status: 400 } });
    const large = { number: '1', text: 'x'.repeat(1_100_000) };
    expect(await ask('evolution', 'POST /message/sendText/default', { body: large })).toMatchObject({ status: 413, body: { status: 413 } });
  });

  it('a body without its type, and a form, are explained', async () => {
    const post = (type: string, body: string): Promise<Response> =>
      fetch(`${edge.url}/message/sendMedia/default`, { method: 'POST', headers: { apikey: TOKEN, 'content-type': type }, body });
    const plain = await post('text/plain', '{"number":"1"}');
    expect([plain.status, await plain.json()]).toMatchObject([
      400,
      { response: { message: [expect.stringContaining('Content-Type: application/json')] } }
    ]);
    const form = await post('multipart/form-data; boundary=x', '--x--');
    expect([form.status, await form.json()]).toMatchObject([400, { response: { message: [expect.stringContaining('in base64')] } }]);
  });

  it('the key of a request applies to its message', async () => {
    replies = [SENT];
    await ask('evolution', 'POST /message/sendText/default', {
      headers: { 'idempotency-key': 'order-4711' },
      body: { number: '12132132130', text: 'x' }
    });
    expect(got).toMatchObject([{ method: 'sendMessage', idempotencyKey: 'order-4711' }]);
  });

  it.each(['evolution', 'waha'] as const)('a half-created session of %s can be requested again', async peer => {
    const session = `half-${peer}` as SessionId;
    const registry = edge.broker.buckets.bucket(REGISTRY_BUCKET);
    const [line, body] = (
      {
        evolution: ['POST /instance/create', { instanceName: session, webhook: { url: 'http://127.0.0.1:9/', events: ['CALL'] } }],
        waha: ['POST /api/sessions', { name: session, config: { webhooks: [{ url: 'http://127.0.0.1:9/', events: ['message'] }] } }]
      } as const
    )[peer];
    // The state that an edge leaves if it is killed after the first step.
    await edge.client().post('/api/sessions', { session });
    const { value } = (await registry.get(recordKey(session)))!;
    const record = JSON.parse(Buffer.from(value).toString()) as SessionRecord;
    expect(record).not.toHaveProperty('unfinishedBy');
    const of = async (unfinishedBy: string): Promise<Answer> => {
      await registry.put(recordKey(session), Buffer.from(JSON.stringify({ ...record, unfinishedBy })));
      return ask(peer, line, { body });
    };
    const { id } = (await edge.client().get<{ id: string }>('/api/principal')).body;
    expect((await of('somebody-else')).status).toBe(peer === 'waha' ? 422 : 403);
    expect(await of(id)).toMatchObject({ status: 201, ...(peer === 'evolution' ? { body: { hash: expect.any(String) as string } } : {}) });
    expect((await edge.client().get(`/api/sessions/${session}/webhooks`)).body).toMatchObject({
      webhooks: [{ url: 'http://127.0.0.1:9/' }]
    });
    expect(await edge.record(session)).not.toHaveProperty('unfinishedBy');
    // The session is complete now.
    expect((await ask(peer, line, { body })).status).toBe(peer === 'waha' ? 422 : 403);
    await edge.remove(session);
  });

  it('an instance is unfinished until its answer', async () => {
    const answer = ask('evolution', 'POST /instance/create', { body: { instanceName: 'steps', qrcode: true } });
    await awaitCondition(
      () => edge.record('steps'),
      record => record?.unfinishedBy !== undefined,
      { what: 'the session' }
    );
    await edge.report('steps', { state: 'open' });
    expect(await answer).toMatchObject({ status: 201 });
    expect(await edge.record('steps')).not.toHaveProperty('unfinishedBy');
    await edge.remove('steps');
  });

  it('a token of an instance ends with it, however deleted', async () => {
    const registry = edge.broker.buckets.bucket(REGISTRY_BUCKET);
    for (const remove of ['evolution', 'waha', 'own'] as const) {
      const { status, body } = await ask('evolution', 'POST /instance/create', { body: { instanceName: 'tenant' } });
      const { hash } = body as { hash: string };
      expect(status).toBe(201);
      expect(await ask('evolution', 'GET /instance/connectionState/tenant', { key: hash })).toMatchObject({ status: 200 });
      // Also by its own token, which may not revoke tokens.
      if (remove === 'evolution') await ask('evolution', 'DELETE /instance/delete/tenant', { key: hash });
      else if (remove === 'waha') await ask('waha', 'DELETE /api/sessions/tenant');
      else await edge.client().delete('/api/sessions/tenant');
      // As the owner of the session does.
      const { value } = (await registry.get(recordKey('tenant' as SessionId)))!;
      const record = JSON.parse(Buffer.from(value).toString()) as object;
      await registry.put(recordKey('tenant' as SessionId), Buffer.from(JSON.stringify({ ...record, erased: true })));
      await awaitCondition(
        () => ask('evolution', 'POST /instance/create', { body: { instanceName: 'tenant', number: '1' } }),
        ({ status: created }) => created === 201,
        { what: 'the free name' }
      ).then(async next => {
        expect(await ask('evolution', 'GET /instance/connectionState/tenant', { key: hash })).toMatchObject({ status: 401 });
        const key = (next.body as { hash: string }).hash;
        expect(await ask('evolution', 'GET /instance/connectionState/tenant', { key })).toMatchObject({ status: 200 });
      });
      await edge.remove('tenant');
    }
  });

  it('a file of a session requires the right to read it', async () => {
    const line = `GET /api/files/default/media_${'A'.repeat(32)}`;
    expect(await ask('waha', line, { key: SALES_TOKEN })).toMatchObject({ status: 403 });
    expect(await ask('waha', line)).toMatchObject({ status: 404, body: { wabus: { code: 'UNKNOWN_MEDIA' } } });
    expect(await ask('waha', 'GET /api/files/default/nonsense')).toMatchObject({ status: 400 });
  });

  it('a file from a private network is refused', async () => {
    const body = { number: '12132132130', mediatype: 'image', media: 'http://10.0.0.1/x.png' };
    expect(await ask('evolution', 'POST /message/sendMedia/default', { body })).toMatchObject({
      status: 400,
      body: { wabus: { code: 'EGRESS_DENIED' } }
    });
  });

  describe('webhooks', () => {
    let receiver: WebhookReceiver;
    beforeAll(async () => {
      receiver = await WebhookReceiver.listen();
    });
    afterAll(() => receiver.close());
    beforeEach(() => receiver.forget());

    const incoming = (id: string): object => ({
      type: 'notify',
      messages: [
        {
          key: { remoteJid: PERSON, fromMe: false, id },
          messageTimestamp: 1_667_561_485,
          pushName: 'Bob',
          message: { conversation: 'Hi there!' }
        }
      ]
    });

    it('of WAHA receive its bodies with its signature', async () => {
      const webhooks = [{ url: receiver.url, events: ['message', 'message.any'], hmac: { key: 'my-secret-key' } }];
      const set = await ask('waha', 'PUT /api/sessions/default', { body: { config: { webhooks } } });
      expect(set).toMatchObject({
        status: 200,
        body: { config: { webhooks: [{ url: receiver.url, events: ['message', 'message.any'], hmac: { key: '***' } }] } }
      });
      await edge.publish('default', 'messages.upsert', incoming(MESSAGE));
      await edge.publish('other', 'messages.upsert', incoming('B'.repeat(20)));
      const deliveries = await receiver.awaitDeliveries(2);
      const payload = {
        id: `false_12132132130@c.us_${MESSAGE}`,
        from: '12132132130@c.us',
        fromMe: false,
        body: 'Hi there!',
        hasMedia: false,
        timestamp: 1_667_561_485
      };
      const me = { id: '79111111@c.us', pushName: 'WAHA' };
      expect(deliveries.map(({ json }) => json)).toMatchObject([
        { event: 'message', session: 'default', me, payload, engine: 'NOWEB' },
        { event: 'message.any', session: 'default', me, payload }
      ]);
      for (const { headers, body } of deliveries) {
        expect(headers['x-webhook-hmac-algorithm']).toBe('sha512');
        expect(headers['x-webhook-hmac']).toBe(createHmac('sha512', 'my-secret-key').update(body).digest('hex'));
      }
      expect(await ask('waha', 'PUT /api/sessions/default', { body: { config: {} } })).toMatchObject({
        body: { config: { webhooks: [] } }
      });
    });

    it('of Evolution API receive its bodies at separate addresses', async () => {
      const webhook = {
        enabled: true,
        url: `${receiver.url}/`,
        byEvents: true,
        base64: false,
        headers: { 'x-own': '1' },
        events: ['MESSAGES_UPSERT', 'QRCODE_UPDATED']
      };
      const set = await ask('evolution', 'POST /webhook/set/default', { body: { webhook } });
      expect(set).toMatchObject({ status: 201, body: { enabled: true, events: webhook.events, webhookByEvents: true } });
      expect(await ask('evolution', 'GET /webhook/find/default')).toMatchObject({
        status: 200,
        body: { url: webhook.url, headers: { 'x-own': '***' } }
      });
      await edge.publish('default', 'messages.upsert', incoming(MESSAGE));
      await edge.publish('default', 'auth.qr', { qr: '2@abc', ttlMs: 1, attempt: 1, at: '' });
      const deliveries = await receiver.awaitDeliveries(2);
      const byPath = new Map(deliveries.map(delivery => [delivery.path.split('/').at(-1), delivery]));
      expect(byPath.get('messages-upsert')?.json).toMatchObject({
        event: 'messages.upsert',
        instance: 'default',
        sender: '79111111@s.whatsapp.net',
        apikey: null,
        data: {
          key: { remoteJid: PERSON, fromMe: false, id: MESSAGE },
          pushName: 'Bob',
          message: { conversation: 'Hi there!' },
          messageType: 'conversation'
        }
      });
      expect(byPath.get('qrcode-updated')?.json).toMatchObject({
        data: { qrcode: { code: '2@abc', base64: expect.stringMatching(/^data:image\/png;base64,/) as string } }
      });
      expect(byPath.get('messages-upsert')?.headers['x-own']).toBe('1');
      await ask('evolution', 'POST /webhook/set/default', { body: { webhook: { ...webhook, enabled: false } } });
      expect(await ask('evolution', 'GET /webhook/find/default')).toMatchObject({ status: 200, body: null });
    });

    it('do not block a chat if the program refuses an event', async () => {
      const [bad, good] = ['D'.repeat(20), 'E'.repeat(20)];
      receiver.answerWith(({ body }) => (body.includes(bad) ? 500 : 204));
      const body = { url: receiver.url, webhook_by_events: false, events: ['MESSAGES_UPSERT'] };
      expect(await ask('evolution', 'POST /webhook/set/default', { body })).toMatchObject({ status: 201 });
      await edge.publish('default', 'messages.upsert', incoming(bad));
      await edge.publish('default', 'messages.upsert', incoming(good));
      const deliveries = await receiver.awaitDeliveries(7);
      expect(deliveries.map(one => (one.body.includes(bad) ? 'refused' : 'taken'))).toEqual([...Array<string>(6).fill('refused'), 'taken']);
      receiver.answerWith(() => 204);
      // Otherwise it would receive the events that the next tests publish.
      await ask('evolution', 'POST /webhook/set/default', { body: { ...body, enabled: false } });
      expect(await ask('evolution', 'GET /webhook/find/default')).toMatchObject({ status: 200, body: null });
    });

    it('that are set again keep their undelivered events', async () => {
      receiver.answerWith(() => 503);
      const url = `${receiver.url}/`;
      const webhooks = [{ url, events: ['message'], hmac: { key: 'my-secret-key' }, customHeaders: [{ name: 'X-Own', value: 'pass' }] }];
      const set = await ask('waha', 'PUT /api/sessions/default', { body: { config: { webhooks } } });
      await edge.publish('default', 'messages.upsert', incoming('D'.repeat(20)));
      await receiver.awaitDeliveries(1);
      // A program that changes its settings writes back what it has read.
      const { config } = set.body as { config: object };
      expect(await ask('waha', 'PUT /api/sessions/default', { body: { config } })).toMatchObject({ status: 200, body: { config } });
      receiver.forget();
      receiver.answerWith(() => 200);
      const [delivery] = await receiver.awaitDeliveries(1);
      expect(delivery!.json).toMatchObject({ payload: { id: `false_12132132130@c.us_${'D'.repeat(20)}` } });
      expect(delivery!.headers).toMatchObject({
        'x-own': 'pass',
        'x-webhook-hmac': createHmac('sha512', 'my-secret-key').update(delivery!.body).digest('hex')
      });
      // The next test also compares the state.
      await awaitCondition(
        async () => (await edge.client().get<{ webhooks: WebhookView[] }>('/api/sessions/default/webhooks')).body.webhooks,
        ([webhook]) => webhook?.state?.delivered === 1,
        { what: 'the delivery in the state of the webhook' }
      );
    });

    it('remain unchanged if one of several is refused', async () => {
      const before = (await edge.client().get('/api/sessions/default/webhooks')).body;
      const ours = { url: `${receiver.url}/new`, events: ['message'] };
      for (const wrong of [{ url: 'http://10.0.0.1/' }, { events: ['no'] }, { hmac: { key: '***' } }, { url: 'nonsense' }]) {
        const webhooks = [{ ...ours, url: `${receiver.url}/` }, ours, { ...ours, url: `${receiver.url}/third`, ...wrong }];
        expect(await ask('waha', 'PUT /api/sessions/default', { body: { config: { webhooks } } })).toMatchObject({ status: 400 });
        expect((await edge.client().get('/api/sessions/default/webhooks')).body).toEqual(before);
      }
      await ask('waha', 'PUT /api/sessions/default', { body: { config: {} } });
    });

    it('that are set at the same time become one', async () => {
      const urls = ['a', 'b', 'c'].map(path => `${receiver.url}/${path}`);
      const set = (url: string): Promise<Answer> =>
        ask('evolution', 'POST /webhook/set/default', { body: { webhook: { url, enabled: true, headers: { 'x-own': '1' } } } });
      expect((await Promise.all(urls.map(set))).map(({ status }) => status)).toEqual([201, 201, 201]);
      const list = async (): Promise<{ id: string; url: string }[]> =>
        (await edge.client().get<{ webhooks: { id: string; url: string }[] }>('/api/sessions/default/webhooks')).body.webhooks;
      const [one, ...others] = await list();
      expect(others).toEqual([]);
      const found = (await ask('evolution', 'GET /webhook/find/default')).body as object;
      expect(await ask('evolution', 'POST /webhook/set/default', { body: { webhook: found } })).toMatchObject({ status: 201 });
      expect(await list()).toMatchObject([{ id: one!.id, url: one!.url }]);
      const stars = { ...found, headers: { 'x-other': '***' } };
      expect(await ask('evolution', 'POST /webhook/set/default', { body: { webhook: stars } })).toMatchObject({ status: 400 });
      await ask('evolution', 'POST /webhook/set/default', { body: { webhook: { ...found, enabled: false } } });
      expect(await list()).toEqual([]);
    });

    it('survive a restart of the edge', async () => {
      const body = { url: receiver.url, webhook_by_events: false, events: ['messages.upsert'] };
      expect(await ask('evolution', 'POST /webhook/set/default', { body })).toMatchObject({ status: 201 });
      await edge.stopEdge();
      await edge.publish('default', 'messages.upsert', incoming('C'.repeat(20)));
      await edge.startEdge();
      const [delivery] = await receiver.awaitDeliveries(1);
      expect(delivery!.json).toMatchObject({ event: 'messages.upsert', data: { key: { id: 'C'.repeat(20) } } });
    }, 30_000);
  });
});
