import { fold, GROUP, LID, PN, storedMessage, upsert, chatOf } from '../projection/fold.fixture.js';
import { modelKey } from '../projection/model-key.codec.js';
import { chatView, contactView, groupView, labelView, messageView } from './model-view.policy.js';

const records = fold([
  ['chats.update', [{ id: PN, displayName: 'Ann', unreadCount: 2, conversationTimestamp: '9' }]],
  ['contacts.upsert', [{ id: PN, notify: 'annie', verifiedName: 'Ann Ltd' }]],
  ['groups.upsert', [{ id: GROUP, participants: [] }]],
  ['labels.edit', { id: '1', name: 'Hot' }],
  upsert('hello', { chat: GROUP, participant: PN })
]);

it('a chat always has a name, a time and a count', () => {
  expect(chatView(chatOf(records)!, LID)).toEqual({
    jid: PN,
    otherJid: LID,
    name: 'Ann',
    timestamp: 9,
    unreadCount: 2,
    labels: [],
    chat: { displayName: 'Ann', unreadCount: 2, conversationTimestamp: '9' }
  });
  expect(chatView(chatOf(records, GROUP)!, null)).toMatchObject({ name: null, timestamp: 10, unreadCount: 0, otherJid: null });
});

it("a contact has the address book's name first", () => {
  const contact = records.get(modelKey('contact', PN))!;
  expect(contactView(contact, null).name).toBe('Ann Ltd');
  expect(contactView({ ...contact, data: { ...contact.data, name: 'Ann' } }, null).name).toBe('Ann');
  expect(contactView({ ...contact, data: { notify: 'annie' } }, null).name).toBe('annie');
});

it('groups and labels have a name, or null', () => {
  expect(groupView(records.get(modelKey('group', GROUP))!)).toEqual({ jid: GROUP, subject: null, group: { id: GROUP, participants: [] } });
  expect(labelView(records.get(modelKey('label', '1'))!)).toMatchObject({ id: '1', name: 'Hot' });
});

it('a message too large to keep is null with its facts', () => {
  const record = storedMessage(records, { chat: GROUP })!;
  const view = messageView({ ...record, message: { ...record.message!, omitted: true } });
  expect(view).toMatchObject({
    id: 'A',
    chat: GROUP,
    participant: PN,
    timestamp: 10,
    text: 'hello',
    message: null,
    reactions: [],
    receipts: []
  });
  expect(messageView(record).message).toMatchObject({ message: { conversation: 'hello' } });
});
