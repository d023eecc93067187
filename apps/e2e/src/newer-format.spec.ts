import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { changeStream, createTempFolder, findFreePort, LaunchedProcess, launchNatsServer, type NatsServer } from '@wabus/testing';

const PROVISION = fileURLToPath(new URL('../../../libs/broker/dist/provision/main.js', import.meta.url));
const NEWER = { 'wabus.format': '9', 'wabus.release': '3.1.0' };
const BOTH = ['connector', 'edge'] as const;
/** In the order in which they are prepared, with the format that this release supports and the processes that prepare them. */
const STREAMS = [
  ['WABUS_EVENTS', 1, BOTH],
  ['KV_WABUS_REGISTRY', 1, BOTH],
  ['KV_WABUS_OWNERSHIP', 2, ['connector']],
  ['OBJ_WABUS_MEDIA', 1, BOTH]
] as const;

interface StreamInfo {
  config: { name: string; metadata: Record<string, string> };
  state: { messages: number; last_seq: number };
}

describe('a process of this release with data of a newer one', () => {
  const folder = createTempFolder('newer-format');
  let server: NatsServer;
  let nats: NatsConnection;

  beforeAll(async () => {
    writeFileSync(join(folder.path, 'token'), randomBytes(32).toString('base64url'), { mode: 0o600 });
    writeFileSync(join(folder.path, 'key'), randomBytes(32).toString('base64'), { mode: 0o600 });
    server = await launchNatsServer();
    const provision = new LaunchedProcess({ name: 'provision', main: PROVISION, env: { WABUS_NATS_URL: server.url } });
    expect(await provision.awaitEnd()).toEqual({ code: 0, signal: null });
    nats = await connect({ servers: server.url });
    for (const subject of ['$KV.WABUS_REGISTRY.session.kept', 'wa.evt.kept.messages.upsert', '$O.WABUS_MEDIA.M.kept.file'])
      await nats.request(subject, '{}');
  }, 60_000);
  afterAll(async () => {
    await nats?.close();
    await server?.stop();
    folder.remove();
  }, 30_000);

  /** Returns the settings and content of every stream. */
  async function everything(): Promise<Pick<StreamInfo, 'config' | 'state'>[]> {
    const { streams } = (await nats.request('$JS.API.STREAM.LIST', '{}')).json<{ streams: StreamInfo[] }>();
    return streams
      .map(({ config, state: { messages, last_seq } }) => ({ config, state: { messages, last_seq } }))
      .sort((a, b) => (a.config.name < b.config.name ? -1 : 1));
  }

  async function start(name: 'connector' | 'edge'): Promise<LaunchedProcess> {
    return new LaunchedProcess({
      name,
      main: name,
      env: {
        WABUS_NATS_URL: server.url,
        [`WABUS_${name.toUpperCase()}_PORT`]: String(await findFreePort()),
        WABUS_AUTH_KEY_FILE: join(folder.path, 'key'),
        WABUS_ACCESS_TOKEN_FILE: join(folder.path, 'token'),
        // Each of these settings would change a stream.
        WABUS_EVENTS_MAX_BYTES: '123456789',
        WABUS_MEDIA_MAX_BYTES: '123456789'
      }
    });
  }

  test.each(STREAMS)(
    'names %s in one line, ends with 1 and changes nothing',
    async (stream, known, processes) => {
      const { config } = (await everything()).find(one => one.config.name === stream)!;
      await changeStream(server.url, stream, () => ({ metadata: { ...config.metadata, ...NEWER } }));
      const before = await everything();
      expect(before.map(({ state }) => state.messages).reduce((a, b) => a + b)).toBe(3);
      await Promise.all(
        processes.map(async name => {
          const started = await start(name);
          expect(await started.awaitEnd()).toEqual({ code: 1, signal: null });
          const naming = started.lines.filter(line => line.includes('format 9'));
          expect(naming).toHaveLength(1);
          expect(JSON.parse(naming[0]!)).toMatchObject({
            err: {
              message: `Stream ${stream} has format 9, and this release knows formats up to ${known}. Use release 3.1.0 or newer. Nothing was changed.`
            }
          });
        })
      );
      expect(await everything()).toEqual(before);
      await changeStream(server.url, stream, () => ({ metadata: config.metadata }));
    },
    30_000
  );
});
