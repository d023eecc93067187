import type { EventName } from '@wabus/contracts';
import { messageKey, modelKey } from './model-key.codec.js';
import type { ModelKey, ModelRecord } from './model.types.js';
import { project } from './project.policy.js';

const PN = '15550000001@s.whatsapp.net';
const LID = '900000000000001@lid';
type Step = readonly [event: EventName, payload: unknown, epoch?: number];

/** Folds events with the orders 1, 2, …. */
function fold(steps: readonly Step[], records = new Map<ModelKey, ModelRecord>()): Map<ModelKey, ModelRecord> {
  steps.forEach(([event, payload, epoch = 1], i) => {
    const snapshot = new Map<ModelKey, ModelRecord | null>(records);
    for (;;) {
      const outcome = project({ event, payload, epoch, order: i + 1, at: '2026-01-01T00:00:00.000Z' }, snapshot);
      if (outcome.kind === 'missing') {
        for (const key of outcome.keys) snapshot.set(key, null);
        continue;
      }
      for (const [key, record] of outcome.changes) {
        if (record === null) records.delete(key);
        else records.set(key, record);
      }
      return;
    }
  });
  return records;
}

const upsert = (id: string, text: string | null, chat = PN): Step => [
  'messages.upsert',
  {
    messages: [
      { key: { remoteJid: chat, id, fromMe: false }, messageTimestamp: 10, ...(text === null ? {} : { message: { conversation: text } }) }
    ]
  }
];
const key = { remoteJid: PN, id: 'A', fromMe: false };
const at = messageKey(PN, false, 'A');
const chatOf = (records: Map<ModelKey, ModelRecord>) => records.get(modelKey('chat', PN));

it('counts unread messages up, and no event twice', () => {
  const steps: Step[] = [
    ['chats.update', [{ id: PN, unreadCount: 1 }]],
    ['chats.update', [{ id: PN, unreadCount: 1, archived: true }]]
  ];
  const records = fold(steps);
  expect(chatOf(records)?.data).toEqual({ unreadCount: 2, archived: true });
  expect(fold(steps, new Map(records))).toEqual(records);
});

it('lets an older epoch and history fill gaps only', () => {
  const records = fold([
    ['chats.update', [{ id: PN, archived: false }], 5],
    ['chats.update', [{ id: PN, archived: true, pinned: 1 }], 4],
    ['messaging-history.set', { chats: [{ id: PN, archived: true, name: 'Ann' }], contacts: [], messages: [] }, 5]
  ]);
  expect(chatOf(records)?.data).toEqual({ archived: false, pinned: 1, name: 'Ann' });
});

it('joins LID and phone number', () => {
  const records = fold([
    ['chats.update', [{ id: LID, unreadCount: 1 }]],
    ['chats.update', [{ id: PN, unreadCount: 1 }]],
    ['lid-mapping.update', { lid: LID, pn: PN }],
    ['chats.update', [{ id: LID, unreadCount: 1 }]]
  ]);
  expect(chatOf(records)?.data).toEqual({ unreadCount: 3 });
  expect(records.has(modelKey('chat', LID))).toBe(false);
});

it('keeps the first text of a message, edits, revokes and deletes it', () => {
  expect(fold([upsert('A', null), upsert('A', 'one'), upsert('A', 'two')]).get(at)?.message?.text).toBe('one');
  const edit: Step = ['messages.update', [{ key, update: { message: { editedMessage: { message: { conversation: 'new' } } } } }]];
  const revoke: Step = ['messages.update', [{ key, update: { message: null, messageStubType: 1 } }]];
  expect(fold([upsert('A', 'one'), edit]).get(at)?.message?.text).toBe('new');
  expect(fold([upsert('A', 'one'), revoke, edit]).get(at)).toMatchObject({ data: { message: null }, message: { text: null } });
  expect(fold([upsert('A', 'one'), ['messages.delete', { keys: [key] }]]).has(at)).toBe(false);
});

it('adds and removes members of a group', () => {
  const id = '1@g.us';
  const change = (action: string, who: string): Step => ['group-participants.update', { id, action, participants: [{ id: who }] }];
  const records = fold([
    ['groups.upsert', [{ id, subject: 'Team', participants: [{ id: PN }] }]],
    change('add', LID),
    change('remove', PN),
    change('promote', LID)
  ]);
  expect(records.get(modelKey('group', id))?.data['participants']).toEqual([{ id: LID, admin: 'admin' }]);
});
