import type { PairingCodeIssued, SentMessage } from '@wabus/contracts';
import { awaitCondition } from '@wabus/testing';
import { ConnectorFixture } from './connector.fixture.js';

let fixture: ConnectorFixture;
beforeAll(async () => {
  fixture = await ConnectorFixture.start();
});
afterAll(() => fixture.stop());

const contact = () => fixture.simulator.control.createAccount({});
const text = (conversation: string) => ({ conversation });

describe('a new session', () => {
  test('shows a QR code, is linked by a scan and opens', async () => {
    const session = await fixture.createSession();
    const account = await contact();
    const { qr } = await session.awaitState('pairing').then(() => session.awaitStatus(status => status.qr !== null));
    expect(Date.parse(qr!.expiresAt) - Date.parse(qr!.issuedAt)).toBe(60_000);
    expect(JSON.parse((await session.awaitEvent('auth.qr')).body)).toMatchObject({ qr: qr!.text, attempt: 1, ttlMs: 60_000 });
    await session.scan(account);
    const status = await session.awaitState('open');
    expect(status).toMatchObject({ account: { id: account.pnJid, lid: account.lidJid }, qr: null, pairingCode: null });
    await session.awaitEvent('session.status', body => body.includes('"open"'));
    const states = session.events('session.status').map(({ body }) => (JSON.parse(body) as { state: string }).state);
    expect(states.filter((state, i) => state !== states[i - 1])).toEqual(['starting', 'connecting', 'pairing', 'connecting', 'open']);
  });

  test('can be linked by a pairing code instead', async () => {
    const session = await fixture.createSession();
    const account = await contact();
    await awaitCondition(
      () => session.command('requestPairingCode', { phoneNumber: 'none' }).catch((e: { code: string }) => e.code),
      code => code === 'INVALID_ARGUMENTS'
    );
    const { code } = (await session.command('requestPairingCode', { phoneNumber: `+${account.phoneNumber}` })) as PairingCodeIssued;
    expect(code).toMatch(/^[0-9A-Z]{8}$/);
    await session.awaitStatus(({ pairingCode }) => pairingCode?.code === code);
    await session.awaitEvent('auth.pairing-code', body => body.includes(code));
    await fixture.simulator.control.enterPairingCode({ phoneNumber: account.phoneNumber, code });
    expect((await session.awaitState('open')).account?.id).toBe(account.pnJid);
  });

  test('shows QR codes after a restart if no code was typed', async () => {
    const session = await fixture.createSession();
    const account = await contact();
    await session.awaitState('pairing');
    await session.command('requestPairingCode', { phoneNumber: account.phoneNumber });
    await session.setDesired('running', true);
    await session.awaitStatus(status => status.state === 'pairing' && status.pairingCode === null && status.qr !== null);
    await session.scan(account);
    await session.awaitState('open');
  });
});

describe('an open session', () => {
  test('publishes each received message once, in order', async () => {
    const session = await fixture.linkSession();
    const from = await contact();
    for (let i = 0; i < 20; i++)
      await fixture.simulator.control.sendMessage({
        from: from.phoneNumber,
        to: session.account.phoneNumber,
        message: text(`message ${i}`)
      });
    await session.awaitEvent('messages.upsert', body => body.includes('message 19'));
    const texts = session.events('messages.upsert').flatMap(({ body }) => /message \d+/.exec(body) ?? []);
    expect(texts).toEqual(Array.from({ length: 20 }, (_, i) => `message ${i}`));
    const { epoch } = (await session.status())!;
    expect(new Set(session.events().map(({ facts }) => facts.epoch))).toEqual(new Set([epoch]));
  });

  test('sends a text that the contact decrypts, under the given id', async () => {
    const session = await fixture.linkSession();
    const to = await contact();
    const args = [to.phoneNumber, { text: 'hello from afar' }, { messageId: '3EB0ABCDEF123456' }];
    const sent = (await session.command('sendMessage', args)) as SentMessage;
    expect(sent.key).toMatchObject({ id: '3EB0ABCDEF123456', fromMe: true, remoteJid: to.pnJid });
    expect(sent.messageTimestamp).toBeGreaterThan(1_700_000_000);
    const [received] = await fixture.simulator.control.received({ phoneNumber: to.phoneNumber, atLeast: 1, waitMs: 5_000 });
    expect(received).toMatchObject({ id: '3EB0ABCDEF123456', text: 'hello from afar', from: session.account.pnJid });
    await session.awaitEvent('messages.upsert', body => body.includes('3EB0ABCDEF123456'));
  });

  test('reconnects after stop and start, without a QR code', async () => {
    const session = await fixture.linkSession();
    await session.setDesired('stopped');
    await session.awaitState('stopped');
    await expect(session.command('sendMessage', {})).rejects.toMatchObject({ code: 'NO_OWNER' });
    const codes = session.events('auth.qr').length;
    await session.setDesired('running');
    expect((await session.awaitState('open')).account?.id).toBe(session.account.pnJid);
    expect(session.events('auth.qr')).toHaveLength(codes);
  });

  test('opens a new socket for a higher generation', async () => {
    const session = await fixture.linkSession();
    const [before] = await fixture.simulator.control.devices({ phoneNumber: session.account.phoneNumber });
    await session.setDesired('running', true);
    await awaitCondition(
      () => fixture.simulator.control.devices({ phoneNumber: session.account.phoneNumber }),
      ([device]) => device?.logins === before!.logins + 1 && device.online
    );
    await session.awaitState('open');
  });

  test('is unlinked by a logout, and can be linked again', async () => {
    const session = await fixture.linkSession();
    await session.setDesired('logged-out');
    expect(await session.awaitState('logged-out')).toMatchObject({ account: null });
    expect(await fixture.simulator.control.devices({ phoneNumber: session.account.phoneNumber })).toEqual([]);
    await session.setDesired('running');
    await session.scan(session.account);
    await session.awaitState('open');
  });

  test('is also unlinked by a logout if it was stopped before', async () => {
    const session = await fixture.linkSession();
    await session.setDesired('stopped');
    await session.awaitState('stopped');
    await session.setDesired('logged-out');
    await session.awaitState('logged-out');
    expect(await fixture.simulator.control.devices({ phoneNumber: session.account.phoneNumber })).toEqual([]);
  });

  test('leaves nothing when it is deleted', async () => {
    const session = await fixture.linkSession();
    await session.setDesired('deleted');
    await awaitCondition(
      () => session.status(),
      status => status === null
    );
    expect(await fixture.simulator.control.devices({ phoneNumber: session.account.phoneNumber })).toEqual([]);
  });
});

describe('the end of a connection', () => {
  test.each([
    ['a TCP reset', { how: 'reset' }, 'connection-closed'],
    ['a WebSocket close', { how: 'close' }, 'connection-closed'],
    ['500', { how: 'stream-error', code: 500 }, 'bad-session'],
    ['503', { how: 'stream-error', code: 503 }, 'unavailable'],
    ['515', { how: 'stream-error', code: 515 }, 'restart-required']
  ] as const)('by %s is followed by a new one', async (_what, fault, reason) => {
    const session = await fixture.linkSession();
    await fixture.simulator.control.disconnect({ phoneNumber: session.account.phoneNumber, ...fault });
    await session.awaitStatus(status => status.lastDisconnect?.reason === reason && status.lastDisconnect.willReconnect);
    await session.awaitState('open');
  });

  test.each([
    [403, 'failed', 'forbidden'],
    [411, 'failed', 'device-mismatch'],
    [440, 'waiting', 'replaced']
  ] as const)('by %i leaves the session %s', async (code, state, reason) => {
    const session = await fixture.linkSession();
    await fixture.simulator.control.disconnect({ phoneNumber: session.account.phoneNumber, how: 'stream-error', code });
    const { lastDisconnect } = await session.awaitState(state);
    expect(lastDisconnect).toMatchObject({ code, reason, willReconnect: state === 'waiting' });
    expect(lastDisconnect!.nextAttemptAt === null).toBe(state === 'failed');
    // The operator's next step.
    await session.setDesired('running', true);
    await session.awaitState('open');
  });

  test('by the account owner unlinks the session until it starts', async () => {
    const session = await fixture.linkSession();
    await fixture.simulator.control.unlinkDevice({ phoneNumber: session.account.phoneNumber });
    expect(await session.awaitState('logged-out')).toMatchObject({
      account: null,
      lastDisconnect: { reason: 'logged-out', willReconnect: false }
    });
    await expect(session.command('sendMessage', ['+15550001111', { text: 'x' }])).rejects.toMatchObject({ code: 'NOT_PAIRED' });
    await session.setDesired('running');
    await session.awaitStatus(status => status.qr !== null);
  });

  test('refused with an HTTP status is detected and retried', async () => {
    const session = await fixture.linkSession();
    await fixture.simulator.control.setFaults({ faults: { refuseUpgradeWith: 502 } });
    try {
      await fixture.simulator.control.disconnect({ phoneNumber: session.account.phoneNumber, how: 'reset' });
      await session.awaitStatus(status => status.lastDisconnect?.reason === 'http-refused' && status.lastDisconnect.code === 502);
    } finally {
      await fixture.simulator.control.setFaults({ faults: {} });
    }
    await session.awaitState('open', 30_000);
  });
});

describe('a command', () => {
  test.each<[what: string, method: string, args: unknown, code: string]>([
    ['with an unknown name', 'makeCoffee', {}, 'UNKNOWN_COMMAND'],
    ['that the registry handles', 'stopSession', {}, 'UNKNOWN_COMMAND'],
    ['with wrong arguments', 'sendMessage', { jid: 'nobody', content: { text: '' } }, 'INVALID_ARGUMENTS'],
    ['without arguments', 'sendMessage', null, 'INVALID_ARGUMENTS'],
    ['to send before the session is linked', 'sendMessage', ['+15550001111', { text: 'x' }], 'NOT_PAIRED']
  ])('%s is answered with its code', async (_what, method, args, code) => {
    const session = await fixture.createSession();
    await session.awaitState('pairing');
    await expect(session.command(method, args)).rejects.toMatchObject({ code });
  });

  test('for a pairing code is refused if an account is linked', async () => {
    const session = await fixture.linkSession();
    await expect(session.command('requestPairingCode', { phoneNumber: '+15550001111' })).rejects.toMatchObject({ code: 'ALREADY_PAIRED' });
  });

  test('fails with certainty if there is no connection', async () => {
    const session = await fixture.linkSession();
    await fixture.simulator.control.disconnect({ phoneNumber: session.account.phoneNumber, how: 'stream-error', code: 440 });
    await session.awaitState('waiting');
    await expect(session.command('sendMessage', ['+15550001111', { text: 'x' }])).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
  });

  test('that WhatsApp does not confirm in time is uncertain', async () => {
    const session = await fixture.linkSession();
    const to = await contact();
    await session.command('sendMessage', [to.phoneNumber, { text: 'first' }]);
    await fixture.simulator.control.setFaults({ phoneNumber: session.account.phoneNumber, faults: { drop: 'ack' } });
    await expect(session.command('sendMessage', [to.phoneNumber, { text: 'second' }], 700)).rejects.toMatchObject({ code: 'TIMEOUT' });
  });
});
