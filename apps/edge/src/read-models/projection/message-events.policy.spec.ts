import { MAX_MESSAGE_CHARS } from './message-changes.policy.js';
import { AT, chatOf, fold, GROUP, keyOf, LID, messageOf, OTHER, PN, storedMessage, upsert, type Step } from './fold.fixture.js';

const MAPPING: Step = ['lid-mapping.update', { lid: LID, pn: PN }];
const history = (...messages: object[]): Step => ['messaging-history.set', { messages }];
const remove = (key = keyOf()): Step => ['messages.delete', { keys: [key] }];

describe('messages', () => {
  it("are kept with their text and Baileys' fields", () => {
    const records = fold([upsert('hello', { chat: GROUP, participant: '15550000001:7@s.whatsapp.net' }, { pushName: 'Ann' })]);
    expect(storedMessage(records, { chat: GROUP })).toMatchObject({
      id: 'A',
      timestamp: 10,
      data: { pushName: 'Ann', message: { conversation: 'hello' } },
      message: { chat: GROUP, fromMe: false, participant: PN, text: 'hello', revokedAt: null, editedAt: null, omitted: false }
    });
    expect(chatOf(records, GROUP)).toMatchObject({ timestamp: 10 });
  });

  it('to a broadcast list belong to the chat of their author', () => {
    const list = { chat: '1700000001@broadcast', participant: LID };
    const records = fold([MAPPING, upsert('hello', list), ['messages.update', [{ key: keyOf(list), update: { starred: true } }]]]);
    expect(storedMessage(records, { chat: LID })).toMatchObject({ data: { starred: true }, message: { chat: LID, text: 'hello' } });
    expect(chatOf(records)).toMatchObject({ timestamp: 10 });
    expect(chatOf(records, '1700000001@broadcast')).toBeUndefined();
  });

  it('with one id from the account and its contact are two', () => {
    const records = fold([upsert('mine', { fromMe: true }), upsert('theirs')]);
    expect(storedMessage(records, { fromMe: true })?.message?.text).toBe('mine');
    expect(storedMessage(records)?.message?.text).toBe('theirs');
  });

  it('without a time take that of their event, if any', () => {
    expect(storedMessage(fold([upsert('hello', {}, { messageTimestamp: undefined })]))?.timestamp).toBe(Date.parse(AT) / 1000);
    expect(storedMessage(fold([upsert('hello', {}, { messageTimestamp: '12' })]))?.timestamp).toBe(12);
  });

  it('that were undecrypted get their text once', () => {
    expect(storedMessage(fold([upsert(null)]))?.message?.text).toBeNull();
    expect(storedMessage(fold([upsert(null), upsert('one')]))?.message?.text).toBe('one');
    expect(storedMessage(fold([upsert('one'), upsert('two')]))?.message?.text).toBe('one');
  });

  it('of another sender with the same id replace nothing', () => {
    const [ann, bob] = [
      { chat: GROUP, participant: PN },
      { chat: GROUP, participant: OTHER }
    ];
    expect(storedMessage(fold([upsert(null, ann), upsert('forged', bob)]), ann)?.message).toMatchObject({ text: null, participant: PN });
    expect(storedMessage(fold([upsert(null, ann), MAPPING, upsert('one', { ...ann, participant: LID })]), ann)?.message?.text).toBe('one');
  });

  it('stay one if they arrive under the other jid', () => {
    const records = fold([upsert(null, { chat: LID }), MAPPING, upsert('one', { chat: PN })]);
    expect([...records.keys()].filter(key => key.startsWith('message.'))).toHaveLength(1);
    expect(storedMessage(records, { chat: LID })?.message).toMatchObject({ text: 'one', chat: PN });
  });

  it('that change others or contain keys are not stored', () => {
    for (const content of [{ protocolMessage: { type: 0 } }, { reactionMessage: { text: '+' } }, { messageContextInfo: {} }, {}]) {
      expect(fold([upsert(content)]).size).toBe(0);
    }
    const records = fold([upsert(null), upsert({ pollUpdateMessage: {} })]);
    expect(storedMessage(records)).toBeUndefined();
  });

  it('of the history do not replace known ones', () => {
    const records = fold([upsert('news', {}, { messageTimestamp: 20 }), history(messageOf('old'), messageOf('older', { id: 'B' }))]);
    expect(storedMessage(records)?.message?.text).toBe('news');
    expect(storedMessage(records, { id: 'B' })?.message?.text).toBe('older');
    expect(chatOf(records)?.timestamp).toBe(20);
  });

  it('of the history include reactions, receipts and revocation', () => {
    const past = {
      reactions: [
        { key: keyOf({ fromMe: true }), text: '+', senderTimestampMs: '5' },
        { key: keyOf({ participant: LID }), text: '!' },
        { key: keyOf(), text: '' }
      ],
      userReceipt: [{ userJid: LID, readTimestamp: 11 }]
    };
    const records = fold([MAPPING, history(messageOf('old', {}, past), messageOf(null, { id: 'B' }, { messageStubType: 1 }))]);
    expect(storedMessage(records)?.message).toMatchObject({
      reactions: { me: { text: '+', at: 5 }, [PN]: { text: '!', at: null } },
      receipts: { [PN]: { readTimestamp: 11 } },
      revokedAt: null
    });
    expect(storedMessage(records, { id: 'B' })?.message?.revokedAt).toBe(AT);
  });

  it('are deleted for me by either jid, whoever the author is', () => {
    expect(storedMessage(fold([upsert('one'), remove()]))).toBeUndefined();
    expect(storedMessage(fold([upsert('one', { chat: LID }), MAPPING, remove()]), { chat: LID })).toBeUndefined();
    expect(storedMessage(fold([upsert('one', { fromMe: true }), remove(keyOf({ fromMe: true }))]), { fromMe: true })).toBeUndefined();
    expect(storedMessage(fold([upsert('one'), remove(keyOf({ id: 'B' })), remove({}), ['messages.delete', { keys: 'A' }]]))).toBeDefined();
  });

  it('of great length are kept without their content', () => {
    const records = fold([upsert('x'.repeat(MAX_MESSAGE_CHARS))]);
    expect(storedMessage(records)).toMatchObject({
      data: { key: keyOf() },
      message: { omitted: true, text: expect.stringMatching(/^x+$/) as string }
    });
  });
});
