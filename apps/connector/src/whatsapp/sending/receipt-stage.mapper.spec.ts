import type { BaileysEventMap } from '@whiskeysockets/baileys';
import { receiptSteps } from './receipt-stage.mapper.js';

const isMe = (jid: string): boolean => jid === 'me@lid';
const steps = (events: unknown) => receiptSteps(events as Partial<BaileysEventMap>, isMe);
const key = (more: object = {}) => ({ remoteJid: '1@s.whatsapp.net', id: 'M1', fromMe: true, ...more });
const update = (status: number, more: object = {}) => ({
  'messages.update': [{ key: key(more), update: { status, messageTimestamp: 1_700 } }]
});
const receipt = (fields: object, more: object = {}) => ({
  'message-receipt.update': [{ key: key(more), receipt: { userJid: '2@lid', ...fields } }]
});

describe('receipts in the events of a socket', () => {
  test.each([
    [0, []],
    [1, []],
    [2, []],
    [3, ['delivered']],
    [4, ['read']],
    [5, ['played']],
    [9, []]
  ])('status %i of a message is %j', (status, stages) => {
    expect(steps(update(status)).map(({ stage }) => stage)).toEqual(stages);
  });

  test('have their time in milliseconds, or none', () => {
    expect(steps(update(3))).toEqual([{ id: 'M1', stage: 'delivered', at: 1_700_000 }]);
    expect(steps({ 'messages.update': [{ key: key(), update: { status: 4, messageTimestamp: 0 } }] })).toEqual([
      { id: 'M1', stage: 'read', at: null }
    ]);
  });

  test('of members have a participant, and delivery comes first', () => {
    expect(steps(receipt({ receiptTimestamp: 1, readTimestamp: 2 }))).toEqual([
      { id: 'M1', participant: '2@lid', stage: 'delivered', at: 1_000 },
      { id: 'M1', participant: '2@lid', stage: 'read', at: 2_000 }
    ]);
  });

  test.each<[string, unknown]>([
    ['a message of another sender that was read here', update(4, { fromMe: false })],
    ['a message without an id', update(4, { id: '' })],
    ['an edit, which has no status', { 'messages.update': [{ key: key(), update: { message: {} } }] }],
    ['another own device that confirms a group message', receipt({ userJid: 'me@lid', readTimestamp: 5 })],
    ['a receipt without a sender', receipt({ userJid: '', readTimestamp: 5 })],
    ['a receipt for a message of another sender', receipt({ readTimestamp: 5 }, { fromMe: false })],
    ['other events', { 'chats.update': [{ id: '1@s.whatsapp.net' }] }]
  ])('are none for %s', (_what, events) => expect(steps(events)).toEqual([]));

  test('are found in the message itself first', () => {
    const messages = [{ key: key(), status: 3, userReceipt: [{ userJid: '2@lid', readTimestamp: 7 }] }];
    expect(steps({ ...update(5), 'messages.upsert': { messages, type: 'append' } }).map(({ stage }) => stage)).toEqual([
      'delivered',
      'read',
      'played'
    ]);
  });
});
