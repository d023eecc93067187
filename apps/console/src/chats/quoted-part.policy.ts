import { contentFile, contentText, unwrappedContent } from '@wabus/contracts/messages';
import type { StoredMessageView } from '@wabus/contracts';

type Json = Readonly<Record<string, unknown>>;

/** The message that another answers. */
export interface QuotedPart {
  readonly id: string;
  /** Who wrote it; `null` when that is not said. */
  readonly author: string | null;
  readonly text: string | null;
  readonly kind: 'image' | 'video' | 'audio' | 'document' | 'sticker' | null;
}

/** What the preview of a link shows. */
export interface LinkPart {
  readonly url: string;
  readonly title: string;
  readonly description: string | null;
  /** As `data:` address. */
  readonly picture: string | null;
}

/** The message that this one answers; `null` when it answers none. */
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

/** The preview of the link in a text; `null` when it has none, or its address is none of the web. */
export function linkOf(message: unknown): LinkPart | null {
  const text = object(contentOf(message)?.['extendedTextMessage']);
  const { title, description, matchedText, canonicalUrl } = text ?? {};
  const url = [matchedText, canonicalUrl].find(one => typeof one === 'string' && /^https?:\/\//i.test(one)) as string | undefined;
  if (text === null || url === undefined || typeof title !== 'string' || title === '') return null;
  return { url, title, description: typeof description === 'string' && description !== '' ? description : null, picture: pictureIn(text) };
}

/** The small picture that a message brings of its file, as `data:` address; `null` without one. */
export function thumbnailOf(message: unknown): string | null {
  const file = contentFile(object(message)?.['message']);
  return file === null ? null : pictureIn(file.fields);
}

/** Whether a file is a voice message. */
export function isVoice(message: unknown): boolean {
  return contentFile(object(message)?.['message'])?.fields['ptt'] === true;
}

/** The key of a message as commands want it. */
export function commandKeyOf({ chat, id, fromMe, participant }: StoredMessageView): Record<string, unknown> {
  return { remoteJid: chat, id, fromMe, ...(participant === null ? {} : { participant }) };
}

/** How long WhatsApp lets a text be edited. */
const EDIT_SECONDS = 15 * 60;

/** Whether WhatsApp still takes an edit of the message. */
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
