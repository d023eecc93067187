import { execFile } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { transformFile } from '@swc/core';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, headers, nanos } from '@nats-io/transport-node';
import { encodeEventHeaders, eventSubject, type EventFacts, type SessionId } from '@wabus/contracts';
import {
  awaitCondition,
  createTempFolder,
  findFreePort,
  LaunchedProcess,
  natsPassword,
  type ReceivedMessage,
  type SimulatedAccount,
  type TempFolder
} from '@wabus/testing';
import { WabusFixture } from './wabus.fixture.js';

const run = promisify(execFile);
const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url));
const FOLDER = join(REPOSITORY, 'examples');
/** An interpreter that can import `socketio` with this path, if the set-up found one. */
const PYTHON = process.env['WABUS_TEST_PYTHON'];
/** The path of the converter, if the set-up found it. */
const FFMPEG = process.env['WABUS_TEST_FFMPEG'];
/** The folder of the Python client, which the path for Debian's packages also contains. */
const CLIENT = join(REPOSITORY, 'clients/python');
const PYTHONPATH = [process.env['WABUS_TEST_PYTHONPATH'] ?? '', join(CLIENT, 'src')].join(':');
/** On a busy machine, starting a program takes seconds. */
const WAIT_MS = 30_000;
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');

/** Folders whose programs have their own tests: `chatwoot/chatwoot.spec.ts`, `stores/stores.spec.ts`. */
const ELSEWHERE = ['chatwoot', 'media-to-s3', 'postgres-store'];

/** Catches up over long polling, then prints how many events arrived and how often it connected. */
const PYTHON_POLLER = `
import os, threading, socketio
events, connects, enough = [], [], threading.Event()
sio = socketio.Client()

@sio.on('connect', namespace='/api/events')
def on_connect():
    connects.append(1)
    sio.emit('subscribe', {'events': ['messages.upsert'], 'since': '2020-01-01T00:00:00Z', 'envelope': True}, namespace='/api/events')

@sio.on('messages.upsert', namespace='/api/events')
def on_message(envelope):
    text = (envelope['data']['messages'][0].get('message') or {}).get('conversation', '')
    if text.startswith('polled '):
        events.append(text)
    if len(set(events)) == 90:
        enough.set()

sio.connect(os.environ['WABUS_URL'], namespaces=['/api/events'], auth={'token': os.environ['WABUS_TOKEN']}, transports=['polling'])
print('connected', flush=True)
enough.wait(60)
print('events', len(events), 'connections', len(connects), flush=True)
os._exit(0)
`;

describe('the examples, each in its own process', () => {
  let wabus: WabusFixture;
  let account: SimulatedAccount;
  let contact: SimulatedAccount;
  let folder: TempFolder;

  beforeAll(async () => {
    folder = createTempFolder('examples');
    const edgePort = await findFreePort();
    const peers = { WABUS_COMPAT: 'waha,evolution', WABUS_COMPAT_URL: `http://127.0.0.1:${edgePort}` };
    wabus = await WabusFixture.start({
      roles: true,
      services: { answers: { command: ['main'] } },
      edgePort,
      edgeEnv: { WABUS_EGRESS_ALLOW: '127.0.0.1', WABUS_CLOUD_API: 'true', ...peers },
      connectorEnv: { WABUS_FFMPEG: FFMPEG ?? 'off' }
    });
    account = await wabus.pair('main');
    contact = await wabus.control.createAccount({ name: 'Contact' });
  }, 90_000);
  afterAll(async () => {
    await wabus?.stop();
    folder?.remove();
  }, 60_000);

  /** Starts an example as its README describes. */
  const start = (file: string, { args = [], env = {} }: { args?: string[]; env?: Record<string, string> } = {}): LaunchedProcess =>
    new LaunchedProcess({
      name: file,
      main: resolve(FOLDER, file),
      args,
      ...(file.endsWith('.py') ? { interpreter: PYTHON! } : {}),
      env: {
        WABUS_URL: wabus.edge.url,
        WABUS_TOKEN: wabus.token,
        ...(file.endsWith('.py') ? { PYTHONPATH: PYTHONPATH } : {}),
        ...env
      },
      cwd: folder.path
    });
  const write = (text: string): Promise<{ id: string }> =>
    wabus.control.sendMessage({ from: contact.phoneNumber, to: account.phoneNumber, message: { conversation: text } });
  const links = async (file: string): Promise<void> => {
    await using example = start(file, { args: ['linked'] });
    await example.awaitLine(line => line.startsWith('scan it within'), WAIT_MS);
    const phone = await wabus.control.createAccount({});
    await wabus.scan('linked', phone);
    await example.awaitLine(line => line === `open ${phone.pnJid}`, WAIT_MS);
    expect((await example.awaitEnd()).code).toBe(0);
    await wabus.edge.delete('/api/sessions/linked');
  };

  const answersOnce = async (file: string): Promise<void> => {
    await using first = start(file);
    await using second = start(file);
    await Promise.all([first, second].map(bot => bot.awaitLine(line => line === 'listening', WAIT_MS)));
    const texts = Array.from({ length: 6 }, (_, i) => `echo ${i}`);
    for (const text of texts) await write(text);
    const echoes = async (): Promise<string[]> =>
      (await wabus.control.received({ phoneNumber: contact.phoneNumber })).flatMap(({ text }) => (text?.startsWith('echo') ? [text] : []));
    await awaitCondition(echoes, got => got.length >= texts.length, { waitMs: WAIT_MS, what: 'the echoes' });
    expect(await first.stop()).toEqual({ code: 0, signal: null });
    await write('echo to the other bot');
    await awaitCondition(echoes, got => got.includes('echo to the other bot'), { waitMs: WAIT_MS, what: 'the echo of the other bot' });
    expect((await echoes()).sort()).toEqual([...texts, 'echo to the other bot']);

    // First an event that waits while no bot runs, then a contact that repeats each text, like the one in the demo.
    expect(await second.stop()).toEqual({ code: 0, signal: null });
    await write('echo for later');
    await using third = start(file);
    await awaitCondition(echoes, got => got.includes('echo for later'), { waitMs: WAIT_MS, what: 'the echo of what waited' });
    await wabus.control.setAutoReply({ phoneNumber: contact.phoneNumber, prefix: 'You wrote: ' });
    await write('echo twice?');
    await third.awaitLine(line => line === 'left to another bot main You wrote: echo twice?', WAIT_MS);
    await wabus.control.setAutoReply({ phoneNumber: contact.phoneNumber, prefix: null });
    expect((await echoes()).filter(text => text.includes('twice'))).toEqual(['echo twice?']);
  };

  const listens = async (file: string): Promise<void> => {
    await using example = start(file);
    await example.awaitLine(line => line.startsWith('subscribed'), WAIT_MS);
    await write(`for ${file}`);
    await example.awaitLine(line => line === `message ${contact.lidJid} for ${file}`, WAIT_MS);
  };

  const sendsMedia = async (file: string): Promise<void> => {
    const picture = join(folder.path, 'picture.png');
    writeFileSync(picture, PNG);
    await using example = start(file, { args: ['main', contact.pnJid, picture, 'a dot'] });
    expect({ ...(await example.awaitEnd()), lines: example.lines }).toEqual({
      code: 0,
      signal: null,
      lines: [expect.stringMatching(/^uploaded media_/), expect.stringMatching(/^sent \w+/)]
    });
    const id = example.lines[1]!.slice('sent '.length);
    const messages = await awaitCondition(
      () => wabus.control.received({ phoneNumber: contact.phoneNumber }),
      all => all.some(message => message.id === id)
    );
    expect(messages.find(message => message.id === id)?.message).toMatchObject({ imageMessage: { caption: 'a dot' } });

    await using refused = start(file, { args: ['nobody', contact.pnJid, picture] });
    expect((await refused.awaitEnd()).code).toBe(1);
    expect(refused.tail()).toContain('UNKNOWN_SESSION');
  };

  const takesSignedDeliveries = async (file: string): Promise<void> => {
    const port = await findFreePort();
    const key = randomBytes(24);
    const secret = `whsec_${key.toString('base64')}`;
    const url = `http://127.0.0.1:${port}/`;
    const env = {
      PORT: String(port),
      WABUS_WEBHOOK_SECRET: secret,
      WABUS_DELIVERIES: join(folder.path, `deliveries of ${file.slice(-3)}`)
    };
    const isListening = (line: string): boolean => line.startsWith('listening');
    // Nothing listens at this address, so the work fails as long as this program lives.
    await using first = start(file, { env: { ...env, WABUS_URL: `http://127.0.0.1:${await findFreePort()}` } });
    await first.awaitLine(isListening, WAIT_MS);
    const created = await wabus.edge.post<{ id: string }>('/api/sessions/main/webhooks', { url, events: ['messages.upsert'], secret });
    expect(created.status).toBe(201);
    const caller = await wabus.control.createAccount({});
    await wabus.control.sendMessage({ from: caller.phoneNumber, to: account.phoneNumber, message: { conversation: '!ping' } });
    await first.awaitLine(line => line.startsWith('event main messages.upsert') && line.includes('!ping'), WAIT_MS);
    const delivered = async (): Promise<number> => {
      const { body } = await wabus.edge.get<{ state: { delivered: number } }>(`/api/sessions/main/webhooks/${created.body.id}`);
      return body.state.delivered;
    };
    await awaitCondition(delivered, count => count === 1, { what: 'the answer' });
    await first.kill();
    await wabus.edge.delete(`/api/sessions/main/webhooks/${created.body.id}`);

    // The address works, so the program sends the text that it could not send before, once.
    await using second = start(file, { env });
    await second.awaitLine(isListening, WAIT_MS);
    const pong = await second.awaitLine(line => line.startsWith('answered'), WAIT_MS);
    const texts = async (): Promise<unknown[]> =>
      (await wabus.control.received({ phoneNumber: caller.phoneNumber })).map(({ text }) => text);
    await awaitCondition(texts, all => all.length > 0, { what: 'the pong' });

    const body = JSON.stringify({ id: 'e1', session: 'main', event: 'call', data: 'by hand' });
    const deliver = async (id: string, { at = Date.now(), by = key } = {}): Promise<number> => {
      const timestamp = String(Math.floor(at / 1000));
      const signature = `v1,${createHmac('sha256', by).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
      const signed = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
      return (await fetch(url, { method: 'POST', headers: signed, body })).status;
    };
    const statuses = [
      await deliver('one'),
      await deliver('one'),
      await deliver('two', { by: randomBytes(24) }),
      await deliver('three', { at: Date.now() - 3_600_000 }),
      (await fetch(url, { method: 'POST', body })).status,
      await deliver('last')
    ];
    expect(statuses).toEqual([200, 200, 401, 401, 401, 200]);
    const byHand = (): string[] => second.lines.filter(line => line === 'event main call "by hand"');
    await awaitCondition(byHand, lines => lines.length === 2, { what: 'the lines of two deliveries' });
    expect(second.lines.filter(line => line === pong)).toHaveLength(1);
    expect(await texts()).toEqual(['pong']);
  };

  /** Runs a bot for another gateway with only the address and the token of Wabus. */
  const answersAsAPeer = async (file: string, names: Record<'url' | 'key' | 'session' | 'hook', string>, echo: string): Promise<void> => {
    const port = String(await findFreePort());
    const own = { [names.url]: wabus.edge.url, [names.key]: wabus.token, [names.session]: 'main', PORT: port };
    const hook = `http://127.0.0.1:${port}/${names.hook === 'BOT_URL' ? 'bot' : 'webhook'}`;
    await using bot = start(file, { env: { ...own, [names.hook]: hook } });
    await bot.awaitLine(line => line.startsWith('ready'), WAIT_MS);
    const answered = async (wanted: (message: { text: string | null; message: object }) => boolean): Promise<void> => {
      const what = `an answer of ${file}`;
      await awaitCondition(
        () => wabus.control.received({ phoneNumber: contact.phoneNumber }),
        all => all.some(wanted),
        { waitMs: WAIT_MS, what }
      );
    };
    const text = `hello ${file}`;
    await write(text);
    await answered(message => message.text === `${echo}${text}`);
    await write('/ping');
    await answered(({ message }) => JSON.stringify(message).includes('🏓'));
    await wabus.control.sendMessage({ from: contact.phoneNumber, to: account.phoneNumber, message: await pictureMessage() });
    await answered(message => message.text === `image/png of ${PNG.length} bytes`);
    expect(bot.tail()).not.toMatch(/Error|: \d\d\d /);
    for (const { id } of (await wabus.edge.get<{ webhooks: { id: string }[] }>('/api/sessions/main/webhooks')).body.webhooks)
      await wabus.edge.delete(`/api/sessions/main/webhooks/${id}`);
  };

  /** Returns a picture message as the contact received it from the session, so that its phone can send it back. */
  const pictureMessage = async (): Promise<object> => {
    const content = { image: { base64: PNG.toString('base64') }, caption: `picture ${Date.now()}` };
    await wabus.edge.post('/api/sessions/main/messages', { jid: contact.pnJid, content });
    const all = await awaitCondition(
      () => wabus.control.received({ phoneNumber: contact.phoneNumber }),
      messages => messages.some(({ text }) => text === content.caption)
    );
    return all.find(({ text }) => text === content.caption)!.message;
  };

  const answersAsWaha = (file: string): Promise<void> =>
    answersAsAPeer(file, { url: 'WAHA_URL', key: 'WAHA_API_KEY', session: 'WAHA_SESSION', hook: 'BOT_URL' }, 'echo: ');
  const answersAsEvolution = (file: string): Promise<void> =>
    answersAsAPeer(
      file,
      { url: 'EVOLUTION_API_URL', key: 'EVOLUTION_API_KEY', session: 'EVOLUTION_INSTANCE', hook: 'WEBHOOK_URL' },
      'Contact, you wrote: '
    );

  const consumesFromNats = async (file: string): Promise<void> => {
    const env = { WABUS_NATS_URL: wabus.nats.url, WABUS_NATS_PASSWORD: natsPassword('service') };
    const says = (text: string) => (line: string) => line === `message main ${contact.lidJid} ${text}`;
    await using first = start(file, { env });
    await first.awaitLine(line => line.startsWith('consuming'), WAIT_MS);
    await write('for the service');
    await first.awaitLine(says('for the service'), WAIT_MS);

    await using admin = await connect({ servers: wabus.nats.url, user: 'admin', pass: natsPassword('admin') });
    const manager = await jetstreamManager(admin);
    const { duplicate_window } = (await manager.streams.info('WABUS_EVENTS')).config;
    // Shorter than an outage, so that the stream itself does not recognize the second copy.
    await manager.streams.update('WABUS_EVENTS', { duplicate_window: nanos(100) });
    const { epoch } = (await wabus.session('main')).status;
    const facts = { session: 'main' as SessionId, event: 'messages.upsert', at: new Date().toISOString(), schemaVersion: 1 } as const;
    const publish = async (more: Pick<EventFacts, 'id' | 'epoch'>): Promise<boolean> => {
      const header = headers();
      for (const [name, value] of encodeEventHeaders({ ...facts, ...more })) header.set(name, value);
      const payload = JSON.stringify({ messages: [{ key: { remoteJid: contact.lidJid }, message: { conversation: more.id } }] });
      return (await jetstream(admin).publish(eventSubject(facts.session, facts.event), payload, { headers: header })).duplicate;
    };
    await publish({ id: 'twice', epoch });
    await awaitCondition(
      () => publish({ id: 'twice', epoch }),
      duplicate => !duplicate
    );
    await publish({ id: 'of-the-former-owner', epoch: epoch - 1 });
    await first.awaitLine(line => line === 'stale of-the-former-owner', WAIT_MS);
    expect(first.lines.slice(-3)).toEqual([expect.stringMatching(/^message main \S+ twice$/), 'again twice', 'stale of-the-former-owner']);
    await manager.streams.update('WABUS_EVENTS', { duplicate_window });

    expect(await first.stop()).toEqual({ code: 0, signal: null });
    await write('while it was away');
    await using second = start(file, { env });
    await second.awaitLine(says('while it was away'), WAIT_MS);
    expect(second.lines.filter(line => line.startsWith('message'))).toHaveLength(1);
  };

  /** Compiles a TypeScript program to a folder from which it finds the packages of this repository. */
  const compiled = async (file: string): Promise<string> => {
    const parser = { syntax: 'typescript', decorators: true } as const;
    const { code } = await transformFile(join(FOLDER, file), { jsc: { target: 'es2022', parser, transform: { legacyDecorator: true } } });
    const cache = join(REPOSITORY, 'node_modules/.cache/wabus/examples');
    mkdirSync(cache, { recursive: true });
    const main = join(cache, `${file.replaceAll('/', '-')}.mjs`);
    writeFileSync(main, code);
    return main;
  };

  const answersAfterKill = async (file: string): Promise<void> => {
    const main = await compiled(file);
    const env = {
      WABUS_NATS_URL: wabus.nats.url,
      WABUS_NATS_USER: 'answers',
      WABUS_NATS_PASSWORD: natsPassword('answers'),
      ACK_WAIT_MS: '1000'
    };
    const writer = await wabus.control.createAccount({ name: 'Writer' });
    const texts = Array.from({ length: 6 }, (_, i) => `nest ${i}`);
    await using first = start(main, { env: { ...env, WORK_MS: '300' } });
    await first.awaitLine(line => line === 'listening', WAIT_MS);
    for (const conversation of texts)
      await wabus.control.sendMessage({ from: writer.phoneNumber, to: account.phoneNumber, message: { conversation } });
    await first.awaitLine(line => line.startsWith('working') && line.endsWith('nest 2'), WAIT_MS);
    await first.kill();
    await using second = start(main, { env });
    await second.awaitLine(line => line.startsWith('answered') && line.endsWith('nest 5'), WAIT_MS);
    const answers = (await wabus.control.received({ phoneNumber: writer.phoneNumber })).map(({ text }) => text);
    expect(answers).toEqual(texts.map(text => `You wrote: ${text}`));
    const working = [...first.lines, ...second.lines].filter(line => /^working .* nest /.test(line));
    // The interrupted event was delivered again with its id.
    expect(working.length).toBeGreaterThan(texts.length);
    expect(new Set(working).size).toBe(texts.length);
    // Nest repeats the signal once it has closed everything.
    expect(await second.stop()).toEqual({ code: null, signal: 'SIGTERM' });
  };

  const answersInPython = async (file: string): Promise<void> => {
    const writer = await wabus.control.createAccount({ name: 'Writer in Python' });
    const writes = (conversation: string): Promise<unknown> =>
      wabus.control.sendMessage({ from: writer.phoneNumber, to: account.phoneNumber, message: { conversation } });
    await using first = start(file);
    await first.awaitLine(line => line === 'listening', WAIT_MS);
    await writes('python one');
    await first.awaitLine(line => line === 'answered python one', WAIT_MS);
    await first.kill();
    await writes('python two');
    await using second = start(file);
    await second.awaitLine(line => line === 'answered python two', WAIT_MS);
    const answers = (await wabus.control.received({ phoneNumber: writer.phoneNumber })).map(({ text }) => text);
    expect(answers).toEqual(['You wrote: python one', 'You wrote: python two']);
  };

  const resumes = async (file: string): Promise<void> => {
    await using first = start(file);
    await first.awaitLine(line => line === 'subscribed', WAIT_MS);
    const cursor = (): string => readFileSync(join(folder.path, 'cursor.txt'), 'utf8');
    const beginning = cursor();
    await write('before');
    await first.awaitLine(line => line === 'message main before', WAIT_MS);
    await awaitCondition(cursor, kept => kept !== beginning, { what: 'the cursor of the message' });
    await first.kill();
    await write('meanwhile');
    await using second = start(file);
    await second.awaitLine(line => line === 'message main meanwhile', WAIT_MS);
    await write('after');
    await second.awaitLine(line => line === 'message main after', WAIT_MS);
    expect(second.lines.filter(line => line.startsWith('message'))).toEqual(['message main meanwhile', 'message main after']);
  };

  const resumesWithSdk = async (file: string): Promise<void> => {
    await using first = start(file);
    await first.awaitLine(line => line === 'started', WAIT_MS);
    await write('before');
    await first.awaitLine(line => line === 'message main before', WAIT_MS);
    expect(await first.stop()).toEqual({ code: 0, signal: null });
    await write('meanwhile');
    await using second = start(file);
    await second.awaitLine(line => line === 'message main meanwhile', WAIT_MS);
    expect(second.lines.filter(line => line.startsWith('message'))).toEqual(['message main meanwhile']);
  };

  /** Runs a bot that supports only Meta's API: text, picture, statuses and a message typed on the phone, each through the real processes. */
  const answersAsForMeta = async (file: string): Promise<void> => {
    const port = await findFreePort();
    const url = `http://127.0.0.1:${port}/webhook`;
    const env = {
      GRAPH_URL: wabus.edge.url,
      PHONE_NUMBER_ID: 'main',
      WHATSAPP_TOKEN: wabus.token,
      APP_SECRET: 's3cret',
      VERIFY_TOKEN: 'v3rify'
    };
    await using bot = start(file, { env: { ...env, PORT: String(port) } });
    await bot.awaitLine(line => line.startsWith('listening'), WAIT_MS);
    const webhook = { url, events: ['messages.*', 'message.progress'], format: 'cloud-api', appSecret: 's3cret', verifyToken: 'v3rify' };
    const { id } = (await wabus.edge.post<{ id: string }>('/api/sessions/main/webhooks', webhook)).body;
    expect((await wabus.edge.post(`/api/sessions/main/webhooks/${id}/test`)).body).toMatchObject({ delivered: true });
    expect(bot.lines.at(-1)).toBe('verified');
    const received = (text: string): Promise<ReceivedMessage[]> =>
      awaitCondition(
        () => wabus.control.received({ phoneNumber: contact.phoneNumber }),
        all => all.some(message => message.text === text),
        { waitMs: WAIT_MS, what: text }
      );
    const { id: asked } = await write('for Meta');
    const answer = (await received('You said: for Meta')).find(({ text }) => text === 'You said: for Meta');
    expect(answer?.message).toMatchObject({ extendedTextMessage: { contextInfo: { stanzaId: asked } } });
    await bot.awaitLine(line => line === 'status sent ', WAIT_MS);
    await wabus.control.sendReceipt({ from: contact.phoneNumber, to: account.phoneNumber, ids: [answer!.id], type: 'read' });
    await bot.awaitLine(line => line === 'status read ', WAIT_MS);

    const base64 = PNG.toString('base64');
    const picture = await wabus.edge.post<{ key: { id: string } }>('/api/sessions/main/messages', {
      jid: contact.pnJid,
      content: { image: { base64 } }
    });
    const all = await awaitCondition(
      () => wabus.control.received({ phoneNumber: contact.phoneNumber }),
      some => some.some(message => message.id === picture.body.key.id)
    );
    const { imageMessage } = all.find(message => message.id === picture.body.key.id)!.message as { imageMessage: object };
    await wabus.control.sendMessage({ from: contact.phoneNumber, to: account.phoneNumber, message: { imageMessage } });
    await received(`I got ${PNG.length} bytes of image/png`);

    await wabus.control.sendMessage({ from: account.phoneNumber, to: contact.phoneNumber, message: { conversation: 'by hand' } });
    await bot.awaitLine(line => line === `typed to ${contact.phoneNumber} by hand`, WAIT_MS);
    // The bot's own messages are not echoes; messages of another program are.
    expect(bot.lines.filter(line => line.startsWith('typed'))).toEqual([
      `typed to ${contact.phoneNumber} `,
      `typed to ${contact.phoneNumber} by hand`
    ]);
    expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401);
    await wabus.edge.delete(`/api/sessions/main/webhooks/${id}`);
  };

  /** Resolves with the first matching message on the contact's phone, once there is one. */
  const onPhone = async (matches: (message: ReceivedMessage) => boolean): Promise<ReceivedMessage> =>
    (await awaitCondition(
      async () => (await wabus.control.received({ phoneNumber: contact.phoneNumber })).find(matches),
      found => found !== undefined,
      { waitMs: WAIT_MS, what: 'the message on the phone' }
    ))!;
  const says = (...texts: string[]) => onPhone(({ text }) => text !== null && texts.every(each => text.includes(each)));

  const makesStickers = async (file: string): Promise<void> => {
    await using bot = start(file, { env: { WABUS_SESSION: 'main' } });
    await bot.awaitLine(line => line === 'ready', WAIT_MS);
    await wabus.edge.post('/api/sessions/main/messages', { jid: contact.pnJid, content: { image: { base64: PNG.toString('base64') } } });
    const { message } = await onPhone(each => 'imageMessage' in each.message);
    const picture = { ...(message as { imageMessage: object }).imageMessage, caption: '.sticker' };
    await wabus.control.sendMessage({ from: contact.phoneNumber, to: account.phoneNumber, message: { imageMessage: picture } });
    expect((await onPhone(each => 'stickerMessage' in each.message)).message).toMatchObject({ stickerMessage: { mimetype: 'image/webp' } });

    const { groupJid } = await wabus.control.createGroup({ subject: 'Team', owner: contact.phoneNumber, members: [account.phoneNumber] });
    await wabus.control.sendGroupMessage({ from: contact.phoneNumber, groupJid, message: { conversation: '!everyone' } });
    const call = await says(`@${contact.lidJid.split('@')[0]}`);
    expect(call.chat).toBe(groupJid);
    expect(JSON.stringify(call.message)).toContain(`"mentionedJid":["${contact.lidJid}"`);
  };

  const answersCommands = async (file: string): Promise<void> => {
    await using bot = start(file, { env: { WABUS_SESSION: 'main' } });
    await bot.awaitLine(line => line === 'ready', WAIT_MS);
    const { id } = await write('!echo over there');
    const answer = await says('🔁 over there');
    expect(JSON.stringify(answer.message)).toContain(`"stanzaId":"${id}"`);
    await write('!help');
    await says('*Commands*', '!time');
  };

  const offersChoices = async (file: string): Promise<void> => {
    await using bot = start(file, { env: { WABUS_SESSION: 'choices' } });
    await bot.awaitLine(line => line === 'scan out.png', WAIT_MS);
    expect(readFileSync(join(folder.path, 'out.png')).subarray(1, 4).toString()).toBe('PNG');
    const phone = await wabus.control.createAccount({});
    await wabus.scan('choices', phone);
    await bot.awaitLine(line => line === 'state open', WAIT_MS);
    for (const [text, answer] of [
      ['Bom dia!', '2) Touca de Cetim'],
      ['2', 'o atendimento já vai começar'],
      ['3', 'Digite uma opção válida.']
    ] as const) {
      await wabus.control.sendMessage({ from: contact.phoneNumber, to: phone.phoneNumber, message: { conversation: text } });
      await says(answer);
    }
    await wabus.edge.delete('/api/sessions/choices');
  };

  /** Every program in the folder, with its purpose and check. */
  const CHECKS: Record<string, [does: string, check: (file: string) => Promise<void>]> = {
    'cloud-api-bot/bot.mjs': ["answers at Wabus as it would at Meta's API", answersAsForMeta],
    'connect/connect.mjs': ['draws QR codes until one was scanned', links],
    'echo-bot/echo-bot.mjs': ['answers each text once, over several bots, but no bot', answersOnce],
    'listen/listen.cjs': ['prints what arrives', listens],
    'listen/listen.py': ['prints what arrives', listens],
    'send-media/send-media.mjs': ['sends the file with its caption, and says why not', sendsMedia],
    'verify-webhook/receiver.mjs': ['does after kill -9 what it answered, once', takesSignedDeliveries],
    'verify-webhook/receiver.py': ['does after kill -9 what it answered, once', takesSignedDeliveries],
    'port-waha/bot.mjs': ['works with our address and token alone', answersAsWaha],
    'port-evolution/bot.mjs': ['works with our address and token alone', answersAsEvolution],
    'nats-service/consume.mjs': ['handles each event once, none of a former owner, and goes on after a restart', consumesFromNats],
    'ported/baileys-bot.mjs': ['answers commands with a quote', answersCommands],
    'ported/wppconnect-bot.mjs': ['shows a QR code, greets and offers choices', offersChoices],
    'ported/wa-bot.mjs': ['makes stickers and calls everybody', makesStickers],
    'nest-service/service.ts': ['answers each message once, also when it is killed', answersAfterKill],
    'python-client/bot.py': ['answers each message once, also when it is killed', answersInPython],
    'resume/resume.mjs': ['misses nothing while it is away', resumes],
    'resume/resume-sdk.mjs': ['misses nothing while it is away', resumesWithSdk]
  };

  for (const [file, [does, check]] of Object.entries(CHECKS)) {
    const isPossible = file.endsWith('.py') ? PYTHON !== undefined : file !== 'ported/wa-bot.mjs' || FFMPEG !== undefined;
    (isPossible ? test : test.skip)(`${file} ${does}`, () => check(file), 120_000);
  }

  (PYTHON === undefined ? test.skip : test)(
    'python-socketio catches up over long polling',
    async () => {
      const file = join(folder.path, 'poller.py');
      writeFileSync(file, PYTHON_POLLER);
      for (let n = 0; n < 60; n++) await write(`polled ${n}`);
      await using example = start(file);
      await example.awaitLine(line => line === 'connected', WAIT_MS);
      for (let n = 60; n < 90; n++) await write(`polled ${n}`);
      await example.awaitLine(line => line === 'events 90 connections 1', WAIT_MS);
    },
    120_000
  );

  (PYTHON === undefined ? test.skip : test)(
    'the client for Python passes its tests and its type checker',
    async () => {
      const receiver = await wabus.control.createAccount({ name: 'Receiver of the client' });
      const env = {
        PATH: process.env['PATH'],
        PYTHONPATH,
        PYTHONDONTWRITEBYTECODE: '1',
        WABUS_URL: wabus.edge.url,
        WABUS_TOKEN: wabus.token,
        WABUS_CONTACT: receiver.pnJid
      };
      const python = (...args: string[]): Promise<string> =>
        run(PYTHON!, args, { cwd: CLIENT, env }).then(
          ({ stderr }) => stderr,
          (error: { stdout: string; stderr: string }) => `${error.stdout}${error.stderr}`
        );
      const [tests, types] = await Promise.all([
        python('-m', 'unittest', 'discover', '-s', 'tests'),
        python('-m', 'mypy', '--cache-dir=/dev/null', 'src/wabus', 'tests', join(FOLDER, 'python-client/bot.py'))
      ]);
      expect(tests).toMatch(/\nOK\n$/);
      // Nothing stays open.
      expect(tests).not.toContain('ResourceWarning');
      expect(types).toBe('');
    },
    120_000
  );

  test('the code in README.md prints what arrives, and sends a text', async () => {
    const receiver = await wabus.control.createAccount({ phoneNumber: '16505551234' });
    const [, code] = /```javascript\n(.*?)```/s.exec(readFileSync(join(REPOSITORY, 'README.md'), 'utf8'))!;
    const main = join(folder.path, 'readme.cjs');
    writeFileSync(main, code!.replace('http://localhost:3000', wabus.edge.url).replace("'default'", "'main'"));
    const env = { TOKEN: wabus.token, NODE_PATH: join(REPOSITORY, 'node_modules') };
    await using program = new LaunchedProcess({ name: 'README.md', main, args: [], env, cwd: folder.path });
    await program.awaitLine(line => line.includes('ok: true'), WAIT_MS);
    expect((await wabus.control.received({ phoneNumber: receiver.phoneNumber, atLeast: 1 })).map(({ text }) => text)).toEqual(['hello']);
    await write('for the README');
    await program.awaitLine(line => line === `${contact.lidJid} for the README`, WAIT_MS);
  }, 60_000);

  test('are all checked', () => {
    const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
      // The tests in tools/deploy check the compose files.
      .filter(entry => entry.isFile() && entry.name !== 'README.md' && !entry.name.endsWith('.yml'))
      .map(entry => relative(FOLDER, join(entry.parentPath, entry.name)))
      // Programs of several files, each with its own test.
      .filter(file => !ELSEWHERE.some(folder => file.startsWith(`${folder}/`)));
    expect(files.sort()).toEqual(Object.keys(CHECKS).sort());
  });
});
