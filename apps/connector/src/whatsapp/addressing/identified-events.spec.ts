import { identified } from './identified-events.mapper.js';

const PN = '1@s.whatsapp.net';
const LID = '9@lid';
const otherOf = (jid: string) => ({ [PN]: LID, [LID]: PN })[jid];
const events = (name: string, payload: unknown) => identified({ [name]: payload }, otherOf) as Record<string, unknown>;
const KEY = { remoteJid: '9:7@lid', id: 'M', fromMe: true };
const IDENTIFIED = { remoteJid: LID, remoteJidAlt: PN, id: 'M', fromMe: true };

test.each([
  ['messages.update', [{ key: KEY, update: { status: 4 } }], [{ key: IDENTIFIED, update: { status: 4 } }]],
  ['message-receipt.update', [{ key: KEY, receipt: {} }], [{ key: IDENTIFIED, receipt: {} }]],
  ['messages.reaction', [{ key: KEY, reaction: {} }], [{ key: IDENTIFIED, reaction: {} }]],
  ['messages.upsert', { type: 'notify', messages: [{ key: KEY }] }, { type: 'notify', messages: [{ key: IDENTIFIED }] }],
  ['messages.delete', { keys: [KEY] }, { keys: [IDENTIFIED] }],
  ['presence.update', { id: '9:7@lid', presences: {} }, { id: LID, presences: {} }],
  ['call', [{ chatId: '9:3@lid', from: '9:3@lid' }], [{ chatId: LID, from: LID }]],
  ['chats.update', [{ id: LID }], [{ id: LID, pnJid: PN }]],
  ['chats.upsert', [{ id: PN }], [{ id: PN, lidJid: LID }]],
  ['contacts.update', [{ id: PN }], [{ id: PN, lid: LID }]],
  ['contacts.upsert', [{ id: LID, phoneNumber: '2@s.whatsapp.net' }], [{ id: LID, phoneNumber: '2@s.whatsapp.net' }]]
])('%s names both jids, and no device', (name, payload, expected) => {
  expect(events(name, structuredClone(payload))[name]).toEqual(expected);
});

test('authors in groups have both jids', () => {
  const key = { remoteJid: 'g@g.us', participant: PN, id: 'M' };
  expect(events('messages.update', [{ key, update: {} }])['messages.update']).toEqual([
    { key: { ...key, participantAlt: LID }, update: {} }
  ]);
});

test('events without a known pair stay unchanged', () => {
  const key = { remoteJid: '5@lid', id: 'M', remoteJidAlt: '' };
  expect(events('messages.update', [{ key, update: {} }])['messages.update']).toEqual([{ key, update: {} }]);
  expect(events('messages.delete', { jid: PN, all: true })['messages.delete']).toEqual({ jid: PN, all: true });
});
