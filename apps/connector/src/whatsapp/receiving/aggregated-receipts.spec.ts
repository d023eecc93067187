import { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { aggregatedReceipts, splitReceipts } from './aggregated-receipts.js';

const KIND = 'CB:receipt';
const element = (tag: string, attrs: Record<string, string> = {}, content?: BinaryNode[]): BinaryNode => ({ tag, attrs, content });
const receipt = (attrs: Record<string, string>, content?: BinaryNode[]) =>
  element('receipt', { id: 'r', from: '1@g.us', ...attrs }, content);
const people = element('participants', { key: 'm' }, [
  element('user', { jid: 'a:7@lid', t: '10' }),
  element('user', { jid: 'b@lid' }),
  element('user', { t: '1' }),
  element('other')
]);
const times = (type?: string) => aggregatedReceipts(receipt({ t: '5', ...(type ? { type } : {}) }, [people]))?.map(({ receipt: of }) => of);

test('each person has an entry without the device', () => {
  expect(aggregatedReceipts(receipt({ type: 'read', t: '5' }, [people]))).toEqual([
    { key: { remoteJid: '1@g.us', id: 'm', fromMe: true, participant: 'a:7@lid' }, receipt: { userJid: 'a@lid', readTimestamp: 10 } },
    { key: { remoteJid: '1@g.us', id: 'm', fromMe: true, participant: 'b@lid' }, receipt: { userJid: 'b@lid', readTimestamp: 5 } }
  ]);
});

test.each([
  [undefined, 'receiptTimestamp'],
  ['delivery', 'receiptTimestamp'],
  ['inactive', 'receiptTimestamp'],
  ['read', 'readTimestamp'],
  ['played', 'readTimestamp']
])('a receipt of type %s has a %s', (type, time) =>
  expect(times(type)).toEqual([
    { userJid: 'a@lid', [time]: 10 },
    { userJid: 'b@lid', [time]: 5 }
  ])
);

test('each id of a list has an entry for each person', () => {
  const list = element('list', {}, [element('item', { id: 'n' }), element('item', { id: 'm' }), element('item')]);
  expect(aggregatedReceipts(receipt({}, [list, people]))?.map(({ key }) => `${key.id} ${key.participant}`)).toEqual([
    ...['m a:7@lid', 'n a:7@lid'],
    ...['m b@lid', 'n b@lid']
  ]);
});

test.each([
  ['of one member', receipt({ participant: 'a@lid' }, [people])],
  ['without people', receipt({})],
  ['of an own device', receipt({ type: 'sender' }, [people])],
  ['that requests a resend', receipt({ type: 'retry' }, [people])]
])('a receipt %s is left to Baileys', (_what, stanza) => expect(aggregatedReceipts(stanza)).toBeNull());

test('Baileys gets no aggregated receipts, and lists come first', () => {
  const stanzas = new EventEmitter();
  const seen: BinaryNode[] = [];
  const emitted: unknown[] = [];
  const acknowledged: BinaryNode[] = [];
  stanzas.on(KIND, (stanza: BinaryNode) => seen.push(stanza));
  splitReceipts({
    stanzas,
    ev: { emit: (name, payload) => emitted.push([name, payload]) > 0 },
    acknowledge: stanza => acknowledged.push(stanza)
  });
  const aggregated = receipt({ type: 'read' }, [people]);
  const single = receipt({ participant: 'a@lid' }, [element('biz'), element('list')]);
  const inactive = element('receipt', { id: 'i', from: 'a@lid', type: 'inactive', t: '7' });
  for (const stanza of [aggregated, single, inactive]) stanzas.emit(KIND, stanza);
  expect(acknowledged).toEqual([aggregated]);
  expect(seen).toEqual([single, inactive]);
  expect((single.content as BinaryNode[]).map(({ tag }) => tag)).toEqual(['list', 'biz']);
  expect(emitted).toMatchObject([
    ['message-receipt.update', [{}, {}]],
    ['messages.update', [{ key: { remoteJid: 'a@lid', id: 'i' }, update: { status: 3, messageTimestamp: 7 } }]]
  ]);
});
