import { WabusError } from '@wabus/contracts';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { isJidNewsletter, proto } from '../baileys.js';

/**
 * Adds the media kind to a channel post. Baileys omits it, and sends a text with a link preview as plain text; WhatsApp refuses media without its kind with 479
 * (zapo 6f0e0e6, whatsapp-rust's `NewsletterMediaType`). Returns every other stanza unchanged.
 */
export function completedPost(node: BinaryNode): BinaryNode {
  const { tag, attrs, content } = node;
  if (tag !== 'message' || !isJidNewsletter(attrs['to']) || !Array.isArray(content)) return node;
  const plaintext = content.find(part => part.tag === 'plaintext');
  if (!(plaintext?.content instanceof Uint8Array) || plaintext.attrs['mediatype'] !== undefined) return node;
  const kind = mediaKind(decoded(plaintext.content));
  if (kind === null) return node;
  const named = { ...plaintext, attrs: { ...plaintext.attrs, mediatype: kind } };
  return { ...node, attrs: { ...attrs, type: 'media' }, content: content.map(part => (part === plaintext ? named : part)) };
}

/** Throws `INVALID_ARGUMENTS` for a reaction message to a channel post, which WhatsApp would refuse with 479 (Baileys 2644). */
export function refuseReactionToPost(jid: string, content: object): void {
  if (!isJidNewsletter(jid) || !('react' in content)) return;
  const fault = 'react does not work in channels: use newsletterReactMessage with the number of the message';
  throw new WabusError('INVALID_ARGUMENTS', { message: `content.${fault}.`, details: { fields: { content: [fault] } } });
}

/** Decodes a message. Raw stanzas may contain other bytes, which become an empty message without a kind. */
function decoded(plaintext: Uint8Array): proto.IMessage {
  try {
    return proto.Message.decode(plaintext);
  } catch {
    return {};
  }
}

function mediaKind(message: proto.IMessage): string | null {
  if (message.imageMessage) return 'image';
  if (message.videoMessage) return message.videoMessage.gifPlayback ? 'gif' : 'video';
  if (message.ptvMessage) return 'ptv';
  if (message.audioMessage) return message.audioMessage.ptt ? 'ptt' : 'audio';
  if (message.documentMessage) return 'document';
  if (message.stickerMessage) return 'sticker';
  if (message.contactMessage) return 'vcard';
  if (message.productMessage) return 'productlink';
  if (message.groupInviteMessage || message.extendedTextMessage?.matchedText) return 'url';
  return null;
}
