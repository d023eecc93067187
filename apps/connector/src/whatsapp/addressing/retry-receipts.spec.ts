import { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { RetryReceipts } from './retry-receipts.js';

const PN = '15550000001';
const LID = '900015550000001';
const receipt = (attrs: Record<string, string>): BinaryNode => ({ tag: 'receipt', attrs: { id: '1', ...attrs } });

function intercepting(byLid: boolean): (node: BinaryNode) => BinaryNode {
  const stanzas = new EventEmitter();
  const receipts = new RetryReceipts(() => byLid);
  receipts.attach(stanzas);
  stanzas.emit('CB:message', { tag: 'message', attrs: { from: `${PN}:2@s.whatsapp.net`, sender_lid: `${LID}@lid` } });
  stanzas.emit('CB:message', { tag: 'message', attrs: { from: '1203@g.us', participant: `${PN}@s.whatsapp.net` } });
  return node => receipts.intercept(node);
}

test.each([
  [`${PN}@s.whatsapp.net`, `${LID}@lid`],
  [`${PN}:2@s.whatsapp.net`, `${LID}:2@lid`],
  [`${LID}@lid`, `${LID}@lid`],
  ['15559999999@s.whatsapp.net', '15559999999@s.whatsapp.net'],
  ['1203@g.us', '1203@g.us']
])('a retry receipt to %s goes to %s', (to, expected) => {
  expect(intercepting(true)(receipt({ type: 'retry', to }))).toEqual(receipt({ type: 'retry', to: expected }));
});

test('other stanzas and other accounts keep their jids', () => {
  const to = `${PN}@s.whatsapp.net`;
  expect(intercepting(true)(receipt({ type: 'read', to })).attrs['to']).toBe(to);
  expect(intercepting(true)({ tag: 'message', attrs: { type: 'retry', to } }).attrs['to']).toBe(to);
  expect(intercepting(false)(receipt({ type: 'retry', to })).attrs['to']).toBe(to);
});
