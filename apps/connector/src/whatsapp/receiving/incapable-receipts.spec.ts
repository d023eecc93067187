import { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { withholdIncapable } from './incapable-receipts.js';

test('an "incapable" receipt is acknowledged, but no delivery', () => {
  const stanzas = new EventEmitter();
  const handled: BinaryNode[] = [];
  const acknowledged: BinaryNode[] = [];
  stanzas.on('CB:receipt', (receipt: BinaryNode) => handled.push(receipt));
  withholdIncapable(stanzas, receipt => acknowledged.push(receipt));
  const receipt: BinaryNode = { tag: 'receipt', attrs: { id: 'A', from: '1@lid' } };
  const incapable: BinaryNode = { ...receipt, content: [{ tag: 'error', attrs: { reason: 'lid', type: 'feature-incapable' } }] };
  stanzas.emit('CB:receipt', incapable);
  stanzas.emit('CB:receipt', receipt);
  expect(acknowledged).toEqual([incapable]);
  expect(handled).toEqual([receipt]);
});
