import { setImmediate } from 'node:timers/promises';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { COMMAND_CATALOG, type CommandOutcome, type CommandRow } from '@wabus/contracts';
import { commandSchemas, schemaFields, requiredOf } from '@wabus/contracts/docs';
import { EventClient, McpClient } from '@wabus/testing';
import { io } from 'socket.io-client';
import { WabusFixture } from './wabus.fixture.js';
import { FREE_ARGUMENTS, mutations, worstCalls, type Present } from './worst-arguments.fixture.js';
import { worstRequests, type RouteDocument } from './worst-requests.fixture.js';

/** Commands that send arbitrary stanzas to the simulator and wait for a response. */
const RAW = new Set(['query', 'sendNode']);
/**
 * Waits until the client has noticed closed connections. Creating thousands of calls blocks this process for seconds, in which the edge closes idle
 * connections. The client notices that only after a turn of the event loop; an earlier request would use one of them.
 */
async function closedConnectionsNoticed(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await setImmediate();
}

/** Error codes that no arguments may cause. */
const FAULTS = new Set(['INTERNAL', 'BROKER_UNAVAILABLE', 'NO_OWNER', 'NOT_CONNECTED']);

describe('bad input', () => {
  let wabus: WabusFixture;
  beforeAll(async () => {
    wabus = await WabusFixture.start();
    await wabus.pair('main');
  }, 90_000);
  afterAll(() => wabus?.stop(), 60_000);
  afterEach(async () => {
    expect([...wabus.edges, ...wabus.connectors].every(({ running }) => running)).toBe(true);
    expect((await wabus.edge.get('/api/sessions/main')).status).toBe(200);
  });

  test.each([
    ['missing', undefined],
    ['wrong', 'wrong'],
    ['empty', ''],
    ['a number', 5 as unknown as string],
    ['an object', { $ne: null } as unknown as string]
  ])('a token that is %s is refused at the handshake, with a code', async (_name, token) => {
    const client = new EventClient(wabus.edge.url, { token });
    try {
      await expect(client.connected()).rejects.toMatchObject({ message: 'UNAUTHORIZED', data: { code: 'UNAUTHORIZED' } });
    } finally {
      client.close();
    }
  });

  test.each(['/api/sessions', '/api/sessions/main', '/api/sessions/main/qr'])('%s without a token is refused', async path => {
    const response = await fetch(wabus.edge.url + path);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { code: 'UNAUTHORIZED' } });
  });

  test('no process logs the routes and modules of its framework', () => {
    const lines = [...wabus.edges, ...wabus.connectors].flatMap(process => process.lines);
    expect(lines.filter(line => /dependencies initialized|Mapped \{|successfully started/.test(line))).toEqual([]);
    expect(lines.some(line => line.includes('listening'))).toBe(true);
  });

  test('refuses unknown event names and grants the known ones', async () => {
    const client = await wabus.edge.connectEvents();
    expect(await client.subscribe(['call', 'nope'])).toMatchObject({
      ok: true,
      granted: ['call'],
      refused: [{ name: 'nope', error: { code: 'UNKNOWN_EVENT' } }]
    });
    expect(await client.subscribe(['nope', 'also.nope'])).toMatchObject({
      ok: false,
      error: { code: 'UNKNOWN_EVENT', details: { unknown: ['nope', 'also.nope'] } }
    });
    const account = (await wabus.control.listAccounts({}))[0]!;
    const contact = await wabus.control.createAccount({});
    expect(await client.subscribe(['presence.update'])).toMatchObject({ ok: true, granted: ['call', 'presence.update'] });
    await wabus.control.sendMessage({ from: contact.phoneNumber, to: account.phoneNumber, message: { conversation: 'x' } });
    const witness = await wabus.edge.connectEvents();
    await witness.subscribe(['messages.upsert']);
    const { id } = await wabus.control.sendMessage({ from: contact.phoneNumber, to: account.phoneNumber, message: { conversation: 'y' } });
    await witness.awaitEvent<{ messages: { key: { id: string } }[] }>('messages.upsert', ({ messages }) => messages[0]!.key.id === id);
    expect(client.arrived.filter(({ name }) => name === 'messages.upsert')).toEqual([]);
  });

  test.each([[null], [5], ['messages.upsert'], [{}], [{ events: 'x' }], [[5]], [{ events: ['call'], sessions: ['a b'] }], [[]]])(
    'subscribe %j gets an error in its ack',
    async request => {
      const client = await wabus.edge.connectEvents();
      expect(await client.subscribe(request as never)).toMatchObject({ ok: false, error: { message: expect.any(String) as string } });
    }
  );

  test.each([
    [null],
    [5],
    ['x'],
    [[]],
    [{}],
    [{ session: 'main' }],
    [{ session: 5, method: 'sendMessage' }],
    [{ session: '../x', method: 'sendMessage' }]
  ])('command %j gets an error in its ack', async message => {
    const client = await wabus.edge.connectEvents();
    expect(await client.command(message as never)).toMatchObject({ ok: false, error: { message: expect.any(String) as string } });
  });

  test('without an ack the error arrives as an event', async () => {
    const client = await wabus.edge.connectEvents();
    client.socket.emit('subscribe', ['nope']);
    expect((await client.awaitEvent('exception')).payload).toMatchObject({ code: 'UNKNOWN_EVENT' });
  });

  test('closes the connection on an oversize packet', async () => {
    const client = await wabus.edge.connectEvents();
    const closed = new Promise(resolve => client.socket.on('disconnect', resolve));
    client.socket.emit('command', { session: 'main', method: 'sendMessage', args: 'x'.repeat(20_000_000) });
    await closed;
  }, 30_000);

  test('an oversize body gets 413', async () => {
    const answer = await wabus.edge
      .post('/api/sessions/main/messages', { jid: 'x', content: { text: 'x'.repeat(20_000_000) } })
      .catch((error: unknown) => error);
    if (!(answer instanceof Error)) expect(answer).toMatchObject({ status: 413, body: { error: { code: 'PAYLOAD_TOO_LARGE' } } });
  }, 30_000);

  test.each([
    ['POST', '/api/sessions', '{"session":', 400],
    ['POST', '/api/sessions', '{"session":"a b"}', 400],
    ['POST', '/api/sessions', '{"session":["a"]}', 400],
    ['POST', '/api/sessions', '[]', 400],
    ['GET', '/api/sessions/a%2Fb', undefined, 400],
    ['GET', '/api/sessions/..%2Fmain', undefined, 400],
    ['GET', '/api/nothing', undefined, 404],
    ['GET', '/api/sessions/nobody', undefined, 404]
  ])('%s %s %s is answered with %i', async (method, path, body, status) => {
    const response = await fetch(wabus.edge.url + path, {
      method,
      body: body ?? null,
      headers: { authorization: `Bearer ${wabus.token}`, 'content-type': 'application/json' }
    });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ ok: false, error: { code: expect.any(String) as string } });
  });

  test('ten thousand malformed packets do not end the process', async () => {
    const socket = io(`${wabus.edge.url}/api/events`, {
      auth: { token: wabus.token },
      transports: ['websocket'],
      reconnection: false,
      forceNew: true
    });
    await new Promise(resolve => socket.once('connect', () => resolve(undefined)));
    const engine = socket.io.engine;
    for (let i = 0; i < 10_000 && engine.readyState === 'open'; i++) engine.write(`4${'25x/['[i % 5]!}${'{['.repeat(i % 7)}`);
    await new Promise(resolve => (socket.connected ? socket.once('disconnect', resolve) : resolve(undefined)));
    socket.close();
  }, 30_000);

  describe('every API refuses unknown arguments by name', () => {
    const jid = '4915112345678@s.whatsapp.net';
    let socket: EventClient;
    let nats: NatsConnection;
    let mcp: McpClient;
    let before: Record<string, unknown>;
    /** Returns the number of messages and requests that sessions sent to WhatsApp. Sessions manage their connections on their own. */
    const sent = async (): Promise<Record<string, unknown>> => {
      const { messagesFromDevices, iqs } = await wabus.control.stats({});
      // The number of keep-alive pings depends on how long the requests take.
      return { messagesFromDevices, ...iqs, 'w:p/ping': 0 };
    };
    beforeAll(async () => {
      socket = await wabus.edge.connectEvents();
      nats = await connect({ servers: wabus.nats.url });
      mcp = await McpClient.connect(wabus.edge.url, wabus.token);
      before = await sent();
    });
    afterAll(async () => {
      await Promise.all([nats?.close(), mcp?.close()]);
    });

    const doors: Record<string, (method: string, args: unknown) => Promise<CommandOutcome>> = {
      'Socket.IO': (method, args) => socket.command({ session: 'main', method, args }),
      HTTP: async (method, args) => (await wabus.edge.post<CommandOutcome>(`/api/sessions/main/commands/${method}`, { args })).body,
      NATS: async (method, args) => {
        const reply = await nats.request(`wa.cmd.main.${method}`, JSON.stringify({ args }), { timeout: 5_000 });
        return reply.json<CommandOutcome>();
      },
      MCP: (method, args) => mcp.call('run_command', { session: 'main', command: method, args })
    };
    const content = (text: string): unknown => JSON.parse(`{"jid": "${jid}", "content": ${text}}`);
    const refused: [what: string, method: string, args: unknown, field: string][] = [
      ['a wrong type', 'sendMessage', content('{"text": 7}'), 'content.text'],
      ['what is no jid', 'sendMessage', { jid: 'bob@', content: { text: 'x' } }, 'jid'],
      ['a list for one', 'chatModify', { jid, modification: [{ pin: true }] }, 'modification'],
      ['one for a list', 'groupParticipantsUpdate', { jid: '1-2@g.us', participants: jid, action: 'add' }, 'participants'],
      ['an unknown word', 'groupParticipantsUpdate', { jid: '1-2@g.us', participants: [jid], action: 'destroy' }, 'action'],
      ['a stanza that is none', 'query', { node: { tag: 'iq', attrs: { to: 5 } } }, 'node'],
      ['a local path', 'sendMessage', content('{"image": {"url": "/etc/passwd"}}'), 'content.image.url'],
      ['a file: address', 'updateProfilePicture', { jid, content: { url: 'file:///etc/passwd' } }, 'content.url'],
      ['most of a megabyte', 'sendMessage', content(`{"text": "${'x'.repeat(900_000)}"}`), 'content.text'],
      ['a prototype key', 'sendMessage', content('{"text": "x", "__proto__": {"polluted": true}}'), 'content.__proto__'],
      ['a way to a prototype', 'relayMessage', { jid, message: { constructor: { prototype: {} } } }, 'message.constructor'],
      ['depth', 'relayMessage', { jid, message: JSON.parse(`${'{"a":'.repeat(500)}1${'}'.repeat(500)}`) as unknown }, 'message.a.a'],
      ['an unknown field', 'fetchBlocklist', { everything: true }, 'everything']
    ];

    test.each(Object.keys(doors).flatMap(api => refused.map(([what, ...rest]) => [what, api, ...rest] as const)))(
      '%s over %s: %s',
      async (_what, api, method, args, field) => {
        const outcome = await doors[api]!(method, args);
        expect(outcome).toMatchObject({ ok: false, error: { code: 'INVALID_ARGUMENTS', certain: true } });
        const { message, details } = (outcome as unknown as { error: { message: string; details: { fields: object } } }).error;
        expect(Object.keys(details.fields)[0]).toMatch(new RegExp(`^${field.replaceAll('.', '\\.')}`));
        expect(message).toContain(field);
      }
    );

    /** A field in the arguments of a command, and a function that returns arguments with a value for it. */
    interface Field {
      readonly method: string;
      readonly path: string;
      readonly args: (value: unknown) => object;
      readonly typed: boolean;
    }
    const fieldsIn = (schema: string, above: Pick<Field, 'method' | 'path' | 'args'>): Field[] =>
      Object.entries(schemaFields(commandSchemas()[schema]!)).flatMap(([name, field]) => {
        const { method } = above;
        const path = above.path === '' ? name : `${above.path}.${name}`;
        const args = (value: unknown): object => above.args({ [name]: value });
        const { items, anyOf = [], $ref, type } = field as { items?: object; anyOf?: object[]; $ref?: string; type?: string };
        const one = { method, path, args, typed: [items, $ref, type].some(Boolean) || anyOf.length > 0 };
        const inside = [field, items ?? {}, ...anyOf].flatMap(found => {
          const reference = (found as { $ref?: string }).$ref?.split('/').at(-1);
          if (reference === undefined) return [];
          // The required fields determine the class of an object, so they must be present.
          const needed = Object.fromEntries(requiredOf(commandSchemas()[reference]!).map(need => [need, {}]));
          const wrap = (value: unknown): object => args(found === items ? [value] : { ...needed, ...(value as object) });
          return fieldsIn(reference, { method, path: found === items ? `${path}.0` : path, args: wrap });
        });
        return [one, ...inside];
      });
    const every = (Object.entries(COMMAND_CATALOG) as [string, CommandRow][])
      .filter(([, { target }]) => target !== 'registry')
      .flatMap(([method, { request }]) => fieldsIn(request.name, { method, path: '', args: value => value as object }));
    const nowhere: readonly unknown[] = [
      JSON.parse('{"__proto__": {"polluted": true}}'),
      [{ constructor: { prototype: {} } }],
      JSON.parse(`${'['.repeat(300)}${']'.repeat(300)}`)
    ];

    test.each(Object.keys(doors))(
      'every field of every command over %s',
      async api => {
        expect(every.length).toBeGreaterThan(500);
        expect(every.map(({ path }) => path)).toEqual(expect.arrayContaining(['content.image', 'content.image.url', 'keys.0.remoteJid']));
        const accepted: object[] = [];
        const ask = async ({ method, path, args, typed }: Field, i: number): Promise<void> => {
          const value = typed && i % 2 === 0 ? [[[]]] : nowhere[i % nowhere.length];
          const outcome = (await doors[api]!(method, args(value))) as { error?: { code: string; details?: { fields?: object } } };
          const named = Object.keys(outcome.error?.details?.fields ?? {}).some(field => `${field}.`.startsWith(`${path}.`));
          if (outcome.error?.code !== 'INVALID_ARGUMENTS' || !named) accepted.push({ method, path, outcome });
        };
        for (let i = 0; i < every.length; i += 20) await Promise.all(every.slice(i, i + 20).map((field, j) => ask(field, i + j)));
        expect(accepted).toEqual([]);
      },
      60_000
    );

    test.each(Object.keys(doors))('a private address over %s', async api => {
      const outcome = await doors[api]!('sendMessage', content('{"image": {"url": "https://169.254.169.254/latest/meta-data"}}'));
      const error = {
        EGRESS_DENIED: { code: 'EGRESS_DENIED', details: { field: 'content.image' } },
        // A connector fetches no URL, regardless of the caller.
        INVALID_ARGUMENTS: { code: 'INVALID_ARGUMENTS', details: { fields: { 'content.image.url': [expect.any(String)] } } }
      };
      expect(outcome).toMatchObject({ ok: false, error: api === 'NATS' ? error.INVALID_ARGUMENTS : error.EGRESS_DENIED });
    });

    test('bytes over Socket.IO, which alone supports them', async () => {
      const outcome = await doors['Socket.IO']!('sendMessage', { jid, content: { image: Buffer.from('bytes') } });
      const fields = { 'content.image': [expect.stringContaining('base64')] };
      expect(outcome).toMatchObject({ ok: false, error: { code: 'INVALID_ARGUMENTS', details: { fields } } });
    });

    afterAll(async () => expect(await sent()).toEqual(before));
  });

  describe('survives the worst arguments of a command at any depth', () => {
    let socket: EventClient;
    let nats: NatsConnection;
    let mcp: McpClient;
    beforeAll(async () => {
      socket = await wabus.edge.connectEvents();
      nats = await connect({ servers: wabus.nats.url });
      mcp = await McpClient.connect(wabus.edge.url, wabus.token);
    });
    afterAll(async () => {
      await Promise.all([nats?.close(), mcp?.close()]);
    });
    const doors: readonly ((method: string, args: unknown) => Promise<unknown>)[] = [
      (method, args) => socket.command({ session: 'main', method, args }),
      async (method, args) => (await wabus.edge.post(`/api/sessions/main/commands/${method}`, { args })).body,
      async (method, args) => (await nats.request(`wa.cmd.main.${method}`, JSON.stringify({ args }), { timeout: 20_000 })).json(),
      (method, args) => mcp.call('run_command', { session: 'main', command: method, args })
    ];
    const asked = FREE_ARGUMENTS.flatMap(([method, args]) => [...mutations(args)].map(mutated => [method, mutated] as const));

    test('no outcome is INTERNAL', async () => {
      expect(asked.length).toBeGreaterThan(800);
      const faults: unknown[] = [];
      const ask = async ([method, args]: (typeof asked)[number], i: number): Promise<void> => {
        const outcome = (await doors[i % doors.length]!(method, args)) as { error?: { code: string } };
        if (outcome.error?.code === 'INTERNAL') faults.push({ method, args, api: i % doors.length });
      };
      for (let i = 0; i < asked.length; i += 40) await Promise.all(asked.slice(i, i + 40).map((one, j) => ask(one, i + j)));
      expect(faults).toEqual([]);
    }, 120_000);
  });

  describe('one wrong value in otherwise valid arguments', () => {
    let present: Present;
    const authorization = (): { authorization: string } => ({ authorization: `Bearer ${wabus.token}` });
    beforeAll(async () => {
      const contact = await wabus.control.createAccount({});
      const group = await wabus.edge.post<{ id: string }>('/api/sessions/main/groups', { subject: 'Worst', participants: [contact.pnJid] });
      const picture = Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        'base64'
      );
      const headers = { ...authorization(), 'content-type': 'image/png' };
      const upload = await fetch(`${wabus.edge.url}/api/sessions/main/media`, { method: 'POST', headers, body: picture });
      const { media } = (await upload.json()) as { media: string };
      present = { person: contact.pnJid, group: group.body.id, media };
      // Commands that end a session use this one.
      await wabus.edge.post('/api/sessions', { session: 'spare' });
    });

    test('causes no internal fault in any command', async () => {
      const calls = worstCalls(present);
      expect(new Set(calls.map(({ method }) => method))).toEqual(new Set(Object.keys(COMMAND_CATALOG)));
      expect(calls.map(({ path }) => path)).toEqual(
        expect.arrayContaining(['content.react.key.id', 'content.image.media', 'create.images.0.url'])
      );
      await closedConnectionsNoticed();
      const faults: object[] = [];
      const ask = async ({ method, path, args }: (typeof calls)[number]): Promise<void> => {
        const { target, scope }: CommandRow = COMMAND_CATALOG[method];
        const session = target !== 'socket' && scope === 'control' ? 'spare' : 'main';
        const deadlineMs = RAW.has(method) ? 1_000 : undefined;
        const { body } = await wabus.edge.post<{ error?: { code: string } }>(`/api/sessions/${session}/commands/${method}`, {
          args,
          deadlineMs
        });
        if (body.error && session === 'main' ? FAULTS.has(body.error.code) : body.error?.code === 'INTERNAL')
          faults.push({ method, path, args: JSON.stringify(args).slice(0, 300), error: body.error });
      };
      for (let i = 0; i < calls.length; i += 40) await Promise.all(calls.slice(i, i + 40).map(ask));
      expect(faults).toEqual([]);
    }, 120_000);

    test('causes no internal fault on any other route', async () => {
      const { body: document } = await wabus.edge.get<RouteDocument>('/api/openapi.json');
      const requests = worstRequests(document, present);
      expect(requests.length).toBeGreaterThan(1_000);
      await closedConnectionsNoticed();
      const faults: object[] = [];
      const ask = async ({ verb, path, headers, body }: (typeof requests)[number]): Promise<void> => {
        const response = await fetch(wabus.edge.url + path, {
          method: verb.toUpperCase(),
          headers: { ...authorization(), ...headers },
          ...(body === undefined ? {} : { body })
        });
        const text = await response.text();
        if (response.status === 500 || /"(INTERNAL|RATE_LIMITED)"/.test(text))
          faults.push({ verb, path, body, status: response.status, text });
      };
      for (let i = 0; i < requests.length; i += 40) await Promise.all(requests.slice(i, i + 40).map(ask));
      expect(faults).toEqual([]);
    }, 120_000);
  });

  test('answers hostile requests over NATS and keeps the session', async () => {
    const nats = await connect({ servers: wabus.nats.url });
    try {
      for (const body of ['', '{', '[]', '"x"', '{"args":{"__proto__":{}}}', `{"args":${'['.repeat(5000)}${']'.repeat(5000)}}`, '\u0000']) {
        const reply = await nats.request('wa.cmd.main.sendMessage', body, { timeout: 5_000 });
        expect(reply.json()).toMatchObject({ ok: false, error: { code: expect.stringMatching(/^INVALID_/) as string } });
      }
    } finally {
      await nats.close();
    }
  });
});
