import type { AppStateFailure } from '@wabus/contracts';
import { awaitCondition, type AppStateTerms, type SimulatedAccount } from '@wabus/testing';
import { ConnectorFixture, type ConnectorSession } from './connector.fixture.js';

let fixture: ConnectorFixture;
beforeAll(async () => {
  fixture = await ConnectorFixture.start();
});
afterAll(() => fixture.stop());

type Linked = ConnectorSession & { account: SimulatedAccount; contact: SimulatedAccount };

/** Links a session to an account whose owner saved a contact, then muted and locked its chat, before the link. */
async function linkAfterChanges(terms: Partial<AppStateTerms>): Promise<Linked> {
  const { control } = fixture.simulator;
  const [account, contact] = await Promise.all([control.createAccount({}), control.createAccount({ name: 'Saved before' })]);
  const { phoneNumber } = account;
  const other = await link(account);
  for (const event of ['contacts.upsert', 'chats.update', 'chats.lock'] as const) {
    await control.provoke({ event, phoneNumber, contact: contact.phoneNumber });
  }
  await other.awaitEvent('chats.lock');
  await other.setDesired('stopped');
  await other.awaitState('stopped');
  await control.setAppState({ phoneNumber, ...terms });
  return Object.assign(await link(account), { account, contact });
}

async function link(account: SimulatedAccount): Promise<ConnectorSession> {
  const session = await fixture.createSession();
  await session.scan(account);
  await session.awaitState('open');
  return session;
}

/**
 * Like `linkAfterChanges`, but past the initial synchronization and with a new contact: Baileys holds back updates of chats that it has seen only in the first
 * synchronization.
 */
async function linkedToChange(): Promise<Linked> {
  const session = await linkAfterChanges({});
  await session.awaitEvent('chats.lock');
  return Object.assign(session, { contact: await fixture.simulator.control.createAccount({}) });
}

const provoke = ({ account, contact }: Linked, event: 'chats.update' | 'chats.lock' | 'contacts.upsert') =>
  fixture.simulator.control.provoke({ event, phoneNumber: account.phoneNumber, contact: contact.phoneNumber });

const failures = (session: ConnectorSession) =>
  session.events('app-state.collection-failed').map(({ body }) => JSON.parse(body) as AppStateFailure);

const mutes = (session: ConnectorSession) => session.events('chats.update').filter(({ body }) => body.includes('muteEndTime')).length;

test('changes from before the link arrive in a snapshot', async () => {
  const session = await linkAfterChanges({});
  await session.awaitEvent('contacts.upsert', body => body.includes('Saved before'));
  await session.awaitEvent('chats.lock');
  expect(failures(session)).toEqual([]);
});

test("an invalid snapshot is replaced by the phone's copy", async () => {
  const session = await linkAfterChanges({ snapshots: 'broken' });
  await session.awaitEvent('contacts.upsert', body => body.includes('Saved before'));
  await session.awaitEvent('chats.update', body => body.includes('muteEndTime'));
  // Based on the phone's copy; otherwise the phone could not read it.
  const { pnJid } = session.contact;
  await session.command('chatModify', [{ mute: null }, pnJid]);
  const before = mutes(session);
  await provoke(session, 'chats.update');
  await session.awaitEvent('chats.update', () => mutes(session) > before);
  expect(failures(session)).toEqual([]);
  // Account names and settings arrive as events, but the copy that contained them does not.
  expect(session.events('messages.upsert').some(({ body }) => body.includes('collectionSnapshot'))).toBe(false);
});

test('a collection that is unavailable everywhere is an event', async () => {
  const session = await linkAfterChanges({ snapshots: 'broken', recovery: 'empty' });
  await session.awaitEvent('app-state.collection-failed', body => body.includes('critical_unblock_low'));
  await session.awaitEvent('app-state.collection-failed', body => body.includes('regular_high'));
  // The phone is not asked again with every change, and clients are notified once.
  await provoke(session, 'contacts.upsert');
  await fixture.simulator.control.setAppState({ phoneNumber: session.account.phoneNumber, snapshots: 'valid' });
  await provoke(session, 'contacts.upsert');
  await session.awaitEvent('contacts.upsert', body => body.includes('Saved before'));
  const unread = failures(session).filter(({ collection }) => collection === 'critical_unblock_low');
  expect(unread).toEqual([{ collection: 'critical_unblock_low', reason: 'unverified', code: null }]);
});

test('a change by a device with another copy is accepted', async () => {
  const session = await linkedToChange();
  const before = mutes(session);
  await fixture.simulator.control.setAppState({ phoneNumber: session.account.phoneNumber, diverged: 1, snapshots: 'broken' });
  for (const count of [1, 2]) {
    await provoke(session, 'chats.update');
    await session.awaitEvent('chats.update', () => mutes(session) >= before + count);
  }
  expect(failures(session)).toEqual([]);
});

test('a collection that WhatsApp does not send is an event', async () => {
  const session = await linkedToChange();
  await fixture.simulator.control.setAppState({ phoneNumber: session.account.phoneNumber, refuseReads: 1, code: 406 });
  await provoke(session, 'chats.update');
  await session.awaitEvent('app-state.collection-failed');
  expect(failures(session)).toEqual([{ collection: 'regular_high', reason: 'refused', code: 406 }]);
  await provoke(session, 'chats.update');
  await session.awaitEvent('chats.update', body => body.includes('muteEndTime'));
});

test('a forged change is replaced with its snapshot value', async () => {
  const { control } = fixture.simulator;
  const session = await linkedToChange();
  const { account } = session;
  const before = mutes(session);
  await provoke(session, 'chats.update');
  await session.awaitEvent('chats.update', () => mutes(session) > before);
  for (const [position, forgery] of (['code', 'value', 'repeated'] as const).entries()) {
    await control.setAppState({ phoneNumber: account.phoneNumber, forged: 1, forgery });
    await provoke(session, 'chats.update');
    await session.awaitEvent('chats.update', () => mutes(session) > before + position + 1);
  }
  expect(failures(session)).toEqual([]);
  // Otherwise unreadable changes are requested from the phone.
  await control.setAppState({ phoneNumber: account.phoneNumber, forged: 1, snapshots: 'broken', recovery: 'empty' });
  await provoke(session, 'chats.update');
  await session.awaitEvent('app-state.collection-failed');
  expect(failures(session)).toEqual([{ collection: 'regular_high', reason: 'unverified', code: null }]);
});

test('a key that no device has is an event, other keys stay', async () => {
  const { control } = fixture.simulator;
  // The account's only device: another one would be asked first.
  const session = Object.assign(await fixture.linkSession(), { contact: await control.createAccount({}) });
  const { account } = session;
  // Baileys holds back every change of a chat that it has seen in the first synchronization, whose end is not reported.
  const changed = async (): Promise<number> => {
    session.contact = await control.createAccount({});
    await provoke(session, 'chats.update');
    return mutes(session);
  };
  await awaitCondition(changed, count => count > 0, { what: 'a change after the first synchronisation' });
  await control.setAppState({ phoneNumber: account.phoneNumber, keys: 'lacking' });
  await control.renewAppStateKey({ phoneNumber: account.phoneNumber });
  await provoke(session, 'chats.update');
  await session.awaitEvent('app-state.collection-failed');
  expect(failures(session)).toEqual([{ collection: 'regular_high', reason: 'keys-missing', code: null }]);
  // Another collection, with the key that the device has.
  await session.command('updateProfileName', ['Renamed here']);
});
