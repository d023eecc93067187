import type { AnyMessageContent } from '@whiskeysockets/baileys';
import { extractImageThumb, isJidNewsletter, prepareWAMessageMedia } from '../baileys.js';
import { uploadChannelThumbnail, type PreviewPicture, type UploadParts } from './channel-thumbnail.sender.js';

/** The width of Baileys' own link previews, in pixels. */
const SMALL_WIDTH = 192;
/** Enough for the whole width of a phone, in pixels. */
const LARGE_WIDTH = 800;

/** Resolves to a small JPEG of a picture for a link preview; `null` if the picture is unreadable. */
export async function previewPicture(picture: Buffer): Promise<Buffer | null> {
  return (await scaled(picture, SMALL_WIDTH))?.jpeg ?? null;
}

async function scaled(picture: Buffer, width: number): Promise<PreviewPicture | null> {
  try {
    const { buffer, original } = (await extractImageThumb(picture, width)) as {
      buffer: Buffer;
      original: { width?: number; height?: number };
    };
    return { jpeg: buffer, width, height: Math.round((width * (original.height ?? 0)) / (original.width || width)) };
  } catch {
    return null;
  }
}

/**
 * Uploads the large picture of a text's link preview, which phones fetch and show instead of the small one (Baileys `getUrlInfo`, whatsmeow
 * `MediaLinkThumbnail`). If the upload fails, the preview has only the small picture. Channels use a different kind of file.
 */
export async function withLargePreview(jid: string, content: AnyMessageContent, parts: UploadParts): Promise<AnyMessageContent> {
  const { linkPreview } = content as { linkPreview?: { readonly picture?: unknown } | null };
  if (!linkPreview || !('picture' in linkPreview)) return content;
  const { picture, ...preview } = linkPreview;
  const large = Buffer.isBuffer(picture) ? await (isJidNewsletter(jid) ? channelFile(picture, parts) : file(picture, parts)) : null;
  return { ...content, linkPreview: { ...preview, ...(large ? { highQualityThumbnail: large } : {}) } } as AnyMessageContent;
}

async function channelFile(picture: Buffer, parts: UploadParts): Promise<object | null> {
  const large = await scaled(picture, LARGE_WIDTH);
  return large && uploadChannelThumbnail(large, parts);
}

async function file(image: Buffer, { upload }: UploadParts): Promise<object | null> {
  try {
    const { imageMessage } = await prepareWAMessageMedia({ image }, { upload, mediaTypeOverride: 'thumbnail-link' });
    return imageMessage ?? null;
  } catch {
    return null;
  }
}
