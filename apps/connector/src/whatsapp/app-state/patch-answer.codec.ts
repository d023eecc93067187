import type { BinaryNode } from '@whiskeysockets/baileys';

export const APP_STATE_XMLNS = 'w:sync:app:state';

/** A collection that WhatsApp refused to change or to send. */
export interface RefusedPatch {
  readonly collection: string;
  readonly code: number;
  /** The answer, converted to that of a failed query. */
  readonly answer: BinaryNode;
}

/** Whether a stanza is an iq that changes the synchronized state. */
export function isPatch(node: BinaryNode): boolean {
  if (node.tag !== 'iq' || node.attrs['xmlns'] !== APP_STATE_XMLNS) return false;
  return collectionsOf(node).some(collection => childrenOf(collection, 'patch').length > 0);
}

/** Returns a refusal as an error, or `null` if WhatsApp accepted the request: the iq is a result in both cases (whatsmeow appstate.go). */
export function asFailure(answer: BinaryNode): RefusedPatch | null {
  const refused = collectionsOf(answer).find(({ attrs }) => attrs['type'] === 'error');
  if (!refused) return null;
  const { code, text } = childrenOf(refused, 'error')[0]?.attrs ?? {};
  const error: BinaryNode = { tag: 'error', attrs: { code: code ?? '500', text: text ?? 'refused' } };
  return {
    collection: refused.attrs['name'] ?? '',
    code: Number(error.attrs['code']),
    answer: { tag: answer.tag, attrs: { ...answer.attrs, type: 'error' }, content: [error] }
  };
}

const collectionsOf = (node: BinaryNode): BinaryNode[] => childrenOf(node, 'sync').flatMap(sync => childrenOf(sync, 'collection'));

/** Replaces Baileys' own function, which caches the children of a node and would miss replaced children. */
function childrenOf({ content }: BinaryNode, tag: string): BinaryNode[] {
  return Array.isArray(content) ? content.filter(child => child.tag === tag) : [];
}
