import { awaitCondition, findFreePort, WebhookReceiver, type SimulatedAccount } from '@wabus/testing';
import { WabusFixture } from './wabus.fixture.js';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
/** The beginning of an Ogg audio file. */
const OGG = Buffer.concat([
  Buffer.from('4f67675300020000000000000000000000000000000000000000011e', 'hex'),
  Buffer.from('OpusHead'),
  Buffer.alloc(64)
]);

interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

type Json = Record<string, unknown>;

/** Each peer's twenty most used calls, as its programs make them, with a connector and the simulated WhatsApp. */
describe('programs of other gateways', () => {
  let wabus: WabusFixture;
  let contact: SimulatedAccount;
  let receiver: WebhookReceiver;

  beforeAll(async () => {
    const edgePort = await findFreePort();
    const edgeEnv = { WABUS_COMPAT: 'waha,evolution', WABUS_COMPAT_URL: `http://127.0.0.1:${edgePort}`, WABUS_EGRESS_ALLOW: '127.0.0.1' };
    wabus = await WabusFixture.start({ roles: true, edgePort, edgeEnv });
    contact = await wabus.control.createAccount({ name: 'Contact' });
    receiver = await WebhookReceiver.listen();
  }, 90_000);
  afterAll(async () => {
    await receiver?.close();
    await wabus?.stop();
  }, 60_000);
  beforeEach(() => receiver.forget());

  /** Returns a program with the key header of its gateway. */
  const program =
    (keyHeader: string) =>
    async <Body = Json>(line: string, body?: unknown, key = wabus.token): Promise<Answer<Body>> => {
      const [method, path] = line.split(' ') as [string, string];
      const headers = { [keyHeader]: key, accept: 'application/json', 'content-type': 'application/json' };
      const answer = await fetch(wabus.edge.url + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
      const text = await answer.text();
      const isJson = answer.headers.get('content-type')?.includes('json') === true && text !== '';
      return { status: answer.status, body: (isJson ? JSON.parse(text) : text) as Body };
    };
  const waha = program('X-Api-Key');
  const evolution = program('apikey');

  const delivered = async (wanted: (body: Json) => boolean): Promise<Json> => {
    const found = await awaitCondition(
      () => Promise.resolve(receiver.deliveries.map(({ json }) => json as Json)),
      bodies => bodies.some(wanted),
      { what: 'a delivery' }
    );
    return found.find(wanted)!;
  };
  const received = async (text: string): Promise<Json> => {
    const all = await awaitCondition(
      () => wabus.control.received({ phoneNumber: contact.phoneNumber }),
      messages => messages.some(one => one.text === text),
      { what: text }
    );
    return all.find(one => one.text === text)!.message as Json;
  };

  test('of WAHA work, from the QR code to the group', async () => {
    const session = 'waha';
    const chatId = contact.pnJid.replace('@s.whatsapp.net', '@c.us');
    const account = await wabus.control.createAccount({ name: 'Phone of WAHA' });
    const config = { webhooks: [{ url: receiver.url, events: ['message', 'message.ack', 'session.status'] }] };
    expect(await waha('POST /api/sessions', { name: session, config })).toMatchObject({ status: 201, body: { name: session, me: null } });
    expect(await waha('POST /api/sessions', { name: session })).toMatchObject({ status: 422 });

    const qr = await awaitCondition(
      () => waha<{ value?: string }>(`GET /api/${session}/auth/qr?format=raw`),
      ({ status }) => status === 200,
      { what: 'QR code' }
    );
    expect(qr.body.value).toMatch(/,/);
    expect(await waha(`GET /api/${session}/auth/qr`)).toMatchObject({ status: 200, body: { mimetype: 'image/png' } });
    await wabus.scan(session, account);
    await awaitCondition(
      () => waha(`GET /api/sessions/${session}`),
      ({ body }) => body['status'] === 'WORKING',
      { what: 'WORKING' }
    );
    expect(await waha<Json[]>('GET /api/sessions')).toMatchObject({
      body: [{ name: session, me: { id: account.pnJid.replace('@s.whatsapp.net', '@c.us') } }]
    });
    await delivered(({ event, payload }) => event === 'session.status' && (payload as Json)['status'] === 'WORKING');

    const sent = await waha('POST /api/sendText', { session, chatId, text: 'Hi there!' });
    expect(sent).toMatchObject({ status: 201, body: { id: expect.stringMatching(/^true_/) as string, body: 'Hi there!' } });
    await received('Hi there!');
    await delivered(({ event, payload }) => event === 'message.ack' && (payload as Json)['id'] === sent.body['id']);
    const file = { mimetype: 'image/png', filename: 'dot.png', data: PNG };
    expect(await waha('POST /api/sendImage', { session, chatId, file, caption: 'a dot' })).toMatchObject({ status: 201 });
    expect(await received('a dot')).toMatchObject({ imageMessage: { caption: 'a dot', mimetype: 'image/png' } });
    expect(await waha('POST /api/sendFile', { session, chatId, file, caption: 'a file' })).toMatchObject({ status: 201 });
    expect(await received('a file')).toMatchObject({
      documentMessage: { fileName: 'dot.png', caption: 'a file' }
    });
    expect(await waha('POST /api/sendVoice', { session, chatId, file: { data: OGG.toString('base64') } })).toMatchObject({ status: 201 });

    const { id } = await wabus.control.sendMessage({
      from: contact.phoneNumber,
      to: account.phoneNumber,
      message: { conversation: 'question' }
    });
    const { payload } = (await delivered(({ event }) => event === 'message')) as { payload: { id: string; from: string; body: string } };
    expect(payload).toMatchObject({ from: chatId, body: 'question', id: expect.stringMatching(new RegExp(`^false_.*_${id}$`)) as string });
    expect(await waha('POST /api/sendSeen', { session, chatId: payload.from, messageId: payload.id })).toMatchObject({ status: 201 });
    await wabus.control.receipts({ phoneNumber: contact.phoneNumber, messageId: id, atLeast: 1 });
    expect(await waha('POST /api/startTyping', { session, chatId: payload.from })).toMatchObject({ status: 201 });
    expect(await waha('POST /api/sendText', { session, chatId: payload.from, text: 'answer', reply_to: payload.id })).toMatchObject({
      status: 201
    });
    expect(await received('answer')).toMatchObject({ extendedTextMessage: { contextInfo: { stanzaId: id } } });
    expect(await waha('PUT /api/reaction', { session, messageId: payload.id, reaction: '👍' })).toMatchObject({ status: 200 });

    const messages = await awaitCondition(
      () => waha<Json[]>(`GET /api/${session}/chats/${encodeURIComponent(payload.from)}/messages?limit=20`),
      ({ body }) => body.some(message => message['body'] === 'question'),
      { what: 'the messages of the chat' }
    );
    expect(messages.body.find(message => message['body'] === 'question')).toMatchObject({ id: payload.id, fromMe: false });
    expect(await waha<Json[]>(`GET /api/${session}/chats`)).toMatchObject({
      status: 200,
      body: expect.arrayContaining([expect.objectContaining({ id: payload.from })]) as Json[]
    });
    expect(await waha(`GET /api/contacts/check-exists?phone=${contact.phoneNumber}&session=${session}`)).toMatchObject({
      body: { numberExists: true }
    });
    expect(await waha(`GET /api/contacts/profile-picture?contactId=${contact.phoneNumber}&session=${session}`)).toMatchObject({
      status: 200
    });

    const group = await waha<{ id: string }>(`POST /api/${session}/groups`, { name: 'Group', participants: [{ id: chatId }] });
    expect(group).toMatchObject({ status: 201, body: { id: expect.stringMatching(/@g\.us$/) as string } });
    expect(await waha<Json[]>(`GET /api/${session}/groups`)).toMatchObject({ body: [{ id: group.body.id, subject: 'Group' }] });
    expect((await waha<Json[]>(`GET /api/${session}/groups/${group.body.id}/participants`)).body).toHaveLength(2);
    const other = await wabus.control.createAccount({ name: 'Other' });
    expect(
      await waha(`POST /api/${session}/groups/${group.body.id}/participants/add`, { participants: [{ id: `${other.phoneNumber}@c.us` }] })
    ).toMatchObject({ status: 201 });
    expect(await waha('POST /api/sendText', { session, chatId: group.body.id, text: 'to the group' })).toMatchObject({ status: 201 });
    await received('to the group');

    expect(await waha(`POST /api/sessions/${session}/stop`)).toMatchObject({ status: 201 });
    await wabus.awaitState(session, 'stopped');
    expect(await waha('POST /api/sendText', { session, chatId, text: 'x' })).toMatchObject({
      status: 422,
      body: { expected: ['WORKING'] }
    });
    expect(await waha(`POST /api/sessions/${session}/start`)).toMatchObject({ status: 201 });
    await wabus.awaitState(session, 'open');
    expect(await waha(`POST /api/sessions/${session}/restart`)).toMatchObject({ status: 201 });
    await wabus.awaitState(session, 'open');
    expect(await waha(`PUT /api/sessions/${session}`, { config: { webhooks: [] } })).toMatchObject({ body: { config: { webhooks: [] } } });
    expect(await waha(`POST /api/sessions/${session}/logout`)).toMatchObject({ status: 201 });
    await awaitCondition(
      () => waha(`GET /api/sessions/${session}`),
      ({ body }) => body['status'] === 'SCAN_QR_CODE',
      { what: 'a new QR code' }
    );
    expect(await waha(`DELETE /api/sessions/${session}`)).toMatchObject({ status: 200 });
  }, 120_000);

  test('of Evolution API work, from the QR code to the group', async () => {
    const instance = 'evo';
    const number = contact.phoneNumber;
    const account = await wabus.control.createAccount({ name: 'Phone of Evolution' });
    const webhook = {
      url: receiver.url,
      byEvents: false,
      events: ['MESSAGES_UPSERT', 'SEND_MESSAGE', 'CONNECTION_UPDATE', 'QRCODE_UPDATED']
    };
    const created = await evolution<{ hash: string; qrcode: Json }>('POST /instance/create', {
      instanceName: instance,
      integration: 'WHATSAPP-BAILEYS',
      qrcode: true,
      webhook
    });
    expect(created).toMatchObject({
      status: 201,
      body: {
        instance: { instanceName: instance, status: 'connecting' },
        hash: expect.stringMatching(/^wabus_/) as string,
        qrcode: { code: expect.any(String) as string, base64: expect.stringMatching(/^data:image\/png;base64,/) as string, count: 1 }
      }
    });
    // The key of the instance, which programs use from here on.
    const { hash } = created.body;
    const ask = <Body = Json>(line: string, body?: unknown): Promise<Answer<Body>> => evolution<Body>(line, body, hash);
    expect(await evolution('POST /instance/create', { instanceName: instance })).toMatchObject({ status: 403 });
    await delivered(({ event }) => event === 'qrcode.updated');
    expect(await ask(`GET /instance/connect/${instance}`)).toMatchObject({ status: 200, body: { code: expect.any(String) as string } });
    await wabus.scan(instance, account);
    await awaitCondition(
      () => ask<{ instance: Json }>(`GET /instance/connectionState/${instance}`),
      ({ body }) => body.instance['state'] === 'open',
      { what: 'open' }
    );
    await delivered(({ event, data }) => event === 'connection.update' && (data as Json)['state'] === 'open');
    expect(await ask<Json[]>('GET /instance/fetchInstances')).toMatchObject({
      body: [{ name: instance, connectionStatus: 'open', ownerJid: account.pnJid }]
    });
    expect(await ask(`GET /webhook/find/${instance}`)).toMatchObject({ body: { url: webhook.url, events: webhook.events } });

    const sent = await ask<{ key: { id: string } }>(`POST /message/sendText/${instance}`, { number, text: 'teste de envio', delay: 1200 });
    expect(sent).toMatchObject({ status: 201, body: { status: 'PENDING', message: { conversation: 'teste de envio' } } });
    await received('teste de envio');
    await delivered(({ event, data }) => event === 'send.message' && (data as { key: Json }).key['id'] === sent.body.key.id);
    const media = { number, mediatype: 'image', mimetype: 'image/png', caption: 'um ponto', media: PNG, fileName: 'dot.png' };
    expect(await ask(`POST /message/sendMedia/${instance}`, media)).toMatchObject({ status: 201, body: { messageType: 'imageMessage' } });
    const image = await received('um ponto');
    expect(await ask(`POST /message/sendWhatsAppAudio/${instance}`, { number, audio: OGG.toString('base64') })).toMatchObject({
      status: 201
    });

    const { id } = await wabus.control.sendMessage({ from: contact.phoneNumber, to: account.phoneNumber, message: image });
    const { data } = (await delivered(
      ({ event, data: one }) => event === 'messages.upsert' && (one as { key: Json }).key['id'] === id
    )) as { data: { key: Json; message: Json } };
    expect(data).toMatchObject({ key: { remoteJid: contact.pnJid, fromMe: false }, messageType: 'imageMessage', pushName: 'Contact' });
    const base64 = await awaitCondition(
      () => ask(`POST /chat/getBase64FromMediaMessage/${instance}`, { message: { key: { id } }, convertToMp4: false }),
      ({ status }) => status === 201,
      { what: 'the file by the id of its message' }
    );
    expect(base64.body).toMatchObject({ mimetype: 'image/png', base64: PNG, mediaType: 'imageMessage' });
    expect(await ask(`POST /chat/markMessageAsRead/${instance}`, { readMessages: [data.key] })).toMatchObject({ status: 201 });
    await wabus.control.receipts({ phoneNumber: contact.phoneNumber, messageId: id, atLeast: 1 });
    expect(await ask(`POST /chat/sendPresence/${instance}`, { number, presence: 'composing', delay: 100 })).toMatchObject({ status: 201 });
    expect(
      await ask(`POST /message/sendText/${instance}`, { number, text: 'resposta', quoted: { key: data.key, message: data.message } })
    ).toMatchObject({ status: 201 });
    expect(await received('resposta')).toMatchObject({ extendedTextMessage: { contextInfo: { stanzaId: id } } });
    expect(await ask(`POST /message/sendReaction/${instance}`, { key: data.key, reaction: '🚀' })).toMatchObject({ status: 201 });
    expect(
      await ask<{ messages: { records: Json[] } }>(`POST /chat/findMessages/${instance}`, {
        where: { key: { remoteJid: contact.pnJid, id } }
      })
    ).toMatchObject({
      body: { messages: { total: 1, records: [{ messageType: 'imageMessage' }] } }
    });
    expect(await ask<Json[]>(`POST /chat/findChats/${instance}`, {})).toMatchObject({
      body: expect.arrayContaining([expect.objectContaining({ remoteJid: contact.pnJid })]) as Json[]
    });
    expect(await ask<Json[]>(`POST /chat/whatsappNumbers/${instance}`, { numbers: [number] })).toMatchObject({
      body: [{ exists: true, number }]
    });
    expect(await ask(`POST /chat/fetchProfilePictureUrl/${instance}`, { number })).toMatchObject({
      status: 200,
      body: { wuid: contact.pnJid }
    });
    expect(
      await ask(`DELETE /chat/deleteMessageForEveryone/${instance}`, { ...sent.body.key, remoteJid: contact.pnJid, fromMe: true })
    ).toMatchObject({ status: 201 });

    const group = await ask<{ id: string }>(`POST /group/create/${instance}`, { subject: 'Grupo', participants: [number] });
    expect(group).toMatchObject({ status: 201, body: { subject: 'Grupo' } });
    expect(await ask<Json[]>(`GET /group/fetchAllGroups/${instance}?getParticipants=false`)).toMatchObject({
      body: [{ id: group.body.id }]
    });
    expect(await ask<{ participants: Json[] }>(`GET /group/participants/${instance}?groupJid=${group.body.id}`)).toMatchObject({
      body: { participants: [{}, {}] }
    });
    const action = { action: 'promote', participants: [number] };
    expect(await ask(`POST /group/updateParticipant/${instance}?groupJid=${group.body.id}`, action)).toMatchObject({ status: 201 });

    expect(await ask(`POST /instance/restart/${instance}`)).toMatchObject({ status: 200 });
    await wabus.awaitState(instance, 'open');
    expect(await ask(`DELETE /instance/logout/${instance}`)).toMatchObject({ status: 200, body: { status: 'SUCCESS' } });
    expect(await evolution(`DELETE /instance/delete/${instance}`)).toMatchObject({ status: 200, body: { status: 'SUCCESS' } });
    await awaitCondition(
      () => ask('GET /instance/fetchInstances'),
      ({ status }) => status === 401,
      { what: 'the end of the key of the instance' }
    );
  }, 120_000);
});
