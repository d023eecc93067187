import { COMMAND_CATALOG, encodeOutcome, type CommandName, type SessionId } from '@wabus/contracts';
import { awaitCondition, McpClient, type ToolOutcome } from '@wabus/testing';
import { EdgeFixture, READER_TOKEN, SALES_TOKEN, TOKEN } from '../edge.fixture.js';
import { MAX_RESULT_CHARACTERS } from './tools/tool-result.codec.js';

const U = '4915112345678@s.whatsapp.net';
const SENDER_TOKEN = 'a-token-that-sends-for-sales-04';
const COMMAND_ARGUMENTS = 'The arguments of the command are invalid; `details.fields` says what to correct in each.';
const ALL = '/api/mcp?tools=all';
const FRIEND = 'https://assistant.example';

const failed = (code: string, details: object = {}): object => ({ ok: false, error: { code, details } });

describe('an edge for MCP clients', () => {
  let edge: EdgeFixture;
  const clients: McpClient[] = [];
  /** The requests that the connector received. */
  let asked: { session: string; method: string; args: unknown; idempotencyKey: string | null }[] = [];
  let reply: unknown = { done: true };

  const connect = async (token = TOKEN, headers: Record<string, string> = {}, path?: string): Promise<McpClient> => {
    const client = await McpClient.connect(edge.url, token, headers, path);
    clients.push(client);
    return client;
  };

  beforeAll(async () => {
    edge = await EdgeFixture.launch({
      WABUS_MODELS_LEASE_MS: '800',
      WABUS_EDGE_CORS_ORIGINS: FRIEND,
      WABUS_COMMANDS_PER_SECOND: '0',
      WABUS_SENDS_PER_SECOND: '0.001',
      WABUS_SENDS_BURST: '60',
      WABUS_ACCESS_TOKEN_POLL_MS: '50'
    });
    await edge.writeTokens(`${SENDER_TOKEN} sessions=sales scopes=send`);
    for (const session of ['sales', 'support', 'limited'] as SessionId[]) {
      await edge.client().post('/api/sessions', { session });
      await edge.report(session, { state: 'open' });
      await edge.own(session, async ({ method, body, idempotencyKey }) => {
        asked.push({ session, method, args: (JSON.parse(body) as { args: unknown }).args, idempotencyKey });
        return encodeOutcome({ ok: true, data: reply });
      });
    }
    await awaitCondition(
      () => edge.client(SENDER_TOKEN).post('/api/sessions/sales/commands/sendMessage', {}),
      ({ status }) => status === 400
    );
  }, 60_000);
  afterAll(async () => {
    await Promise.all(clients.map(client => client.close()));
    await edge.stop();
  }, 30_000);
  beforeEach(() => {
    asked = [];
    reply = { done: true };
  });

  describe('offers a token what it permits', () => {
    const GENERIC = ['list_commands', 'describe_command', 'run_command'];

    it('shows the tools of its scopes only', async () => {
      const [all, reader, sender] = await Promise.all(
        [TOKEN, READER_TOKEN, SENDER_TOKEN].map(async token => (await connect(token, {}, ALL)).toolNames())
      );
      expect(all).toEqual(expect.arrayContaining(['list_sessions', 'send_text', 'send_message', 'react', 'create_session', ...GENERIC]));
      expect(reader).toEqual(expect.arrayContaining(['list_sessions', 'read_events', 'get_session', 'group_metadata', ...GENERIC]));
      expect(reader).not.toEqual(expect.arrayContaining(['send_text']));
      expect(reader!.filter(name => /send|create|start|stop|qr|react/.test(name))).toEqual([]);
      expect(sender).toEqual(expect.arrayContaining(['send_text', 'react', ...GENERIC]));
      expect(sender!.filter(name => /^(list_sessions|read_events|get_|start_)/.test(name))).toEqual([]);
    });

    it('lists the most common tools first, and the rest on request', async () => {
      const client = await connect();
      const { tools, nextCursor } = await client.sdk.listTools();
      const COMMONEST = ['send_text', 'list_chats', 'list_messages', 'search_messages', 'read_events', 'list_sessions'];
      expect(tools.map(({ name }) => name)).toEqual([...COMMONEST, 'list_contacts', ...GENERIC]);
      expect(nextCursor).toBeUndefined();
      const all = (await (await connect(TOKEN, {}, ALL)).sdk.listTools()).tools;
      expect(all.slice(0, tools.length)).toEqual(tools);
      // The number of characters that an assistant must read before its first request.
      const [characters, ofAll] = [tools, all].map(list => JSON.stringify(list).length);
      process.stdout.write(`tools/list: ${characters} characters, all tools: ${ofAll}\n`);
      expect(characters).toBeLessThan(10_000);
      expect(ofAll).toBeGreaterThan(4 * characters!);
      // Tools that are not listed can still be called.
      await expect(client.call('get_session', { session: 'sales' })).resolves.toMatchObject({ ok: true });
      await expect(connect(TOKEN, {}, '/api/mcp?tools=few')).rejects.toThrow('Set tools to');
    });

    it('announces no notifications, which it cannot send', async () => {
      expect((await connect()).sdk.getServerCapabilities()).toEqual({ tools: {}, resources: {} });
    });

    it('lists the commands of its scopes, and finds them by words', async () => {
      const commandsOf = async (token: string, args?: Record<string, unknown>): Promise<string[]> => {
        const outcome = await (await connect(token)).call('list_commands', args);
        return (outcome as unknown as { data: { commands: { command: string }[] } }).data.commands.map(({ command }) => command);
      };
      await expect(commandsOf(TOKEN)).resolves.toEqual(Object.keys(COMMAND_CATALOG));
      const reads = (Object.keys(COMMAND_CATALOG) as CommandName[]).filter(name => COMMAND_CATALOG[name].scope === 'read');
      await expect(commandsOf(READER_TOKEN)).resolves.toEqual(reads);
      await expect(commandsOf(TOKEN, { search: 'QR CODE to scan' })).resolves.toEqual(['getQr']);
    });

    it('describes each tool as the catalog describes its command', async () => {
      const { tools } = await (await connect(TOKEN, {}, ALL)).sdk.listTools();
      const hints = Object.fromEntries(tools.map(({ name, annotations }) => [name, annotations]));
      expect(hints['group_metadata']).toMatchObject({ readOnlyHint: true, destructiveHint: false, idempotentHint: true });
      expect(hints['chat_modify']).toMatchObject({ readOnlyHint: false, destructiveHint: true, idempotentHint: true });
      expect(hints['send_message']).toMatchObject({ readOnlyHint: false, destructiveHint: true, idempotentHint: false });
      expect(hints['send_text']).toMatchObject({ readOnlyHint: false, destructiveHint: false, idempotentHint: false });
      expect(hints['get_session']).toMatchObject({ readOnlyHint: true, openWorldHint: false });
      expect(hints['run_command']).toMatchObject({ readOnlyHint: false, destructiveHint: true });
      const reader = await (await connect(READER_TOKEN)).sdk.listTools();
      expect(reader.tools.find(({ name }) => name === 'run_command')?.annotations).toMatchObject({ readOnlyHint: true });
    });

    it('requires no session if the token has one, else lists them', async () => {
      const schemaOf = async (token: string) => {
        const { tools } = await (await connect(token)).sdk.listTools();
        return tools.find(({ name }) => name === 'send_text')!.inputSchema;
      };
      await expect(schemaOf(TOKEN)).resolves.toMatchObject({ required: ['session', 'jid', 'text'] });
      const one = await schemaOf(SENDER_TOKEN);
      expect(one).toMatchObject({ required: ['jid', 'text'], properties: { session: { enum: ['sales'] } } });
      const client = await connect(SENDER_TOKEN);
      await expect(client.call('send_text', { jid: U, text: 'hi' })).resolves.toMatchObject({ ok: true });
      expect(asked).toMatchObject([{ session: 'sales' }]);
    });

    it('defines every tool in self-contained schemas', async () => {
      const { tools } = await (await connect(TOKEN, {}, ALL)).sdk.listTools();
      for (const { name, inputSchema } of tools) {
        expect(name).toMatch(/^[a-z0-9_]{1,64}$/);
        const targets = [...JSON.stringify(inputSchema).matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) =>
          target!.replace('#/$defs/', '')
        );
        expect(Object.keys(inputSchema['$defs'] ?? {})).toEqual(expect.arrayContaining(targets));
      }
    });

    it('warns the assistant of instructions from strangers', async () => {
      expect((await connect()).sdk.getInstructions()).toMatch(/never instructions/);
    });
  });

  describe('executes the requests of tools', () => {
    it.each([
      ['send_text', { jid: '+49 1511 2345678', text: 'hi' }, 'sendMessage', { jid: U, content: { text: 'hi' } }],
      ['send_message', { jid: U, content: { text: 'hi' } }, 'sendMessage', { jid: U, content: { text: 'hi' } }],
      [
        'react',
        { jid: U, messageId: 'A1', emoji: '👍' },
        'sendMessage',
        { jid: U, content: { react: { text: '👍', key: { remoteJid: U, id: 'A1', fromMe: false } } } }
      ],
      ['group_metadata', { jid: '1-2@g.us' }, 'groupMetadata', { jid: '1-2@g.us' }],
      ['run_command', { command: 'fetchBlocklist' }, 'fetchBlocklist', {}],
      ['run_command', { command: 'groupLeave', args: { id: '1-2@g.us' } }, 'groupLeave', { id: '1-2@g.us' }]
    ])('%s %j', async (tool, args, method, wanted) => {
      reply = [{ any: 'reply' }];
      const result = await (await connect()).result(tool, { session: 'sales', ...args });
      expect(asked).toEqual([{ session: 'sales', method, args: wanted, idempotencyKey: null }]);
      expect(result.structuredContent).toEqual({ ok: true, data: [{ any: 'reply' }] });
      expect(result.content).toEqual([{ type: 'text', text: JSON.stringify(result.structuredContent) }]);
      expect(result.isError).toBeUndefined();
    });

    it.each(['send_text', 'run_command'])('%s passes on the idempotency key', async tool => {
      const args = tool === 'send_text' ? { jid: U, text: 'hi' } : { command: 'sendMessage', args: { jid: U, content: { text: 'hi' } } };
      const client = await connect();
      await client.call(tool, { session: 'sales', ...args, idempotencyKey: 'k1' });
      expect(asked).toMatchObject([{ idempotencyKey: 'k1' }]);
      await expect(client.call(tool, { session: 'sales', ...args, idempotencyKey: 'two words' })).resolves.toMatchObject(
        failed('INVALID_REQUEST', { field: 'idempotencyKey' })
      );
    });

    it('describes a command well enough to call it', async () => {
      const client = await connect();
      const described = await client.call('describe_command', { command: 'groupCreate' });
      const { data } = described as unknown as { data: { example: Record<string, unknown>; args: object } };
      expect(data.args).toMatchObject({ type: 'object', required: ['subject', 'participants'] });
      await expect(client.call('run_command', { session: 'sales', command: 'groupCreate', args: data.example })).resolves.toMatchObject({
        ok: true
      });
    });

    it('truncates a reply that is too long, and reports it', async () => {
      reply = 'x'.repeat(MAX_RESULT_CHARACTERS);
      const { structuredContent, content } = await (await connect()).result('group_metadata', { session: 'sales', jid: '1-2@g.us' });
      expect(structuredContent).toMatchObject({ ok: true, data: null, omitted: { characters: MAX_RESULT_CHARACTERS + 21 } });
      expect((content[0] as { text: string }).text).toHaveLength(MAX_RESULT_CHARACTERS);
    });

    it('reads events, resumes, and hides QR codes without control', async () => {
      await edge.publish('support', 'messages.upsert', { messages: [{ key: { remoteJid: U, id: 'M1' } }], type: 'notify' });
      await edge.publish('support', 'connection.update', { connection: 'connecting', qr: '2@secret' });
      await edge.publish('support', 'auth.qr', { qr: '2@secret', attempt: 1 });
      const reader = await connect(READER_TOKEN);
      const page = async (client: McpClient, args: object) =>
        (
          (await client.call('read_events', { session: 'support', ...args })) as unknown as {
            data: { events: { event: string }[]; cursor: string; more: boolean };
          }
        ).data;
      const first = await page(reader, { limit: 1 });
      expect(first).toMatchObject({ events: [{ event: 'messages.upsert', data: { type: 'notify' } }], more: true });
      const rest = await page(reader, { since: first.cursor });
      expect(rest.events.map(({ event }) => event)).toEqual(['connection.update']);
      expect(JSON.stringify(rest)).not.toContain('secret');
      expect(JSON.stringify(await page(await connect(), { events: ['auth.*'] }))).toContain('2@secret');
      await edge.publish('support', 'chats.lock', { id: U, locked: true });
      await awaitCondition(
        () => page(reader, { since: rest.cursor }),
        ({ events }) => events.length === 1 && events[0]!.event === 'chats.lock'
      );
    });

    it('lists chats, messages and contacts without payloads', async () => {
      const conversation = 'where is my parcel?';
      const now = Math.floor(Date.now() / 1_000);
      const message = { key: { remoteJid: U, id: 'M2', fromMe: false }, messageTimestamp: now, message: { conversation } };
      await edge.publish('support', 'contacts.upsert', [{ id: U, name: 'Ada' }]);
      await edge.publish('support', 'messages.upsert', { messages: [message], type: 'notify' });
      const reader = await connect(READER_TOKEN);
      const items = async (tool: string, args: object = {}) =>
        ((await reader.call(tool, { session: 'support', ...args })) as unknown as { data: { items: object[] } }).data.items;
      const [found] = await awaitCondition(
        () => items('search_messages', { query: 'parcel' }),
        ({ length }) => length === 1
      );
      expect(found).toMatchObject({ chat: U, id: 'M2', fromMe: false, text: conversation });
      expect(found).not.toHaveProperty('message');
      expect(await items('list_messages', { jid: U, limit: 1 })).toEqual([found]);
      expect(await items('list_contacts', { query: 'ada' })).toEqual([{ jid: U, otherJid: null, name: 'Ada' }]);
      expect(await items('list_chats')).toMatchObject([{ jid: U, timestamp: now }]);
      await expect(reader.call('list_messages', { session: 'support', limit: 1 })).resolves.toMatchObject(failed('INVALID_ARGUMENTS'));
      await expect(reader.call('list_chats', { session: 'nobody' })).resolves.toMatchObject(failed('UNKNOWN_SESSION'));
      await expect((await connect(SALES_TOKEN)).call('list_chats', { session: 'support' })).resolves.toMatchObject(failed('FORBIDDEN'));
    });

    it('has sessions and their events as resources', async () => {
      const { sdk } = await connect(READER_TOKEN);
      expect((await sdk.listResources()).resources.map(({ uri }) => uri)).toEqual(['wabus://sessions']);
      expect((await sdk.listResourceTemplates()).resourceTemplates).toHaveLength(2);
      const read = async (uri: string) => JSON.parse(((await sdk.readResource({ uri })).contents[0] as { text: string }).text) as unknown;
      await expect(read('wabus://sessions')).resolves.toMatchObject({
        data: { sessions: [{ session: 'limited' }, { session: 'sales' }, { session: 'support' }] }
      });
      await expect(read('wabus://sessions/sales')).resolves.toMatchObject({ data: { session: 'sales', status: { state: 'open' } } });
      await expect(read('wabus://sessions/support/events')).resolves.toMatchObject({ data: { more: false } });
      await expect(read('wabus://sessions/nobody')).rejects.toMatchObject({ data: { code: 'UNKNOWN_SESSION' } });
      await expect(read('file:///etc/passwd')).rejects.toMatchObject({ code: -32_002 });
      const sender = await connect(SENDER_TOKEN);
      expect((await sender.sdk.listResources()).resources).toEqual([]);
      await expect(sender.sdk.readResource({ uri: 'wabus://sessions' })).rejects.toMatchObject({ data: { code: 'FORBIDDEN' } });
    });
  });

  describe('refuses as every other API does', () => {
    it('a session that the token does not name, by any tool', async () => {
      const client = await connect(SALES_TOKEN);
      const args = { send_text: { jid: U, text: 'hi' }, read_events: {}, get_session: {}, run_command: { command: 'getSession' } };
      for (const [tool, rest] of Object.entries(args)) {
        await expect(client.call(tool, { session: 'support', ...rest })).resolves.toMatchObject(
          failed('FORBIDDEN', { session: 'support' })
        );
      }
      await expect(client.call('list_sessions')).resolves.toMatchObject({ ok: true, data: { sessions: [{ session: 'sales' }] } });
      await expect(client.sdk.readResource({ uri: 'wabus://sessions/support/events' })).rejects.toMatchObject({
        data: { code: 'FORBIDDEN' }
      });
      expect(asked).toEqual([]);
    });

    it('a tool that is not shown', async () => {
      const reader = await connect(READER_TOKEN);
      const session = 'sales';
      await expect(reader.call('send_text', { session, jid: U, text: 'hi' })).resolves.toMatchObject(
        failed('FORBIDDEN', { scope: 'send' })
      );
      await expect(reader.call('get_qr', { session })).resolves.toMatchObject(failed('FORBIDDEN', { scope: 'control' }));
      await expect(reader.call('run_command', { session, command: 'stopSession' })).resolves.toMatchObject(
        failed('FORBIDDEN', { scope: 'control' })
      );
      const sender = await connect(SENDER_TOKEN);
      await expect(sender.call('list_sessions')).resolves.toMatchObject(failed('FORBIDDEN', { scope: 'read' }));
      await expect(sender.call('read_events')).resolves.toMatchObject(failed('FORBIDDEN', { scope: 'read' }));
      expect(asked).toEqual([]);
    });

    it('as tool errors with code, whether to retry, and a remedy', async () => {
      const result = await (await connect()).result('get_session', { session: 'nobody' });
      expect(result.isError).toBe(true);
      expect(result.structuredContent).toMatchObject({
        ok: false,
        error: { code: 'UNKNOWN_SESSION', retryable: false, certain: true, message: 'There is no session with this id. Create it first.' }
      });
      // The remedy is included only once.
      expect(result.structuredContent).not.toHaveProperty('error.remedy');
      const wrong = await (await connect()).call('send_text', { session: 'sales', jid: U, text: 7 });
      expect(wrong).toMatchObject({ error: { code: 'INVALID_ARGUMENTS', remedy: COMMAND_ARGUMENTS } });
      expect(JSON.parse((result.content[0] as { text: string }).text)).toEqual(result.structuredContent);
      expect(JSON.stringify(result)).not.toMatch(/at \w+.*\.js/);
    });

    it.each<[string, object, string, object]>([
      ['send_text', {}, 'INVALID_ARGUMENTS', { fields: { jid: expect.anything() as unknown, text: expect.anything() as unknown } }],
      [
        'send_text',
        { jid: 'bob', text: 7 },
        'INVALID_ARGUMENTS',
        { fields: { jid: expect.anything() as unknown, text: expect.anything() as unknown } }
      ],
      ['send_text', { session: '../sales', jid: U, text: 'x' }, 'INVALID_REQUEST', { field: 'session' }],
      ['send_text', { session: ['sales'], jid: U, text: 'x' }, 'INVALID_REQUEST', { field: 'session' }],
      [
        'send_text',
        { jid: U, text: 'x', file: 'file:///etc/passwd' },
        'INVALID_ARGUMENTS',
        { fields: { file: expect.anything() as unknown } }
      ],
      [
        'send_message',
        { jid: U, content: { image: { url: '/etc/passwd' } } },
        'INVALID_ARGUMENTS',
        { fields: { 'content.image.url': expect.anything() as unknown } }
      ],
      [
        'send_message',
        { jid: U, content: { text: '' } },
        'INVALID_ARGUMENTS',
        { fields: { 'content.text': expect.anything() as unknown } }
      ],
      ['read_events', { limit: 5_000 }, 'INVALID_ARGUMENTS', { fields: { limit: expect.anything() as unknown } }],
      ['read_events', { events: ['nope'] }, 'UNKNOWN_EVENT', { unknown: ['nope'], field: 'events' }],
      ['read_events', { since: 'yesterday' }, 'INVALID_REQUEST', {}],
      ['list_sessions', { x: 1 }, 'INVALID_ARGUMENTS', { fields: { x: expect.anything() as unknown } }],
      ['describe_command', { command: 'sendTelegram' }, 'UNKNOWN_COMMAND', {}],
      ['run_command', { command: 'sendTelegram' }, 'UNKNOWN_COMMAND', {}],
      ['run_command', { command: 'fetchBlocklist', jid: U }, 'INVALID_REQUEST', { field: 'jid' }],
      ['run_command', { command: 'fetchBlocklist', deadlineMs: '5' }, 'INVALID_REQUEST', { field: 'deadlineMs' }],
      ['run_command', { command: 'query', args: { node: { tag: 5 } } }, 'INVALID_ARGUMENTS', {}]
    ])('%s %j is %s, with the field', async (tool, args, code, details) => {
      const session = tool === 'list_sessions' || tool === 'describe_command' ? {} : { session: 'sales' };
      await expect((await connect()).call(tool, { ...session, ...args })).resolves.toMatchObject(failed(code, details));
      expect(asked).toEqual([]);
    });

    const post = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
      fetch(`${edge.url}/api/mcp`, {
        method: 'POST',
        body,
        headers: {
          authorization: `Bearer ${TOKEN}`,
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          ...headers
        }
      });
    const call = (args: string): string =>
      `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"send_text","arguments":${args}}}`;

    it.each([
      ['a prototype key', `{"session":"sales","jid":"${U}","text":"x","__proto__":{"a":1}}`, '__proto__'],
      ['a nested one', `{"session":"sales","jid":"${U}","text":{"constructor":{"prototype":{}}}}`, 'text.constructor'],
      ['excessive depth', `{"session":"sales","jid":"${U}","text":${'['.repeat(3_000)}${']'.repeat(3_000)}}`, 'text.0.0'],
      ['too many values', `{"session":"sales","jid":"${U}","text":[${'1,'.repeat(6_000)}1]}`, 'args']
    ])('%s, and the field is named', async (_what, args, field) => {
      const { result } = (await (await post(call(args))).json()) as { result: { structuredContent: ToolOutcome } };
      const outcome = result.structuredContent as unknown as { error: { code: string; details: { fields: object } } };
      expect(outcome).toMatchObject({ ok: false, error: { code: 'INVALID_ARGUMENTS' } });
      expect(Object.keys(outcome.error.details.fields)[0]).toContain(field);
      expect(asked).toEqual([]);
    });

    it('refuses bad arguments, unknown tools and invalid messages', async () => {
      const answerOf = async (body: string) => (await post(body)).json() as Promise<unknown>;
      await expect(answerOf(call('[1]'))).resolves.toMatchObject({ error: { code: expect.any(Number) as number } });
      await expect(answerOf(call('{}').replace('send_text', 'constructor'))).resolves.toMatchObject({ error: { code: -32_602 } });
      await expect(answerOf('{"id":1}')).resolves.toMatchObject({ error: { code: -32_700 } });
      await expect(answerOf('{"jsonrpc":"2.0","id":1,"method":"tools/destroy"}')).resolves.toMatchObject({ error: { code: -32_601 } });
      await expect(answerOf(`[${call('{}')},${call('{}')}]`)).resolves.toMatchObject({ ok: false, error: { code: 'INVALID_REQUEST' } });
      await expect(answerOf('{"jsonrpc":')).resolves.toMatchObject({ ok: false, error: { code: 'INVALID_REQUEST' } });
    });

    it('a body beyond the limit of the edge', async () => {
      const response = await post(call(JSON.stringify({ session: 'sales', jid: U, text: 'x'.repeat(1_100_000) })));
      expect(response.status).toBe(413);
      await expect(response.json()).resolves.toMatchObject({ ok: false, error: { code: 'PAYLOAD_TOO_LARGE' } });
    });

    it('shares the rate limit of a session with other APIs', async () => {
      const client = await connect();
      const text = { jid: U, content: { text: 'x' } };
      for (let sent = 0; sent < 58; sent++) await edge.client().post('/api/sessions/limited/messages', text);
      const send = (): Promise<ToolOutcome> => client.call('send_text', { session: 'limited', jid: U, text: 'x' });
      await expect(send()).resolves.toMatchObject({ ok: true });
      await expect(send()).resolves.toMatchObject({ ok: true });
      await expect(send()).resolves.toMatchObject({
        ok: false,
        error: { code: 'RATE_LIMITED', retryable: true, details: { limit: 'session', retryAfterMs: expect.any(Number) as number } }
      });
      await expect(edge.client().post('/api/sessions/limited/messages', text)).resolves.toMatchObject({ status: 429 });
    });

    it('a token that was revoked, from its next call on', async () => {
      const token = 'a-token-that-will-be-revoked-05';
      await edge.writeTokens(`${SENDER_TOKEN} sessions=sales scopes=send`, token);
      const client = await awaitCondition(
        () => connect(token).catch(() => null),
        found => found !== null
      );
      await expect(client!.call('list_sessions')).resolves.toMatchObject({ ok: true });
      await edge.writeTokens(`${SENDER_TOKEN} sessions=sales scopes=send`);
      await awaitCondition(
        () => client!.call('list_sessions').catch((error: unknown) => error),
        outcome => outcome instanceof Error
      );
      await expect(client!.call('list_sessions')).rejects.toThrow('UNAUTHORIZED');
    });

    it.each([undefined, 'Bearer wrong-token-of-nobody', `Basic ${TOKEN}`])('a client that presents %j', async authorization => {
      const response = await post(call('{}'), { authorization: authorization ?? '' });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
    });

    it('refuses web pages unless their origin is configured', async () => {
      for (const origin of ['https://evil.example', 'null', edge.url, `${edge.url}.evil.example`]) {
        const response = await post(call('{}'), { origin });
        expect({ origin, status: response.status }).toEqual({ origin, status: 403 });
        await expect(response.json()).resolves.toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
      }
      await expect((await connect(TOKEN, { origin: FRIEND })).toolNames()).resolves.toContain('send_text');
      const preflight = {
        origin: FRIEND,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,mcp-protocol-version'
      };
      const allowed = await fetch(`${edge.url}/api/mcp`, { method: 'OPTIONS', headers: preflight });
      expect(allowed.headers.get('access-control-allow-headers')).toContain('mcp-protocol-version');
    });

    it.each(['GET', 'DELETE', 'PUT'])('%s, because it has no streams and no client sessions', async method => {
      const response = await fetch(`${edge.url}/api/mcp`, {
        method,
        headers: { authorization: `Bearer ${TOKEN}`, accept: 'text/event-stream' }
      });
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('POST');
      expect(response.headers.get('mcp-session-id')).toBeNull();
    });
  });

  it('keeps no client state: another edge continues', async () => {
    const other = await edge.startAnother();
    const without = await edge.startAnother({ WABUS_EDGE_MCP: 'off' });
    const body = JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'tools/call', params: { name: 'list_sessions' } });
    const headers = {
      authorization: `Bearer ${READER_TOKEN}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2025-06-18'
    };
    const answer = await fetch(`${other}/api/mcp`, { method: 'POST', body, headers });
    await expect(answer.json()).resolves.toMatchObject({ id: 7, result: { structuredContent: { ok: true } } });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const absent = await fetch(`${without}/api/mcp`, { method: 'POST', body, headers });
    expect(absent.status).toBe(404);
    await expect(absent.json()).resolves.toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
  });
});
