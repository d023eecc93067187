import type { BinaryNode } from '@whiskeysockets/baileys';
import { readReceipts } from './read-receipts.js';

function receipt(count: number, attrs: BinaryNode['attrs'] = {}): BinaryNode {
  const items = Array.from({ length: count - 1 }, (_, i) => ({ tag: 'item', attrs: { id: `M${i + 1}` } }));
  const content = items.length === 0 ? {} : { content: [{ tag: 'list', attrs: {}, content: items }] };
  return { tag: 'receipt', attrs: { id: 'M0', type: 'read', to: '1@s.whatsapp.net', t: '1', ...attrs }, ...content };
}

const nobody = (): undefined => undefined;

const idsOf = (node: BinaryNode): string[] => {
  const [list] = (node.content ?? []) as BinaryNode[];
  return [node.attrs['id']!, ...((list?.content ?? []) as BinaryNode[]).map(({ attrs }) => attrs['id']!)];
};

test.each([
  [1, [1]],
  [256, [256]],
  [257, [256, 1]],
  [600, [256, 256, 88]]
])('%s ids are split into receipts of at most 256', (count, sizes) => {
  const parts = readReceipts(receipt(count), nobody);
  expect(parts.map(part => idsOf(part).length)).toEqual(sizes);
  expect(parts.flatMap(idsOf)).toEqual(idsOf(receipt(count)));
  for (const part of parts) expect(part.attrs).toMatchObject({ type: 'read', to: '1@s.whatsapp.net', t: '1' });
});

test('post receipts have their context, others stay unchanged', () => {
  const post = { to: 'status@broadcast', participant: '9@lid' };
  expect(readReceipts(receipt(1, post), nobody)[0]?.attrs).toMatchObject({ context: 'status' });
  expect(readReceipts(receipt(1, post), () => '1@s.whatsapp.net')[0]?.attrs['peer_participant_pn']).toBe('1@s.whatsapp.net');
  const delivery = receipt(300, { type: 'inactive' });
  expect(readReceipts(delivery, nobody)).toEqual([delivery]);
});
