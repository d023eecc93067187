import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AwsClient } from 'aws4fetch';
import pg from 'pg';
import {
  awaitCondition,
  createTempFolder,
  findFreePort,
  launchProcess,
  LaunchedProcess,
  type SimulatedAccount,
  type TempFolder
} from '@wabus/testing';
import { DATABASE_PROGRAMS, launchPostgres, type DatabaseServer } from '../import/database-servers.js';
import { WabusFixture } from '../wabus.fixture.js';
import { SignedFront } from './signed-front.fixture.js';

const EXAMPLES = fileURLToPath(new URL('../../../../examples', import.meta.url));
/** An S3-compatible server, if the set-up found it: see tools/s3/s3rver.packages.mjs. */
const S3RVER = process.env['WABUS_TEST_S3RVER'];
const WAIT_MS = 30_000;
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');

describe('the examples that copy to third-party stores', () => {
  let wabus: WabusFixture;
  let account: SimulatedAccount;
  let contact: SimulatedAccount;
  let folder: TempFolder;

  beforeAll(async () => {
    folder = createTempFolder('stores');
    wabus = await WabusFixture.start();
    account = await wabus.pair('main');
    contact = await wabus.control.createAccount({ name: 'Contact' });
  }, 90_000);
  afterAll(async () => {
    await wabus?.stop();
    folder?.remove();
  }, 60_000);

  const start = (file: string, env: Record<string, string>): LaunchedProcess =>
    new LaunchedProcess({
      name: file,
      main: join(EXAMPLES, file),
      env: { WABUS_URL: wabus.edge.url, WABUS_TOKEN: wabus.token, ...env },
      cwd: folder.path
    });
  const write = (message: object): Promise<{ id: string }> =>
    wabus.control.sendMessage({ from: contact.phoneNumber, to: account.phoneNumber, message });
  const command = async <Data>(method: string, args: object): Promise<Data> => {
    const { status, body } = await wabus.edge.post<{ data: Data }>(`/api/sessions/main/commands/${method}`, { args });
    if (status !== 200) throw new Error(`${method}: ${status} ${JSON.stringify(body)}`);
    return body.data;
  };
  const send = async (content: object): Promise<string> =>
    (await command<{ key: { id: string } }>('sendMessage', { jid: contact.pnJid, content })).key.id;

  (DATABASE_PROGRAMS ? describe : describe.skip)('postgres-store/store.mjs', () => {
    let postgres: DatabaseServer;
    let reader: pg.Client;
    let locker: pg.Client;

    beforeAll(async () => {
      postgres = await launchPostgres(DATABASE_PROGRAMS!);
      [reader, locker] = [1, 2].map(() => new pg.Client({ connectionString: postgres.url })) as [pg.Client, pg.Client];
      await Promise.all([reader.connect(), locker.connect()]);
    }, 60_000);
    afterAll(async () => {
      await Promise.all([reader?.end(), locker?.end()]);
      await postgres?.stop();
    });

    const store = (): LaunchedProcess => start('postgres-store/store.mjs', { DATABASE_URL: postgres.url });
    const rows = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
      (await reader.query<Row>(sql, values)).rows;
    const applied = async (): Promise<number> =>
      Number((await rows<{ applied: string }>('SELECT applied FROM positions'))[0]?.applied ?? 0);
    const texts = async (): Promise<string[]> =>
      (await rows<{ text: string }>(`SELECT text FROM messages WHERE text LIKE 'store %' ORDER BY sent_at, text`)).map(({ text }) => text);
    /** Returns how many events of those that the example reads are in the log. */
    const logged = async (): Promise<number> => {
      const names = 'messages.upsert,messages.update,messages.delete,messages.reaction,messaging-history.set,lid-mapping.update';
      const { body } = await wabus.edge.get<{ events: object[]; more: boolean }>(
        `/api/events?limit=1000&events=${names},chats.upsert,chats.update,chats.delete,contacts.upsert,contacts.update,groups.upsert,groups.update`
      );
      if (body.more) throw new Error('the log has more than a page');
      return body.events.length;
    };
    const caughtUp = (): Promise<number> =>
      awaitCondition(
        async () => (await applied()) - (await logged()),
        difference => difference >= 0,
        { waitMs: WAIT_MS, what: 'the end of the log' }
      );

    test('stores each event once, even if it is killed', async () => {
      const wanted = Array.from({ length: 12 }, (_, n) => `store ${String(n).padStart(2, '0')}`);
      for (const text of wanted.slice(0, 4)) await write({ conversation: text });
      await using first = store();
      await awaitCondition(texts, all => all.length === 4, { waitMs: WAIT_MS, what: 'the first rows' });

      // The next transaction waits for this lock after it has written rows but not the cursor, and is killed with it.
      await locker.query('BEGIN; LOCK TABLE positions IN EXCLUSIVE MODE');
      for (const text of wanted.slice(4, 8)) await write({ conversation: text });
      const blocked = async (): Promise<number> =>
        Number(
          (
            await rows<{ n: string }>(
              `SELECT count(*) AS n FROM pg_stat_activity WHERE application_name = 'postgres-store' AND wait_event_type = 'Lock'`
            )
          )[0]!.n
        );
      await awaitCondition(blocked, n => n === 1, { waitMs: WAIT_MS, what: 'a transaction in progress' });
      await using second = store();
      await awaitCondition(blocked, n => n === 2, { waitMs: WAIT_MS, what: 'the copy that waits' });
      await first.kill();
      expect(await texts()).toHaveLength(4);
      await locker.query('COMMIT');
      await second.awaitLine(line => line === 'storing', WAIT_MS);
      await awaitCondition(texts, all => all.length === 8, { waitMs: WAIT_MS, what: 'the rows of the second' });
      // At any time.
      for (const text of wanted.slice(8)) await write({ conversation: text });
      await second.kill();
      await using third = store();
      await awaitCondition(texts, all => all.length === 12, { waitMs: WAIT_MS, what: 'the rows of the third' });

      expect(await caughtUp()).toBe(0);
      expect(await texts()).toEqual(wanted);
      // A counter reveals duplicates that rows with keys would hide.
      const [chat] = await rows<{ messages: string }>('SELECT sum(messages) AS messages FROM chats');
      expect(chat!.messages).toBe(String((await rows('SELECT FROM messages')).length));
      expect(await third.stop()).toEqual({ code: 0, signal: null });
    }, 120_000);

    test('keeps edits, deletions, reactions and odd texts', async () => {
      await using running = store();
      await running.awaitLine(line => line === 'storing', WAIT_MS);
      const { id: odd } = await write({ conversation: 'odd \u0000 text' });
      const edited = await send({ text: 'before the edit' });
      const revoked = await send({ text: 'to be deleted' });
      const both = (): Promise<object[]> => rows('SELECT FROM messages WHERE id = ANY($1)', [[edited, revoked]]);
      await awaitCondition(both, all => all.length === 2, { waitMs: WAIT_MS, what: 'both messages' });
      // An edit immediately after its message is part of the same event.
      const atOnce = await send({ text: 'too early' });
      await send({ text: 'corrected at once', edit: { remoteJid: contact.pnJid, fromMe: true, id: atOnce } });
      await send({ text: 'after the edit', edit: { remoteJid: contact.pnJid, fromMe: true, id: edited } });
      await send({ delete: { remoteJid: contact.pnJid, fromMe: true, id: revoked } });
      await send({ react: { key: { remoteJid: contact.pnJid, fromMe: false, id: odd }, text: '👍' } });
      const row = async (id: string): Promise<Record<string, unknown>> =>
        (await rows<Record<string, unknown>>('SELECT * FROM messages WHERE id = $1', [id]))[0] ?? {};
      const reactions = () => rows('SELECT author, emoji FROM reactions WHERE message_id = $1', [odd]);
      await awaitCondition(reactions, all => all.length === 1, { waitMs: WAIT_MS, what: 'the reaction' });
      expect(await reactions()).toEqual([{ author: 'me', emoji: '👍' }]);
      expect(await row(odd)).toMatchObject({ text: 'odd  text', from_me: false, kind: 'conversation', push_name: 'Contact' });
      await awaitCondition(
        () => row(edited),
        ({ edited_at }) => edited_at !== null,
        { waitMs: WAIT_MS, what: 'the edit' }
      );
      expect(await row(edited)).toMatchObject({
        text: 'after the edit',
        from_me: true,
        revoked_at: null,
        content: { extendedTextMessage: {} }
      });
      expect(await row(atOnce)).toMatchObject({ text: 'corrected at once', edited_at: expect.any(Date) as Date });
      await awaitCondition(
        () => row(revoked),
        ({ revoked_at }) => revoked_at !== null,
        { waitMs: WAIT_MS, what: 'the deletion' }
      );
      expect(await row(revoked)).toMatchObject({ text: null, content: null });
      expect(await rows('SELECT FROM contacts')).not.toHaveLength(0);
      expect(await caughtUp()).toBe(0);
    }, 60_000);
  });

  (S3RVER ? describe : describe.skip)('media-to-s3/copy.mjs', () => {
    const keys = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
    const s3 = new AwsClient({ ...keys, service: 's3', region: 'us-east-1' });
    let server: LaunchedProcess;
    let front: SignedFront;
    let url: string;

    beforeAll(async () => {
      const port = await findFreePort();
      const data = join(folder.path, 's3');
      const args = ['-d', data, '-a', '127.0.0.1', '-p', String(port), '--no-vhost-buckets', '--configure-bucket', 'media'];
      server = await launchProcess({ name: 's3rver', main: join(S3RVER!, 'node_modules/s3rver/bin/s3rver.js'), args });
      await server.awaitLine(line => line.includes('listening'), WAIT_MS);
      front = new SignedFront(`http://127.0.0.1:${port}`, keys);
      url = await front.listen();
    }, 60_000);
    afterAll(async () => {
      front?.stop();
      await server?.stop();
    });

    const copy = (env: Record<string, string> = {}): LaunchedProcess =>
      start('media-to-s3/copy.mjs', { S3_URL: url, S3_ACCESS_KEY: keys.accessKeyId, S3_SECRET_KEY: keys.secretAccessKey, ...env });
    const objects = async (): Promise<string[]> =>
      [...(await (await s3.fetch(`${url}/media?list-type=2`)).text()).matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key]) => key!);
    /** Sends a message with a file from the contact; resolves with its id. */
    const sendFile = async (kind: 'document' | 'image', data: Buffer, about: object = {}): Promise<string> => {
      const id = await send({ [kind]: { base64: data.toString('base64') }, ...about });
      const received = () => wabus.control.received({ phoneNumber: contact.phoneNumber });
      const all = await awaitCondition(received, messages => messages.some(message => message.id === id), {
        what: 'the file at the phone'
      });
      return (await write(all.find(message => message.id === id)!.message)).id;
    };
    const day = (): string => new Date().toISOString().slice(0, 10);

    test('copies each file once, even if it is killed', async () => {
      const document = randomBytes(300_000);
      {
        await using first = copy();
        await first.awaitLine(line => line === 'copying', WAIT_MS);
        const id = await sendFile('image', PNG, { caption: 'a dot' });
        await first.awaitLine(line => line.startsWith(`copied main/${day()}/${id}.png `), WAIT_MS);
        // The account's own messages are copied too.
        await awaitCondition(objects, all => all.length === 2, { waitMs: WAIT_MS, what: 'both objects' });

        front.hold();
        await sendFile('document', document, { fileName: 'a.dat', mimetype: 'application/x-data' });
        await awaitCondition(
          () => front.held,
          all => all.length > 0,
          { waitMs: WAIT_MS, what: 'an upload in progress' }
        );
        await first.kill();
        front.pass();
      }
      await using second = copy();
      await awaitCondition(objects, all => all.length === 4, { waitMs: WAIT_MS, what: 'the objects of the document' });
      const [key] = (await objects()).filter(name => name.endsWith('.dat'));
      const object = await s3.fetch(`${url}/media/${key}`);
      const bytes = Buffer.from(await object.arrayBuffer());
      const checksum = createHash('sha256').update(document).digest('hex');
      expect([object.headers.get('content-type'), object.headers.get('x-amz-meta-sha256')]).toEqual(['application/x-data', checksum]);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(checksum);

      // Every event again, as after the loss of the subscription: nothing is written again.
      expect(await second.stop()).toMatchObject({ code: 0 });
      await wabus.edge.delete('/api/subscriptions/media-to-s3');
      await using third = copy({ WABUS_SINCE: '2020-01-01T00:00:00Z' });
      await awaitCondition(
        () => third.lines.filter(line => line.startsWith('there ')).length,
        count => count === 4,
        { waitMs: WAIT_MS, what: 'all events again' }
      );
      expect(third.lines.filter(line => line.startsWith('copied '))).toEqual([]);
      expect(await objects()).toHaveLength(4);
    }, 120_000);

    test('keeps both files of two messages with one id', async () => {
      await wabus.edge.delete('/api/subscriptions/media-to-s3');
      await using copier = copy();
      await copier.awaitLine(line => line === 'copying', WAIT_MS);
      const copied = (): string[] => copier.lines.filter(line => line.startsWith('copied ')).map(line => line.split(' ')[1]!);
      const awaitCopies = (count: number): Promise<string[]> =>
        awaitCondition(copied, all => all.length === count, { waitMs: WAIT_MS, what: `copies (${copier.tail()})` });
      // A message of the account, and one of the contact.
      const id = await sendFile('image', PNG);
      await awaitCopies(2);
      const received = await wabus.control.received({ phoneNumber: contact.phoneNumber });
      const { message } = received.find(one => 'imageMessage' in one.message)!;
      // The copier looks for the object before the other process has created it.
      front.early = 1;
      const other = await wabus.control.createAccount({ name: 'Other' });
      await wabus.control.sendMessage({ from: other.phoneNumber, to: account.phoneNumber, message, id });
      const keys = (await awaitCopies(3)).filter(key => key.includes(id));
      expect(keys).toEqual([`main/${day()}/${id}.png`, expect.stringMatching(new RegExp(`/${id}-[0-9a-f]{8}\\.png$`))]);
      const objectsOf = await Promise.all(keys.map(key => s3.fetch(`${url}/media/${key}`, { method: 'HEAD' })));
      expect(new Set(objectsOf.map(({ headers }) => headers.get('x-amz-meta-wabus-event'))).size).toBe(2);
    }, 60_000);

    test('is refused with another secret, and retries', async () => {
      await wabus.edge.delete('/api/subscriptions/media-to-s3');
      await using stranger = copy({ S3_SECRET_KEY: 'another' });
      await stranger.awaitLine(line => line === 'copying', WAIT_MS);
      const before = await objects();
      await sendFile('image', PNG);
      await stranger.awaitLine(line => line.includes('403'), WAIT_MS);
      expect(await objects()).toEqual(before);
    }, 60_000);
  });
});
