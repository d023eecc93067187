import { createHmac } from 'node:crypto';
import { GraphApiError, WhatsAppClient } from '@kapso/whatsapp-cloud-api';
import { verifySignature } from '@kapso/whatsapp-cloud-api/server';
import type { CreatedWebhook, TestDelivery, WebhookView } from '@wabus/contracts';
import { awaitCondition, WebhookReceiver, type ReceivedDelivery } from '@wabus/testing';
import { EdgeFixture, READER_TOKEN, SALES_TOKEN, TOKEN, type OwnedCommand } from '../edge.fixture.js';
import { CLOUD_ROUTES } from './cloud-routes.table.js';
import { decodeWamid, encodeMediaId, encodeWamid, isOutgoingMessageId } from './wamid.codec.js';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');
const BOB = '16505551234@s.whatsapp.net';
const GROUP = '120363000000000001@g.us';
const APP_SECRET = 'an-app-secret';

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & {
    error?: { code: number; error_subcode?: number; fbtrace_id: string; error_data: { details: string } };
  };
}

describe("Meta's Cloud API at the edge", () => {
  let edge: EdgeFixture;
  let web: WebhookReceiver;
  const asked: OwnedCommand[] = [];
  let reply: (command: OwnedCommand) => unknown = () => ({});
  beforeAll(async () => {
    edge = await EdgeFixture.launch({
      WABUS_CLOUD_API: 'true',
      WABUS_EGRESS_ALLOW: '127.0.0.1',
      WABUS_WEBHOOK_RETRY_BASE_MS: '20',
      WABUS_EDGE_SENDS_BURST: '1000'
    });
    web = await WebhookReceiver.listen(({ path }) =>
      path.startsWith('/hook') ? 200 : { status: 200, headers: { 'content-type': 'text/plain' }, body: 'a letter' }
    );
    for (const session of ['sales', 'other']) await edge.client().post('/api/sessions', { session });
    await edge.report('sales', {
      account: { id: '15550000001@s.whatsapp.net', lid: '900015550000001@lid', name: 'Lucky Shrub', platform: 'android' }
    });
    await edge.own('sales', command => {
      asked.push(command);
      return Promise.resolve(JSON.stringify({ ok: true, data: reply(command) }));
    });
  }, 30_000);
  afterAll(async () => {
    await web.close();
    await edge.stop();
  }, 30_000);
  beforeEach(() => {
    asked.length = 0;
    reply = () => ({});
    web.forget();
  });

  const call = async (
    verb: string,
    path: string,
    { body, token = TOKEN, headers = {} }: { body?: unknown; token?: string | null; headers?: Record<string, string> } = {}
  ): Promise<Answer> => {
    const response = await fetch(`${edge.url}${path}`, {
      method: verb,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) })
    });
    return { status: response.status, body: (await response.json()) as Answer['body'] };
  };
  const message = (fields: object, path = '/v13.0/sales/messages'): Promise<Answer> =>
    call('POST', path, { body: { messaging_product: 'whatsapp', to: '16505551234', ...fields } });
  const refused = ({ status, body }: Answer): [number, number] => [status, body.error!.code];
  const sent = (index = 0): { jid: string; content: Record<string, unknown>; options: Record<string, unknown> } => {
    const args = JSON.parse(asked[index]!.body) as { args?: unknown };
    return (args.args ?? args) as ReturnType<typeof sent>;
  };

  it('sends a message and returns an id that identifies it', async () => {
    const { status, body } = await message({ type: 'text', text: { body: 'hi' }, biz_opaque_callback_data: 'order 7' });
    expect([status, body]).toEqual([
      200,
      {
        messaging_product: 'whatsapp',
        contacts: [{ input: '16505551234', wa_id: '16505551234' }],
        messages: [{ id: expect.stringMatching(/^wamid\./) as unknown }]
      }
    ]);
    const { id } = decodeWamid((body['messages'] as { id: string }[])[0]!.id)!;
    expect(isOutgoingMessageId(id)).toBe(true);
    expect(sent()).toMatchObject({ jid: BOB, content: { text: 'hi' }, options: { messageId: id, correlation: 'order 7' } });
  });

  it('honors an idempotency key: the same request, the same id', async () => {
    const once = (): Promise<Answer> =>
      call('POST', '/v23.0/sales/messages', {
        body: { messaging_product: 'whatsapp', to: '16505551234', text: { body: 'hi' } },
        headers: { 'idempotency-key': 'k-1' }
      });
    const [first, second] = [await once(), await once()];
    expect(first.body).toEqual(second.body);
    expect(asked.map(({ idempotencyKey }) => idempotencyKey)).toEqual(['k-1', 'k-1']);
    expect(asked[0]!.body).toBe(asked[1]!.body);
  });

  it('marks a message as read and shows typing', async () => {
    const id = encodeWamid({ fromMe: false, id: 'AB12', chat: BOB, participant: null });
    const { status, body } = await message({ to: undefined, status: 'read', message_id: id, typing_indicator: { type: 'text' } });
    expect([status, body]).toEqual([200, { success: true }]);
    expect(asked.map(({ method }) => method)).toEqual(['readMessages', 'sendPresenceUpdate']);
  });

  describe('the calls of Chatwoot, in its order', () => {
    // app/services/whatsapp/providers/whatsapp_cloud_service.rb and incoming_message_whatsapp_cloud_service.rb of chatwoot/chatwoot.
    it('sets up an inbox with the token in the address', async () => {
      const asTemplate = (token: string): Promise<Answer> =>
        call('GET', `/v14.0/sales/message_templates?access_token=${token}`, { token: null });
      expect(await asTemplate(TOKEN)).toEqual({ status: 200, body: { data: [] } });
      expect(refused(await asTemplate('a-wrong-token-0000000001'))).toEqual([401, 190]);
      expect(await call('POST', '/v22.0/sales/subscribed_apps')).toEqual({ status: 200, body: { success: true } });
      const { body } = await call('GET', '/v22.0/sales/phone_numbers?fields=id,display_phone_number');
      expect(body).toMatchObject({ data: [{ id: 'sales', display_phone_number: '+15550000001', verified_name: 'Lucky Shrub' }] });
    });

    it('sends text without a context, a file by link, and buttons', async () => {
      expect(await message({ type: 'text', text: { body: 'hi' }, context: null })).toMatchObject({ status: 200 });
      const document = { link: web.url.replace('/hook', '/file'), filename: 'letter.txt', caption: 'read' };
      expect(await message({ type: 'document', context: null, document })).toMatchObject({ status: 200 });
      // app/services/whatsapp/providers/base_service.rb: the action is a text.
      const action = JSON.stringify({ buttons: [{ type: 'reply', reply: { id: 'y', title: 'Yes' } }] });
      const interactive = { type: 'button', body: { text: 'ok?' }, action };
      expect(await message({ type: 'interactive', interactive })).toMatchObject({ status: 200 });
      expect(asked.map((_, i) => Object.keys(sent(i).content)[0])).toEqual(['text', 'document', 'text']);
      expect(sent(2).content).toEqual({ text: 'ok?\n\n1. Yes' });
      expect(sent(1).content).toMatchObject({ document: { media: expect.stringMatching(/^media_/) as unknown }, fileName: 'letter.txt' });
    });

    it('fetches the file of a message by its id, then its address', async () => {
      const content = { imageMessage: { mimetype: 'image/png', fileLength: PNG.length, fileSha256: { type: 'Buffer', data: 'b2xk' } } };
      await edge.publish('sales', 'messages.upsert', {
        type: 'notify',
        messages: [{ key: { remoteJid: BOB, id: 'AB12', fromMe: false }, message: content }]
      });
      const page = await edge
        .client()
        .get<{ events: { cursor: string }[] }>('/api/sessions/sales/events?events=messages.upsert&since=2020-01-01T00:00:00Z');
      const id = encodeMediaId({ session: 'sales', ref: page.body.events.at(-1)!.cursor, message: 'AB12' });
      const { ref } = await upload();
      reply = ({ method }) => (method === 'downloadMedia' ? { media: ref, mimetype: 'image/png', bytes: PNG.length, sha256: '' } : {});
      const { status, body } = await call('GET', `/v13.0/${id}?phone_number_id=sales`);
      expect([status, body]).toEqual([
        200,
        {
          messaging_product: 'whatsapp',
          url: `${edge.url}/v13.0/${id}/content`,
          mime_type: 'image/png',
          sha256: '6f6c64',
          file_size: PNG.length,
          id
        }
      ]);
      expect(asked).toHaveLength(0);
      const file = await fetch(body['url'] as string, { headers: { authorization: `Bearer ${TOKEN}` } });
      expect(Buffer.from(await file.arrayBuffer())).toEqual(PNG);
      expect(refused(await call('GET', `/v13.0/${id}`, { token: 'a-wrong-token-0000000001' }))).toEqual([401, 190]);
      // When it is forwarded, it is fetched first.
      expect(await message({ type: 'image', image: { id } })).toMatchObject({ status: 200 });
      expect(sent(asked.length - 1).content).toMatchObject({ image: { media: ref } });
    });

    it('answers a person without a known number by user id', async () => {
      const body = {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        recipient: 'ZZ.900015550000002',
        type: 'text',
        text: { body: 'hi' }
      };
      const answer = await call('POST', '/v22.0/sales/messages', { body });
      expect(answer).toMatchObject({ status: 200, body: { contacts: [{ input: 'ZZ.900015550000002', user_id: 'ZZ.900015550000002' }] } });
      expect(sent().jid).toBe('900015550000002@lid');
    });

    it('learns why a template is refused', async () => {
      const template = { name: 'hello_world', language: { policy: 'deterministic', code: 'en_US' }, components: [] };
      const answer = await message({ type: 'template', recipient_type: 'individual', template });
      expect(refused(answer)).toEqual([400, 132001]);
      expect(asked).toHaveLength(0);
    });
  });

  const upload = async (): Promise<{ id: string; ref: string }> => {
    const form = new FormData();
    form.append('file', new Blob([PNG], { type: 'image/png' }), 'a.png');
    form.append('type', 'image/png');
    form.append('messaging_product', 'whatsapp');
    const response = await fetch(`${edge.url}/v21.0/sales/media`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}` },
      body: form
    });
    expect(response.status).toBe(200);
    const { id } = (await response.json()) as { id: string };
    const [, ref] = Buffer.from(id.slice('media.'.length), 'base64url').toString().split('|');
    return { id, ref: ref! };
  };

  describe('information about a token', () => {
    const asked = async (query: string, token: string = TOKEN): Promise<Answer> => call('GET', `/v17.0/debug_token${query}`, { token });
    const made = async (fields: object): Promise<string> => {
      const { status, body } = await edge.client().post<{ token: string }>('/api/tokens', { name: 'asked', sessions: '*', ...fields });
      expect(status).toBe(201);
      return body.token;
    };

    it('contains its expiry and permissions, or that it is invalid', async () => {
      const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
      const ends = await made({ scopes: ['read'], expiresAt });
      expect((await asked(`?input_token=${ends}`)).body['data']).toMatchObject({
        is_valid: true,
        expires_at: Math.floor(Date.parse(expiresAt) / 1_000),
        scopes: ['whatsapp_business_management']
      });
      expect(await asked('?input_token=garbage')).toMatchObject({
        status: 200,
        body: { data: { is_valid: false, scopes: [], error: { code: 190 } } }
      });
      expect(refused(await asked(''))).toEqual([400, 100]);
      expect(refused(await asked('?input_token=a&input_token=b'))).toEqual([400, 100]);
    });

    it('requires the scope read', async () => {
      const sends = await made({ scopes: ['send'] });
      expect(refused(await asked(`?input_token=${sends}`, sends))).toEqual([403, 10]);
    });
  });

  it('keeps no response in caches, whatever the version looks like', async () => {
    const { id } = await upload();
    const inQuery = `?access_token=${TOKEN}`;
    const rows: [string, string, number][] = [
      ['/v23.0/sales', TOKEN, 200],
      ['/V23.0/sales', TOKEN, 200],
      [`/V23.0/sales${inQuery}`, '', 200],
      [`/v23.0/${id}/content`, TOKEN, 200],
      ['/v23/sales', TOKEN, 400],
      ['/v23.0/sales', 'wrong', 401],
      ['/V23.0/sales/nothing', TOKEN, 400]
    ];
    for (const [path, token, status] of rows) {
      const answer = await fetch(`${edge.url}${path}`, { headers: token === '' ? {} : { authorization: `Bearer ${token}` } });
      expect([path, answer.status, answer.headers.get('cache-control')]).toEqual([path, status, 'no-store']);
    }
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const unreadable = await fetch(`${edge.url}/V23.0/sales/messages`, { method: 'POST', headers, body: '{' });
    expect(await unreadable.json()).toMatchObject({ error: { code: 100 } });
  });

  describe('the calls of Typebot, in its order', () => {
    // packages/whatsapp/src of baptisteArno/typebot.io: getMetaSystemTokenInfo, handleGetPhoneNumber, getOrUploadMedia, sendWhatsAppMessage, sendWhatsAppTypingIndicator, downloadMedia.
    it('checks the token, then the number', async () => {
      const { body } = await call('GET', `/v17.0/debug_token?input_token=${TOKEN}`);
      expect(body['data']).toMatchObject({
        is_valid: true,
        expires_at: 0,
        scopes: ['whatsapp_business_management', 'whatsapp_business_messaging']
      });
      expect(await call('GET', '/v17.0/sales')).toMatchObject({
        status: 200,
        body: {
          id: 'sales',
          display_phone_number: '+15550000001',
          quality_rating: 'GREEN',
          platform_type: 'CLOUD_API',
          status: 'CONNECTED'
        }
      });
    });

    it('uploads a file, sends it by id, and deletes it', async () => {
      const { id, ref } = await upload();
      expect(await message({ type: 'image', image: { id } }, '/v17.0/sales/messages')).toMatchObject({ status: 200 });
      expect(sent().content).toEqual({ image: { media: ref } });
      expect(await call('GET', `/v21.0/${id}`)).toMatchObject({ status: 200, body: { mime_type: 'image/png', file_size: PNG.length } });
      expect(await call('DELETE', `/v21.0/${id}`)).toEqual({ status: 200, body: { success: true } });
      expect(refused(await call('GET', `/v21.0/${id}`))).toEqual([400, 100]);
      expect(refused(await message({ type: 'image', image: { id } }))).toEqual([400, 100]);
    });
  });

  describe('refuses', () => {
    const unknownMedia = encodeMediaId({ session: 'sales', ref: `media_${'a'.repeat(32)}`, message: null });

    it.each<[string, () => Promise<Answer>, [number, number]]>([
      ['no token', () => call('GET', '/v13.0/sales', { token: null }), [401, 190]],
      ['a wrong token', () => call('POST', '/v13.0/sales/messages', { token: 'a-wrong-token-0000000001', body: {} }), [401, 190]],
      ['a token without the scope', () => call('POST', '/v13.0/sales/messages', { token: READER_TOKEN, body: {} }), [403, 10]],
      ['a session that the token does not permit', () => call('GET', '/v13.0/other', { token: SALES_TOKEN }), [400, 100]],
      ['an invalid session', () => call('GET', '/v13.0/nobody'), [400, 100]],
      [
        'a file that the token does not permit',
        () => call('GET', `/v13.0/${encodeMediaId({ session: 'other', ref: 'x', message: null })}`, { token: SALES_TOKEN }),
        [400, 100]
      ],
      ['unknown media', () => call('GET', `/v13.0/${unknownMedia}`), [400, 100]],
      [
        'media of an invalid cursor',
        () => call('GET', `/v13.0/${encodeMediaId({ session: 'sales', ref: 'x', message: null })}`),
        [400, 100]
      ],
      ['a body that is not JSON', () => call('POST', '/v13.0/sales/messages', { body: '{' }), [400, 100]],
      ['a link to this machine', () => message({ type: 'image', image: { link: 'http://10.0.0.1/a.png' } }), [400, 131053]],
      ['an invalid number', () => message({ to: 'Bob', text: { body: 'x' } }), [400, 131009]],
      ['a text that is too long', () => message({ text: { body: 'x'.repeat(70_000) } }), [400, 100]],
      ['a call that is not supported', () => call('GET', '/v13.0/sales/whatsapp_business_profile'), [400, 2500]],
      ['an invalid version', () => call('GET', '/vx/sales'), [400, 2500]]
    ])('%s', async (_what, made, expected) => {
      const answer = await made();
      expect(refused(answer)).toEqual(expected);
      expect(answer.body.error).toMatchObject({ type: 'OAuthException', fbtrace_id: expect.any(String) as unknown });
      expect(asked).toHaveLength(0);
    });

    it('messages that WhatsApp refuses, with its code', async () => {
      await edge.own('other', () =>
        Promise.resolve(
          JSON.stringify({ ok: false, error: { code: 'NOT_ON_WHATSAPP', message: 'Nobody.', retryable: false, certain: true } })
        )
      );
      const answer = await message({ text: { body: 'x' } }, '/v13.0/other/messages');
      expect(refused(answer)).toEqual([400, 131026]);
    });
  });

  it('serves a group by its id', async () => {
    const { status, body } = await message({ recipient_type: 'group', to: GROUP, text: { body: 'all' } });
    expect([status, body['contacts']]).toEqual([200, [{ input: GROUP, wa_id: GROUP }]]);
    expect(sent().jid).toBe(GROUP);
  });

  it('serves each row of its table, and nothing else', () => {
    const served = edge
      .routes()
      .filter(route => / \/v\{version\}\//.test(route))
      .map(route => route.replace('/v{version}/', ''));
    const rows = CLOUD_ROUTES.map(({ verb, path }) => `${verb} ${path.replace('media_id', 'id')}`);
    expect(new Set(served)).toEqual(new Set([...rows, 'GET {id}/content']));
  });

  describe('a client library from npm', () => {
    const client = (accessToken = TOKEN): WhatsAppClient => new WhatsAppClient({ accessToken, baseUrl: edge.url, graphVersion: 'v23.0' });

    it('sends, uploads, reads and queries', async () => {
      const { messages, media, templates } = client();
      const to = '+16505551234';
      const phoneNumberId = 'sales';
      expect((await messages.sendText({ phoneNumberId, to, body: 'hi', previewUrl: false })).messages[0]!.id).toMatch(/^wamid\./);
      const { id } = await media.upload({
        phoneNumberId,
        type: 'image/png',
        file: new Blob([PNG], { type: 'image/png' }),
        fileName: 'a.png'
      });
      await messages.sendImage({ phoneNumberId, to, image: { id, caption: 'cat' } });
      await messages.sendLocation({ phoneNumberId, to, location: { latitude: 1, longitude: 2, name: 'Here' } });
      await messages.sendReaction({
        phoneNumberId,
        to,
        reaction: { messageId: encodeWamid({ fromMe: false, id: 'AB12', chat: BOB, participant: null }), emoji: '👍' }
      });
      await messages.markRead({ phoneNumberId, messageId: encodeWamid({ fromMe: false, id: 'AB12', chat: BOB, participant: null }) });
      expect(await media.get({ mediaId: id, phoneNumberId })).toMatchObject({ mime_type: 'image/png', file_size: PNG.length });
      expect((await templates.list({ businessAccountId: phoneNumberId })).data).toEqual([]);
      expect(asked.map(({ method }) => method)).toEqual(['sendMessage', 'sendMessage', 'sendMessage', 'sendMessage', 'readMessages']);
    });

    it('understands refusals', async () => {
      const send = (one: WhatsAppClient): Promise<unknown> => one.messages.sendText({ phoneNumberId: 'sales', to: 'Bob', body: 'hi' });
      await expect(send(client())).rejects.toMatchObject({ code: 131009, httpStatus: 400 });
      await expect(send(client('a-wrong-token-0000000001'))).rejects.toBeInstanceOf(GraphApiError);
    });
  });

  describe('webhooks in this format', () => {
    const made: string[] = [];
    afterEach(async () => {
      for (const id of made.splice(0)) await edge.client().delete(`/api/sessions/sales/webhooks/${id}`);
    });
    const create = async (fields: object = {}): Promise<CreatedWebhook> => {
      const body = { url: web.url, events: ['messages.*', 'message.progress'], format: 'cloud-api', appSecret: APP_SECRET, ...fields };
      const answer = await edge.client().post<CreatedWebhook>('/api/sessions/sales/webhooks', body);
      expect(answer).toMatchObject({ status: 201 });
      made.push(answer.body.id);
      await awaitCondition(
        async () => (await edge.client().get<WebhookView>(`/api/sessions/sales/webhooks/${answer.body.id}`)).body,
        ({ state }) => state.edge !== null && state.cursor !== null
      );
      return answer.body;
    };
    const incoming = (id: string, more: object = {}): object => ({
      key: { remoteJid: BOB, id, fromMe: false, ...more },
      message: { conversation: id },
      pushName: 'Bob',
      messageTimestamp: 1749416383
    });
    const value = ({ json }: ReceivedDelivery): Record<string, unknown> =>
      (json as { entry: { changes: { value: Record<string, unknown> }[] }[] }).entry[0]!.changes[0]!.value;

    it('receive each message in a signed request, in order', async () => {
      const hook = await create();
      expect(hook).toMatchObject({ format: 'cloud-api', extras: ['echoes'] });
      await edge.publish('sales', 'chats.update', [{ id: BOB }]);
      await edge.publish('sales', 'messages.upsert', { type: 'notify', messages: [incoming('A1'), incoming('A2')] });
      await edge.publish('sales', 'messages.upsert', {
        type: 'notify',
        messages: [incoming('A3', { remoteJid: GROUP, participant: BOB })]
      });
      const own = incoming('AC4', { fromMe: true });
      await edge.publish('sales', 'messages.upsert', { type: 'append', messages: [own] });
      await edge.publish('sales', 'message.progress', {
        id: '3EB0AA',
        chat: BOB,
        correlation: 'order 7',
        stage: 'read',
        at: '2026-06-17T10:00:00Z'
      });
      const deliveries = await web.awaitDeliveries(4);
      expect(deliveries.map(one => Object.keys(value(one)).at(-1))).toEqual(['messages', 'messages', 'message_echoes', 'statuses']);
      for (const { headers, body } of deliveries) {
        expect(headers['x-hub-signature-256']).toBe(`sha256=${createHmac('sha256', APP_SECRET).update(body).digest('hex')}`);
        expect(verifySignature({ appSecret: APP_SECRET, rawBody: body, signatureHeader: String(headers['x-hub-signature-256']) })).toBe(
          true
        );
      }
      expect(value(deliveries[3]!)).toMatchObject({ statuses: [{ status: 'read', biz_opaque_callback_data: 'order 7' }] });

      // A delivery of two requests has one id, and is found by the id of either request.
      const [first, second] = deliveries.map(({ headers }) => String(headers['webhook-id']));
      for (const delivery of [first, second]) {
        const view = await awaitCondition(
          () => edge.client().get(`/api/webhooks/${hook.id}/deliveries/${delivery}`),
          ({ status }) => status === 200
        );
        expect(view.body).toMatchObject({ deliveryId: first, requestBody: `${deliveries[0]!.body}\n${deliveries[1]!.body}` });
      }
      const again = await edge.client().post(`/api/webhooks/${hook.id}/deliveries/${second}/retry`);
      expect(again).toMatchObject({ status: 200, body: { delivered: true, deliveryId: first } });
      expect((await web.awaitDeliveries(6)).slice(4).map(({ headers }) => headers['webhook-id'])).toEqual([first, second]);
    });

    it('verify the endpoint by a challenge, as Meta does', async () => {
      const { id } = await create({ verifyToken: 'let me in' });
      const test = async (): Promise<TestDelivery> =>
        (await edge.client().post<TestDelivery>(`/api/sessions/sales/webhooks/${id}/test`)).body;
      web.answerWith(({ path }) => {
        const query = new URL(path, web.url).searchParams;
        return query.get('hub.verify_token') === 'let me in' ? { status: 200, body: query.get('hub.challenge')! } : 403;
      });
      expect(await test()).toMatchObject({ delivered: true, status: 200 });
      web.answerWith(() => 403);
      expect(await test()).toMatchObject({ delivered: false, status: 403 });
      web.answerWith(() => 200);
    });

    it('require their signing secret, and have no bulk mode', async () => {
      const post = (fields: object): Promise<{ status: number }> =>
        edge.client().post('/api/webhooks', { url: web.url, events: ['*'], format: 'cloud-api', ...fields });
      expect(await post({})).toMatchObject({ status: 400, body: { error: { message: expect.stringContaining('appSecret') as unknown } } });
      const bulk = { maxEvents: 2, maxWaitMs: 0 };
      expect(await post({ appSecret: 'x', bulk })).toMatchObject({ status: 400 });
      const { id } = await create();
      expect(await edge.client().request('PATCH', `/api/sessions/sales/webhooks/${id}`, { bulk })).toMatchObject({ status: 400 });
      const groups = { extras: ['groups'] };
      expect((await edge.client().request('PATCH', `/api/sessions/sales/webhooks/${id}`, groups)).body).toMatchObject({
        format: 'cloud-api',
        ...groups
      });
    });

    it('never show the secrets', async () => {
      const { id } = await create({ verifyToken: 'let-me-in' });
      const view = JSON.stringify((await edge.client().get(`/api/sessions/sales/webhooks/${id}`)).body);
      expect(view).not.toContain(APP_SECRET);
      expect(view).not.toContain('let-me-in');
    });
  });

  it('are off unless they are enabled', async () => {
    const url = await edge.startAnother({ WABUS_CLOUD_API: 'false' });
    const off = await fetch(`${url}/v13.0/sales`, { headers: { authorization: `Bearer ${TOKEN}` } });
    expect(off.status).toBe(404);
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ url: web.url, events: ['*'], format: 'cloud-api', appSecret: 'x' });
    expect((await fetch(`${url}/api/webhooks`, { method: 'POST', headers, body })).status).toBe(400);
  });
});
