import { connect } from '@nats-io/transport-node';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { awaitCondition } from '../condition.js';
import { createTempFolder } from '../temp-folder.js';
import type { BinaryNatsServer } from './binary-nats.server.js';
import { launchNatsCluster } from './nats-cluster.launcher.js';
import { launchNatsServer } from './nats-server.launcher.js';
import type { NatsServer } from './nats-server-port.js';
import { readGreeting } from './greeting.reader.js';

const STREAM = {
  name: 'KEPT',
  subjects: ['kept'],
  storage: 'file',
  retention: 'limits',
  max_consumers: -1,
  max_msgs: -1,
  max_bytes: -1,
  max_age: 0
};

async function ask(url: string, subject: string, body: unknown = ''): Promise<Record<string, unknown>> {
  const connection = await connect({ servers: url, timeout: 2_000 });
  try {
    const answer = await connection.request(subject, typeof body === 'string' ? body : JSON.stringify(body), { timeout: 2_000 });
    return answer.json<Record<string, unknown>>();
  } finally {
    await connection.close();
  }
}

describe('a launched nats-server', () => {
  let server: NatsServer;
  beforeEach(async () => {
    server = await launchNatsServer();
  });
  afterEach(() => server.stop());

  it('keeps port and stored messages after a crash and restart', async () => {
    await ask(server.url, '$JS.API.STREAM.CREATE.KEPT', STREAM);
    await ask(server.url, 'kept', 'a message');
    const { port } = server;
    await server.kill();
    await expect(readGreeting(port)).rejects.toThrow();
    await server.restart();
    expect(server.port).toBe(port);
    expect(await ask(server.url, '$JS.API.STREAM.INFO.KEPT')).toMatchObject({ state: { messages: 1 } });
  });

  it('answers nothing while paused, and everything afterwards', async () => {
    const connection = await connect({ servers: server.url });
    connection.subscribe('echo', { callback: (_error, message) => void message.respond(message.data) });
    await connection.flush();
    await server.pause();
    await expect(connection.request('echo', 'x', { timeout: 200 })).rejects.toThrow();
    await server.resume();
    expect((await connection.request('echo', 'y', { timeout: 2_000 })).string()).toBe('y');
    await connection.close();
  });

  it('accepts configuration in its own format', async () => {
    await using small = await launchNatsServer({ configuration: 'max_payload: 2KB' });
    expect(JSON.parse((await readGreeting(small.port)).slice('INFO '.length))).toMatchObject({ max_payload: 2048 });
  });

  it('does not outlive a process that is killed', async () => {
    if (server.driver !== 'binary') return;
    using folder = createTempFolder();
    const script = join(folder.path, 'launch.mjs');
    const index = new URL('../../dist/index.js', import.meta.url).href;
    writeFileSync(script, `const { launchNatsServer } = await import('${index}'); console.log((await launchNatsServer()).port);`);
    const parent = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [chunk] = (await once(parent.stdout, 'data')) as [Buffer];
    const port = Number(chunk.toString());
    await readGreeting(port);
    parent.kill('SIGKILL');
    await awaitCondition(
      () =>
        readGreeting(port).then(
          () => true,
          () => false
        ),
      alive => !alive,
      { what: 'the end of the orphaned nats-server' }
    );
  });
});

describe('a launched cluster', () => {
  it('replicates, and continues when one node crashes', async () => {
    await using cluster = await launchNatsCluster();
    const [victim, ...rest] = cluster.nodes as [BinaryNatsServer, BinaryNatsServer, BinaryNatsServer];
    expect(await ask(rest[0].url, '$JS.API.STREAM.CREATE.KEPT', { ...STREAM, num_replicas: 3 })).toMatchObject({
      config: { num_replicas: 3 }
    });
    await victim.kill();
    await awaitCondition(
      () => ask(rest[0].url, 'kept', 'a message'),
      answer => answer['seq'] === 1,
      { waitMs: 20_000, what: 'an acknowledged message' }
    );
  }, 60_000);
});
