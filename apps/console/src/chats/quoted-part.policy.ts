import { contentFile, contentText, unwrappedContent } from '@wabus/contracts/messages';
import type { StoredMessageView } from '@wabus/contracts';

type Json = Readonly<Record<string, unknown>>;

/** The message that a reply quotes. */
export interface QuotedPart {
  readonly id: string;
  /** The author; `null` if unknown. */
  readonly author: string | null;
  readonly text: string | null;
  readonly kind: 'image' | 'video' | 'audio' | 'document' | 'sticker' | null;
}

/** The content of a link preview. */
export interface LinkPart {
  readonly url: string;
  readonly title: string;
  readonly description: string | null;
  /** A `data:` URL. */
  readonly picture: string | null;
}

/** Returns the quoted message; `null` if the message is not a reply. */
export function quotedOf(message: unknown): QuotedPart | null {
  const context = contextOf(message);
  const { stanzaId, quotedMessage, participant } = context ?? {};
  if (typeof stanzaId !== 'string' || object(quotedMessage) === null) return null;
  const file = contentFile(quotedMessage);
  return {
    id: stanzaId,
    author: typeof participant === 'string' ? participant : null,
    text: contentText(quotedMessage),
    kind: file === null ? null : file.kind === 'sticker-pack' ? 'document' : file.kind
  };
}

/** Returns the preview of the link in a text; `null` if the text has none or the link is not http or https. */
export function linkOf(message: unknown): LinkPart | null {
  const text = object(contentOf(message)?.['extendedTextMessage']);
  const { title, description, matchedText, canonicalUrl } = text ?? {};
  const url = [matchedText, canonicalUrl].find(one => typeof one === 'string' && /^https?:\/\//i.test(one)) as string | undefined;
  if (text === null || url === undefined || typeof title !== 'string' || title === '') return null;
  return { url, title, description: typeof description === 'string' && description !== '' ? description : null, picture: pictureIn(text) };
}

/** Returns the thumbnail of the message's file as a `data:` URL; `null` without one. */
export function thumbnailOf(message: unknown): string | null {
  const file = contentFile(object(message)?.['message']);
  return file === null ? null : pictureIn(file.fields);
}

/** Whether a file is a voice message. */
export function isVoice(message: unknown): boolean {
  return contentFile(object(message)?.['message'])?.fields['ptt'] === true;
}

/** Returns the key of a message in the form that commands expect. */
export function commandKeyOf({ chat, id, fromMe, participant }: StoredMessageView): Record<string, unknown> {
  return { remoteJid: chat, id, fromMe, ...(participant === null ? {} : { participant }) };
}

/** How long after sending WhatsApp allows an edit of a text. */
const EDIT_SECONDS = 15 * 60;

/** Whether WhatsApp still accepts an edit of the message. */
export function isEditable({ fromMe, revokedAt, text, timestamp, message }: StoredMessageView, nowMs: number): boolean {
  const isText = contentFile(object(message)?.['message']) === null && text !== null;
  return fromMe && revokedAt === null && isText && nowMs / 1_000 - timestamp < EDIT_SECONDS;
}

function pictureIn({ jpegThumbnail }: Json): string | null {
  const data = typeof jpegThumbnail === 'string' ? jpegThumbnail : object(jpegThumbnail)?.['data'];
  return typeof data === 'string' && data !== '' && /^[\w+/=-]+$/.test(data) ? `data:image/jpeg;base64,${data}` : null;
}

function contextOf(message: unknown): Json | null {
  for (const part of Object.values(contentOf(message) ?? {})) {
    const context = object(object(part)?.['contextInfo']);
    if (context !== null) return context;
  }
  return null;
}

const contentOf = (message: unknown): Json | null => object(unwrappedContent(object(message)?.['message']));

function object(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
}
