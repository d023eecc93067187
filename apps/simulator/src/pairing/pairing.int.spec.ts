import '../quiet-console.fixture.js';
import { connectClient, MemoryAuth, pairByQr, pairedClient, post } from '../baileys-client.fixture.js';
import { Simulator } from '../simulator.js';

const ALICE = '15550000001';

describe('pairing', () => {
  let simulator: Simulator;

  beforeEach(async () => {
    simulator = await Simulator.start({});
    await post(simulator, 'createAccount', { phoneNumber: ALICE, name: 'Alice' });
  });

  afterEach(() => simulator.stop());

  it('by QR restarts the companion with 515 and lets it log in', async () => {
    const auth = await pairByQr(simulator, ALICE);
    expect(auth.state.creds.me).toMatchObject({ id: `${ALICE}:1@s.whatsapp.net`, name: 'Alice' });
    const { trace } = connectClient(simulator.ready.url, auth);
    await trace.open();
    expect(await post(simulator, 'devices', { phoneNumber: ALICE })).toEqual([
      expect.objectContaining({ device: 1, online: true, logins: 1 })
    ]);
  });

  it('links any number of devices to one account', async () => {
    await pairedClient(simulator, ALICE);
    const second = await pairedClient(simulator, ALICE);
    expect(second.auth.state.creds.me?.id).toBe(`${ALICE}:2@s.whatsapp.net`);
  });

  it('refuses a QR code that no companion shows', async () => {
    await expect(post(simulator, 'scanQr', { phoneNumber: ALICE, qr: '2@nonsense,a,b,c' })).rejects.toThrow(/no companion is waiting/);
  });

  it('issues six QR references, after which the client gives up', async () => {
    const { trace } = connectClient(simulator.ready.url, new MemoryAuth(), { qrTimeout: 40 });
    expect(await trace.closeCode()).toBe(408);
    expect(new Set(trace.all('connection.update').flatMap(update => update.qr ?? [])).size).toBe(6);
  });

  it('closes a companion whose QR references have expired', async () => {
    const hasty = await Simulator.start({ settings: { linking: { unlinkedConnectionMs: 100 } } });
    const { trace } = connectClient(hasty.ready.url);
    expect(await trace.closeCode()).toBe(428);
    await hasty.stop();
  });

  it('by code pairs the companion that sent this number', async () => {
    const { socket, trace, auth } = connectClient(simulator.ready.url);
    await trace.qr();
    const pairing = post(simulator, 'enterPairingCode', { phoneNumber: ALICE, code: 'WABUS123' });
    expect(await socket.requestPairingCode(ALICE, 'WABUS123')).toBe('WABUS123');
    expect(await pairing).toEqual({ device: 1 });
    expect(await trace.closeCode()).toBe(515);
    const again = connectClient(simulator.ready.url, auth);
    await again.trace.open();
    expect(auth.state.creds.me?.id).toBe(`${ALICE}:1@s.whatsapp.net`);
  });

  it('by code times out if no companion requests one', async () => {
    await expect(post(simulator, 'enterPairingCode', { phoneNumber: ALICE, code: 'WABUS123', waitMs: 50 })).rejects.toThrow(
      /no companion is waiting/
    );
  });

  it('fails if the companion leaves before it has finished', async () => {
    const { socket, trace } = connectClient(simulator.ready.url);
    const qr = await trace.qr();
    await socket.end(undefined);
    await trace.closeCode();
    await expect(post(simulator, 'scanQr', { phoneNumber: ALICE, qr })).rejects.toThrow(/companion/);
  });

  it('is undone by the owner: 401, and no further login', async () => {
    const { trace, auth } = await pairedClient(simulator, ALICE);
    expect(await post(simulator, 'unlinkDevice', { phoneNumber: ALICE })).toEqual({ removed: 1 });
    expect(await trace.closeCode()).toBe(401);
    expect(await connectClient(simulator.ready.url, auth).trace.closeCode()).toBe(401);
  });

  it('is undone by the device itself', async () => {
    const { socket, trace } = await pairedClient(simulator, ALICE);
    await socket.logout();
    expect(await trace.closeCode()).toBe(401);
    await expect(post(simulator, 'awaitDevice', { phoneNumber: ALICE, online: false })).resolves.toEqual([]);
  });
});
