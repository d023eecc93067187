import { chatOf, fold, LID, PN, storedMessage, upsert, type Step } from './fold.fixture.js';
import { modelKey } from './model-key.codec.js';

const edit = (label: object, epoch = 1): Step => ['labels.edit', { id: '1', name: 'Hot', color: 2, deleted: false, ...label }, epoch];
const onChat = (type: string, chatId = PN, labelId = '1'): Step => [
  'labels.association',
  { type, association: { type: 'label_jid', chatId, labelId } }
];
const onMessage = (type: string, chatId = PN): Step => [
  'labels.association',
  { type, association: { type: 'label_message', chatId, labelId: '1', messageId: 'A' } }
];
const label = (...steps: Step[]) => fold(steps).get(modelKey('label', '1'));
const MAPPING: Step = ['lid-mapping.update', { lid: LID, pn: PN }];

describe('labels', () => {
  it('are created, changed and deleted', () => {
    expect(label(edit({}))?.data).toMatchObject({ name: 'Hot', color: 2 });
    expect(label(edit({}), edit({ name: 'Warm' }))?.data).toMatchObject({ name: 'Warm' });
    expect(label(edit({}), edit({ deleted: true }))).toBeUndefined();
    expect(label(edit({ deleted: true }))).toBeUndefined();
  });

  it('are not changed by earlier owners', () => {
    expect(label(edit({}, 5), edit({ name: 'Old' }, 4))?.data).toMatchObject({ name: 'Hot' });
    expect(label(edit({}, 5), edit({ deleted: true }, 4))).toBeDefined();
  });

  it('are added to chats and removed, each once and in order', () => {
    expect(chatOf(fold([onChat('add', PN, '2'), onChat('add'), onChat('add')]))?.labels).toEqual(['1', '2']);
    expect(chatOf(fold([onChat('add'), onChat('remove')]))?.labels).toEqual([]);
    expect(chatOf(fold([onChat('remove')]))).toBeUndefined();
  });

  it('are added to the chat of a person by either jid', () => {
    expect(chatOf(fold([MAPPING, onChat('add', LID)]))?.labels).toEqual(['1']);
  });

  it('attach to known messages by either jid of their chat', () => {
    for (const fromMe of [true, false]) {
      const steps = [upsert('hello', { chat: LID, fromMe }), MAPPING, onMessage('add')];
      expect(storedMessage(fold(steps), { chat: LID, fromMe })?.labels).toEqual(['1']);
      expect(storedMessage(fold([...steps, onMessage('remove', LID)]), { chat: LID, fromMe })?.labels).toEqual([]);
    }
    expect(fold([onMessage('add')]).size).toBe(0);
  });
});
