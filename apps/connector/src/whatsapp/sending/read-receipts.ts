import type { BinaryNode } from '@whiskeysockets/baileys';
import { getBinaryNodeChild, getBinaryNodeChildren } from '../baileys.js';

/** The maximum number of ids in one receipt (whatsapp-rust 5e7213e6). */
const MAX_IDS = 256;
const READ = new Set(['read', 'read-self', 'played', 'played-self']);

/** Converts a read receipt to the form that WhatsApp accepts, as one or several receipts. Returns other stanzas unchanged. */
export function readReceipts(node: BinaryNode, numberOf: (author: string | undefined) => string | undefined): BinaryNode[] {
  const { type = '', to, id = '' } = node.attrs;
  if (node.tag !== 'receipt' || !READ.has(type)) return [node];
  const attrs = to === 'status@broadcast' ? ofPost(node.attrs, numberOf(node.attrs['participant'])) : node.attrs;
  const items = getBinaryNodeChildren(getBinaryNodeChild(node, 'list'), 'item');
  const ids = [id, ...items.map(item => item.attrs['id'] ?? '')];
  const parts = Array.from({ length: Math.ceil(ids.length / MAX_IDS) }, (_, i) => ids.slice(i * MAX_IDS, (i + 1) * MAX_IDS));
  return parts.map(([first, ...others]) => ({
    tag: 'receipt',
    attrs: { ...attrs, id: first ?? '' },
    ...(others.length === 0
      ? {}
      : { content: [{ tag: 'list', attrs: {}, content: others.map(other => ({ tag: 'item', attrs: { id: other } })) }] })
  }));
}

/** Adds the context and the number of a status post's author (whatsapp-rust 2413271c). */
function ofPost(attrs: BinaryNode['attrs'], number: string | undefined): BinaryNode['attrs'] {
  return { ...attrs, context: 'status', ...(number === undefined ? {} : { peer_participant_pn: number }) };
}
