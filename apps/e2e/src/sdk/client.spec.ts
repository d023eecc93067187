import { createHmac, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOfStream } from 'node:stream/consumers';
import {
  RetryDelivery,
  verifyWebhook,
  WabusClient,
  WabusError,
  WhatsApp,
  type AnyEvent,
  type ConnectionModel,
  type VerifiedWebhook
} from '@wabus/sdk';
import { FileCursorStore } from '@wabus/sdk/node';
import { awaitCondition, createTempFolder, launchTcpProxy, scanUntilLinked, type SimulatedAccount, type TcpProxy } from '@wabus/testing';
import { WabusFixture } from '../wabus.fixture.js';

const JWT_SECRET = randomBytes(32).toString('hex');

/** Returns a token for all sessions and scopes, as an application creates it. */
function jwt(claims: { exp: number; wabus?: { sessions: string; scopes: string[] } }): string {
  const [head, body] = [
    { alg: 'HS256', typ: 'JWT' },
    { sub: 'app', wabus: { sessions: '*', scopes: ['read', 'send', 'control'] }, ...claims }
  ].map(part => Buffer.from(JSON.stringify(part)).toString('base64url'));
  return `${head}.${body}.${createHmac('sha256', JWT_SECRET).update(`${head}.${body}`).digest('base64url')}`;
}

const textOf = (event: AnyEvent<'messages.upsert'>): string => event.data.messages[0]?.message?.conversation ?? '';

describe('the SDK with the whole product', () => {
  let wabus: WabusFixture;
  let contact: SimulatedAccount;
  let account: SimulatedAccount;
  let proxy: TcpProxy;
  const clients: WabusClient[] = [];
  const surfaces: WhatsApp[] = [];

  beforeAll(async () => {
    wabus = await WabusFixture.start({ edgeEnv: { WABUS_JWT_SECRET: JWT_SECRET, WABUS_EGRESS_ALLOW: '127.0.0.1' } });
    proxy = await launchTcpProxy({ port: Number(new URL(wabus.edge.url).port) });
    [account, contact] = await Promise.all([wabus.pair('sales'), wabus.control.createAccount({ name: 'Contact' })]);
  }, 90_000);
  afterEach(async () => {
    await Promise.all(clients.splice(0).map(client => client.close()));
    await Promise.all(surfaces.splice(0).map(surface => surface.disconnect()));
    proxy?.pass();
  });
  afterAll(async () => {
    await proxy?.stop();
    await wabus?.stop();
  }, 60_000);

  const open = (options: Partial<ConstructorParameters<typeof WabusClient>[0]> = {}): WabusClient => {
    const client = new WabusClient({ url: `127.0.0.1:${proxy.port}`, token: wabus.token, session: 'sales', ...options });
    clients.push(client);
    return client;
  };
  const openSurface = (): WhatsApp => {
    const surface = new WhatsApp();
    surfaces.push(surface);
    return surface;
  };
  const receive = (text: string): Promise<unknown> =>
    wabus.control.sendMessage({ from: contact.phoneNumber, to: account.phoneNumber, message: { conversation: text } });

  test('commands return catalog replies and fail with its errors', async () => {
    const client = open();
    const sent = await client.commands.sendMessage(contact.pnJid, { text: 'hello' });
    expect(sent.key).toMatchObject({ fromMe: true, id: expect.stringMatching(/.{8,}/) as string });
    expect(await client.commands.onWhatsApp(contact.phoneNumber)).toEqual([expect.objectContaining({ exists: true })]);
    const refused = await client.commands.sendMessage('nobody', { text: 'x' }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(WabusError);
    expect(refused).toMatchObject({
      code: 'INVALID_ARGUMENTS',
      retryable: false,
      certain: true,
      details: { fields: expect.any(Object) as object }
    });
    await expect(client.commands.with({ session: 'nowhere' }).getSession()).rejects.toMatchObject({ code: 'UNKNOWN_SESSION' });
  }, 30_000);

  test('a handler gets the payload and the facts of each event', async () => {
    const client = open();
    const got: string[] = [];
    client.on('messages.upsert', (data, event) => void got.push(`${event.session}: ${data.messages[0]?.message?.conversation}`));
    await client.connect();
    // Once: messages after `connect` are not missed.
    await receive('for the handler');
    await awaitCondition(
      () => got,
      texts => texts.includes('sales: for the handler'),
      { what: 'the message' }
    );
  }, 30_000);

  test('subscriptions of the socket and of handlers stay separate', async () => {
    const client = open();
    const plain: unknown[][] = [];
    const handled: string[] = [];
    client.on('messages.*', (_data, event) => void handled.push(event.event));
    await client.connect();
    client.socket.on('messages.upsert', (...args: unknown[]) => void plain.push(args));
    await client.socket.emitWithAck('subscribe', ['messages.upsert']);
    await awaitCondition(
      async () => {
        await receive('for both');
        return [plain.length, handled.length];
      },
      counts => counts.every(count => count > 0),
      { what: 'the message on both ways' }
    );
    expect(plain[0]).toEqual([expect.objectContaining({ type: 'notify' })]);
    expect(handled).toContain('messages.upsert');
  }, 30_000);

  test('a message is sent once if its reply is lost', async () => {
    const client = open();
    await client.connect();
    proxy.delay(700);
    const sending = client.commands.sendMessage(contact.pnJid, { text: 'exactly once' });
    const copies = async (atLeast: number, waitMs: number): Promise<number> => {
      const received = await wabus.control.received({ phoneNumber: contact.phoneNumber, atLeast, waitMs });
      return received.filter(({ message }) => JSON.stringify(message).includes('exactly once')).length;
    };
    await awaitCondition(
      () => copies(1, 100),
      count => count === 1,
      { what: 'the message at its receiver' }
    );
    proxy.reset();
    proxy.pass();
    expect((await sending).key.id).toMatch(/.{8,}/);
    // A copy would arrive before a message that is sent later.
    await client.commands.sendMessage(contact.pnJid, { text: 'the last one' });
    await awaitCondition(
      () => wabus.control.received({ phoneNumber: contact.phoneNumber }),
      all => all.some(({ message }) => JSON.stringify(message).includes('the last one')),
      { what: 'the last message' }
    );
    expect(await copies(1, 0)).toBe(1);
  }, 30_000);

  test('a slow loop gets each event once while its edge restarts', async () => {
    const texts = Array.from({ length: 60 }, (_, i) => `numbered ${i}`);
    const client = open({ bufferedEvents: 6, socketOptions: { reconnectionDelay: 50, reconnectionDelayMax: 250 } });
    const errors: WabusError[] = [];
    client.onError(error => errors.push(error));
    const loop = client.events({ events: ['messages.upsert'], sessions: ['sales'], since: new Date().toISOString() });
    const writing = (async () => {
      for (const text of texts) await receive(text);
    })();
    const got: string[] = [];
    for await (const event of loop) {
      const text = textOf(event);
      if (text.startsWith('numbered')) got.push(text);
      if (got.length === texts.length) break;
      if (got.length === 15 && wabus.edges.length === 1) {
        const [edge] = wabus.edges.splice(0);
        await edge!.kill();
        const port = Number(new URL(wabus.clients.splice(0)[0]!.url).port);
        void wabus.startEdge(port);
      }
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    await writing;
    expect(got).toEqual(texts);
    expect(errors).toEqual([]);
    await awaitCondition(
      () => wabus.edges.length,
      count => count === 1,
      { what: 'the edge' }
    );
  }, 60_000);

  test('a named loop resumes in another process', async () => {
    const folder = createTempFolder('cursors');
    const read = async (last: string): Promise<string[]> => {
      const client = open({ cursors: new FileCursorStore(folder.path) });
      const got: string[] = [];
      for await (const event of client.events({ events: ['messages.upsert'], name: 'crm', since: begin })) {
        const text = textOf(event);
        if (text.startsWith('kept')) got.push(text);
        if (text === last) break;
      }
      await client.close();
      return got;
    };
    const begin = new Date().toISOString();
    for (const i of [1, 2, 3]) await receive(`kept ${i}`);
    expect(await read('kept 2')).toEqual(['kept 1', 'kept 2']);
    await receive('kept 4');
    // The event at which the loop was left was not completed.
    expect(await read('kept 4')).toEqual(['kept 2', 'kept 3', 'kept 4']);
    folder.remove();
  }, 30_000);

  test('handlers continue in another process by stored cursors', async () => {
    const places = new Map<string, string>();
    const cursors = {
      load: async (name: string) => places.get(name) ?? null,
      save: async (name: string, cursor: string) => void places.set(name, cursor)
    };
    const handleUntil = async (last: string, ready: () => Promise<unknown>): Promise<string[]> => {
      const client = open({ name: 'bot', cursors });
      const got: string[] = [];
      client.on('messages.upsert', (_data, event) => {
        if (textOf(event).startsWith('handled')) got.push(textOf(event));
      });
      await awaitCondition(
        () => places.size,
        count => count > 0,
        { what: 'the place at which the reading begins' }
      );
      await ready();
      await awaitCondition(
        () => got,
        texts => texts.includes(last),
        { what: last }
      );
      await client.close();
      return got;
    };
    expect(await handleUntil('handled 1', () => receive('handled 1'))).toEqual(['handled 1']);
    await receive('handled 2');
    expect(await handleUntil('handled 3', () => receive('handled 3'))).toEqual(['handled 2', 'handled 3']);
    expect([...places.keys()]).toEqual(['handlers.bot']);
  }, 30_000);

  test('a durable subscription redelivers a refused event', async () => {
    const client = open();
    const got: string[] = [];
    const subscription = await client.durable('orders', { events: ['messages.upsert'], maxInFlight: 1 }, delivery => {
      const text = textOf(delivery);
      got.push(`${text} (${delivery.attempt})`);
      if (text === 'order 1' && delivery.attempt === 1) throw new RetryDelivery(10);
    });
    expect(subscription.record).toMatchObject({ name: 'orders', events: ['messages.upsert'], maxInFlight: 1 });
    await receive('order 1');
    await awaitCondition(
      () => got,
      all => all.includes('order 1 (2)'),
      { what: 'the repetition' }
    );
    const again = new Promise<void>(resolve => client.onConnect(resolve));
    proxy.reset();
    proxy.pass();
    await again;
    await receive('order 2');
    await awaitCondition(
      () => got,
      all => all.some(text => text.startsWith('order 2')),
      { what: 'the next order' }
    );
    await subscription.leave();
    expect(got.filter(text => text.startsWith('order 1'))).toEqual(['order 1 (1)', 'order 1 (2)']);
  }, 30_000);

  test('a file is uploaded, sent, and downloaded as a stream', async () => {
    const client = open();
    const content = new TextEncoder().encode('a document of some length\n'.repeat(1_000));
    const reference = await client.media.upload(content, { fileName: 'note.txt', mimetype: 'text/plain' });
    expect(reference).toMatchObject({ bytes: content.length, fileName: 'note.txt' });
    const sent = await client.commands.sendMessage(contact.pnJid, { document: { media: reference.media }, fileName: 'note.txt' });
    expect(sent.key.fromMe).toBe(true);
    const streamed = await client.media.download(reference.media);
    expect(streamed.bytes).toBe(content.length);
    expect(new Uint8Array(await new Response(streamed.stream).arrayBuffer())).toEqual(content);
    const part = await client.media.download(reference.media, { range: { first: 0, last: 9 } });
    expect(await (await part.blob()).text()).toBe('a document');
    await expect(client.media.download('media_0123456789012345678901')).rejects.toMatchObject({ code: 'UNKNOWN_MEDIA' });
  }, 30_000);

  test('a webhook delivery verifies only with its own secret', async () => {
    const client = open();
    const verified: VerifiedWebhook[] = [];
    const codes: string[] = [];
    let secret = '';
    const receiver = createServer((request, response) => {
      void (async () => {
        const delivery = { headers: request.headers, body: await textOfStream(request) };
        verified.push(await verifyWebhook({ secret, ...delivery }));
        const other = `whsec_${randomBytes(24).toString('base64')}`;
        await verifyWebhook({ secret: other, ...delivery }).catch((error: WabusError) => codes.push(error.code));
      })().finally(() => response.writeHead(204).end());
    });
    await new Promise<void>(resolve => receiver.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
      const webhook = await client.request<{ id: string; secret: string }>('/api/sessions/sales/webhooks', {
        method: 'POST',
        body: { url, events: ['messages.upsert'] }
      });
      secret = webhook.secret;
      await receive('for the webhook');
      const { events } = (await awaitCondition(
        () => verified.find(({ events: [event] }) => event?.event === 'messages.upsert' && textOf(event) !== ''),
        found => found !== undefined,
        { what: 'the delivery' }
      ))!;
      expect(events).toEqual([expect.objectContaining({ session: 'sales', event: 'messages.upsert' })]);
      await awaitCondition(
        () => codes,
        all => all.length === verified.length,
        { what: 'the refusals' }
      );
      expect(new Set(codes)).toEqual(new Set(['BAD_SIGNATURE']));
      await client.request(`/api/sessions/sales/webhooks/${webhook.id}`, { method: 'DELETE' });
    } finally {
      receiver.closeAllConnections();
      await new Promise(resolve => receiver.close(resolve));
    }
  }, 30_000);

  test('a token that expires is replaced, and reading continues', async () => {
    let made = 0;
    // The edge tolerates five seconds.
    const client = open({ token: () => jwt({ exp: Math.floor(Date.now() / 1_000) - 4 + (++made > 2 ? 3_600 : 0) }), type: 'jwt' });
    const got: string[] = [];
    const lost: string[] = [];
    client.onDisconnect(reason => lost.push(reason));
    client.on('messages.upsert', (_data, event) => void got.push(textOf(event)));
    await client.connect();
    await awaitCondition(
      () => [lost.length, client.connected],
      ([count, connected]) => count !== 0 && connected === true,
      { what: 'another connection' }
    );
    await receive('after the expiry');
    await awaitCondition(
      () => got,
      all => all.includes('after the expiry'),
      { what: 'the message' }
    );
    expect((await client.sessions()).map(({ session }) => session)).toContain('sales');
  }, 30_000);

  test('a wrong token ends the connection permanently', async () => {
    const client = open({ token: 'wrong' });
    await expect(client.connect()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    await expect(client.commands.getSession()).rejects.toMatchObject({ code: 'UNAUTHORIZED', certain: true });
    await expect(client.events().next()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    const whatsapp = openSurface();
    const refusals: string[] = [];
    whatsapp.connection.onConnectError(error => refusals.push(error));
    whatsapp.connect(wabus.edge.url, { type: 'static', token: 'wrong', identifier: 'sales' });
    await awaitCondition(
      () => refusals,
      all => all.length > 0,
      { what: 'the refusal' }
    );
    expect(refusals[0]).toMatch(/^UNAUTHORIZED: .+/);
    expect(whatsapp.connected).toBe(false);
  }, 30_000);

  test('a forbidden call is an error and keeps the connection', async () => {
    const whatsapp = openSurface();
    const errors: string[] = [];
    const refusals: string[] = [];
    whatsapp.connection.onError(error => errors.push(error));
    whatsapp.connection.onConnectError(error => refusals.push(error));
    const token = jwt({ exp: Math.floor(Date.now() / 1_000) + 600, wabus: { sessions: '*', scopes: ['read'] } });
    whatsapp.connect(wabus.edge.url, { type: 'jwt', token, identifier: 'not-created' });
    await awaitCondition(
      () => errors,
      all => all.includes('FORBIDDEN: The token lacks the scope "control".'),
      { what: 'the refusal of the session' }
    );
    expect(whatsapp.connected).toBe(true);
    expect(await whatsapp.socket.emitWithAck('subscribe', ['messages.upsert'])).toMatchObject({ ok: true, sessions: ['not-created'] });
    expect(refusals).toEqual([]);
    await whatsapp.disconnect();
    expect(whatsapp.connected).toBe(false);
  }, 30_000);

  test('connecting creates the session and shows its QR code', async () => {
    const phone = await wabus.control.createAccount({});
    const whatsapp = openSurface();
    const models: ConnectionModel[] = [];
    const errors: string[] = [];
    whatsapp.connection.onUpdate(model => models.push(model));
    whatsapp.connection.onError(error => errors.push(error));
    const connected = new Promise<void>(resolve => whatsapp.connection.onConnect(resolve));
    whatsapp.connect(wabus.edge.url, { type: 'static', token: wabus.token, identifier: phone.phoneNumber });
    await connected;
    expect(whatsapp.connected).toBe(true);
    await scanUntilLinked(wabus.control, phone.phoneNumber, async previous => {
      const shown = await awaitCondition(
        () => models.at(-1)?.qr,
        qr => qr !== undefined && qr !== previous,
        { what: 'a QR code' }
      );
      return shown!;
    });
    const last = await awaitCondition(
      () => models.at(-1),
      model => model?.state === 'open',
      { waitMs: 20_000, what: 'the open session' }
    );
    expect(last).toMatchObject({ identifier: phone.phoneNumber, connection: 'open' });
    expect(last?.qr).toBeUndefined();
    expect(errors).toEqual([]);
    await whatsapp.disconnect();

    // Another process resumes the session without a QR code.
    const again = openSurface();
    const next: ConnectionModel[] = [];
    again.connection.onUpdate(model => next.push(model));
    again.connect(wabus.edge.url, { type: 'static', token: wabus.token, identifier: phone.phoneNumber });
    await awaitCondition(
      () => next.at(-1),
      model => model?.connection === 'open',
      { what: 'the session' }
    );
    expect(next.some(model => model.qr !== undefined)).toBe(false);
  }, 60_000);
});
