import { encryptMediaRetryRequest, getBinaryNodeChild, jidNormalizedUser } from '../baileys.js';
import type { BinaryNode } from '@whiskeysockets/baileys';

/** Whether a stanza is the receipt that confirms a chunk of history; Baileys sends it before it has read the chunk. */
export function isConfirmation({ tag, attrs }: BinaryNode): boolean {
  return tag === 'receipt' && attrs['type'] === 'hist_sync';
}

/** Returns the receipt that confirms a chunk to the phone. */
export function confirmationOf(id: string, own: string): BinaryNode {
  return { tag: 'receipt', attrs: { id, type: 'hist_sync', to: jidNormalizedUser(own) } };
}

/**
 * Returns the request to the phone to upload a chunk again, which WhatsApp Web sends if the file is missing (whatsmeow 60c04885, whatsapp-rust PR 643). It
 * equals the request for a file of a chat, but has a category and no `<rmr>`.
 */
export function uploadRequest(id: string, own: string, mediaKey: Uint8Array): BinaryNode {
  const request = encryptMediaRetryRequest({ id }, mediaKey, own);
  const encrypt = getBinaryNodeChild(request, 'encrypt');
  return { tag: 'receipt', attrs: { ...request.attrs, category: 'peer' }, content: encrypt ? [encrypt] : [] };
}
