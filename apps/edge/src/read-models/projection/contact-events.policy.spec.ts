import { LID, OTHER, PN, chatOf, fold, storedMessage, upsert, type Records, type Step } from './fold.fixture.js';
import { modelKey } from './model-key.codec.js';

const contact = (steps: Step[], jid = PN) => fold(steps).get(modelKey('contact', jid));

describe('contacts', () => {
  it('take the named fields and keep the others', () => {
    const record = contact([
      ['contacts.update', [{ id: PN, notify: 'annie' }]],
      ['contacts.upsert', [{ id: PN, name: 'Ann' }]],
      ['contacts.update', [{ id: PN, imgUrl: 'changed', name: 'Anna' }]]
    ]);
    expect(record).toMatchObject({ id: PN, data: { notify: 'annie', name: 'Anna', imgUrl: 'changed' }, since: 1, order: 3 });
  });

  it('use history and earlier owners only to fill gaps', () => {
    const record = contact([
      ['contacts.upsert', [{ id: PN, name: 'Ann' }], 5],
      ['contacts.upsert', [{ id: PN, name: 'Old', notify: 'annie' }], 4],
      ['messaging-history.set', { contacts: [{ id: PN, name: 'Older', status: 'busy' }] }, 5]
    ]);
    expect(record?.data).toEqual({ name: 'Ann', notify: 'annie', status: 'busy' });
  });

  it('show which LID and number belong together', () => {
    for (const named of [
      { id: PN, lid: LID },
      { id: LID, phoneNumber: PN }
    ]) {
      const records = fold([
        ['contacts.upsert', [{ id: LID, notify: 'annie' }]],
        ['contacts.upsert', [{ ...named, name: 'Ann' }]]
      ]);
      expect(records.get(modelKey('contact', PN))?.data).toMatchObject({ notify: 'annie', name: 'Ann' });
      expect(records.has(modelKey('contact', LID))).toBe(false);
    }
  });

  it('are not created from events without a person', () => {
    expect(fold([['contacts.upsert', [{ name: 'Ann' }, null, 'Ann', { id: 7 }]]]).size).toBe(0);
  });
});

const map = (lid: string, pn: string, epoch = 1): Step => ['lid-mapping.update', { lid, pn }, epoch];
const chat = (id: string, rest: object): Step => ['chats.update', [{ id, ...rest }]];
const other = (records: Records, jid: string) => records.get(modelKey('alias', jid))?.data['jid'];
const LID2 = '900000000000002@lid';

describe('LID and phone number', () => {
  it('lead to one another, without the number of a device', () => {
    const records = fold([map('900000000000001:3@lid', '15550000001:3@s.whatsapp.net')]);
    expect([other(records, LID), other(records, PN)]).toEqual([PN, LID]);
  });

  it.each<[string, Step]>([
    ['history', ['messaging-history.set', { lidPnMappings: [{ lid: LID, pn: PN }] }]],
    ['a message', upsert('hello', { chat: LID }, { key: { remoteJid: LID, remoteJidAlt: PN, id: 'A' } })],
    ['the sender in a group', upsert('hi', {}, { key: { remoteJid: '1@g.us', participant: LID, participantAlt: PN, id: 'A' } })],
    ['a chat', ['chats.upsert', [{ id: LID, pnJid: PN }]]],
    ['a chat with a number', ['chats.upsert', [{ id: PN, lidJid: LID }]]]
  ])('are read from %s', (_title, step) => {
    expect(other(fold([step]), LID)).toBe(PN);
  });

  it.each([
    ['two numbers', PN, OTHER],
    ['two LIDs', LID, LID2],
    ['a group', LID, '1@g.us'],
    ['nothing', '', PN]
  ])('are not linked by %s', (_title, lid, pn) => {
    expect(fold([map(lid, pn)]).size).toBe(0);
  });

  it('become one chat and contact with the newer fields', () => {
    const records = fold([
      chat(PN, { unreadCount: 2, archived: true, name: 'old' }),
      ['contacts.upsert', [{ id: LID, notify: 'annie' }]],
      ['labels.association', { type: 'add', association: { type: 'label_jid', chatId: PN, labelId: '2' } }],
      chat(LID, { unreadCount: 1, name: 'Ann', conversationTimestamp: 9 }),
      ['labels.association', { type: 'add', association: { type: 'label_jid', chatId: LID, labelId: '1' } }],
      map(LID, PN)
    ]);
    expect(chatOf(records)).toMatchObject({ id: PN, data: { unreadCount: 3, archived: true, name: 'Ann' }, timestamp: 9, since: 1 });
    expect([...chatOf(records)!.labels!].sort()).toEqual(['1', '2']);
    expect(chatOf(records, LID)).toBeUndefined();
    expect(records.get(modelKey('contact', PN))).toMatchObject({ id: PN, data: { notify: 'annie' } });
    expect(records.has(modelKey('contact', LID))).toBe(false);
  });

  it('leave a chat deleted only if both were deleted', () => {
    const deleted: Step = ['chats.delete', [LID]];
    expect(chatOf(fold([chat(PN, {}), chat(LID, {}), deleted, map(LID, PN)]))).toMatchObject({ deleted: false, clearedUpTo: 3 });
    expect(chatOf(fold([chat(LID, {}), deleted, map(LID, PN)]))).toMatchObject({ deleted: true });
  });

  it('keep messages in place and find them by the other jid', () => {
    const records = fold([
      upsert('hello', { chat: LID }),
      map(LID, PN),
      ['messages.update', [{ key: { remoteJid: PN, id: 'A', fromMe: false }, update: { starred: true } }]]
    ]);
    expect(storedMessage(records, { chat: LID })?.data).toMatchObject({ starred: true });
  });

  it('are separated when the number gets another owner', () => {
    const records = fold([map(LID, PN), map(LID2, PN)]);
    expect([other(records, LID), other(records, LID2), other(records, PN)]).toEqual([undefined, PN, LID2]);
    const moved = fold([map(LID, PN), map(LID, OTHER)]);
    expect([other(moved, LID), other(moved, OTHER), other(moved, PN)]).toEqual([OTHER, LID, undefined]);
  });

  it('are not separated by an earlier owner', () => {
    expect(other(fold([map(LID, PN, 5), map(LID, OTHER, 4)]), LID)).toBe(PN);
  });
});
