import type { BinaryNode } from '@whiskeysockets/baileys';
import { isRetryReceipt, readRetryReceipt } from './retry-receipt.reader.js';

const receipt = (attrs: BinaryNode['attrs'], content: BinaryNode[] = []): BinaryNode => ({
  tag: 'receipt',
  attrs: { id: 'M', type: 'retry', ...attrs },
  content: [{ tag: 'retry', attrs: { count: '2' } }, ...content]
});
const isMe = (jid: string): boolean => jid.startsWith('1:') || jid.startsWith('1@');
const read = (attrs: BinaryNode['attrs']) => readRetryReceipt(receipt(attrs), isMe).map(({ chat, asker, own }) => ({ chat, asker, own }));

test.each([
  ['a contact’s phone', { from: '2@lid' }, { chat: '2@lid', asker: '2@lid', own: false }],
  ['a contact’s other device', { from: '2:7@lid' }, { chat: '2@lid', asker: '2:7@lid', own: false }],
  ['a member of a group', { from: 'g@g.us', participant: '2:7@lid' }, { chat: 'g@g.us', asker: '2:7@lid', own: false }],
  [
    'a viewer of a status post',
    { from: 'status@broadcast', participant: '2@lid' },
    { chat: 'status@broadcast', asker: '2@lid', own: false }
  ],
  ['an own device', { from: '1:3@lid', recipient: '2@lid' }, { chat: '2@lid', asker: '1:3@lid', own: true }],
  ['an own device, for a note to self', { from: '1:3@lid' }, { chat: '1@lid', asker: '1:3@lid', own: true }],
  ['an own device in a group', { from: 'g@g.us', participant: '1:3@lid' }, { chat: 'g@g.us', asker: '1:3@lid', own: true }]
])('is read from %s', (_who, attrs, expected) => {
  expect(read(attrs)).toEqual([expected]);
});

test('requests for messages from other accounts are ignored', () => {
  expect(read({ from: '2@lid', recipient: '3@lid' })).toEqual([]);
});

test('one receipt may request several messages', () => {
  const list = { tag: 'list', attrs: {}, content: [{ tag: 'item', attrs: { id: 'N' } }] };
  const requests = readRetryReceipt(receipt({ from: '2@lid' }, [list]), isMe);
  expect(requests.map(({ id, count }) => [id, count])).toEqual([
    ['M', 2],
    ['N', 2]
  ]);
});

test('only the type retry is a request', () => {
  expect(['retry', 'read', 'enc_rekey_retry'].map(type => isRetryReceipt(receipt({ type })))).toEqual([true, false, false]);
  expect(readRetryReceipt({ tag: 'receipt', attrs: { type: 'retry' } }, isMe)).toEqual([]);
});
