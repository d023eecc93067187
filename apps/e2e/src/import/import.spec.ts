import { awaitCondition } from '@wabus/testing';
import { Wabus } from '../wabus.fixture.js';
import { DATABASE_PROGRAMS, launchPostgres, launchRedis, redisCommand, type DatabaseServer } from './database.servers.js';
import { foreignRecords, quoted, withNumberLists, type ForeignRecord } from './foreign.records.js';
import { runImport } from './import.runner.js';
import { OldGateways, type LeftSession } from './old-gateway.fixture.js';

interface Figures {
  readonly format: string;
  readonly records: number;
  readonly waiting: number;
  readonly received: number;
  readonly delivered: number;
  readonly askedAgain: number;
}

const FORMATS = ['baileys', 'evolution', 'waha', 'fazer'] as const;
type Format = (typeof FORMATS)[number];

const databases = DATABASE_PROGRAMS ? test : test.skip;

describe('sessions brought along from other gateways', () => {
  const figures: Figures[] = [];
  const left = new Map<Format, LeftSession>();
  let wabus: Wabus;
  let old: OldGateways;
  let postgres: DatabaseServer;
  let redis: DatabaseServer;

  beforeAll(async () => {
    // One after the other: each takes a port that was free a moment ago.
    if (DATABASE_PROGRAMS) {
      postgres = await launchPostgres(DATABASE_PROGRAMS);
      redis = await launchRedis(DATABASE_PROGRAMS);
    }
    wabus = await Wabus.start();
    old = new OldGateways(wabus);
    const leaving = FORMATS.map(async format => left.set(format, await old.leave()));
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

  /** Imports, and lets everybody write: what waited is read, both directions go on, and nobody asks for anything again. */
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
  // As Prisma makes them, with what is not asked for left out. The credentials are JSON within a JSON string.
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
