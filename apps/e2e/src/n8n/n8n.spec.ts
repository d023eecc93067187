import { createHash, createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { awaitCondition, type SimulatedAccount } from '@wabus/testing';
import { WabusFixture } from '../wabus.fixture.js';
import { N8N, N8nHost, type Item } from './n8n-host.fixture.js';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');
/** Too large for the command itself. */
const LARGE = Buffer.concat([PNG, Buffer.alloc(600_000)]);
const PAGE = fileURLToPath(new URL('../../../../docs/n8n.md', import.meta.url));
const binary = (data: Buffer, fileName: string, mimeType: string): object => ({ data: data.toString('base64'), fileName, mimeType });

interface Activation {
  readonly exists: boolean;
  readonly address: string;
  readonly kept: { webhookPath: string; secret: string };
}

// Without n8n's packages (no registry, another Node.js), all of these tests are skipped, each with its name.
(N8N ? describe : describe.skip)('the nodes for n8n, in its own loader and engine', () => {
  let wabus: WabusFixture;
  let n8n: N8nHost;
  let account: SimulatedAccount;
  let contact: SimulatedAccount;
  let group: string;

  beforeAll(async () => {
    wabus = await WabusFixture.start({ edgeEnv: { WABUS_EGRESS_ALLOW: '127.0.0.1' } });
    n8n = await N8nHost.start(ours());
    account = await wabus.pair('main');
    contact = await wabus.control.createAccount({ name: 'Contact' });
    const members = [account.phoneNumber];
    ({ groupJid: group } = await wabus.control.createGroup({ subject: 'Team', owner: contact.phoneNumber, members }));
  }, 120_000);
  afterAll(async () => {
    await n8n?.[Symbol.asyncDispose]();
    await wabus?.stop();
  }, 60_000);

  const ours = () => ({ baseUrl: `${wabus.edge.url}/`, token: wabus.token });
  const write = (text: string): Promise<{ id: string }> => writeMessage({ conversation: text });
  const writeMessage = (message: object): Promise<{ id: string }> =>
    wabus.control.sendMessage({ from: contact.phoneNumber, to: account.phoneNumber, message });
  const received = () => wabus.control.received({ phoneNumber: contact.phoneNumber });
  const arrived = async (id: unknown): Promise<Record<string, Record<string, unknown>>> => {
    const all = await awaitCondition(received, messages => messages.some(message => message.id === id), {
      what: 'the message at the phone'
    });
    return all.find(message => message.id === id)!.message as Record<string, Record<string, unknown>>;
  };
  const message = (operation: string, fields: object = {}): object => ({
    resource: 'message',
    operation,
    session: 'main',
    chat: contact.pnJid,
    ...fields
  });
  const of = (resource: string, operation: string, fields: object = {}): object => ({ resource, operation, session: 'main', ...fields });
  let execution = 100;
  /** Runs the node in a separate execution. */
  const execute = (parameters: object, more: object = {}): Promise<Item[]> =>
    n8n.execute(parameters, { executionId: String(execution++), ...more });
  const one = async (parameters: object, more: object = {}): Promise<Record<string, unknown>> => (await execute(parameters, more))[0]!.json;

  test('are loaded, with a credential whose test passes', async () => {
    const { nodes, credentials } = await n8n.call<{ nodes: object[]; credentials: object[] }>('describe');
    expect(nodes).toMatchObject([
      {
        name: 'wabus',
        usableAsTool: true,
        iconUrl: { light: expect.stringContaining('wabus.svg') as unknown },
        codex: { categories: ['Communication'] }
      },
      { name: 'wabusTrigger', webhooks: [{ name: 'default' }] },
      { name: 'wabusPollingTrigger', polling: true }
    ]);
    expect(credentials).toMatchObject([{ name: 'wabusApi', supportedNodes: ['wabus', 'wabusTrigger', 'wabusPollingTrigger'] }]);
    expect(await n8n.call('test')).toEqual({ status: 200 });
    expect(await n8n.call('options', { type: 'wabus', method: 'getSessions' })).toEqual([{ name: 'main (open)', value: 'main' }]);
  });

  test('send a text once, even if the step is repeated', async () => {
    const parameters = message('sendText', { text: '={{ "hello " + $json.name }}' });
    const more = { items: [{ json: { name: 'Ann' } }, { json: { name: 'Bob' } }], executionId: '7' };
    const first = await n8n.execute(parameters, more);
    const again = await n8n.execute(parameters, more);
    expect(again.map(({ json }) => json['messageId'])).toEqual(first.map(({ json }) => json['messageId']));
    expect(first).toMatchObject([{ json: { fromMe: true, chat: contact.pnJid } }, { json: { fromMe: true } }]);
    for (const { json } of first) await arrived(json['messageId']);
    expect((await received()).filter(({ text }) => text?.startsWith('hello ')).map(({ text }) => text)).toEqual(['hello Ann', 'hello Bob']);
  });

  test('send files of any size, places, cards and polls', async () => {
    const file = async (parameters: object, data: Buffer, more: object = {}): Promise<Record<string, Record<string, unknown>>> => {
      const items = [{ json: {}, binary: { data: binary(data, 'cat.png', 'image/png') } }];
      return arrived((await one(message('sendMedia', parameters), { items, ...more }))['messageId']);
    };
    expect(await file({ mediaKind: 'image', caption: 'a dot' }, PNG)).toMatchObject({
      imageMessage: { caption: 'a dot', mimetype: 'image/png' }
    });
    const document = await file({ mediaKind: 'document' }, LARGE, { executionId: '8' });
    expect(document).toMatchObject({ documentMessage: { fileName: 'cat.png', mimetype: 'image/png' } });
    expect(document['documentMessage']!['fileSha256']).toBe(createHash('sha256').update(LARGE).digest('base64'));
    // The same step again: the file is not uploaded again, so the request is the same.
    await file({ mediaKind: 'document' }, LARGE, { executionId: '8' });
    expect((await received()).filter(each => 'documentMessage' in each.message)).toHaveLength(1);

    const sent = async (operation: string, fields: object) => arrived((await one(message(operation, fields)))['messageId']);
    expect(await sent('sendLocation', { latitude: 52.5, longitude: 13.4, placeName: 'Berlin' })).toMatchObject({
      locationMessage: { degreesLatitude: 52.5, degreesLongitude: 13.4, name: 'Berlin' }
    });
    const card = await sent('sendContact', { contactName: 'Ann; B', contactNumber: '+49 151 234' });
    expect(card['contactMessage']!['vcard']).toContain('FN:Ann\\; B\nN:;Ann\\; B;;;\nTEL;type=CELL;waid=49151234:+49151234');
    expect(await sent('sendPoll', { question: 'Where?', choices: ['Here', 'There'] })).toMatchObject({
      pollCreationMessageV3: { name: 'Where?', options: [{ optionName: 'Here' }, { optionName: 'There' }], selectableOptionsCount: 1 }
    });
  });

  test('reply to, react to, read, edit and delete messages', async () => {
    const { id } = await write('a question');
    const event = await awaitEvent(id);
    const reply = await one(message('reply', { chat: '={{ $json.chat }}', messageId: '={{ $json.messageId }}', text: 'an answer' }), {
      items: [{ json: { chat: event.chat, messageId: id } }]
    });
    expect(await arrived(reply['messageId'])).toMatchObject({
      extendedTextMessage: { text: 'an answer', contextInfo: { stanzaId: id, quotedMessage: { conversation: 'a question' } } }
    });
    const named = { chat: event.chat, messageId: id };
    expect(await arrived((await one(message('react', { ...named, emoji: '👍' })))['messageId'])).toMatchObject({
      reactionMessage: { text: '👍', key: { id } }
    });
    expect(await one(message('markRead', named))).toEqual({ success: true });
    await awaitCondition(
      () => wabus.control.receipts({ phoneNumber: contact.phoneNumber }),
      all => all.some(receipt => receipt.id === id && receipt.type === 'read'),
      { what: 'the read receipt' }
    );
    const own = { messageId: reply['messageId'] };
    const edited = await one(message('edit', { ...own, text: 'another answer' }));
    await arrived(edited['messageId']);
    expect(JSON.stringify((await received()).find(({ id }) => id === edited['messageId'])!.opened)).toContain('another answer');
    const deleted = await one(message('delete', { ...own, messageDetails: { fromMe: true } }));
    expect(await arrived(deleted['messageId'])).toMatchObject({ protocolMessage: { key: { id: reply['messageId'] } } });
  });

  test('read chats, contacts, groups and sessions', async () => {
    const texts = async (parameters: object): Promise<unknown[]> => (await execute(parameters)).map(({ json }) => json['text']);
    const { id } = await write('to be found');
    const { chat } = await awaitEvent(id);
    await awaitCondition(
      () => texts(of('chat', 'search', { query: 'to be found' })),
      all => all.length > 0,
      { what: 'the read model' }
    );
    expect(await texts(of('chat', 'getMessages', { chat, limit: 1 }))).toEqual(['to be found']);
    expect((await execute(of('chat', 'getAll', { returnAll: true }))).length).toBeGreaterThan(0);
    expect((await execute(of('contact', 'getAll'))).length).toBeGreaterThan(0);
    expect(await execute(of('contact', 'check', { phoneNumbers: `${contact.phoneNumber}, 4900000000` }))).toMatchObject([
      { json: { exists: true, asked: contact.phoneNumber } },
      { json: { exists: false } }
    ]);
    expect((await execute(of('group', 'getMembers', { chat: group }))).map(({ json }) => json['subject'])).toEqual(['Team', 'Team']);
    expect(await one(of('session', 'get'))).toMatchObject({ session: 'main', status: { state: 'open' } });
    expect((await execute({ resource: 'session', operation: 'getAll' })).map(({ json }) => json['session'])).toEqual(['main']);
    expect(await one(of('chat', 'typing', { chat: contact.pnJid }))).toEqual({ success: true });
  });

  test('get the file of a message, and the QR code of a session', async () => {
    const sent = await one(message('sendMedia', { mediaKind: 'image' }), {
      items: [{ json: {}, binary: { data: binary(PNG, 'a.png', 'image/png') } }]
    });
    const { id } = await writeMessage(await arrived(sent['messageId']));
    const { cursor } = await awaitEvent(id);
    const [item] = await execute(of('media', 'download', { cursor: '={{ $json.cursor }}' }), { items: [{ json: { cursor } }] });
    expect(item).toMatchObject({ json: { cursor }, binary: { data: { mimeType: 'image/png' } } });
    expect(Buffer.from(item!.binary!['data']!.data, 'base64')).toEqual(PNG);

    await wabus.edge.post('/api/sessions', { session: 'unlinked' });
    await wabus.awaitQr('unlinked');
    const [qr] = await execute(of('session', 'getQr', { session: 'unlinked' }));
    expect(Buffer.from(qr!.binary!['data']!.data, 'base64').subarray(1, 4).toString()).toBe('PNG');
    expect(await one(of('session', 'stop', { session: 'unlinked' }))).toMatchObject({ desired: 'stopped' });
    await wabus.edge.delete('/api/sessions/unlinked');
  });

  test('offer every command, with its arguments as fields', async () => {
    const command = (operation: string, fields: object = {}): Promise<Item[]> => execute(of('command', operation, fields));
    expect(await command('onWhatsApp', { arg_phoneNumbers: contact.phoneNumber })).toMatchObject([{ json: { exists: true } }]);
    expect(await command('groupMetadata', { arg_jid: group })).toMatchObject([{ json: { subject: 'Team' } }]);
    const [sent] = await command('sendMessage', {
      arg_jid: contact.pnJid,
      arg_content: '{"text": "as a command"}',
      additionalFields: { arg_options: '{"correlation": "c1"}' }
    });
    await arrived((sent!.json['key'] as { id: string }).id);
    expect((await n8n.fail(of('command', 'sendMessage', { arg_jid: contact.pnJid, arg_content: '{text' }))).message).toContain(
      'Content must be JSON'
    );
  });

  test('fail with the code and the remedy, or return them', async () => {
    const parameters = message('sendText', { session: 'nobody', text: 'x' });
    const error = await n8n.fail(parameters);
    expect(error).toMatchObject({
      message: expect.stringMatching(/^UNKNOWN_SESSION: /) as unknown,
      httpCode: '404',
      context: { itemIndex: 0, data: { code: 'UNKNOWN_SESSION', certain: true } }
    });
    expect(error.description).toContain('Nothing was done.');
    const settings = { onError: 'continueRegularOutput' };
    const items = [{ json: { session: 'nobody' } }, { json: { session: 'main' } }];
    const both = await execute(message('sendText', { session: '={{ $json.session }}', text: 'to one of two' }), { items, settings });
    expect(both).toMatchObject([{ json: { code: 'UNKNOWN_SESSION', retryable: false } }, { json: { fromMe: true } }]);
    expect((await n8n.fail(message('sendText', { text: 'x', idempotencyKey: 'two words' }))).message).toContain('idempotency key');
    expect((await n8n.fail(message('sendText', { text: 'x', chat: 'nonsense' }))).message).toMatch(/^INVALID_ARGUMENTS: /);
    await n8n.call('credential', { baseUrl: wabus.edge.url, token: 'wrong' });
    expect(await n8n.call('test')).toEqual({ status: 401 });
    expect(await n8n.fail(message('sendText', { text: 'x' }))).toMatchObject({
      httpCode: '401',
      context: { data: { code: 'UNAUTHORIZED' } }
    });
    await n8n.call('credential', { baseUrl: 'http://127.0.0.1:9', token: 'x' });
    expect(await n8n.fail(message('sendText', { text: 'x' }))).toMatchObject({
      message: expect.stringMatching(/^UNREACHABLE: /) as unknown,
      httpCode: null,
      context: { data: { retryable: true, certain: true } }
    });
    await n8n.call('credential', ours());
  });

  test('are a tool of an AI agent, whose calls run once each', async () => {
    const text = `={{ $fromAI('Text', 'what to write', 'string') }}`;
    const calls = ['from the agent', 'from the agent', 'something else'].map(Text => ({ Text }));
    const tool = await n8n.call<{ fields: string[]; answers: { messageId: string }[][] }>('tool', {
      parameters: message('sendText', { text }),
      calls,
      executionId: 'agent-1'
    });
    expect(tool.fields).toEqual(['Text']);
    const ids = tool.answers.map(([answer]) => answer!.messageId);
    expect([ids[0] === ids[1], ids[0] === ids[2]]).toEqual([true, false]);
    await arrived(ids[2]);
    expect((await received()).filter(each => each.text === 'from the agent')).toHaveLength(1);
  });

  test('start a workflow by webhook while it is active', async () => {
    const trigger = { id: 'hooked', type: 'wabusTrigger', parameters: { events: ['messages.upsert'], sessions: ['main'] } };
    const { address, kept, exists } = await n8n.call<Activation>('activate', trigger);
    expect(exists).toBe(false);
    const { id } = await write('for the workflow');
    const startedBy = async (): Promise<Item[]> => (await n8n.call<Item[]>('started')).filter(({ json }) => json['messageId'] === id);
    const [item] = await awaitCondition(startedBy, all => all.length > 0, { what: 'the start of the workflow' });
    expect(item!.json).toMatchObject({
      event: 'messages.upsert',
      session: 'main',
      text: 'for the workflow',
      kind: 'conversation',
      fromMe: false,
      hasMedia: false
    });
    // The account's own messages start no workflow.
    const own = await one(message('sendText', { text: 'not for the workflow' }));
    await arrived(own['messageId']);
    const { id: next } = await write('after it in the same chat');
    const messageIds = async (): Promise<unknown[]> => (await n8n.call<Item[]>('started')).map(({ json }) => json['messageId']);
    const ids = await awaitCondition(messageIds, all => all.includes(next), { what: 'the next start' });
    expect(ids).not.toContain(own['messageId']);

    const deliver = async (by: Buffer, at = Date.now()): Promise<number> => {
      const body = JSON.stringify({
        id: 'forged',
        session: 'main',
        event: 'messages.upsert',
        cursor: 'c',
        at: '',
        data: { messages: [{ key: {}, message: {} }] }
      });
      const timestamp = String(Math.floor(at / 1000));
      const signature = `v1,${createHmac('sha256', by).update(`forged.${timestamp}.${body}`).digest('base64')}`;
      const headers = { 'webhook-id': 'forged', 'webhook-timestamp': timestamp, 'webhook-signature': signature };
      return (await fetch(address, { method: 'POST', headers, body })).status;
    };
    const key = Buffer.from(kept.secret.slice('whsec_'.length), 'base64');
    expect([await deliver(randomBytes(24)), await deliver(key, Date.now() - 3_600_000), await deliver(key)]).toEqual([401, 401, 200]);
    const started = await n8n.call<Item[]>('started');
    expect(started.filter(({ json }) => json['id'] === 'forged')).toHaveLength(1);

    const webhooks = async (): Promise<{ events: string[] }[]> =>
      (await wabus.edge.get<{ webhooks: { events: string[] }[] }>('/api/sessions/main/webhooks')).body.webhooks;
    // After a restart, n8n finds the webhook unchanged; another selection of events changes it and keeps its position.
    expect(await n8n.call('activate', trigger)).toMatchObject({ exists: true, kept: { webhookPath: kept.webhookPath } });
    const changed = { ...trigger, parameters: { ...trigger.parameters, events: ['messages.upsert', 'call'] } };
    expect(await n8n.call('activate', changed)).toMatchObject({ exists: true, kept });
    const everywhere = { ...trigger, parameters: { events: ['*'], sessions: [], options: { chats: contact.pnJid } } };
    const webhooksOfAll = async () => (await wabus.edge.get<{ webhooks: object[] }>('/api/webhooks')).body.webhooks;
    expect((await webhooks()).map(({ events }) => events)).toEqual([['messages.upsert', 'call']]);
    expect(await n8n.call('activate', everywhere)).toMatchObject({ exists: false });
    expect([await webhooks(), await webhooksOfAll()]).toMatchObject([[], [{ events: ['*'], sessions: '*', chats: [contact.pnJid] }]]);
    await n8n.call('deactivate', trigger);
    expect([await webhooks(), await webhooksOfAll()]).toEqual([[], []]);
  });

  test('miss nothing while an active workflow is saved', async () => {
    const trigger = { id: 'saved', type: 'wabusTrigger', parameters: { events: ['messages.upsert'], sessions: ['main'] } };
    const startsWith = async (id: string): Promise<number> =>
      (await n8n.call<Item[]>('started')).filter(({ json }) => json['messageId'] === id).length;
    await n8n.call('activate', trigger);
    const before = await write('before it is saved');
    await awaitCondition(
      () => startsWith(before.id),
      count => count === 1,
      { what: 'the start' }
    );
    const view = async () =>
      (await wabus.edge.get<{ webhooks: { state: { cursor: string | null } }[] }>('/api/sessions/main/webhooks')).body.webhooks[0];
    await awaitCondition(view, webhook => webhook?.state.cursor != null, { what: 'its position' });
    const { kept } = await n8n.call<{ kept: object }>('deactivate', trigger);
    const { id } = await write('while it is saved');
    await awaitEvent(id);
    await n8n.call('activate', { ...trigger, kept });
    await awaitCondition(
      () => startsWith(id),
      count => count === 1,
      { what: 'the start after it' }
    );
    await n8n.call('deactivate', trigger);
  });

  test('resume with another token if the first is revoked', async () => {
    const terms = { name: 'n8n', scopes: ['read', 'control'], sessions: ['main'] };
    const { body: first } = await wabus.edge.post<{ id: string; token: string }>('/api/tokens', terms);
    const trigger = { id: 'token', type: 'wabusTrigger', parameters: { events: ['messages.upsert'], sessions: ['main'] } };
    await n8n.call('credential', { ...ours(), token: first.token });
    await n8n.call('activate', trigger);
    await wabus.edge.delete(`/api/tokens/${first.id}`);
    const paused = async () =>
      (await wabus.edge.get<{ webhooks: { paused: string | null }[] }>('/api/sessions/main/webhooks')).body.webhooks[0]?.paused;
    await awaitCondition(paused, reason => reason === 'token-gone', { what: 'the pause' });
    await n8n.call('credential', ours());
    expect(await n8n.call('activate', trigger)).toMatchObject({ exists: true });
    expect(await paused()).toBeNull();
    await n8n.call('deactivate', trigger);
  });

  test('start a workflow by polling, from the end of the last poll', async () => {
    const trigger = { id: 'polled', type: 'wabusPollingTrigger', parameters: { events: ['messages.upsert'], sessions: [] } };
    const poll = async (mode?: string): Promise<unknown[] | null> => {
      const { items } = await n8n.call<{ items: Item[] | null }>('poll', { id: 'polled', mode });
      return items?.map(({ json }) => json['text']) ?? null;
    };
    await write('before the workflow was active').then(({ id }) => awaitEvent(id));
    await n8n.call('activate', trigger);
    expect(await poll()).toBeNull();
    // n8n is not running in the meantime.
    for (const text of ['first', 'second']) await awaitEvent((await write(text)).id);
    await one(message('sendText', { text: 'of the account itself' }));
    await n8n.call('activate', trigger);
    expect(await poll()).toEqual(['first', 'second']);
    expect(await poll()).toBeNull();
    expect(await poll('manual')).toEqual(['second']);
    await awaitEvent((await write('third')).id);
    expect(await poll()).toEqual(['third']);

    // A cursor of a log that no longer exists: everything in the new log is new.
    const cursor = Buffer.from('1:1795254702838:42').toString('base64');
    await n8n.call('activate', { ...trigger, kept: { cursor } });
    expect(await poll()).toEqual(expect.arrayContaining(['before the workflow was active', 'third']));
  });

  test('run the workflow on the page about n8n', async () => {
    const [, json] = /```json workflow\n(.*?)```/s.exec(readFileSync(PAGE, 'utf8'))!;
    const workflow = JSON.parse(json!.replaceAll('"default"', '"main"')) as object;
    expect(await n8n.call('inspect', { workflow })).toEqual({ issues: [] });
    const { id } = await write('what now?');
    const { envelope } = await awaitEvent(id);
    const { items } = await n8n.call<{ items: Item[] }>('run', { workflow, event: envelope });
    expect(await arrived(items[0]!.json['messageId'])).toMatchObject({ extendedTextMessage: { contextInfo: { stanzaId: id } } });
  });

  /** Resolves with the event of a message, once it is in the log. */
  async function awaitEvent(id: string): Promise<{ cursor: string; chat: string; envelope: object }> {
    interface Envelope {
      readonly cursor: string;
      readonly data: { readonly messages?: readonly { readonly key: { readonly id: string; readonly remoteJid: string } }[] };
    }
    const page = () => wabus.edge.get<{ events: Envelope[] }>('/api/sessions/main/events?events=messages.upsert&limit=1000');
    const keyOf = ({ data }: Envelope) => data.messages?.[0]?.key;
    const { body } = await awaitCondition(page, answer => answer.body.events.some(event => keyOf(event)?.id === id), { what: 'the event' });
    const envelope = body.events.find(event => keyOf(event)?.id === id)!;
    return { cursor: envelope.cursor, chat: keyOf(envelope)!.remoteJid, envelope };
  }
});
