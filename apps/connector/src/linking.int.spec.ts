import type { PairingCodeIssued } from '@wabus/contracts';
import { awaitCondition, scanUntilLinked, type Acknowledgements, type SimulatedAccount } from '@wabus/testing';
import { ConnectorFixture, type ConnectorSession } from './connector.fixture.js';

let fixture: ConnectorFixture;
beforeAll(async () => {
  fixture = await ConnectorFixture.start();
  await fixture.simulator.control.setLinking({ pairingCodesPerNumber: 3 });
}, 90_000);
afterAll(() => fixture?.stop(), 30_000);

const control = () => fixture.simulator.control;
const contact = (): Promise<SimulatedAccount> => control().createAccount({});

/** Returns the QR text of a session, once it differs from `not`. */
async function qrOf(session: ConnectorSession, not?: string): Promise<string> {
  const { qr } = await session.awaitStatus(status => status.qr !== null && status.qr.text !== not);
  return qr!.text;
}

const partsOf = (qr: string): { reference: string; secret: string } => {
  const [reference = '', , , secret = ''] = qr.split(',');
  return { reference, secret };
};

/** Returns the live connection that shows this QR text. */
async function connectionOf(qr: string): Promise<string> {
  const { reference } = partsOf(qr);
  const found = (await control().connections({})).find(({ references }) => references.includes(reference.split('#')[1]!));
  return found!.connection;
}

/** Expects that each notification of a connection was acknowledged exactly once. */
async function expectAcknowledged(connection: string, notifications: number): Promise<void> {
  const acks = await awaitCondition<Acknowledgements>(
    () => control().acknowledgements({ connection, waitMs: 5_000 }),
    found => found.notifications >= notifications,
    { what: 'acknowledgements' }
  );
  expect(acks).toMatchObject({ notifications, acknowledged: notifications, repeated: 0, missing: [] });
}

describe('a QR code', () => {
  test('that is scanned is renewed, and the new one links', async () => {
    const session = await fixture.createSession();
    const account = await contact();
    const first = await qrOf(session);
    const connection = await connectionOf(first);
    await expect(control().scanQr({ phoneNumber: account.phoneNumber, qr: first })).rejects.toMatchObject({
      reason: 'registration-refreshed'
    });
    const second = await qrOf(session, first);
    expect(partsOf(second).reference).toBe(partsOf(first).reference);
    expect(partsOf(second).secret).not.toBe(partsOf(first).secret);
    await expectAcknowledged(connection, 1);
    await control().scanQr({ phoneNumber: account.phoneNumber, qr: second });
    await session.awaitState('open');
  });

  test.each(['companion_reg_refresh', 'pair-device-rotate-qr', 'none'] as const)('follows a refresh by %s', async form => {
    const session = await fixture.createSession();
    const account = await contact();
    const first = await qrOf(session);
    const before = (await session.status())!.qr!;
    const { connection } = await control().refreshRegistration({ qr: first, form });
    const second = await qrOf(session, first);
    const { expiresAt, attempt } = (await session.status())!.qr!;
    expect(attempt).toBe(before.attempt);
    expect(Math.abs(Date.parse(expiresAt) - Date.parse(before.expiresAt))).toBeLessThan(2_000);
    await expectAcknowledged(connection, 1);
    await expect(control().scanQr({ phoneNumber: account.phoneNumber, qr: first })).rejects.toMatchObject({ reason: 'old-secret' });
    await scanUntilLinked(control(), account.phoneNumber, previous => qrOf(session, previous ?? first));
    await session.awaitState('open');
    expect(session.events('auth.qr').map(({ body }) => (JSON.parse(body) as { qr: string }).qr)).toEqual(
      expect.arrayContaining([first, second])
    );
  });

  test('shows the newest secret after several refreshes at once', async () => {
    const session = await fixture.createSession();
    const account = await contact();
    const first = await qrOf(session);
    const refresh = (): Promise<{ connection: string }> => control().refreshRegistration({ qr: first });
    const connection = await connectionOf(first);
    await Promise.all([refresh(), refresh(), refresh()]);
    await expectAcknowledged(connection, 3);
    // The new QR code follows the acknowledgement: one for each refresh.
    await awaitCondition(
      () => session.events('auth.qr').length,
      count => count === 4
    );
    const newest = (JSON.parse(session.events('auth.qr').at(-1)!.body) as { qr: string }).qr;
    await session.awaitStatus(({ qr }) => qr?.text === newest);
    await scanUntilLinked(control(), account.phoneNumber, previous => qrOf(session, previous));
    await session.awaitState('open');
  });

  test('stays unchanged if anyone but the server requests a refresh', async () => {
    const session = await fixture.createSession();
    const qr = await qrOf(session);
    const connection = await connectionOf(qr);
    const stanza = (from: string, id: string) => ({
      tag: 'notification',
      attrs: { from, type: 'companion_reg_refresh', id, t: '1' },
      content: [{ tag: 'companion_reg_refresh', attrs: {} }]
    });
    await control().sendStanza({ connection, stanza: stanza('15550009999@s.whatsapp.net', 'foreign') });
    await control().sendStanza({ connection, stanza: stanza('s.whatsapp.net', 'genuine') });
    const renewed = await qrOf(session, qr);
    await session.awaitEvent('auth.qr', body => body.includes(renewed));
    expect(session.events('auth.qr')).toHaveLength(2);
  });
});

describe('a pairing code', () => {
  const codeFor = (session: ConnectorSession, { phoneNumber }: SimulatedAccount): Promise<PairingCodeIssued> =>
    session.command('requestPairingCode', { phoneNumber }) as Promise<PairingCodeIssued>;
  const pairing = async (): Promise<{ session: ConnectorSession; account: SimulatedAccount; connection: string }> => {
    const session = await fixture.createSession();
    const account = await contact();
    return { session, account, connection: await connectionOf(await qrOf(session)) };
  };
  const lastCode = async (session: ConnectorSession, not: string): Promise<string | null> => {
    const event = await session.awaitEvent('auth.pairing-code', body => !body.includes(not));
    return (JSON.parse(event.body) as { code: string | null }).code;
  };

  test('links under a name that the service accepts', async () => {
    const { session, account } = await pairing();
    const { code } = await codeFor(session, account);
    await control().enterPairingCode({ phoneNumber: account.phoneNumber, code });
    expect((await session.awaitState('open')).account?.id).toBe(account.pnJid);
    // None of them contains the secret that the code has created.
    expect(session.events('auth.qr')).toHaveLength(1);
  });

  test('survives a refresh of the registration, acknowledged once', async () => {
    const { session, account, connection } = await pairing();
    const { code } = await codeFor(session, account);
    await control().refreshRegistration({ phoneNumber: account.phoneNumber });
    await expectAcknowledged(connection, 1);
    await control().enterPairingCode({ phoneNumber: account.phoneNumber, code });
    await session.awaitState('open');
  });

  test('that WhatsApp refuses fails the command; QR codes continue', async () => {
    const { session, account, connection } = await pairing();
    let issued = '';
    for (let i = 0; i < 3; i++) issued = (await codeFor(session, account)).code;
    await session.awaitStatus(({ pairingCode }) => pairingCode?.code === issued);
    await expect(codeFor(session, account)).rejects.toMatchObject({ code: 'REFUSED_BY_WHATSAPP', details: { statusCode: 429 } });
    expect((await session.status())!.pairingCode?.code).toBe(issued);
    await scanUntilLinked(control(), account.phoneNumber, previous => qrOf(session, previous));
    await session.awaitState('open');
    await expectAcknowledged(connection, 1);
  });

  test('that is refused immediately leaves a scannable session', async () => {
    const first = await pairing();
    for (let i = 0; i < 3; i++) await codeFor(first.session, first.account);
    const { session } = await pairing();
    const before = session.events('auth.pairing-code').length;
    await expect(codeFor(session, first.account)).rejects.toMatchObject({ code: 'REFUSED_BY_WHATSAPP', details: { statusCode: 429 } });
    expect((await session.status())!.pairingCode).toBeNull();
    expect(session.events('auth.pairing-code')).toHaveLength(before);
    const other = await contact();
    await scanUntilLinked(control(), other.phoneNumber, previous => qrOf(session, previous));
    await session.awaitState('open');
  });

  test('that is used up is replaced, and the event follows', async () => {
    const { session, account, connection } = await pairing();
    const { code } = await codeFor(session, account);
    await control().refreshPairingCode({ phoneNumber: account.phoneNumber, forceManual: false });
    const next = await lastCode(session, code);
    expect(next).toMatch(/^[1-9A-HJ-NP-TV-Z]{8}$/);
    expect((await session.awaitStatus(status => status.pairingCode?.code === next)).state).toBe('pairing');
    await expectAcknowledged(connection, 1);
    await control().enterPairingCode({ phoneNumber: account.phoneNumber, code: next! });
    await session.awaitState('open');
  });

  test('that a person has to replace is reported', async () => {
    const { session, account, connection } = await pairing();
    const { code } = await codeFor(session, account);
    await control().refreshPairingCode({ phoneNumber: account.phoneNumber, forceManual: true });
    expect(await lastCode(session, code)).toBeNull();
    expect((await session.awaitStatus(status => status.pairingCode === null)).state).toBe('pairing');
    await expectAcknowledged(connection, 1);
    const again = await codeFor(session, account);
    await control().enterPairingCode({ phoneNumber: account.phoneNumber, code: again.code });
    await session.awaitState('open');
  });

  test('is not replaced because an old one is used up', async () => {
    const { session, account, connection } = await pairing();
    const { code } = await codeFor(session, account);
    await control().refreshPairingCode({ phoneNumber: account.phoneNumber, forceManual: true, oldReference: true });
    await expectAcknowledged(connection, 1);
    await session.awaitStatus(({ pairingCode }) => pairingCode?.code === code);
    await control().enterPairingCode({ phoneNumber: account.phoneNumber, code });
    await session.awaitState('open');
  });

  test('outlives the precursor of a passkey exchange', async () => {
    const { session, account, connection } = await pairing();
    const { code } = await codeFor(session, account);
    const precursor = { tag: 'link_code_companion_reg', attrs: { stage: 'primary_hello' } };
    const attrs = { from: 's.whatsapp.net', type: 'link_code_companion_reg', id: 'precursor', t: '1' };
    await control().sendStanza({ connection, stanza: { tag: 'notification', attrs, content: [precursor] } });
    await control().enterPairingCode({ phoneNumber: account.phoneNumber, code });
    await session.awaitState('open');
  });
});

test('a linked session only acknowledges a refresh', async () => {
  const session = await fixture.linkSession();
  const { account } = session;
  const [device] = await awaitCondition(
    () => control().connections({ phoneNumber: account.phoneNumber }),
    found => found.length === 1
  );
  const updates = session.events('creds.update').length;
  const attrs = { from: 's.whatsapp.net', type: 'companion_reg_refresh', id: 'late', t: '1' };
  await control().sendStanza({ connection: device!.connection, stanza: { tag: 'notification', attrs } });
  const acks = await awaitCondition(
    () => control().acknowledgements({ connection: device!.connection, waitMs: 5_000 }),
    found => !found.missing.some(({ id }) => id === 'late')
  );
  expect(acks.repeated).toBe(0);
  const secrets = session
    .events('creds.update')
    .slice(updates)
    // Excludes complete credentials, which the login after the link stores, possibly late.
    .filter(({ body }) => body.includes('advSecretKey') && !body.includes('noiseKey'));
  expect(secrets).toEqual([]);
});
