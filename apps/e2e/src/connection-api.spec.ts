import type { ConnectionChange, ConnectionData, GeneratedQr } from '@wabus/contracts';
import { awaitCondition, WebhookReceiver } from '@wabus/testing';
import { WabusFixture } from './wabus.fixture.js';

/** Values of the last part of a QR text, which identifies the browser (`CompanionWebClientType` of Baileys). */
const OPERA = '5';
const FIREFOX = '3';

describe('the connection API', () => {
  let wabus: WabusFixture;
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    receiver = await WebhookReceiver.listen();
    wabus = await WabusFixture.start({ edgeEnv: { WABUS_EGRESS_ALLOW: '127.0.0.1' } });
  }, 60_000);
  afterAll(async () => {
    await wabus?.stop();
    await receiver?.close();
  }, 60_000);

  const ask = async <Body>(command: string, method = 'GET', body?: unknown): Promise<Body> => {
    const answer = await wabus.edge.request<Body>(method, `/shop/${command}.aspx`, body);
    expect([command, answer.status, answer.body]).toEqual([command, 200, answer.body]);
    return answer.body;
  };
  const generate = (userAgent?: string): Promise<GeneratedQr> =>
    ask('generate_qrcode', 'POST', userAgent === undefined ? undefined : { user_agent: userAgent });
  const events = (): string[] => receiver.deliveries.map(({ json }) => (json as { event: string }).event);

  test('the whole life of a session, with events to a webhook', async () => {
    const phone = await wabus.control.createAccount({ name: 'Shop' });
    const { phoneNumber } = phone;
    expect(await generate('Opera')).toMatchObject({
      status: 1,
      error: '',
      qr: expect.stringMatching(/^data:image\/svg\+xml;base64,/) as string
    });
    const opera = await wabus.awaitQr('shop');
    expect(opera.split(',').at(-1)).toBe(OPERA);
    await ask('set_config', 'POST', { webhook: receiver.url });

    // Another browser name produces another QR code.
    expect(await generate('Firefox')).toMatchObject({ status: 1 });
    const firefox = await wabus.awaitQr('shop');
    expect(firefox.split(',').at(-1)).toBe(FIREFOX);
    expect(await ask('status')).toMatchObject({
      status: 3,
      statusString: 'waitForQRAuthentication',
      connected: false,
      UserAgent: 'Firefox'
    });

    await wabus.scan('shop', phone);
    const open = await awaitCondition(
      () => ask<ConnectionData>('status'),
      ({ status }) => status === 10
    );
    expect(open).toMatchObject({
      connected: true,
      ConnectionInfo: { wid: expect.stringContaining(phoneNumber) as string, connected: true },
      Webhook: receiver.url,
      CanRestoreConnection: true
    });
    expect(await generate()).toEqual({ status: 0, error: 'Connection already established', ttl: 0 });
    expect(await ask('save_session')).toEqual({ sucesso: true });
    await awaitCondition(events, names => names.includes('auth.qr') && names.includes('session.status') && names.includes('creds.update'));

    const closed = await ask<ConnectionChange>('close_session');
    expect(closed.sucesso).toBe(true);
    expect(JSON.parse(closed.Status)).toMatchObject({ status: 0, connected: false, CanRestoreConnection: true });
    await wabus.control.awaitDevice({ phoneNumber, online: false });

    const restored = await ask<ConnectionChange>('restore_session');
    expect(restored.sucesso).toBe(true);
    expect(JSON.parse(restored.Status)).toMatchObject({ status: 10, connected: true });
    await wabus.control.awaitDevice({ phoneNumber, online: true });

    expect(await ask('disconnect')).toMatchObject({
      status: 0,
      statusString: 'noConnection',
      connected: false,
      CanRestoreConnection: false
    });
    await awaitCondition(
      () => wabus.control.devices({ phoneNumber }),
      devices => devices.length === 0
    );
    expect(await generate()).toMatchObject({ status: 1 });

    expect(await ask('clear')).toEqual({ status: true, message: 'clear ok' });
    expect((await wabus.edge.get('/shop/status.aspx')).status).toBe(404);
    expect(await generate()).toMatchObject({ status: 1 });
    expect(await ask('status')).toMatchObject({ Webhook: null, UserAgent: 'Chrome' });
  }, 40_000);
});
