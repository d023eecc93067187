import { OWNERSHIP_BUCKET } from '@wabus/contracts';
import { awaitCondition, type SimulatedAccount } from '@wabus/testing';
import { ConnectorFixture, type ConnectorSession } from './connector.fixture.js';

let fixture: ConnectorFixture;
beforeAll(async () => {
  fixture = await ConnectorFixture.start();
});
afterAll(() => fixture.stop());

/** Makes WhatsApp report once, incorrectly, that the device is logged out. */
async function logOutSpuriously(session: ConnectorSession & { account: SimulatedAccount }): Promise<void> {
  const { phoneNumber } = session.account;
  await fixture.simulator.control.setFaults({ phoneNumber, faults: { refuseLoginWith: 401 } });
  await fixture.simulator.control.disconnect({ phoneNumber, how: 'reset' });
  await session.awaitState('logged-out');
  await fixture.simulator.control.setFaults({ phoneNumber, faults: {} });
}

describe('a spurious logout', () => {
  test('is undone: the session reopens without a QR code', async () => {
    const session = await fixture.linkSession();
    const contact = await fixture.simulator.control.createAccount({});
    const write = async (text: string) => {
      await fixture.simulator.control.sendMessage({
        from: contact.phoneNumber,
        to: session.account.phoneNumber,
        message: { conversation: text }
      });
      await session.awaitEvent('messages.upsert', body => body.includes(text));
    };
    await write('before the logout');
    const codes = session.events('auth.qr').length;
    await logOutSpuriously(session);
    const { snapshots, account, lastDisconnect } = (await session.status())!;
    expect(snapshots).toHaveLength(1);
    expect(account).toBeNull();
    expect(Math.abs(Date.parse(snapshots[0]!) - Date.parse(lastDisconnect!.at))).toBeLessThan(5_000);

    expect(await session.command('restoreSession', {}, 10_000)).toEqual({ snapshotAt: snapshots[0] });
    expect((await session.awaitState('open')).account?.id).toBe(session.account.pnJid);
    await write('after it was undone');
    expect(session.events('auth.qr')).toHaveLength(codes);
    await expect(session.command('restoreSession', {}, 10_000)).rejects.toMatchObject({ code: 'ALREADY_PAIRED' });
    // A new connector has only what was stored.
    await fixture.connector.stop();
    await fixture.startConnector();
    await session.awaitState('open');
    await write('after another start');
  });

  test('is undone even if the session already shows QR codes', async () => {
    const session = await fixture.linkSession();
    await logOutSpuriously(session);
    await session.setDesired('running', true);
    await session.awaitState('pairing');
    await session.command('restoreSession', {}, 10_000);
    expect((await session.awaitState('open')).account?.id).toBe(session.account.pnJid);
  });

  test('is not undone merely by the next owner', async () => {
    const session = await fixture.linkSession();
    await logOutSpuriously(session);
    const { epoch } = (await session.status())!;
    const codes = session.events('auth.qr').length;
    await fixture.connector.stop();
    await fixture.startConnector();
    const left = await session.awaitStatus(status => status.epoch > epoch && status.state === 'logged-out');
    expect(left.lastDisconnect?.reason).toBe('logged-out');
    expect(session.events('auth.qr')).toHaveLength(codes);
    await session.command('restoreSession', {}, 10_000);
    await session.awaitState('open');
  });
});

test('a session never linked has nothing to restore', async () => {
  const session = await fixture.createSession();
  await session.awaitState('pairing');
  await expect(session.command('restoreSession', {}, 10_000)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await session.scan(await fixture.simulator.control.createAccount({}));
  await session.awaitState('open');
});

test('a deleted session leaves neither snapshots nor a status', async () => {
  const session = await fixture.linkSession();
  await logOutSpuriously(session);
  const snapshots = () => fixture.broker.buckets.bucket(OWNERSHIP_BUCKET).list(`snapshot.${session.id}.>`);
  expect(await snapshots()).not.toEqual([]);
  await session.setDesired('deleted');
  await awaitCondition(
    () => session.status(),
    status => status === null
  );
  expect(await snapshots()).toEqual([]);
});
