import { utimesSync } from 'node:fs';
import { Kvm } from '@nats-io/kv';
import { connect } from '@nats-io/transport-node';
import { OWNERSHIP_BUCKET } from '@wabus/contracts';
import { awaitCondition } from '@wabus/testing';
import { WabusFixture } from '../wabus.fixture.js';
import { DATABASE_PROGRAMS, feedSqlite, launchPostgres, launchRedis, redisCommand, type DatabaseServer } from './database-servers.js';
import { foreignRecords, padding, quoted, runImport, streamOf, streamText, withNumberLists, type ForeignRecord } from './import.fixture.js';
import { OldGateways, type LeftSession } from './old-gateway.fixture.js';
import { whatsmeowDatabase } from './stock/whatsmeow-database.js';

interface Figures {
  readonly format: string;
  readonly records: number;
  readonly waiting: number;
  readonly received: number;
  readonly delivered: number;
  readonly askedAgain: number;
}

const FORMATS = ['baileys', 'evolution', 'waha', 'fazer', 'whatsmeow', 'whatsmeow-pg'] as const;
type Format = (typeof FORMATS)[number];
/** The formats to import, and one session for the failure cases. */
const LEFT = [...FORMATS, 'spare'] as const;

const databases = DATABASE_PROGRAMS ? test : test.skip;

describe('sessions imported from other gateways', () => {
  const figures: Figures[] = [];
  const connectorEnv: Record<string, string> = { WABUS_IMPORT_MAX_BYTES: '3000000' };
  const left = new Map<(typeof LEFT)[number], LeftSession>();
  let wabus: WabusFixture;
  let old: OldGateways;
  let postgres: DatabaseServer;
  let redis: DatabaseServer;

  beforeAll(async () => {
    // In sequence, because each server takes a port that was free shortly before.
    if (DATABASE_PROGRAMS) {
      postgres = await launchPostgres(DATABASE_PROGRAMS);
      redis = await launchRedis(DATABASE_PROGRAMS);
    }
    wabus = await WabusFixture.start({ edges: 2, connectorEnv, edgeEnv: { ...connectorEnv } });
    old = new OldGateways(wabus);
    const leaving = LEFT.map(async format => left.set(format, await old.leave(format.startsWith('whatsmeow') ? 'rust' : 'stock')));
    await Promise.all(leaving);
  }, 180_000);

  afterAll(async () => {
    process.stdout.write(tableOf(figures));
    await Promise.all([wabus?.stop(), postgres?.stop(), redis?.stop()]);
    old?.remove();
  }, 60_000);

  test('from a folder of Baileys', () => bringAlong('baileys', ['--from', left.get('baileys')!.folder]), 60_000);

  databases(
    "from Evolution API's PostgreSQL and Redis",
    async () => {
      const records = foreignRecords(left.get('evolution')!.folder);
      const credentials = records.find(({ name }) => name === 'creds')!;
      await postgres.feed(evolutionTables('7f9c', 'shop', credentials.text));
      await redis.feed(
        hash(
          'evolution:instance:7f9c',
          records.filter(one => one !== credentials)
        )
      );
      await bringAlong(
        'evolution',
        ['--from', `${postgres.url}?schema=evolution_api`, '--from', 'env:OLD_REDIS', '--name', 'shop', '--format', 'evolution'],
        {
          OLD_REDIS: redis.url
        }
      );
    },
    60_000
  );

  databases(
    "from WAHA's PostgreSQL, bytes as lists of numbers",
    async () => {
      await postgres.feed(wahaTable('sales', foreignRecords(left.get('waha')!.folder)));
      await bringAlong('waha', ['--from', postgres.url, '--format', 'waha']);
    },
    60_000
  );

  databases(
    'from the Redis of fazer-ai/baileys-api',
    async () => {
      const { account, folder } = left.get('fazer')!;
      const metadata = { name: 'metadata', text: '{"clientName":"Chatwoot"}' };
      await redis.feed(hash(`@baileys-api:connections:+${account.phoneNumber}:authState`, [...foreignRecords(folder), metadata]));
      await bringAlong('fazer', ['--from', redis.url, '--format', 'fazer', '--name', account.phoneNumber]);
    },
    60_000
  );

  databases(
    "from whatsmeow's SQLite",
    async () => {
      const file = old.place('whatsapp.db');
      await feedSqlite(DATABASE_PROGRAMS!, file, whatsmeowDatabase(left.get('whatsmeow')!.folder, 'sqlite'));
      await bringAlong('whatsmeow', ['--from', file, '--format', 'whatsmeow', '--name', left.get('whatsmeow')!.account.phoneNumber]);
    },
    60_000
  );

  databases(
    "from whatsmeow's PostgreSQL",
    async () => {
      const { account, folder } = left.get('whatsmeow-pg')!;
      await postgres.feed(whatsmeowDatabase(folder, 'postgres'));
      await bringAlong('whatsmeow-pg', ['--from', postgres.url, '--format', 'whatsmeow', '--name', account.phoneNumber]);
    },
    60_000
  );

  describe('with faulty input', () => {
    let spare: LeftSession;
    let stream: ReturnType<typeof streamOf>;
    /** The session to which the device is linked. */
    let linked: string;

    beforeAll(() => {
      spare = left.get('spare')!;
      stream = streamOf(spare.folder);
    });

    test('nothing is read before the old gateway is declared stopped', async () => {
      const { code, output } = await runImport(wabus, ['none', '--from', spare.folder]);
      expect({ code, output }).toMatchObject({ code: 2, output: expect.stringContaining('--old-gateway-is-stopped') as string });
    });

    test('a dry run counts but writes nothing', async () => {
      const { code, output } = await runImport(wabus, ['none', '--from', spare.folder, '--dry-run']);
      expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/pre-key +\d+/) as string });
      expect((await wabus.edge.get('/api/sessions/none')).status).toBe(404);

      await wabus.edge.post('/api/sessions', { session: 'dry' });
      const answer = await post('dry', streamText(stream), '?dryRun=true');
      expect(answer).toMatchObject({
        status: 200,
        body: { dryRun: true, device: 1, records: { 'pre-key': expect.any(Number) as number } }
      });
      expect((await wabus.session('dry')).status.account).toBeNull();
      expect(await keysOf('dry')).toEqual([]);
    });

    test('files that change while they are read are refused', async () => {
      const folder = old.copy(spare);
      const later = new Date(Date.now() + 3_600_000);
      utimesSync(`${folder}/creds.json`, later, later);
      const { code, output } = await runImport(wabus, ['none', '--from', folder, '--old-gateway-is-stopped']);
      expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining('is still running') as string });
    });

    test.each([
      ['a', 'noiseKey', () => ({ noiseKey: { ...pairOf('noiseKey'), public: pairOf('signedIdentityKey').public } })],
      ['d', 'account.deviceSignature', () => ({ account: { ...accountOf(), deviceSignature: accountOf()['accountSignature'] } })],
      ['e', 'me.id', () => ({ me: { id: `${spare.account.phoneNumber}@s.whatsapp.net` } })],
      ['f', 'nextPreKeyId', () => ({ nextPreKeyId: 2 })]
    ])('check (%s) names %s', async (check, field, change) => {
      const head = { ...stream.head, credentials: { ...stream.head.credentials, ...change() } };
      const { status, body } = await post('wrong', streamText({ ...stream, head }));
      expect({ status, body }).toMatchObject({
        status: 400,
        body: { error: { code: 'INVALID_REQUEST', details: { checks: [{ check, field }] } } }
      });
      await awaitGone('wrong');
    });

    test('omitted keys are reported as missing', async () => {
      const { body } = await post('wrong', streamText({ ...stream, records: [] }));
      expect(body).toMatchObject({ error: { details: { checks: [{ check: 'g' }] } } });
      await awaitGone('wrong');
    });

    test('a stream without its end leaves nothing', async () => {
      const { status, body } = await post('cut', streamText(stream).split('\n').slice(0, -2).join('\n'));
      expect({ status, body }).toMatchObject({
        status: 400,
        body: { error: { message: expect.stringContaining('incomplete') as string } }
      });
      await awaitGone('cut');
    });

    test('a stream that is too large is refused', async () => {
      const { status } = await post('large', streamText({ ...stream, records: [...stream.records, ...padding(50_000)] }));
      expect(status).toBe(413);
      await awaitGone('large');
    });

    test('an import requires the scope control', async () => {
      const token = await wabus.edge.post<{ token: string }>('/api/tokens', { name: 'sender', scopes: ['send', 'read'] });
      const { status } = await post('spare', streamText(stream), '', token.body.token);
      expect(status).toBe(403);
    });

    test('credentials are exported only if that is permitted', async () => {
      const { status, body } = await wabus.edge.post('/api/sessions/baileys/export');
      expect({ status, body }).toMatchObject({
        status: 403,
        body: { error: { message: expect.stringContaining('WABUS_CREDENTIALS_EXPORT') as string } }
      });
    });

    test('a killed connector or edge leaves nothing half-imported', async () => {
      const many = streamText({ ...stream, records: [...stream.records, ...padding(12_000)] });
      await untilWriting('crash', many, () => wabus.connectors.shift()!.kill());
      connectorEnv['WABUS_CREDENTIALS_EXPORT'] = 'true';
      await wabus.startConnector('c2');
      await awaitCondition(
        () => keysOf('crash'),
        keys => keys.length <= 1,
        { waitMs: 30_000, what: 'nothing of the first attempt' }
      );
      expect((await wabus.session('crash')).status.account).toBeNull();

      await untilWriting('crash', many, () => wabus.edges[1]!.kill(), wabus.clients[1]);
      const { status, body } = await post('crash', many, '?dryRun=true');
      expect({ status, body }).toMatchObject({ status: 200, body: { account: { id: spare.account.pnJid }, device: 1 } });
    }, 120_000);

    test('only one of two parallel imports gets the device', async () => {
      const sessions = ['crash', 'twin'];
      const answers = await Promise.all(sessions.map(session => post(session, streamText(stream))));
      const first = answers.findIndex(({ status }) => status === 200);
      linked = sessions[first]!;
      expect(answers[1 - first]).toMatchObject({ status: 409, body: { error: { code: 'ALREADY_PAIRED', details: { session: linked } } } });
      await wabus.awaitState(linked, 'open');
    }, 60_000);

    test('a device is linked in one session only', async () => {
      expect(await post(linked, streamText(stream))).toMatchObject({ status: 409, body: { error: { code: 'ALREADY_PAIRED' } } });
      const third = await post('third', streamText(stream));
      expect(third).toMatchObject({ status: 409, body: { error: { code: 'ALREADY_PAIRED', details: { session: linked } } } });
      await awaitGone('third');
    });

    test('an export is in the neutral form, complete and valid', async () => {
      const headers = { authorization: `Bearer ${wabus.token}` };
      await wabus.edge.post(`/api/sessions/${linked}/stop`, {});
      await wabus.awaitState(linked, 'stopped');
      const response = await fetch(`${wabus.edge.url}/api/sessions/${linked}/export`, { method: 'POST', headers });
      const text = await response.text();
      const lines = text.trimEnd().split('\n');
      expect([response.status, JSON.parse(lines[0]!), JSON.parse(lines.at(-1)!)]).toMatchObject([
        200,
        { format: 'wabus-auth', version: 1 },
        { end: true, records: lines.length - 2 }
      ]);
      // All checks pass before the connector finds that the device is linked here.
      expect(await post('third', text)).toMatchObject({ status: 409, body: { error: { details: { session: linked } } } });
      await awaitGone('third');
    }, 60_000);

    test('no log and no event contains any secret of it', async () => {
      const secrets = [pairOf('noiseKey').private, pairOf('signedIdentityKey').private, stream.head.credentials['advSecretKey']];
      const texts = secrets.map(one => (typeof one === 'string' ? one : (one as { data: string }).data));
      const logs = [...wabus.connectors, ...wabus.edges].flatMap(process => process.lines).join('\n');
      expect(logs).toContain('credentials imported');
      const events = JSON.stringify((await wabus.edge.get(`/api/sessions/${linked}/events?limit=1000`)).body);
      expect(events).toContain('creds.update');
      for (const text of texts) expect([logs.includes(text), events.includes(text)]).toEqual([false, false]);
    });

    const pairOf = (name: string) => stream.head.credentials[name] as { public: unknown; private: unknown };
    const accountOf = () => stream.head.credentials['account'] as Record<string, unknown>;
  });

  async function post(session: string, body: string, query = '', token = wabus.token): Promise<{ status: number; body: unknown }> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' };
    const response = await fetch(`${wabus.edge.url}/api/sessions/${session}/import${query}`, { method: 'POST', headers, body });
    return { status: response.status, body: await response.json() };
  }

  /** Imports until some thousand records are written, and then runs `act`. */
  async function untilWriting(session: string, body: string, act: () => Promise<unknown>, edge = wabus.edge): Promise<void> {
    const headers = { authorization: `Bearer ${wabus.token}`, 'content-type': 'application/x-ndjson', accept: 'application/x-ndjson' };
    const response = await fetch(`${edge.url}/api/sessions/${session}/import`, { method: 'POST', headers, body });
    let text = '';
    for await (const piece of response.body!) {
      text += Buffer.from(piece as Uint8Array).toString('utf8');
      const written = [...text.matchAll(/"writing","records":(\d+)/g)].map(([, count]) => Number(count)).at(-1) ?? 0;
      if (written >= 2_000) break;
    }
    expect(text).toContain('"writing"');
    await act();
  }

  async function keysOf(session: string): Promise<string[]> {
    const nats = await connect({ servers: wabus.natsUrl });
    try {
      const bucket = await new Kvm(nats).open(OWNERSHIP_BUCKET);
      const keys: string[] = [];
      for await (const key of await bucket.keys([`auth.${session}.>`, `ring.${session}.>`])) if (!key.endsWith('.naming')) keys.push(key);
      return keys;
    } finally {
      await nats.close();
    }
  }

  const awaitGone = (session: string) =>
    awaitCondition(
      () => wabus.edge.get(`/api/sessions/${session}`),
      ({ status }) => status === 404,
      { what: `no session ${session}` }
    );

  /** Imports a session and makes both sides write: waiting messages are read, both directions continue, and nobody requests a message again. */
  async function bringAlong(format: Format, source: string[], env: Record<string, string> = {}): Promise<void> {
    const { account, bob, groupJid, waiting } = left.get(format)!;
    const { control } = wabus;
    const before = await control.stats();
    const events = await wabus.edge.connectEvents();
    await events.subscribe({ events: ['messages.upsert'], sessions: [format] });
    const { code, output } = await runImport(wabus, [format, ...source, '--old-gateway-is-stopped'], env);
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).not.toMatch(/"private"|[A-Za-z0-9+/]{43}=/);

    const write = (text: string) =>
      control.sendMessage({ from: bob.phoneNumber, to: account.phoneNumber, message: { conversation: text } });
    const writeGroup = (text: string) => control.sendGroupMessage({ from: bob.phoneNumber, groupJid, message: { conversation: text } });
    await write('to the new one');
    await writeGroup('group to the new one');
    const expected = [...waiting, 'to the new one', 'group to the new one'];
    for (const text of expected)
      await events.awaitEvent('messages.upsert', payload => JSON.stringify(payload).includes(`"${text}"`), 20_000);

    for (const [jid, text] of [
      [bob.pnJid, 'from the new one'],
      [groupJid, 'group from the new one']
    ]) {
      const sent = await wabus.edge.post(`/api/sessions/${format}/messages`, { jid, content: { text } });
      expect(sent).toMatchObject({ status: 200 });
    }
    const delivered = await awaitCondition(
      async () => (await control.received({ phoneNumber: bob.phoneNumber, from: account.phoneNumber })).map(({ text }) => text),
      texts => texts.includes('from the new one') && texts.includes('group from the new one'),
      { what: 'both messages at the contact' }
    );
    const logged = await wabus.edge.get<{ events: { data: object }[] }>(
      `/api/sessions/${format}/events?events=lid-mapping.update&limit=1000`
    );
    const pair = { lid: bob.lidJid, pn: bob.pnJid };
    expect(logged.body.events.filter(({ data }) => JSON.stringify(data) === JSON.stringify(pair))).toHaveLength(1);
    const after = await control.stats();
    const askedAgain = after.retriesByDevices - before.retriesByDevices + after.retriesByPhones - before.retriesByPhones;
    figures.push({
      format,
      records: [...output.matchAll(/^ {2}[a-z-]+ +(\d+)$/gm)].reduce((sum, [, count]) => sum + Number(count), 0),
      waiting: waiting.length,
      received: expected.length,
      delivered: delivered.filter(text => text?.includes('from the new one')).length,
      askedAgain
    });
    expect(askedAgain).toBe(0);
    events.close();
  }
});

function evolutionTables(id: string, name: string, credentials: string): string {
  // The tables as Prisma creates them, without columns that are never read. The credentials are JSON within a JSON string.
  return `CREATE SCHEMA evolution_api; SET search_path TO evolution_api;
CREATE TABLE "Instance" (id text PRIMARY KEY, name varchar(255) UNIQUE NOT NULL, "connectionStatus" text);
CREATE TABLE "Session" (id text PRIMARY KEY, "sessionId" text UNIQUE NOT NULL REFERENCES "Instance"(id), creds text, "createdAt" timestamp DEFAULT now());
INSERT INTO "Instance" VALUES (${quoted(id)}, ${quoted(name)}, 'open'), ('other', 'other', 'close');
INSERT INTO "Session" (id, "sessionId", creds) VALUES ('1', ${quoted(id)}, ${quoted(JSON.stringify(credentials))});\n`;
}

function wahaTable(session: string, records: readonly ForeignRecord[]): string {
  const rows = records.map(({ name, text }) => `(${quoted(session)}, ${quoted(name)}, ${quoted(withNumberLists(text))})`);
  return `CREATE TABLE waha_auth (session_id text, key text, value json, PRIMARY KEY (session_id, key));
INSERT INTO waha_auth VALUES ${rows.join(',\n')};\n`;
}

function hash(key: string, records: readonly ForeignRecord[]): string {
  return records.map(({ name, text }) => redisCommand(['HSET', key, name, text])).join('');
}

function tableOf(rows: readonly Figures[]): string {
  const columns = ['format', 'records', 'waiting', 'received', 'delivered', 'askedAgain'] as const;
  const lines = [columns, ...rows.map(row => columns.map(column => String(row[column])))];
  return `\nimports, with requests to send again:\n${lines.map(line => line.map(cell => cell.padEnd(12)).join('')).join('\n')}\n`;
}
