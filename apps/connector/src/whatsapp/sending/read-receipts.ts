import type { BinaryNode } from '@whiskeysockets/baileys';
import { getBinaryNodeChild, getBinaryNodeChildren } from '../baileys.js';

/** Ids in one receipt (whatsapp-rust 5e7213e6). */
const MAX_IDS = 256;
const READ = new Set(['read', 'read-self', 'played', 'played-self']);

/** A receipt of what was read in the form in which WhatsApp takes it: one or several. Other stanzas stay as they are. */
export function readReceipts(node: BinaryNode): BinaryNode[] {
  const { type = '', to, id = '' } = node.attrs;
  if (node.tag !== 'receipt' || !READ.has(type)) return [node];
  // whatsapp-rust 2413271c. The number beside a LID, which it adds too, is not known here.
  const attrs = to === 'status@broadcast' ? { ...node.attrs, context: 'status' } : node.attrs;
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
