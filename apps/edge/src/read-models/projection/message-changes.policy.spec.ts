import { MAX_MESSAGE_CHARS } from './message-changes.policy.js';
import { AT, fold, GROUP, keyOf, LID, OTHER, PN, storedMessage, upsert, type MessageParts, type Step } from './fold.fixture.js';

const MAPPING: Step = ['lid-mapping.update', { lid: LID, pn: PN }];
const update = (change: object, key = keyOf()): Step => ['messages.update', [{ key, update: change }]];
const edit = (text: string, key = keyOf()): Step => update({ message: { editedMessage: { message: { conversation: text } } } }, key);
const revoke = (key = keyOf()): Step => update({ message: null, messageStubType: 1, key }, key);
const react = (text: string | null, sender: object, at?: number): Step => [
  'messages.reaction',
  [{ key: keyOf(), reaction: { text, key: sender, ...(at === undefined ? {} : { senderTimestampMs: at }) } }]
];
const receipt = (userJid: string, times: object): Step => ['message-receipt.update', [{ key: keyOf(), receipt: { userJid, ...times } }]];
const after = (steps: Step[], parts: MessageParts = {}) => storedMessage(fold(steps), parts);

describe('the status of a message', () => {
  it.each<[number[], number]>([
    [[2, 3], 3],
    [[4, 3], 4],
    [[3, 0], 0],
    [[0, 2], 2]
  ])('after %j is %d', (statuses, status) => {
    expect(after([upsert('one'), ...statuses.map(one => update({ status: one }))])?.data['status']).toBe(status);
  });

  it('and stars leave its text', () => {
    expect(after([upsert('one'), update({ status: 3, starred: true })])).toMatchObject({
      data: { starred: true, status: 3, message: { conversation: 'one' } },
      message: { text: 'one', editedAt: null }
    });
  });
});

describe('an edit', () => {
  it('replaces the text and records the time', () => {
    expect(after([upsert('one'), edit('two'), edit('three')])).toMatchObject({
      data: { message: { conversation: 'three' } },
      message: { text: 'three', editedAt: AT }
    });
  });

  it('of a caption leaves the file unchanged', () => {
    const picture: Step = [
      'messages.upsert',
      {
        messages: [{ key: keyOf(), messageTimestamp: 1, message: { imageMessage: { url: 'u', mediaKey: 'k', caption: 'old' } } }],
        type: 'notify'
      }
    ];
    const caption = update({ message: { editedMessage: { message: { imageMessage: { caption: 'new' } } } } });
    expect(after([picture, caption])).toMatchObject({
      data: { message: { imageMessage: { url: 'u', mediaKey: 'k', caption: 'new' } } },
      message: { text: 'new', editedAt: AT }
    });
  });

  it('of an unknown message has no effect', () => {
    expect(fold([edit('two')]).size).toBe(0);
  });

  it('reaches a message by the other jid of its chat', () => {
    expect(after([upsert('one', { chat: LID }), MAPPING, edit('two')], { chat: LID })?.message?.text).toBe('two');
  });

  it('drops the content of a message that becomes too long', () => {
    const record = after([upsert('one'), edit('x'.repeat(MAX_MESSAGE_CHARS)), update({ starred: true })]);
    expect(record?.message?.omitted).toBe(true);
    expect(record?.data).toEqual({ key: keyOf() });
  });

  it("of another member's message is refused, under either jid", () => {
    const ann = { chat: GROUP, participant: PN };
    expect(after([upsert('one', ann), edit('forged', keyOf({ ...ann, participant: OTHER }))], ann)?.message?.text).toBe('one');
    expect(after([MAPPING, upsert('one', ann), edit('two', keyOf({ ...ann, participant: LID }))], ann)?.message?.text).toBe('two');
    const alt = { ...keyOf({ ...ann, participant: LID }), participantAlt: PN };
    expect(after([upsert('one', ann), edit('two', alt)], ann)?.message?.text).toBe('two');
  });

  it('by the contact does not affect a message of the account', () => {
    expect(after([upsert('mine', { fromMe: true }), edit('forged')], { fromMe: true })?.message?.text).toBe('mine');
  });
});

describe('a revocation', () => {
  it('removes the text permanently', () => {
    const record = after([upsert('one'), revoke(), edit('two'), update({ status: 4 }), upsert('one')]);
    expect(record).toMatchObject({ data: { message: null, status: 4 }, message: { text: null, revokedAt: AT } });
  });

  it('is also recognized if only the content is gone', () => {
    expect(after([upsert('one'), update({ message: null })])?.message).toMatchObject({ text: null, revokedAt: AT });
  });

  const ann = { chat: GROUP, participant: PN };
  const mine = { chat: GROUP, fromMe: true };
  const members = (...admins: string[]): Step => [
    'groups.upsert',
    [{ id: GROUP, participants: [PN, OTHER].map(id => ({ id, admin: admins.includes(id) ? 'admin' : null })) }]
  ];
  it.each<[string, Step[], MessageParts, boolean]>([
    ['its author', [members(), upsert('one', ann), revoke(keyOf(ann))], ann, true],
    ['a member', [members(), upsert('one', ann), revoke(keyOf({ ...ann, participant: OTHER }))], ann, false],
    ['an admin', [members(OTHER), upsert('one', ann), revoke(keyOf({ ...ann, participant: OTHER }))], ann, true],
    ['a member, of a message of the account', [members(), upsert('one', mine), revoke(keyOf(ann))], mine, false],
    ['an admin, of a message of the account', [members(PN), upsert('one', mine), revoke(keyOf(ann))], mine, true],
    ['the account as an admin', [members(), upsert('one', ann), revoke(keyOf(mine))], ann, true],
    ['any sender while the group is unknown', [upsert('one', ann), revoke(keyOf({ ...ann, participant: OTHER }))], ann, true],
    ['the contact, of a message of the account', [upsert('one', { fromMe: true }), revoke()], { fromMe: true }, false],
    ['the account, of a message of its contact', [upsert('one'), revoke(keyOf({ fromMe: true }))], {}, false]
  ])('in a chat by %s', (_title, steps, parts, isRevoked) => {
    expect(after(steps, parts)?.message?.revokedAt).toBe(isRevoked ? AT : null);
  });
});

describe('reactions', () => {
  const me = keyOf({ fromMe: true });
  it.each<[string, Step[], object]>([
    [
      'are one per sender',
      [react('+', me, 1), react('!', me, 2), react('?', keyOf())],
      { me: { text: '!', at: 2 }, [PN]: { text: '?', at: null } }
    ],
    ['are removed by an empty text', [react('+', me, 1), react('', me, 2)], {}],
    ['are not changed by older ones', [react('+', me, 5), react('!', me, 4), react(null, me, 3)], { me: { text: '+', at: 5 } }],
    [
      'are one per person, by either jid',
      [MAPPING, react('+', keyOf({ participant: LID })), react('!', keyOf())],
      { [PN]: { text: '!', at: null } }
    ],
    ['need a sender', [react('+', {})], {}],
    [
      'are stored under an invalid sender as sent',
      [react('+', keyOf({ participant: '__proto__' }))],
      { ['__proto__']: { text: '+', at: null } }
    ]
  ])('%s', (_title, steps, reactions) => {
    expect(Object.entries(after([upsert('one'), ...steps])!.message!.reactions)).toEqual(Object.entries(reactions));
  });

  it('to an unknown message have no effect', () => {
    expect(fold([react('+', me)]).size).toBe(0);
  });
});

describe('receipts', () => {
  it('are one per person with all times, under either jid', () => {
    const steps = [
      upsert('one'),
      MAPPING,
      receipt(PN, { receiptTimestamp: 11 }),
      receipt(LID, { readTimestamp: 12 }),
      receipt(OTHER, { readTimestamp: 13 })
    ];
    expect(after(steps)?.message?.receipts).toMatchObject({
      [PN]: { receiptTimestamp: 11, readTimestamp: 12 },
      [OTHER]: { readTimestamp: 13 }
    });
  });

  it('without a sender or for unknown messages have no effect', () => {
    expect(
      after([upsert('one'), ['message-receipt.update', [{ key: keyOf(), receipt: {} }, { key: keyOf() }]]])?.message?.receipts
    ).toEqual({});
    expect(fold([receipt(PN, { readTimestamp: 12 })]).size).toBe(0);
  });
});

describe('votes and answers', () => {
  it('accumulate, each once', () => {
    const vote = (id: string): object => ({ pollUpdateMessageKey: { id }, vote: {} });
    const steps = [upsert('poll'), update({ pollUpdates: [vote('1')] }), update({ pollUpdates: [vote('1'), vote('2')] })];
    expect(after(steps)?.data['pollUpdates']).toEqual([vote('1'), vote('2')]);
    expect(after([upsert('event'), update({ eventResponses: [{ id: 1 }] })])?.data['eventResponses']).toEqual([{ id: 1 }]);
  });
});
