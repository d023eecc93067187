import type { SessionView } from '@wabus/contracts';
import { awaitCondition } from '@wabus/testing';
import { WabusFixture } from './wabus.fixture.js';

describe('the life of a session', () => {
  let wabus: WabusFixture;
  beforeAll(async () => {
    wabus = await WabusFixture.start();
  }, 60_000);
  afterAll(() => wabus?.stop(), 60_000);

  test('created, scanned, open: the status shows the account', async () => {
    const account = await wabus.pair('qr');
    const { status, desired } = await wabus.session('qr');
    expect(desired).toBe('running');
    expect(status).toMatchObject({ state: 'open', connector: 'c1', account: { lid: expect.stringContaining('@lid') as string } });
    expect(status.account?.id).toContain(account.phoneNumber);
  }, 30_000);

  test('serves the QR code as SVG, PNG, raw and text until linked', async () => {
    await wabus.edge.post('/api/sessions', { session: 'formats' });
    const raw = await wabus.awaitQr('formats');
    expect(raw).toMatch(/,/);
    const get = async (format: string): Promise<Response> =>
      fetch(`${wabus.edge.url}/api/sessions/formats/qr?format=${format}`, { headers: { authorization: `Bearer ${wabus.token}` } });
    const [svg, png, terminal] = await Promise.all([get('svg'), get('png'), get('terminal')]);
    expect(svg.headers.get('content-type')).toContain('image/svg+xml');
    expect(await svg.text()).toMatch(/^<svg|^<\?xml/);
    expect(png.headers.get('content-type')).toContain('image/png');
    expect(
      Buffer.from(await png.arrayBuffer())
        .subarray(1, 4)
        .toString()
    ).toBe('PNG');
    expect(await terminal.text()).toMatch(/[█▀▄]/);

    const account = await wabus.control.createAccount({});
    await wabus.scan('formats', account);
    await wabus.awaitState('formats', 'open');
    const after = await wabus.edge.get('/api/sessions/formats/qr?format=raw');
    expect(after.status).toBe(409);
    expect(after.body).toMatchObject({ error: { code: 'ALREADY_PAIRED' } });
  }, 40_000);

  test('a pairing code typed on the phone links the session', async () => {
    const account = await wabus.control.createAccount({});
    await wabus.edge.post('/api/sessions', { session: 'code' });
    await wabus.awaitState('code', 'pairing');
    const answer = await wabus.edge.post<{ code: string }>('/api/sessions/code/pairing-code', { phoneNumber: `+${account.phoneNumber}` });
    expect(answer.status).toBe(200);
    expect(answer.body.code).toMatch(/^[0-9A-Z]{8}$/);
    await wabus.control.enterPairingCode({ phoneNumber: account.phoneNumber, code: answer.body.code });
    await wabus.awaitState('code', 'open');
  }, 40_000);

  test('stop closes the socket, start reopens it without a QR code', async () => {
    const account = await wabus.pair('pause');
    expect((await wabus.edge.post('/api/sessions/pause/stop')).status).toBe(200);
    await wabus.awaitState('pause', 'stopped');
    await wabus.control.awaitDevice({ phoneNumber: account.phoneNumber, online: false });
    await wabus.edge.post('/api/sessions/pause/start');
    await wabus.awaitState('pause', 'open');
    await wabus.control.awaitDevice({ phoneNumber: account.phoneNumber, online: true });
  }, 40_000);

  test('restart opens a new connection to WhatsApp', async () => {
    const account = await wabus.pair('again');
    const [before] = await wabus.control.devices({ phoneNumber: account.phoneNumber });
    await wabus.edge.post('/api/sessions/again/restart');
    await awaitCondition(
      () => wabus.control.devices({ phoneNumber: account.phoneNumber }),
      ([device]) => device!.logins > before!.logins && device!.online
    );
    await wabus.awaitState('again', 'open');
  }, 40_000);

  test('logout unlinks the device; a start shows a new QR code', async () => {
    const account = await wabus.pair('leave');
    await wabus.edge.post('/api/sessions/leave/logout');
    await wabus.awaitState('leave', 'logged-out');
    await awaitCondition(
      () => wabus.control.devices({ phoneNumber: account.phoneNumber }),
      devices => devices.length === 0
    );
    await wabus.edge.post('/api/sessions/leave/start');
    expect(await wabus.awaitQr('leave')).toBeTruthy();
  }, 40_000);

  test("unlinking on the phone changes the session's state", async () => {
    const account = await wabus.pair('unlinked');
    await wabus.control.unlinkDevice({ phoneNumber: account.phoneNumber });
    const { status } = await wabus.awaitState('unlinked', 'logged-out');
    expect(status.lastDisconnect).toMatchObject({ code: 401, willReconnect: false });
  }, 40_000);

  test('delete removes the session', async () => {
    await wabus.pair('gone');
    expect((await wabus.edge.delete('/api/sessions/gone')).status).toBe(200);
    const answer = await awaitCondition(
      () => wabus.edge.get('/api/sessions/gone'),
      ({ status }) => status === 404
    );
    expect(answer.body).toMatchObject({ error: { code: 'UNKNOWN_SESSION' } });
    const { sessions } = (await wabus.edge.get<{ sessions: SessionView[] }>('/api/sessions')).body;
    expect(sessions.map(({ session }) => session)).not.toContain('gone');
    expect((await wabus.edge.post('/api/sessions', { session: 'gone' })).status).toBe(201);
  }, 40_000);
});

describe('a restart of everything', () => {
  test('keeps sessions and opens them without a QR code', async () => {
    await using wabus = await WabusFixture.start();
    const account = await wabus.pair('lasting');
    await wabus.stopProcesses();
    await wabus.control.awaitDevice({ phoneNumber: account.phoneNumber, online: false });
    await wabus.nats.restart();
    await wabus.startProcesses();
    await wabus.control.awaitDevice({ phoneNumber: account.phoneNumber, online: true, waitMs: 20_000 });
    await wabus.awaitState('lasting', 'open');
  }, 90_000);

  test('a subscriber gets the messages of a downtime afterwards', async () => {
    await using wabus = await WabusFixture.start();
    const account = await wabus.pair('offline');
    const contact = await wabus.control.createAccount({});
    await Promise.all(wabus.connectors.splice(0).map(connector => connector.stop()));
    await wabus.control.awaitDevice({ phoneNumber: account.phoneNumber, online: false });
    const { id } = await wabus.control.sendMessage({
      from: contact.phoneNumber,
      to: account.phoneNumber,
      message: { conversation: 'while you were out' }
    });
    const events = await wabus.edge.connectEvents();
    await events.subscribe(['messages.upsert']);
    await wabus.startConnector('c2');
    const arrived = await events.awaitEvent<{ messages: { key: { id: string } }[] }>(
      'messages.upsert',
      ({ messages }) => messages[0]?.key.id === id,
      20_000
    );
    expect(arrived.payload).toMatchObject({ type: 'append', messages: [{ message: { conversation: 'while you were out' } }] });
  }, 90_000);
});
