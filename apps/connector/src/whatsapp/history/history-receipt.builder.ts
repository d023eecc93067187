import { encryptMediaRetryRequest, getBinaryNodeChild, jidNormalizedUser } from '../baileys.js';
import type { BinaryNode } from '@whiskeysockets/baileys';

/** Whether a receipt says that a chunk of history is taken over, which Baileys sends before it has looked at it. */
export function isConfirmation({ tag, attrs }: BinaryNode): boolean {
  return tag === 'receipt' && attrs['type'] === 'hist_sync';
}

/** The receipt by which the phone knows that a chunk has come. */
export function confirmationOf(id: string, own: string): BinaryNode {
  return { tag: 'receipt', attrs: { id, type: 'hist_sync', to: jidNormalizedUser(own) } };
}

/**
 * Asks the phone to upload a chunk again, as WhatsApp Web does when its file cannot be had (whatsmeow 60c04885, whatsapp-rust PR 643): as for a file of a chat, but for the category and without `<rmr>`.
 */
export function uploadRequest(id: string, own: string, mediaKey: Uint8Array): BinaryNode {
  const request = encryptMediaRetryRequest({ id }, mediaKey, own);
  const encrypt = getBinaryNodeChild(request, 'encrypt');
  return { tag: 'receipt', attrs: { ...request.attrs, category: 'peer' }, content: encrypt ? [encrypt] : [] };
}
