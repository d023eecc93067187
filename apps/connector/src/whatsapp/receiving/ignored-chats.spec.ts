import type { IgnorableChats } from '@wabus/contracts';
import type { SocketEvent } from '../whatsapp-engine.js';
import { IgnoredChats } from './ignored-chats.js';

const PERSON = '15550000001@s.whatsapp.net';
const GROUP = '120363000000000001@g.us';
const keyed = (remoteJid: string): object => ({ key: { remoteJid, id: 'A' } });
const all: readonly IgnorableChats[] = ['status', 'groups', 'channels', 'broadcasts'];

it.each<[string, IgnorableChats | null]>([
  ['status@broadcast', 'status'],
  ['1700000001@broadcast', 'broadcasts'],
  [GROUP, 'groups'],
  ['120363000000000001@newsletter', 'channels'],
  [PERSON, null],
  ['900000000000001@lid', null]
])('%s is ignored only by %s', (jid, kind) => {
  for (const one of all) expect(new IgnoredChats(() => [one]).includes(jid)).toBe(one === kind);
});

it.each<[string, unknown, unknown]>([
  ['messages.upsert', { messages: [keyed(GROUP), keyed(PERSON)], type: 'notify' }, { messages: [keyed(PERSON)], type: 'notify' }],
  ['messages.upsert', { messages: [keyed(GROUP)], type: 'notify' }, null],
  ['messages.update', [keyed(GROUP), keyed(PERSON)], [keyed(PERSON)]],
  ['message-receipt.update', [keyed(GROUP)], null],
  ['messages.delete', { keys: [{ remoteJid: GROUP, id: 'A' }] }, null],
  ['messages.delete', { jid: GROUP, all: true }, null],
  ['messages.delete', { jid: PERSON, all: true }, { jid: PERSON, all: true }],
  ['chats.update', [{ id: GROUP }, { id: PERSON }], [{ id: PERSON }]],
  ['chats.delete', [GROUP], null],
  ['groups.update', [{ id: GROUP, subject: 'x' }], null],
  ['group-participants.update', { id: GROUP, participants: [] }, null],
  ['group.member-tag.update', { groupId: GROUP }, null],
  ['presence.update', { id: GROUP, presences: {} }, null],
  ['labels.association', { association: { chatId: GROUP }, type: 'add' }, null],
  ['newsletter.reaction', { id: '1@newsletter' }, null],
  ['lid-mapping.update', { lid: 'a@lid', pn: PERSON }, { lid: 'a@lid', pn: PERSON }],
  ['connection.update', { connection: 'open' }, { connection: 'open' }],
  ['contacts.upsert', [], []]
])('reduces %s with %j to %j', (name, payload, rest) => {
  const kept = new IgnoredChats(() => all).rest([name, payload] as unknown as SocketEvent);
  expect(kept).toEqual(rest === null ? null : [name, rest]);
  const event = [name, payload] as unknown as SocketEvent;
  expect(new IgnoredChats(() => []).rest(event)).toBe(event);
});

it('chats and messages in the history are removed too', () => {
  const set = { chats: [{ id: GROUP }, { id: PERSON }], messages: [keyed(GROUP), keyed(PERSON)], contacts: [{ id: PERSON }] };
  expect(new IgnoredChats(() => ['groups']).restOfHistory(set)).toEqual({
    chats: [{ id: PERSON }],
    messages: [keyed(PERSON)],
    contacts: [{ id: PERSON }]
  });
});
