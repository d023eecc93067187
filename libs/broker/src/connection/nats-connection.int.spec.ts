import { once } from 'node:events';
import { connect as dial, createServer, type AddressInfo } from 'node:net';
import { ConsoleLogger, Logger } from '@nestjs/common';
import {
  awaitCondition,
  createTempFolder,
  launchNatsServer,
  makeCertificates,
  type NatsServer,
  type TestCertificates
} from '@wabus/testing';
import type { BrokerConnection } from '../broker.options.js';
import { BrokerHealth } from './broker-health.js';
import { NatsConnection } from './nats-connection.js';
import { socketOf } from './turn.writer.js';

const PASSWORD = 'p@ss:w/o?rd,#%';
const ENCODED = encodeURIComponent(PASSWORD);
const users = (password: string): string => `authorization { users: [ { user: connector, password: ${JSON.stringify(password)} } ] }`;

/** Collects the warnings of the broker. */
class KeptLog extends ConsoleLogger {
  readonly lines: Record<string, unknown>[] = [];
  override warn(fields: unknown): void {
    this.lines.push(fields as Record<string, unknown>);
  }
  override log(): void {}
  override error(): void {}
  find(text: string): Record<string, unknown> | undefined {
    return this.lines.find(({ msg }) => msg === text);
  }
}

describe('the connection to NATS', () => {
  const folder = createTempFolder('tls');
  const log = new KeptLog();
  let files: TestCertificates;
  let open: NatsServer;
  let closed: NatsServer;
  let encrypted: NatsServer;
  const ended = new AbortController();

  beforeAll(async () => {
    Logger.overrideLogger(log);
    files = makeCertificates(folder.path);
    const tls = `tls { cert_file: "${files.certFile}", key_file: "${files.keyFile}" }`;
    [open, closed, encrypted] = await Promise.all([
      launchNatsServer(),
      launchNatsServer({ configuration: users(PASSWORD) }),
      launchNatsServer({ configuration: `${users(PASSWORD)}\n${tls}`, folder: folder.path })
    ]);
  }, 30_000);
  beforeEach(() => void (log.lines.length = 0));
  afterAll(async () => {
    ended.abort();
    Logger.overrideLogger(['fatal']);
    await Promise.all([open?.stop(), closed?.stop(), encrypted?.stop()]);
    folder.remove();
  });

  const at = (server: NatsServer, scheme = 'nats', login = `connector:${ENCODED}@`): string =>
    `${scheme}://${login}127.0.0.1:${server.port}`;
  /** Connects, returns the outcome and closes the connection. */
  const reach = async (settings: Partial<BrokerConnection> & Pick<BrokerConnection, 'servers'>): Promise<NatsConnection> => {
    const connection = await NatsConnection.open(
      { name: 'test', ...settings },
      AbortSignal.any([ended.signal, AbortSignal.timeout(20_000)])
    );
    await new BrokerHealth(connection).check();
    await connection.close();
    return connection;
  };
  /** Keeps connecting until the expected warning is logged, and returns that warning. */
  const warningOf = async (settings: Partial<BrokerConnection> & Pick<BrokerConnection, 'servers'>, text: string) => {
    const stop = new AbortController();
    const trying = NatsConnection.open({ name: 'test', ...settings }, stop.signal);
    trying.catch(() => undefined);
    try {
      const line = await awaitCondition(
        () => log.find(text),
        found => found !== undefined
      );
      return line!;
    } finally {
      stop.abort();
      await trying.then(
        connection => connection.close(),
        () => undefined
      );
    }
  };

  it('uses the user and password in an address, URL-decoded', async () => {
    await expect(reach({ servers: [at(closed)] })).resolves.toBeDefined();
    expect((await reach({ servers: [at(closed)] })).createInbox()).toMatch(/^_INBOX_connector\./);
  });

  it('uses them with several addresses, and names which one fails', async () => {
    const gone = await launchNatsServer();
    await gone.stop();
    const wrong = at(closed, 'nats', 'connector:wrong@');
    const refused = warningOf({ servers: [at(gone, 'nats', ''), wrong] }, 'nats refuses the user, password or token, retrying');
    expect(await refused).toMatchObject({ server: `nats://127.0.0.1:${closed.port}` });
    expect(log.find('nats does not respond, retrying')).toMatchObject({ server: `nats://127.0.0.1:${gone.port}` });
    await expect(reach({ servers: [at(gone), at(closed)] })).resolves.toBeDefined();
  });

  it('uses a token in an address', async () => {
    await using server = await launchNatsServer({ configuration: 'authorization { token: "a b" }' });
    await expect(reach({ servers: [at(server, 'nats', 'a%20b@')] })).resolves.toBeDefined();
  });

  it('names server, user and settings of a wrong password', async () => {
    const line = await warningOf(
      { servers: [at(closed, 'nats', 'connector:wrong-secret@')] },
      'nats refuses the user, password or token, retrying'
    );
    expect(line).toMatchObject({
      server: `nats://127.0.0.1:${closed.port}`,
      user: 'connector',
      settings: expect.stringContaining('WABUS_NATS_PASSWORD') as string
    });
    expect(JSON.stringify(log.lines)).not.toContain('wrong-secret');
  });

  it('connects as soon as the password is right', async () => {
    const server = await launchNatsServer({ configuration: users('another') });
    try {
      const waiting = reach({ servers: [at(server)] });
      await awaitCondition(
        () => log.find('nats refuses the user, password or token, retrying'),
        found => found !== undefined
      );
      await server.restart({ configuration: users(PASSWORD) });
      await expect(waiting).resolves.toBeDefined();
    } finally {
      await server.stop();
    }
  }, 30_000);

  it('sends nothing to a server without TLS at tls://', async () => {
    const sent: Buffer[] = [];
    let dialled = 0;
    await using relay = await relayTo(open.port, { onDial: () => dialled++, onSent: chunk => sent.push(chunk) });
    const { port } = relay;
    const address = `tls://connector:${ENCODED}@127.0.0.1:${port}`;
    expect(await warningOf({ servers: [address] }, 'nats does not respond, retrying')).toMatchObject({
      server: `tls://127.0.0.1:${port}`
    });
    const { caFile } = files;
    await warningOf({ servers: [address.replace('tls', 'nats')], tls: { caFile } }, 'nats does not respond, retrying');
    expect(dialled).toBeGreaterThan(1);
    expect(Buffer.concat(sent).toString()).toBe('');
  });

  it('trusts the configured authority and refuses an unknown one', async () => {
    const { caFile } = files;
    await expect(reach({ servers: [at(encrypted, 'tls')], tls: { caFile } })).resolves.toBeDefined();
    await expect(reach({ servers: [at(encrypted)], tls: { caFile } })).resolves.toBeDefined();
    const line = await warningOf({ servers: [at(encrypted, 'tls')] }, 'the certificate of nats is not trusted, retrying');
    expect(line).toMatchObject({ server: `tls://127.0.0.1:${encrypted.port}`, settings: 'WABUS_NATS_CA_FILE' });
  });

  it('presents its certificate to a server that requires one', async () => {
    const { caFile, certFile, keyFile } = files;
    const tls = `tls { cert_file: "${certFile}", key_file: "${keyFile}", ca_file: "${caFile}", verify: true }`;
    await using server = await launchNatsServer({ configuration: tls, folder: folder.path });
    await expect(reach({ servers: [at(server, 'tls', '')], tls: { caFile, certFile, keyFile } })).resolves.toBeDefined();
    await warningOf({ servers: [at(server, 'tls', '')], tls: { caFile } }, 'nats does not respond, retrying');
  });

  it('writes once per loop turn, also after a reconnect', async () => {
    await using relay = await relayTo(open.port, {});
    const connection = await NatsConnection.open({ name: 'test', servers: [`127.0.0.1:${relay.port}`] }, ended.signal);
    const { client } = connection;
    const writesOfTurn = async (): Promise<number> => {
      const socket = socketOf(client)!;
      let writes = 0;
      for (const name of ['_write', '_writev'] as const) {
        const original = socket[name]!.bind(socket) as (...args: unknown[]) => void;
        socket[name] = (...args: unknown[]) => {
          writes++;
          original(...args);
        };
      }
      for (let i = 0; i < 10; i++) {
        client.publish('turn', 'x');
        // The client writes at the end of each microtask.
        await Promise.resolve();
      }
      await client.flush();
      // `flush` sends its ping in a separate turn.
      return writes;
    };
    try {
      expect(await writesOfTurn()).toBeLessThanOrEqual(2);
      const back = new Promise<void>(resolve => connection.onChange(connected => connected && resolve()));
      await client.reconnect();
      await back;
      expect(await writesOfTurn()).toBeLessThanOrEqual(2);
    } finally {
      await connection.close();
    }
  });

  it('names a server that is too old, and keeps trying', async () => {
    await using relay = await relayTo(open.port, { info: text => text.replace(/"version":"[^"]+"/, '"version":"2.9.10"') });
    const line = await warningOf({ servers: [`127.0.0.1:${relay.port}`] }, 'nats-server is too old, retrying');
    expect(line).toMatchObject({ server: `nats://127.0.0.1:${relay.port}`, needed: '2.12.0', version: '2.9.10' });
  });
});

interface RelayOptions {
  onDial?: () => void;
  onSent?: (chunk: Buffer) => void;
  /** Replaces the INFO message of the server. */
  info?: (text: string) => string;
}

/** Starts a proxy in front of a real server that records what the client sends. */
async function relayTo(target: number, { onDial, onSent, info }: RelayOptions): Promise<AsyncDisposable & { port: number }> {
  const server = createServer(socket => {
    onDial?.();
    const upstream = dial(target, '127.0.0.1');
    upstream.on('data', (chunk: Buffer) => socket.write(info === undefined ? chunk : info(chunk.toString())));
    socket.on('data', chunk => {
      onSent?.(chunk);
      upstream.write(chunk);
    });
    socket.on('close', () => upstream.destroy());
    for (const end of [socket, upstream]) end.on('error', () => undefined);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { port: (server.address() as AddressInfo).port, [Symbol.asyncDispose]: async () => void server.close() };
}
