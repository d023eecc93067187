import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { awaitCondition, findFreePort, launchTcpProxy } from '@wabus/testing';
import { ConnectorFixture } from './connector.fixture.js';

let fixture: ConnectorFixture;
beforeAll(async () => {
  fixture = await ConnectorFixture.start({
    WABUS_QR_TIMEOUT_MS: '200',
    WABUS_QR_ROUNDS: '2',
    WABUS_KEEP_ALIVE_MS: '500',
    // Also ends a connection to a server that falls silent before the login.
    WABUS_CONNECT_LIMIT_MS: '5000'
  });
});
afterAll(() => fixture.stop());

test('stops an unlinked session after the configured QR rounds', async () => {
  const session = await fixture.createSession();
  const { lastDisconnect } = await session.awaitState('logged-out');
  expect(lastDisconnect).toMatchObject({ reason: 'qr-expired', willReconnect: false });
  const attempts = session.events('auth.qr').map(({ body }) => JSON.parse(body) as { attempt: number; ttlMs: number });
  expect(attempts.length).toBeGreaterThan(2);
  expect(attempts.map(({ attempt, ttlMs }) => [attempt, ttlMs])).toEqual(attempts.map((_code, i) => [i + 1, 200]));
  await session.setDesired('running');
  await session.awaitState('pairing');
});

test('a silent server is detected, and the session reconnects', async () => {
  const session = await fixture.createSession();
  const account = await fixture.simulator.control.createAccount({});
  await session.scan(account);
  await session.awaitState('open');
  await fixture.simulator.control.setFaults({ phoneNumber: account.phoneNumber, faults: { silent: true } });
  await session.awaitStatus(({ lastDisconnect }) => lastDisconnect?.reason === 'connection-lost', 20_000);
  await fixture.simulator.control.setFaults({ phoneNumber: account.phoneNumber, faults: {} });
  await session.awaitState('open', 20_000);
});

describe('with another server', () => {
  afterEach(() => fixture.connector.stop());

  test('whose certificate chain is unknown fails the session', async () => {
    await fixture.connector.stop();
    const { logins, connections } = await fixture.simulator.control.stats();
    await fixture.startConnector({ WABUS_SIMULATOR_ROOT_KEY: randomBytes(32).toString('base64') });
    const session = await fixture.createSession();
    expect((await session.awaitState('failed')).lastDisconnect).toMatchObject({ reason: 'server-not-trusted', code: 400 });
    expect(session.events('auth.qr')).toEqual([]);
    const stats = await fixture.simulator.control.stats();
    expect(stats.connections).toBeGreaterThan(connections);
    expect(stats.logins).toBe(logins);
  });

  test('that never answers, the attempt ends and another follows', async () => {
    const sockets = new Set<Socket>();
    const mute: Server = createServer(socket => sockets.add(socket)).listen(0, '127.0.0.1');
    await once(mute, 'listening');
    try {
      const url = `ws://127.0.0.1:${(mute.address() as AddressInfo).port}/ws/chat`;
      await fixture.startConnector({ WABUS_SIMULATOR_URL: url, WABUS_CONNECT_LIMIT_MS: '1000' });
      const session = await fixture.createSession();
      expect((await session.awaitState('waiting')).lastDisconnect).toMatchObject({ reason: 'timed-out', willReconnect: true });
      await awaitCondition(
        () => sockets.size,
        size => size > 1
      );
    } finally {
      sockets.forEach(socket => socket.destroy());
      mute.close();
    }
  });

  test('that does not use TLS, the status reports it', async () => {
    const plain = createHttpServer().listen(0, '127.0.0.1');
    await once(plain, 'listening');
    try {
      const { port } = plain.address() as AddressInfo;
      await fixture.startConnector({ WABUS_SIMULATOR_URL: `wss://127.0.0.1:${port}/ws/chat` });
      const session = await fixture.createSession();
      const { lastDisconnect } = await session.awaitState('waiting');
      expect(lastDisconnect).toMatchObject({ reason: 'unreachable', message: expect.stringContaining('no trusted TLS') as string });
    } finally {
      plain.close();
    }
  });

  test('that does not exist, attempts continue and one line says why', async () => {
    const whatsapp = new URL(fixture.simulator.url);
    const port = await findFreePort();
    await fixture.startConnector({ WABUS_SIMULATOR_URL: `ws://127.0.0.1:${port}${whatsapp.pathname}` });
    const lines = (text: string) => fixture.connector.lines.filter(line => line.includes(text)).map(line => JSON.parse(line) as object);
    const refusals = () => lines('whatsapp is unreachable');
    const [session, other] = [await fixture.createSession(), await fixture.createSession()];
    await Promise.all([session, other].map(one => one.awaitStatus(({ failures }) => failures > 2)));
    expect((await session.status())!.lastDisconnect).toMatchObject({
      reason: 'unreachable',
      willReconnect: true,
      message: expect.stringContaining(`host 127.0.0.1:${port} cannot be reached (ECONNREFUSED): the connection is refused`) as string
    });
    expect(refusals()).toMatchObject([{ host: `127.0.0.1:${port}`, problem: 'refused', code: 'ECONNREFUSED' }]);

    await using passing = await launchTcpProxy({ port: Number(whatsapp.port) }, port);
    await Promise.all([session, other].map(one => one.awaitState('pairing', 20_000)));
    expect(lines('whatsapp is reachable again')).toHaveLength(1);
    await passing.stop();
    await awaitCondition(refusals, found => found.length === 2, { waitMs: 20_000 });
  }, 60_000);
});
