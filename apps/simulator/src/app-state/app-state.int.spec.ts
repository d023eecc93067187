import { newLTHashState } from '@whiskeysockets/baileys';
import type { Account } from '../accounts/account.js';
import { Simulator } from '../simulator.js';
import { LinkedSocket } from '../stimuli/linked-socket.fixture.js';
import { mutateFromPhone } from './phone-mutation.js';
import { PatchStore } from './patch.store.js';

let simulator: Simulator;
let account: Account;
let contact: Account;
let laptop: LinkedSocket;
let tablet: LinkedSocket;

/** Both devices check every authentication code of every patch. */
const strict = { appStateMacVerification: { patch: true, snapshot: true } };

beforeAll(async () => {
  simulator = await Simulator.start({});
  account = simulator.world.accounts.create({ name: 'Alice' });
  contact = simulator.world.accounts.create({ name: 'Bob' });
  laptop = await LinkedSocket.pair(simulator, account, strict);
  tablet = await LinkedSocket.pair(simulator, account, strict);
});

afterAll(async () => {
  await laptop.end();
  await tablet.end();
  await simulator.stop();
});

beforeEach(() => {
  laptop.forget();
  tablet.forget();
});

test('a change on one device reaches the phone and other device', async () => {
  await laptop.socket.chatModify({ pin: true }, contact.jid());
  await tablet.next('chats.update', chats => chats.some(({ id, pinned }) => id === contact.jid() && Number(pinned) > 0));
  expect(account.collections.get('regular_low')?.state.version).toBe(1);
});

test('changes on both devices and the phone build on each other', async () => {
  await tablet.socket.chatModify({ mute: 4_000_000_000_000 }, contact.jid());
  await laptop.next('chats.update', chats => chats.some(({ muteEndTime }) => Number(muteEndTime) === 4_000_000_000_000));
  await mutateFromPhone(simulator.world, account, {
    collection: 'regular_high',
    index: ['mute', contact.jid()],
    action: { muteAction: { muted: false } }
  });
  const unmuted = (chats: { id?: string | null; muteEndTime?: unknown }[]) =>
    chats.some(({ id, muteEndTime }) => id === contact.jid() && muteEndTime === null);
  await Promise.all([laptop.next('chats.update', unmuted), tablet.next('chats.update', unmuted)]);
  await laptop.socket.chatModify({ mute: 4_000_000_000_001 }, contact.jid());
  await tablet.next('chats.update', chats => chats.some(({ muteEndTime }) => Number(muteEndTime) === 4_000_000_000_001));
  expect(account.collections.get('regular_high')?.patches).toHaveLength(3);
});

test('a name set on the phone becomes the name of the devices', async () => {
  await mutateFromPhone(simulator.world, account, {
    collection: 'critical_block',
    index: ['setting_pushName'],
    action: { pushNameSetting: { name: 'Alice Liddell' } }
  });
  await laptop.next('creds.update', ({ me }) => me?.name === 'Alice Liddell');
});

test('a push on an old version gets 409 and the missing patches', async () => {
  await new PatchStore(account).append({
    type: 'regular',
    index: ['label_edit', '1'],
    syncAction: { labelEditAction: { name: 'New' } },
    apiVersion: 3,
    operation: 0
  });
  const answer: unknown = await laptop.socket.query({
    tag: 'iq',
    attrs: { to: 's.whatsapp.net', type: 'set', xmlns: 'w:sync:app:state' },
    content: [
      {
        tag: 'sync',
        attrs: {},
        content: [
          {
            tag: 'collection',
            attrs: { name: 'regular', version: '0', return_snapshot: 'false' },
            content: [{ tag: 'patch', attrs: {}, content: newLTHashState().hash }]
          }
        ]
      }
    ]
  });
  expect(answer).toMatchObject({
    attrs: { type: 'result' },
    content: [
      {
        tag: 'sync',
        content: [
          {
            tag: 'collection',
            attrs: { name: 'regular', type: 'error' },
            content: [{ tag: 'error', attrs: { code: '409' } }, { tag: 'patches' }]
          }
        ]
      }
    ]
  });
});
