import type { EventName } from '@wabus/contracts';
import { GROUP, LID, OTHER, PN, fold, keyOf, messageOf, upsert, type Step } from './fold.fixture.js';
import { PROJECTED_EVENTS, project } from './project.policy.js';

/** Every event that affects the models, in an order in which each of them changes something. */
const STORY: readonly Step[] = [
  [
    'messaging-history.set',
    { chats: [{ id: LID, unreadCount: 1 }], contacts: [{ id: LID, notify: 'annie' }], messages: [messageOf('old', { id: 'O', chat: LID })] }
  ],
  ['chats.update', [{ id: PN, unreadCount: 2 }]],
  ['contacts.upsert', [{ id: PN, name: 'Ann' }]],
  upsert('one'),
  ['lid-mapping.update', { lid: LID, pn: PN }],
  ['chats.update', [{ id: LID, unreadCount: 1 }]],
  ['chats.upsert', [{ id: OTHER, name: 'Bob' }]],
  ['chats.lock', { id: OTHER, locked: true }],
  ['contacts.update', [{ id: PN, imgUrl: 'changed' }]],
  ['messages.update', [{ key: keyOf(), update: { message: { editedMessage: { message: { conversation: 'two' } } } } }]],
  ['messages.reaction', [{ key: keyOf(), reaction: { text: '+', key: keyOf({ fromMe: true }) } }]],
  ['message-receipt.update', [{ key: keyOf(), receipt: { userJid: LID, readTimestamp: 12 } }]],
  ['message.poll-vote', { key: keyOf(), voteKey: keyOf({ id: 'V' }), voter: LID, options: ['yes'], at: 3 }],
  ['groups.upsert', [{ id: GROUP, subject: 'Team', participants: [{ id: PN }] }]],
  ['groups.update', [{ id: GROUP, subject: 'Crew' }]],
  ['group-participants.update', { id: GROUP, action: 'add', participants: [{ id: OTHER }] }],
  ['group-participants.update', { id: GROUP, action: 'remove', participants: [{ id: PN }] }],
  ['group.member-tag.update', { groupId: GROUP, participant: OTHER, label: 'chair' }],
  ['labels.edit', { id: '1', name: 'Hot' }],
  ['labels.association', { type: 'add', association: { type: 'label_jid', chatId: PN, labelId: '1' } }],
  ['labels.association', { type: 'remove', association: { type: 'label_jid', chatId: PN, labelId: '1' } }],
  upsert('gone', { id: 'B' }),
  ['messages.delete', { keys: [keyOf({ id: 'B' })] }],
  ['chats.delete', [OTHER]],
  ['chats.update', [{ id: OTHER, unreadCount: 1 }]],
  ['messages.update', [{ key: keyOf(), update: { message: null, messageStubType: 1 } }]],
  ['messages.delete', { jid: PN, all: true }]
];

it('the story contains every event that affects the models', () => {
  expect(new Set(STORY.map(([event]) => event))).toEqual(new Set(PROJECTED_EVENTS));
});

it('an event that arrives twice in a row is projected once', () => {
  const records = fold([]);
  STORY.forEach((step, i) => {
    const once = new Map(fold([step], records, i + 1));
    expect(fold([step], new Map(once), i + 1)).toEqual(once);
  });
});

it.each(STORY.map((_step, i) => i))('projecting again from event %d on changes nothing', first => {
  const records = fold(STORY);
  expect(fold(STORY.slice(first), new Map(records), first + 1)).toEqual(records);
});

it('other events have no effect', () => {
  expect(
    fold([
      ['presence.update', { id: PN, presences: {} }],
      ['call', [{}]]
    ]).size
  ).toBe(0);
});

const JUNK: unknown[] = [
  null,
  true,
  7,
  'text',
  [],
  {},
  [null, 7, 'text', [], {}],
  [{ id: 7 }, { id: {} }, { key: null }, { key: { remoteJid: 7, id: [] } }],
  { id: 7, messages: 'none', keys: 7, participants: {}, association: [], jid: {}, lid: [], pn: 1 },
  {
    messages: [
      null,
      { key: {} },
      { key: { remoteJid: '', id: '' } },
      { key: { remoteJid: PN, id: 'J' }, message: 7, messageTimestamp: 'x' }
    ]
  },
  { chats: 7, contacts: [7], messages: {}, lidPnMappings: 'none' },
  [{ key: keyOf(), update: 7, reaction: 'x', receipt: [] }],
  JSON.parse('[{"__proto__": {"id": "x"}, "id": "__proto__", "constructor": 1}]')
];

it.each(PROJECTED_EVENTS)('%s of any shape is projected and keeps other data', event => {
  const before = fold([upsert('one')]);
  for (const payload of JUNK) {
    const after = fold([[event, payload]], new Map(before), 2);
    expect(after.get([...before.keys()].find(key => key.startsWith('message'))!)?.message?.text).toBe('one');
  }
  expect(({} as Record<string, unknown>)['id']).toBeUndefined();
});

it('missing records are requested, and then no others', () => {
  const event = { event: 'chats.lock' as EventName, payload: { id: PN, locked: true }, order: 1, epoch: 1, at: '' };
  const outcome = project(event, new Map());
  expect(outcome.kind).toBe('missing');
  const keys = outcome.kind === 'missing' ? [...outcome.keys] : [];
  expect(project(event, new Map(keys.map(key => [key, null]))).kind).toBe('changes');
});
