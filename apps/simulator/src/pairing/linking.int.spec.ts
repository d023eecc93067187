import '../quiet-console.fixture.js';
import type { Acknowledgements, SimulatedConnection } from '@wabus/testing';
import type { BinaryNode } from '@whiskeysockets/baileys';
import {
  connectClient,
  linkingClient,
  MemoryAuth,
  pairedClient,
  post,
  scanShown,
  type ConnectedClient
} from '../baileys-client.fixture.js';
import type { RefreshConduct } from '../linking-companion.fixture.js';
import { waitUntil } from '../wait-until.js';
import { Simulator } from '../simulator.js';
import { stanzaBytes, child } from '../stanza/stanza.js';

const ALICE = '15550000001';

describe('the service', () => {
  let simulator: Simulator;
  const clients: ConnectedClient[] = [];

  beforeEach(async () => {
    simulator = await Simulator.start({});
    await post(simulator, 'createAccount', { phoneNumber: ALICE, name: 'Alice' });
  });

  afterEach(async () => {
    for (const { socket } of clients.splice(0)) await socket.end(undefined).catch(() => undefined);
    await simulator.stop();
  });

  const linking = (conduct?: RefreshConduct, auth = new MemoryAuth()) => {
    const client = linkingClient(simulator.ready.url, { conduct, auth });
    clients.push(client);
    return client;
  };
  const stock = (browser: [string, string, string] = ['Windows', 'Chrome', '1.0.0']) => {
    const client = connectClient(simulator.ready.url, new MemoryAuth(), { browser });
    clients.push(client);
    return client;
  };
  const scan = (qr: string) => post(simulator, 'scanQr', { phoneNumber: ALICE, qr });
  const acks = (args: object = {}) => post<Acknowledgements>(simulator, 'acknowledgements', args);
  /** Collects notifications as the client receives them. */
  const notificationsOf = (client: ConnectedClient, type: string) => {
    const notifications: BinaryNode[] = [];
    client.socket.ws.on(`CB:notification,type:${type}`, (notification: BinaryNode) => notifications.push(notification));
    return notifications;
  };
  const set = (terms: object) => post(simulator, 'setLinking', terms);
  const codeOf = (err: unknown) => Number((err as { data?: number }).data);

  describe('for a QR code', () => {
    it('refreshes the registration at the first scan, which fails', async () => {
      const { companion } = linking();
      const first = await companion.qr();
      await expect(scan(first)).rejects.toMatchObject({
        reason: 'registration-refreshed',
        message: expect.stringMatching(/couldn't link/) as string
      });
      const second = await companion.qr(first);
      expect(second.split(',')[0]).toBe(first.split(',')[0]);
      expect(second.split(',')[3]).not.toBe(first.split(',')[3]);
      expect(await scan(second)).toEqual({ device: 1 });
      expect(await acks()).toMatchObject({ notifications: 1, acknowledged: 1, repeated: 0, missing: [] });
    });

    it('links the device permanently', async () => {
      const auth = new MemoryAuth();
      const { companion, trace } = linking('renews', auth);
      await scanShown(simulator, ALICE, companion);
      expect(await trace.closeCode()).toBe(515);
      const again = connectClient(simulator.ready.url, auth);
      clients.push(again);
      await again.trace.open();
    });

    it('refuses the old secret forever', async () => {
      const { companion } = linking();
      const first = await companion.qr();
      await scan(first).catch(() => undefined);
      await companion.qr(first);
      await expect(scan(first)).rejects.toMatchObject({ reason: 'old-secret' });
    });

    it('never links a client that ignores the refresh', async () => {
      const { trace } = stock();
      const qr = await trace.qr();
      await expect(scan(qr)).rejects.toMatchObject({ reason: 'registration-refreshed' });
      await expect(scan(qr)).rejects.toMatchObject({ reason: 'old-secret' });
      expect((await acks()).missing).toMatchObject([{ type: 'companion_reg_refresh', phoneNumber: null }]);
    });

    it('never links a client that acknowledges but keeps its secret', async () => {
      const { companion } = linking('acknowledges');
      const qr = await companion.qr();
      await scan(qr).catch(() => undefined);
      expect((await acks({ waitMs: 5_000 })).missing).toEqual([]);
      await expect(scan(qr)).rejects.toMatchObject({ reason: 'old-secret' });
    });

    it('accepts a new secret only after the acknowledgement', async () => {
      const { companion } = linking('ignores');
      const qr = await companion.qr();
      await scan(qr).catch(() => undefined);
      companion.renewSecret();
      companion.show();
      await expect(scan(await companion.qr(qr))).rejects.toMatchObject({ reason: 'refresh-not-acknowledged' });
    });

    it('refreshes the registration of each connection differently', async () => {
      const forms: (string | undefined)[] = [];
      for (let link = 0; link < 3; link++) {
        const client = linking();
        const notifications = notificationsOf(client, 'companion_reg_refresh');
        await scanShown(simulator, ALICE, client.companion);
        forms.push(child(notifications[0])?.tag);
      }
      expect(forms).toEqual(['companion_reg_refresh', 'pair-device-rotate-qr', undefined]);
    });

    it('refreshes at any time, in a chosen form', async () => {
      const client = linking();
      const notifications = notificationsOf(client, 'companion_reg_refresh');
      const first = await client.companion.qr();
      await post(simulator, 'refreshRegistration', { qr: first, form: 'pair-device-rotate-qr' });
      const second = await client.companion.qr(first);
      expect(child(notifications[0])?.tag).toBe('pair-device-rotate-qr');
      await expect(scan(first)).rejects.toMatchObject({ reason: 'old-secret' });
      expect(await scan(second)).toEqual({ device: 1 });
    });

    it('refuses a client again that shows a secret for too long', async () => {
      const { companion } = linking();
      const first = await companion.qr();
      await scan(first).catch(() => undefined);
      const second = await companion.qr(first);
      const [{ connection }] = await post<[SimulatedConnection]>(simulator, 'connections', {});
      await post(simulator, 'refreshRegistration', { connection });
      const third = await companion.qr(second);
      // The phone cannot detect the old secret, but the companion can: it refuses an identity that was made with that secret.
      await expect(scan(second)).rejects.toMatchObject({ reason: expect.stringMatching(/^companion-/) as string });
      await expect(scan(third)).rejects.toThrow();
    });

    it('can refresh together with the QR references', async () => {
      await set({ registrationRefresh: 'with-qr' });
      const { companion } = linking();
      await companion.qr();
      expect(await acks({ waitMs: 10_000 })).toMatchObject({ notifications: 1, missing: [] });
      await companion.shownAgain(2);
      expect(await scan(companion.shown.at(-1)!)).toEqual({ device: 1 });
    });

    it('closes a connection that is not linked in time', async () => {
      await set({ unlinkedConnectionMs: 100 });
      expect(await linking().trace.closeCode()).toBe(428);
    });

    it('gives an unlinked connection 160 seconds', async () => {
      expect(await set({})).toMatchObject({ unlinkedConnectionMs: 160_000, registrationRefresh: 'at-scan' });
    });
  });

  describe('for a pairing code', () => {
    const type = (code: string, waitMs = 10_000) => post(simulator, 'enterPairingCode', { phoneNumber: ALICE, code, waitMs });
    /** Sends the request as Baileys does and returns the response. */
    const hello = async (
      { socket, auth: { state } }: ConnectedClient,
      changes: Record<string, string | Uint8Array> = {},
      phoneNumber = ALICE
    ) => {
      const parts: Record<string, string | Uint8Array> = {
        link_code_pairing_wrapped_companion_ephemeral_pub: Buffer.alloc(80, 1),
        companion_server_auth_key_pub: state.creds.noiseKey.public,
        companion_platform_id: '1',
        companion_platform_display: 'Chrome (Windows)',
        link_code_pairing_nonce: '0',
        ...changes
      };
      const attrs = { jid: `${phoneNumber}@s.whatsapp.net`, stage: 'companion_hello', should_show_push_notification: 'true' };
      const content = Object.entries(parts).map(([tag, bytes]) => ({ tag, attrs: {}, content: bytes }));
      const iq = { tag: 'iq', attrs: { to: 's.whatsapp.net', type: 'set', xmlns: 'md' } };
      return (await socket.query({ ...iq, content: [{ tag: 'link_code_companion_reg', attrs, content }] }, 10_000)) as BinaryNode;
    };

    it('links a client with a known display name', async () => {
      const client = stock();
      await client.trace.qr();
      const code = await client.socket.requestPairingCode(ALICE);
      expect(await type(code)).toEqual({ device: 1 });
      expect(await client.trace.closeCode()).toBe(515);
      expect((await acks()).missing).toEqual([]);
    });

    it.each([
      [{ companion_platform_display: 'Chrome (Wabus)' }],
      [{ companion_platform_display: 'Wabus (Windows)' }],
      [{ companion_platform_display: 'Chrome' }],
      [{ companion_platform_id: '21' }],
      [{ companion_server_auth_key_pub: Buffer.alloc(32, 9) }]
    ])('refuses %j with 400', async changes => {
      const client = stock();
      await client.trace.qr();
      expect(await hello(client, changes).catch(codeOf)).toBe(400);
      await expect(type('WABUS123', 0)).rejects.toMatchObject({ reason: 'no-companion' });
      expect(child(await hello(client), 'link_code_companion_reg')?.attrs['stage']).toBe('companion_hello');
    });

    it('refuses an invalid number with 400', async () => {
      const client = stock();
      await client.trace.qr();
      expect(await hello(client, {}, '123').catch(codeOf)).toBe(400);
    });

    it('refuses too many requests with 429 until time has passed', async () => {
      await set({ pairingCodesPerNumber: 2 });
      const client = stock();
      await client.trace.qr();
      await hello(client);
      await hello(client);
      expect(await hello(client).catch(codeOf)).toBe(429);
      await set({ pairingCodesPerNumber: 2, pairingCodeWindowMs: 0 });
      await hello(client);
    });

    it.each([true, false])('reports a code as used up, force_manual_refresh %s', async forceManual => {
      const client = stock();
      await client.trace.qr();
      const notifications = notificationsOf(client, 'link_code_companion_reg');
      const reference = stanzaBytes(child(child(await hello(client), 'link_code_companion_reg'), 'link_code_pairing_ref'));
      await post(simulator, 'refreshPairingCode', { phoneNumber: ALICE, forceManual });
      await expect(type('WABUS123', 0)).rejects.toMatchObject({ reason: 'no-companion' });
      const refresh = child(notifications[0]);
      expect(refresh?.attrs).toMatchObject({ stage: 'refresh_code', force_manual_refresh: String(forceManual) });
      expect(stanzaBytes(child(refresh, 'link_code_pairing_ref'))).toEqual(reference);
    });

    it('keeps the code in force if the reference is another', async () => {
      const client = stock();
      await client.trace.qr();
      const code = await client.socket.requestPairingCode(ALICE);
      await post(simulator, 'refreshPairingCode', { phoneNumber: ALICE, forceManual: false, oldReference: true });
      expect(await type(code)).toEqual({ device: 1 });
    });

    it('invalidates a code after a typing error', async () => {
      const client = stock();
      await client.trace.qr();
      const notifications = notificationsOf(client, 'link_code_companion_reg');
      await client.socket.requestPairingCode(ALICE, 'WABUS123');
      await expect(type('WRONG123')).rejects.toMatchObject({ reason: 'wrong-code' });
      await expect(type('WABUS123', 0)).rejects.toMatchObject({ reason: 'no-companion' });
      expect(notifications.map(each => child(each)?.attrs['stage'])).toEqual(['primary_hello', 'refresh_code']);
    });

    it('refuses a code after its lifetime', async () => {
      await set({ pairingCodeMs: 0 });
      const client = stock();
      await client.trace.qr();
      await hello(client);
      await new Promise(resolve => setTimeout(resolve, 5));
      await expect(type('WABUS123')).rejects.toMatchObject({ reason: 'used-code' });
    });

    it('forgets a code if the client requests another', async () => {
      const client = stock();
      await client.trace.qr();
      await client.socket.requestPairingCode(ALICE, 'FIRST111');
      await client.socket.requestPairingCode(ALICE, 'WABUS123');
      await expect(type('FIRST111')).rejects.toMatchObject({ reason: 'wrong-code' });
    });

    it('refuses the end of an exchange with an old reference', async () => {
      const client = stock();
      await client.trace.qr();
      await hello(client);
      const finish = {
        tag: 'link_code_companion_reg',
        attrs: { jid: `${ALICE}@s.whatsapp.net`, stage: 'companion_finish' },
        content: [{ tag: 'link_code_pairing_ref', attrs: {}, content: Buffer.alloc(16) }]
      };
      const iq = { tag: 'iq', attrs: { to: 's.whatsapp.net', type: 'set', xmlns: 'md' }, content: [finish] };
      expect(await client.socket.query(iq, 10_000).catch(codeOf)).toBe(400);
    });
  });

  describe('counting acknowledgements', () => {
    it('includes those of linked devices', async () => {
      const client = await pairedClient(simulator, ALICE);
      clients.push(client);
      const { socket } = client;
      const [linked] = await post<SimulatedConnection[]>(simulator, 'connections', { phoneNumber: ALICE });
      const before = await acks({ connection: linked!.connection, waitMs: 5_000 });
      const stanza = { tag: 'notification', attrs: { from: '@s.whatsapp.net', type: 'disappearing_mode', id: 'n-1', t: '1' } };
      await post(simulator, 'sendStanza', { phoneNumber: ALICE, stanza });
      const after = await acks({ connection: linked!.connection, waitMs: 5_000 });
      expect(after).toMatchObject({ notifications: before.notifications + 1, acknowledged: before.acknowledged + 1, missing: [] });
      await socket.sendNode({ tag: 'ack', attrs: { class: 'notification', type: 'disappearing_mode', id: 'n-1', to: '@s.whatsapp.net' } });
      await waitUntil(simulator.world, ['acknowledged'], { condition: () => repeated() > 0, waitMs: 5_000 });
      expect(repeated()).toBe(1);
    });

    it('ignores those with another type', async () => {
      const client = stock();
      await client.trace.qr();
      const [{ connection }] = await post<[SimulatedConnection]>(simulator, 'connections', {});
      const stanza = { tag: 'notification', attrs: { from: '@s.whatsapp.net', type: 'companion_reg_refresh', id: 'n-2', t: '1' } };
      await post(simulator, 'sendStanza', { connection, stanza });
      const ack = { class: 'notification', id: 'n-2', to: '@s.whatsapp.net' };
      await client.socket.sendNode({ tag: 'ack', attrs: { ...ack, type: 'other' } });
      await client.socket.sendNode({ tag: 'ack', attrs: ack });
      expect((await acks({ connection, waitMs: 100 })).missing).toMatchObject([{ id: 'n-2', connection }]);
      await client.socket.sendNode({ tag: 'ack', attrs: { ...ack, type: 'companion_reg_refresh' } });
      expect((await acks({ connection, waitMs: 5_000 })).missing).toEqual([]);
    });

    const repeated = () => simulator.world.acknowledgements.report(() => true).repeated;
  });
});
