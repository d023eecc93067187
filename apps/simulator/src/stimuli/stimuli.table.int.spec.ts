import { proto, type BaileysEventMap } from '@whiskeysockets/baileys';
import type { Account } from '../accounts/account.js';
import { Simulator } from '../simulator.js';
import { control, LinkedSocket } from './linked-socket.fixture.js';
import { stimuli } from './stimuli.table.js';

let simulator: Simulator;
let account: Account;
let contact: Account;
let linked: LinkedSocket;

beforeAll(async () => {
  simulator = await Simulator.start({});
  account = simulator.world.accounts.create({ name: 'Alice' });
  contact = simulator.world.accounts.create({ name: 'Bob' });
  linked = await LinkedSocket.pair(simulator, account);
});

afterAll(async () => {
  await linked.end();
  await simulator.stop();
});

/** Checks which show that an event comes from its stimulus and not from something that happened at the same time. */
const evidence: { [E in keyof BaileysEventMap]: (payload: BaileysEventMap[E]) => boolean } = {
  'connection.update': ({ reachoutTimeLock }) => reachoutTimeLock?.isActive === false,
  'creds.update': ({ accountSettings }) => accountSettings?.defaultDisappearingMode?.ephemeralExpiration === 0,
  'messaging-history.set': ({ syncType, messages, contacts }) =>
    syncType === proto.HistorySync.HistorySyncType.ON_DEMAND &&
    messages[0]?.message?.conversation === 'a message of yesterday' &&
    contacts[0]?.lid === contact.jid('lid'),
  'messaging-history.status': ({ status, explicit }) => status === 'complete' && explicit,
  'chats.upsert': ([chat]) => chat?.name === 'Group of Bob',
  'chats.update': chats => chats.some(({ id, muteEndTime }) => id === contact.jid() && Number(muteEndTime) > Date.now()),
  'chats.delete': ids => ids.includes(contact.jid()),
  'chats.lock': ({ id, locked }) => id === contact.jid() && locked,
  'contacts.upsert': ([saved]) => saved?.id === contact.jid() && saved.lid === contact.jid('lid') && saved.name === 'Bob',
  'contacts.update': contacts => contacts.some(({ id, imgUrl }) => id === contact.jid() && imgUrl === 'changed'),
  'lid-mapping.update': ({ pn, lid }) => pn === contact.jid('pn') && lid === contact.jid('lid'),
  'presence.update': ({ id, presences }) => id === contact.jid() && presences[id]?.lastKnownPresence === 'available',
  'messages.upsert': ({ type, messages: [message] }) => type === 'notify' && message?.message?.conversation === 'Hello from Bob',
  'messages.update': ([change]) => change?.key.remoteJid === contact.jid() && change.update.status === proto.WebMessageInfo.Status.READ,
  'messages.delete': deleted => 'keys' in deleted && deleted.keys[0]?.remoteJid === contact.jid(),
  'messages.reaction': ([reaction]) => reaction?.reaction.text === '👍',
  'messages.media-update': ([update]) => update?.key.remoteJid === contact.jid() && update.media !== undefined,
  'message-receipt.update': ([update]) => update?.receipt.userJid === contact.jid('lid') && Number(update.receipt.readTimestamp) > 0,
  'groups.upsert': ([group]) => group?.subject === 'Group of Bob' && group.participants.length === 2,
  'groups.update': ([group]) => group?.subject?.startsWith('Stimulus ') === true,
  'group-participants.update': ({ action, participants: [participant] }) =>
    ['promote', 'demote'].includes(action) && participant?.id === account.jid('lid'),
  'group.join-request': ({ action, method }) => action === 'created' && method === 'invite_link',
  'group.member-tag.update': ({ label, participant }) => label === 'Treasurer' && participant === contact.jid('lid'),
  'blocklist.set': () => false,
  'blocklist.update': ({ blocklist, type }) => blocklist[0] === contact.jid('lid') && type === 'add',
  call: ([call]) => call?.status === 'offer' && call.isVideo === true && call.from === contact.jid(),
  'labels.edit': ({ name }) => name === 'Important',
  'labels.association': ({ type, association }) => type === 'add' && association.chatId === contact.jid(),
  'newsletter.reaction': () => false,
  'newsletter.view': () => false,
  'newsletter-participants.update': ({ user, action }) => user === account.jid() && action === 'promote',
  'newsletter-settings.update': () => false,
  'message-capping.update': ({ total_quota, used_quota }) => total_quota === 1000 && used_quota === 1,
  'settings.update': ({ setting }) => setting === 'timeFormat'
};

/** Events in forms that Baileys does not read; the connector emits them. */
const UNREAD = new Set<keyof BaileysEventMap>(['newsletter.reaction', 'newsletter.view', 'newsletter-settings.update']);
const names = Object.keys(stimuli) as (keyof BaileysEventMap)[];

test('covers each of the 34 events of the installed Baileys', () => {
  expect(names).toHaveLength(34);
});

describe.each(['first', 'second'])('provoked for the %s time', () => {
  test.each(names.filter(event => stimuli[event].possible && !UNREAD.has(event)))('%s reaches a real Baileys socket', async event => {
    linked.forget();
    await control(simulator, 'provoke', { event, phoneNumber: account.phoneNumber, contact: contact.phoneNumber });
    await linked.next(event, evidence[event] as (payload: unknown) => boolean);
  });
});

test.each(names.filter(event => !stimuli[event].possible))('%s is refused with the reason', async event => {
  await expect(control(simulator, 'provoke', { event, phoneNumber: account.phoneNumber })).rejects.toThrow(stimuli[event].does);
});
