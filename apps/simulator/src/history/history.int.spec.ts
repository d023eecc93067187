import { phoneSenderOf } from '../messages/phone-sender.js';
import { proto } from '@whiskeysockets/baileys';
import type { Account } from '../accounts/account.js';
import { fullService } from '../features.js';
import { groupsOf } from '../groups/groups.registry.js';
import { Simulator } from '../simulator.js';
import { LinkedSocket } from '../stimuli/linked-socket.fixture.js';
import { greetNewDevice } from './history.sender.js';

const { INITIAL_BOOTSTRAP, RECENT, ON_DEMAND } = proto.HistorySync.HistorySyncType;

let simulator: Simulator;
let account: Account;
let contact: Account;
let linked: LinkedSocket;
let pairedInMs: number;

const old = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** Before the device is linked, the phone has a chat of 25 messages and a group; RECENT history contains the last twenty of a chat. */
beforeAll(async () => {
  simulator = await Simulator.start({});
  account = simulator.world.accounts.create({ name: 'Alice' });
  contact = simulator.world.accounts.create({ name: 'Bob' });
  groupsOf(simulator.world).create({ subject: 'Old friends', owner: contact, members: [account] });
  for (const n of old(1, 25))
    await phoneSenderOf(simulator.world).send({ from: contact, to: account, id: `OLD${n}`, message: { conversation: `old ${n}` } });
  const startedAt = Date.now();
  linked = await LinkedSocket.pair(simulator, account);
  pairedInMs = Date.now() - startedAt;
});

afterAll(async () => {
  await linked.end();
  await simulator.stop();
});

test("the initial history ends Baileys' wait of twenty seconds", () => {
  expect(pairedInMs).toBeLessThan(15_000);
});

test('a new device gets chats, messages, names and app-state key', async () => {
  const bootstrap = await linked.next('messaging-history.set', ({ chats }) => chats.length > 0);
  expect(bootstrap.chats.map(({ id, name }) => [id, name])).toEqual(
    expect.arrayContaining([
      [contact.jid(), 'Bob'],
      [expect.stringMatching(/@g\.us$/), 'Old friends']
    ])
  );
  await linked.next('messaging-history.set', ({ contacts }) => contacts.some(({ id, notify }) => id === contact.jid() && notify === 'Bob'));
  const messages = linked
    .all('messaging-history.set')
    .flatMap(set => set.messages.map(({ key, message }) => `${key.id} ${message?.conversation}`));
  expect(new Set(messages)).toEqual(new Set(old(6, 25).map(n => `OLD${n} old ${n}`)));
  expect(linked.creds.myAppStateKeyId).toBe(account.appStateKey?.keyId.toString('base64'));
});

test('each phase of the history is reported as complete', async () => {
  await linked.next(
    'messaging-history.status',
    ({ syncType, status, explicit }) => syncType === INITIAL_BOOTSTRAP && status === 'complete' && explicit
  );
  await linked.next(
    'messaging-history.status',
    ({ syncType, status, explicit }) => syncType === RECENT && status === 'complete' && explicit
  );
});

test('the phone returns the messages before a given one', async () => {
  const requestId = await linked.socket.fetchMessageHistory(2, { remoteJid: contact.jid(), id: 'OLD4', fromMe: false }, Date.now());
  const set = await linked.next('messaging-history.set', ({ syncType }) => syncType === ON_DEMAND);
  expect(set.peerDataRequestSessionId).toBe(requestId);
  expect(set.messages.map(({ key }) => key.id)).toEqual(['OLD3', 'OLD2']);
});

test('the phone resends the content of a message on request', async () => {
  linked.forget();
  // Baileys waits two seconds before it requests the message, and drops the request id from the event.
  await linked.socket.requestPlaceholderResend({ remoteJid: contact.jid(), id: 'OLD2', fromMe: false });
  const { messages } = await linked.next('messages.upsert', upsert => upsert.messages.some(({ key }) => key.id === 'OLD2'));
  expect(messages.find(({ key }) => key.id === 'OLD2')?.message?.conversation).toBe('old 2');
});

test('without history only the app-state key is shared', async () => {
  const quiet = await Simulator.start({
    features: {
      ...fullService,
      onFirstLogin: (world, device) => greetNewDevice(world, device, { shareAppStateKey: true, sendHistory: false })
    }
  });
  const reader = quiet.world.accounts.create({ name: 'Carol' });
  const device = await LinkedSocket.pair(
    quiet,
    reader,
    { shouldSyncHistoryMessage: () => false },
    ({ myAppStateKeyId }) => myAppStateKeyId !== undefined
  );
  expect(device.all('messaging-history.set')).toEqual([]);
  expect(device.creds.myAppStateKeyId).toBe(reader.appStateKey?.keyId.toString('base64'));
  await device.end();
  await quiet.stop();
});
