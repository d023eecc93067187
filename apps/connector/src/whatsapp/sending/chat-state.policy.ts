import type { BinaryNode } from '@whiskeysockets/baileys';

/** What a chat state leaves as: without `from`, which the official client does not send (whatsmeow 1494ba73). Other stanzas stay as they are. */
export function withoutAuthor(node: BinaryNode): BinaryNode {
  if (node.tag !== 'chatstate') return node;
  const { from: _from, ...attrs } = node.attrs;
  return { ...node, attrs };
}
