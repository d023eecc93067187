import '../quiet-console.fixture.js';
import type { VersionReport } from '@wabus/testing';
import type { WAVersion } from '@whiskeysockets/baileys';
import { connectClient, linkingClient, pairByQr, pairedClient, post, scanShown } from '../baileys-client.fixture.js';
import { Simulator } from '../simulator.js';

const ALICE = '15550000001';
const REFUSED: WAVersion = [2, 3000, 1042386815];
const BROWSER = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)', 'sec-fetch-site': 'none' };

let simulator: Simulator;
beforeEach(async () => {
  simulator = await Simulator.start({});
  await post(simulator, 'createAccount', { phoneNumber: ALICE });
});
afterEach(() => simulator.stop());

const page = (headers: Record<string, string> = BROWSER) =>
  fetch(new URL('/sw.js', simulator.ready.url.replace('ws:', 'http:')), { headers });

test('an old version is refused at login with 405', async () => {
  const auth = await pairByQr(simulator, ALICE);
  const { trace } = connectClient(simulator.ready.url, auth, { version: REFUSED });
  expect(await trace.closeCode()).toBe(405);
  const update = trace.all('connection.update').find(({ connection }) => connection === 'close');
  expect(update?.lastDisconnect?.error).toMatchObject({ data: { reason: '405', location: 'sim' } });
  await connectClient(simulator.ready.url, auth).trace.open();
});

test('an old version is refused with 405 instead of a QR code', async () => {
  const { trace } = connectClient(simulator.ready.url, undefined, { version: REFUSED });
  expect(await trace.closeCode()).toBe(405);
  expect(trace.all('connection.update').some(({ qr }) => qr !== undefined)).toBe(false);
});

test('a version too old for linking fails only on the phone', async () => {
  await post(simulator, 'setVersions', { oldestLinkingVersion: '2.3000.1999999999' });
  const { trace, companion } = linkingClient(simulator.ready.url);
  await expect(scanShown(simulator, ALICE, companion)).rejects.toMatchObject({
    reason: 'client-outdated',
    message: "couldn't link device"
  });
  expect(trace.all('connection.update').some(({ connection, isNewLogin }) => connection === 'close' || isNewLogin)).toBe(false);
});

test('the page shows the revision only to browsers', async () => {
  await post(simulator, 'setVersions', { revision: 1044142122 });
  expect(await (await page()).text()).toMatch(/\\"client_revision\\":1044142122,/);
  expect((await page({})).status).toBe(400);
  expect(await post<VersionReport>(simulator, 'setVersions', {})).toMatchObject({ revision: 1044142122, page: 'answers', lookUps: 2 });
});

test('the page fails or returns garbage on demand', async () => {
  await post(simulator, 'setVersions', { page: 'fails' });
  expect((await page()).status).toBe(503);
  await post(simulator, 'setVersions', { page: 'garbage' });
  expect(await (await page()).text()).not.toContain('client_revision');
});

test('an expiration is announced and revoked', async () => {
  const { socket } = await pairedClient(simulator, ALICE);
  const received: (string | undefined)[] = [];
  const next = () =>
    new Promise<void>(resolve =>
      socket.ws.once('CB:ib,,client_expiration', ({ content }: { content: { attrs: Record<string, string> }[] }) => {
        received.push(content[0]!.attrs['t']);
        resolve();
      })
    );
  for (const t of ['1790000000', 'soon', undefined]) {
    const arrived = next();
    expect(await post(simulator, 'announceExpiration', { phoneNumber: ALICE, t })).toEqual({ devices: 1 });
    await arrived;
  }
  expect(received).toEqual(['1790000000', 'soon', undefined]);
});
