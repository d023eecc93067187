import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import type { CommandOutcome, SentMessage } from '@wabus/contracts';
import { awaitCondition, McpClient, type EventClient, type SimulatedAccount } from '@wabus/testing';
import { WabusFixture } from './wabus.fixture.js';

describe('commands over every API', () => {
  let wabus: WabusFixture;
  let account: SimulatedAccount;
  let contact: SimulatedAccount;
  let socket: EventClient;
  let nats: NatsConnection;
  let mcp: McpClient;

  beforeAll(async () => {
    wabus = await WabusFixture.start();
    account = await wabus.pair('main');
    contact = await wabus.control.createAccount({ name: 'Contact' });
    socket = await wabus.edge.connectEvents();
    nats = await connect({ servers: wabus.nats.url });
    mcp = await McpClient.connect(wabus.edge.url, wabus.token);
  }, 90_000);
  afterAll(async () => {
    await mcp?.close();
    await nats?.close();
    await wabus?.stop();
  }, 60_000);

  const outcomes = {
    'Socket.IO': (session: string, method: string, args: unknown, deadlineMs?: number): Promise<CommandOutcome> =>
      socket.command({ session, method, args, ...(deadlineMs === undefined ? {} : { deadlineMs }) }),
    HTTP: async (session: string, method: string, args: unknown, deadlineMs?: number): Promise<CommandOutcome> =>
      (await wabus.edge.post<CommandOutcome>(`/api/sessions/${session}/commands/${method}`, { args, deadlineMs })).body,
    NATS: async (session: string, method: string, args: unknown): Promise<CommandOutcome> => {
      const reply = await nats.request(`wa.cmd.${session}.${method}`, JSON.stringify({ args }), { timeout: 10_000, headers: headers() });
      return reply.json<CommandOutcome>();
    },
    MCP: (session: string, method: string, args: unknown, deadlineMs?: number): Promise<CommandOutcome> =>
      mcp.call('run_command', { session, command: method, args, ...(deadlineMs === undefined ? {} : { deadlineMs }) })
  };
  type Api = keyof typeof outcomes;
  const doors = Object.keys(outcomes) as Api[];

  const receivedText = async (text: string): Promise<string | null | undefined> => {
    const messages = await awaitCondition(
      () => wabus.control.received({ phoneNumber: contact.phoneNumber }),
      all => all.some(message => message.text === text)
    );
    return messages.find(message => message.text === text)?.text;
  };

  test.each(doors)('deliver a text that the contact can decrypt, over %s', async api => {
    const text = `hello over ${api}`;
    const outcome = await outcomes[api]('main', 'sendMessage', { jid: `+${contact.phoneNumber}`, content: { text } });
    expect(outcome).toMatchObject({ ok: true, data: { key: { fromMe: true, remoteJid: contact.pnJid } } });
    expect(await receivedText(text)).toBe(text);
  });

  test('the number and the LID of a contact are one chat', async () => {
    const ann = await wabus.control.createAccount({ name: 'Ann' });
    const filtered = await wabus.edge.connectEvents();
    await filtered.subscribe({ sessions: ['main'], events: ['messages.update'], chats: [ann.pnJid] });
    const ids: unknown[] = [];
    for (const jid of [ann.pnJid, ann.lidJid]) {
      const { data } = (await outcomes.HTTP('main', 'sendMessage', { jid, content: { text: 'to Ann' } })) as { data: SentMessage };
      ids.push(data.key.id);
    }
    const message = { conversation: 'from Ann' };
    ids.push((await wabus.control.sendMessage({ from: ann.phoneNumber, to: account.phoneNumber, message, addressing: 'lid' })).id);
    interface Stored {
      items: { jid: string; id: string; status?: number }[];
    }
    for (const jid of [ann.pnJid, ann.lidJid]) {
      const stored = await awaitCondition(
        () => wabus.edge.get<Stored>(`/api/sessions/main/store/chats/${jid}/messages`),
        ({ body }) => (body.items?.length ?? 0) >= ids.length,
        { what: 'the messages of the chat' }
      );
      expect(stored.body.items.map(({ id }) => id).sort()).toEqual([...ids].sort());
    }
    const { body } = await wabus.edge.get<Stored>('/api/sessions/main/store/chats');
    expect(body.items.filter(({ jid }) => [ann.pnJid, ann.lidJid].includes(jid)).map(({ jid }) => jid)).toEqual([ann.pnJid]);
    // The receipts come from the LID; a client with a filter for the number must get them.
    const updates = () => filtered.arrived.filter(({ name }) => name === 'messages.update').map(({ payload }) => JSON.stringify(payload));
    await awaitCondition(updates, all => ids.slice(0, 2).every(id => all.some(text => text.includes(String(id)))), { what: 'receipts' });
    filtered.close();
  });

  test('one idempotency key runs once across all APIs', async () => {
    const args = { jid: contact.pnJid, content: { text: 'through every door' } };
    const headersOf = (key: string) => {
      const header = headers();
      header.set('Wabus-Idempotency-Key', key);
      return header;
    };
    const subject = 'wa.cmd.main.sendMessage';
    const every = () =>
      Promise.all([
        socket.command({ session: 'main', method: 'sendMessage', args, idempotencyKey: 'k1' }),
        wabus.edge
          .post<CommandOutcome>('/api/sessions/main/commands/sendMessage', { args }, { 'idempotency-key': 'k1' })
          .then(({ body }) => body),
        wabus.edge
          .post<SentMessage>('/api/sessions/main/messages', args, { 'idempotency-key': 'k1' })
          .then(({ body }): CommandOutcome => ({ ok: true, data: body })),
        nats
          .request(subject, JSON.stringify({ args }), { timeout: 10_000, headers: headersOf('k1') })
          .then(reply => reply.json<CommandOutcome>()),
        mcp.call('send_text', { session: 'main', jid: contact.pnJid, text: args.content.text, idempotencyKey: 'k1' })
      ]);
    const { messagesFromDevices } = await wabus.control.stats({});
    const replies = [...(await every()), ...(await every())];
    expect(replies[0]).toMatchObject({ ok: true, data: { key: { fromMe: true } } });
    for (const reply of replies) expect(reply).toEqual(replies[0]);
    expect((await wabus.control.stats({})).messagesFromDevices).toBe(messagesFromDevices + 1);

    const reused = { ...args, content: { text: 'something else' } };
    const answer = await wabus.edge.post('/api/sessions/main/messages', reused, { 'idempotency-key': 'k1' });
    expect(answer).toMatchObject({ status: 422, body: { error: { code: 'IDEMPOTENCY_KEY_REUSED', certain: true, retryable: false } } });
    const invalid = await socket.command({ session: 'main', method: 'sendMessage', args, idempotencyKey: 'two words' });
    expect(invalid).toMatchObject({ ok: false, error: { code: 'INVALID_REQUEST', details: { field: 'idempotencyKey' } } });
  });

  test('an MCP client sends a text and reads the reply', async () => {
    const sent = await mcp.call('send_text', { session: 'main', jid: `+${contact.phoneNumber}`, text: 'from an assistant' });
    expect(sent).toMatchObject({ ok: true, data: { key: { fromMe: true, remoteJid: contact.pnJid } } });
    expect(await receivedText('from an assistant')).toBe('from an assistant');
    await wabus.control.sendMessage({ from: contact.phoneNumber, to: account.phoneNumber, message: { conversation: 'to an assistant' } });
    await awaitCondition(
      () => mcp.call('read_events', { session: 'main', events: ['messages.upsert'], limit: 100 }),
      outcome => JSON.stringify(outcome).includes('"conversation":"to an assistant"')
    );
  });

  test('an MCP client over standard input and output uses the bridge', async () => {
    const bridge = fileURLToPath(new URL('../../../tools/mcp.mjs', import.meta.url));
    const start = (token: string) =>
      McpClient.start({ command: process.execPath, args: [bridge, wabus.edge.url], env: { WABUS_TOKEN: token } });
    const client = await start(wabus.token);
    try {
      expect(await client.toolNames()).toEqual(await mcp.toolNames());
      expect(await client.call('get_session', { session: 'main' })).toMatchObject({ ok: true, data: { status: { state: 'open' } } });
    } finally {
      await client.close();
    }
    await expect(start('a-token-of-nobody-at-all')).rejects.toThrow('UNAUTHORIZED');
  });

  test('arguments may have the order of the Baileys method', async () => {
    const outcome = await outcomes['Socket.IO']('main', 'sendMessage', [contact.pnJid, { text: 'by position' }]);
    expect(outcome.ok).toBe(true);
    expect(await receivedText('by position')).toBe('by position');
  });

  test('the caller may choose the message id', async () => {
    const outcome = await outcomes.HTTP('main', 'sendMessage', {
      jid: contact.lidJid,
      content: { text: 'mine' },
      options: { messageId: '3EB0CAFE00000001' }
    });
    expect((outcome as { data: SentMessage }).data.key.id).toBe('3EB0CAFE00000001');
    const messages = await wabus.control.received({ phoneNumber: contact.phoneNumber, atLeast: 1 });
    expect(messages.find(message => message.id === '3EB0CAFE00000001')?.text).toBe('mine');
  });

  test('the resource route returns the sent message itself', async () => {
    const answer = await wabus.edge.post<SentMessage>('/api/sessions/main/messages', { jid: contact.pnJid, content: { text: 'resource' } });
    expect(answer.status).toBe(200);
    expect(answer.body.key.fromMe).toBe(true);
    expect(await receivedText('resource')).toBe('resource');
  });

  describe('five distinct errors', () => {
    test.each(doors)('an unknown method over %s', async api => {
      expect(await outcomes[api]('main', 'sendTelegram', {})).toMatchObject({ ok: false, error: { code: 'UNKNOWN_COMMAND' } });
    });

    test.each(doors)('bad arguments over %s, each field named', async api => {
      expect(await outcomes[api]('main', 'sendMessage', { jid: 'bob', content: { text: 7 } })).toMatchObject({
        ok: false,
        error: {
          code: 'INVALID_ARGUMENTS',
          details: { fields: { jid: expect.anything() as unknown, 'content.text': expect.anything() as unknown } }
        }
      });
    });

    test.each(['Socket.IO', 'HTTP', 'MCP'] as const)('an unknown session over %s', async api => {
      expect(await outcomes[api]('nobody', 'sendMessage', { jid: contact.pnJid, content: { text: 'x' } })).toMatchObject({
        ok: false,
        error: { code: 'UNKNOWN_SESSION', certain: true }
      });
    });

    test('NATS reports immediately that a session has no owner', async () => {
      await expect(outcomes.NATS('nobody', 'sendMessage', {})).rejects.toThrow(/no responders/i);
    });

    test('each refusal before a message leaves is certain', async () => {
      await wabus.edge.post('/api/sessions', { session: 'idle' });
      await wabus.awaitState('idle', 'pairing');
      const to = { jid: contact.pnJid };
      const text = { text: 'never' };
      const rows: [path: string, body: object, code: string][] = [
        ['main', {}, 'INVALID_ARGUMENTS'],
        ['main', { ...to, content: text, chatId: '1' }, 'INVALID_ARGUMENTS'],
        ['main', { ...to, content: { text: 'x'.repeat(65_537) } }, 'INVALID_ARGUMENTS'],
        ['nobody', { ...to, content: text }, 'UNKNOWN_SESSION'],
        ['idle', { ...to, content: text }, 'NOT_PAIRED'],
        ['main', { jid: '15559999999', content: text }, 'NOT_ON_WHATSAPP'],
        ['main', { ...to, content: { image: { media: `media_${'A'.repeat(43)}` } } }, 'UNKNOWN_MEDIA'],
        ['main', { ...to, content: { image: { url: 'https://nowhere.invalid/a.png' } } }, 'EGRESS_FAILED'],
        ['main', { ...to, content: { image: { url: 'https://127.0.0.1/a.png' } } }, 'EGRESS_DENIED']
      ];
      const { messagesFromDevices } = await wabus.control.stats({});
      const refusals = rows.map(async ([session, body]) => {
        const answer = await wabus.edge.post<{ error: { code: string; certain: boolean } }>(`/api/sessions/${session}/messages`, body);
        return [answer.body.error.code, answer.body.error.certain];
      });
      expect(await Promise.all(refusals)).toEqual(rows.map(([, , code]) => [code, true]));
      expect((await wabus.control.stats({})).messagesFromDevices).toBe(messagesFromDevices);
      await wabus.edge.delete('/api/sessions/idle');
    });

    test.each(['Socket.IO', 'HTTP', 'MCP'] as const)('a silent owner over %s: uncertain', async api => {
      wabus.connectors[0]!.pause();
      try {
        const outcome = await outcomes[api]('main', 'sendMessage', { jid: contact.pnJid, content: { text: `late over ${api}` } }, 700);
        expect(outcome).toMatchObject({ ok: false, error: { code: 'TIMEOUT', certain: false, retryable: true } });
      } finally {
        wabus.connectors[0]!.resume();
      }
    });

    test('a command past its deadline does not start after a pause', async () => {
      // The pauses may have outlived the lease. Until the session has an owner again, no command runs, and the error is certain.
      await awaitCondition(
        () => outcomes['Socket.IO']('main', 'sendMessage', { jid: contact.pnJid, content: { text: 'after the pause' } }),
        outcome => outcome.ok,
        { waitMs: 20_000, what: 'a session that is owned and open again' }
      );
      expect(await receivedText('after the pause')).toBe('after the pause');
      const texts = (await wabus.control.received({ phoneNumber: contact.phoneNumber })).map(message => message.text);
      expect(texts.filter(text => text?.startsWith('late over'))).toEqual([]);
    }, 40_000);

    test.each(['Socket.IO', 'HTTP', 'MCP'] as const)('no owner over %s: certain', async api => {
      await Promise.all(wabus.connectors.splice(0).map(connector => connector.stop()));
      expect(await outcomes[api]('main', 'sendMessage', { jid: contact.pnJid, content: { text: 'x' } })).toMatchObject({
        ok: false,
        error: { code: 'NO_OWNER', certain: true, retryable: true }
      });
    });
  });

  test('lifecycle commands are also available over Socket.IO', async () => {
    expect(await outcomes['Socket.IO']('fresh', 'createSession', {})).toMatchObject({
      ok: true,
      data: { session: 'fresh', desired: 'running' }
    });
    expect(await outcomes['Socket.IO']('fresh', 'createSession', {})).toMatchObject({ ok: false, error: { code: 'SESSION_EXISTS' } });
    expect(await outcomes['Socket.IO']('fresh', 'stopSession', {})).toMatchObject({ ok: true, data: { desired: 'stopped' } });
    expect(account.phoneNumber).toBeTruthy();
  });

  describe('the responses of an edge match its OpenAPI document', () => {
    interface Document {
      readonly paths: Record<string, { get: { responses: { 200: { content: { 'application/json': { schema: object } } } } } }>;
      readonly components: object;
    }
    let document: Document;
    beforeAll(async () => {
      // The previous tests have stopped the connector.
      await wabus.startConnector('again');
      await wabus.awaitState('main', 'open');
      ({ body: document } = await wabus.edge.get<Document>('/api/openapi.json'));
      const created = await wabus.edge.post('/api/webhooks', { url: 'https://receiver.example/hook', events: ['messages.upsert'] });
      expect(created.status).toBe(201);
    });

    test.each([
      ...['/api/sessions', '/api/sessions/{session}/status', '/api/sessions/{session}/settings', '/api/sessions/{session}/connection'],
      ...['/api/sessions/{session}/store/chats', '/api/sessions/{session}/store/contacts', '/api/sessions/{session}/store/groups'],
      ...['/api/sessions/{session}/store/labels', '/api/sessions/{session}/models', '/api/sessions/{session}/events', '/api/webhooks'],
      ...['/api/subscriptions', '/api/tokens', '/api/tokens/denied', '/api/principal', '/api/connectors', '/health/ready'],
      ...['/api/sessions/{session}/privacy', '/api/sessions/{session}/groups']
    ])('%s', async path => {
      const operation = document.paths[path]?.get;
      const { status, body } = await wabus.edge.get(path.replace('{session}', 'main'));
      expect({ status, body }).toMatchObject({ status: 200 });
      const { schema } = operation!.responses[200].content['application/json'];
      const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile({
        ...schema,
        components: document.components
      });
      validate(body);
      expect({ wrong: validate.errors ?? [], body }).toMatchObject({ wrong: [] });
    });
  });
});
