import type { BinaryNode } from '@whiskeysockets/baileys';

/** Removes `from` from a chat state, since the official client does not send it (whatsmeow 1494ba73). Returns other stanzas unchanged. */
export function withoutAuthor(node: BinaryNode): BinaryNode {
  if (node.tag !== 'chatstate') return node;
  const { from: _from, ...attrs } = node.attrs;
  return { ...node, attrs };
}
