import { chatOf, fold, LID, messageOf, PN, storedMessage, upsert, type Step } from './fold.fixture.js';

const update = (chat: object, epoch = 1): Step => ['chats.update', [{ id: PN, ...chat }], epoch];
const whole = (chat: object, epoch = 1): Step => ['chats.upsert', [{ id: PN, ...chat }], epoch];
const history = (chat: object, epoch = 1): Step => ['messaging-history.set', { chats: [{ id: PN, ...chat }] }, epoch];

describe('chats', () => {
  it.each<[string, Step[], number | undefined]>([
    ['are added to the previous count', [update({ unreadCount: 1 }), update({ unreadCount: 2 })], 3],
    ['are reset by 0', [update({ unreadCount: 3 }), update({ unreadCount: 0 })], 0],
    ['become a mark if set to -1', [update({ unreadCount: 3 }), update({ unreadCount: -1 })], -1],
    ['are counted from 0 after a mark', [update({ unreadCount: -1 }), update({ unreadCount: 2 })], 2],
    ['lose the mark if set to null', [update({ unreadCount: -1 }), update({ unreadCount: null })], 0],
    ['stay if the event does not mention them', [update({ unreadCount: 2 }), update({ archived: true })], 2],
    ['are set by a whole chat', [update({ unreadCount: 2 }), whole({ unreadCount: 7 })], 7],
    ['are unknown before the first count', [update({ archived: true })], undefined]
  ])('unread messages %s', (_title, steps, unread) => {
    expect(chatOf(fold(steps))?.data['unreadCount']).toBe(unread);
  });

  it('take new fields, keep others, and need not be known', () => {
    const records = fold([update({ archived: true, pinned: 1 }), update({ archived: false }), whole({ name: 'Ann' })]);
    expect(chatOf(records)).toMatchObject({ id: PN, data: { archived: false, pinned: 1, name: 'Ann' }, since: 1, order: 3 });
  });

  it('do not contain their messages', () => {
    expect(chatOf(fold([whole({ name: 'Ann', messages: [{}] })]))?.data).toEqual({ name: 'Ann' });
  });

  it('use history and earlier owners only to fill gaps', () => {
    const records = fold([
      update({ archived: false, unreadCount: 1 }, 5),
      update({ archived: true, pinned: 1, unreadCount: 4 }, 4),
      history({ archived: true, name: 'Ann' }, 5)
    ]);
    expect(chatOf(records)).toMatchObject({ data: { archived: false, unreadCount: 1, pinned: 1, name: 'Ann' }, epoch: 5 });
  });

  it('are as new as their newest message', () => {
    expect(chatOf(fold([update({ conversationTimestamp: 20 }), history({ conversationTimestamp: '15' })]))?.timestamp).toBe(20);
    expect(chatOf(fold([update({ conversationTimestamp: 5 }), upsert('hello')]))?.timestamp).toBe(10);
    expect(chatOf(fold([upsert('hello')]))).toMatchObject({ timestamp: 10, data: {} });
  });

  it('are locked and unlocked', () => {
    const lock = (locked: boolean): Step => ['chats.lock', { id: PN, locked }];
    expect(chatOf(fold([update({ pinned: 1 }), lock(true)]))?.data).toEqual({ pinned: 1, locked: true });
    expect(chatOf(fold([lock(true), lock(false)]))?.data).toEqual({ locked: false });
  });

  it('are deleted with their content until new data arrives', () => {
    const records = fold([upsert('old'), update({ unreadCount: 3, archived: true }), ['chats.delete', [PN]]]);
    expect(chatOf(records)).toMatchObject({ deleted: true, data: {}, timestamp: 0, clearedUpTo: 3 });
    expect(storedMessage(records)!.since).toBeLessThanOrEqual(3);
    fold([upsert('new', { id: 'B' })], records, 4);
    expect(chatOf(records)).toMatchObject({ deleted: false, clearedUpTo: 3, timestamp: 10 });
    expect(storedMessage(records, { id: 'B' })!.since).toBe(4);
  });

  it('reappear with a list of chats, not old messages or owners', () => {
    const deleted: Step[] = [update({ pinned: 1 }, 5), ['chats.delete', [PN], 5]];
    const old: Step = ['messaging-history.set', { messages: [messageOf('old')] }, 5];
    expect(chatOf(fold([...deleted, old, update({ archived: true }, 4)]))?.deleted).toBe(true);
    expect(chatOf(fold([...deleted, history({ name: 'Ann' }, 5)]))?.deleted).toBe(false);
  });

  it('are not deleted by an earlier owner', () => {
    expect(chatOf(fold([update({ pinned: 1 }, 5), ['chats.delete', [PN], 4]]))).not.toHaveProperty('deleted');
  });

  it('remain when they are cleared', () => {
    const records = fold([upsert('old'), update({ pinned: 1 }), ['messages.delete', { jid: PN, all: true }]]);
    expect(chatOf(records)).toMatchObject({ clearedUpTo: 3, data: { pinned: 1 } });
    expect(chatOf(records)).not.toHaveProperty('deleted');
  });

  it('of a person are one, under either jid', () => {
    const records = fold([
      ['lid-mapping.update', { lid: LID, pn: PN }],
      ['chats.update', [{ id: LID, unreadCount: 1 }]],
      ['chats.delete', [LID]],
      ['chats.lock', { id: LID, locked: true }]
    ]);
    expect([...records.keys()].filter(key => key.startsWith('chat.'))).toHaveLength(1);
    expect(chatOf(records)?.data).toEqual({ locked: true });
  });
});
