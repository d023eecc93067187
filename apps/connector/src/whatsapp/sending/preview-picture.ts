import type { AnyMessageContent } from '@whiskeysockets/baileys';
import { extractImageThumb, isJidNewsletter, prepareWAMessageMedia } from '../baileys.js';
import { uploadChannelThumbnail, type PreviewPicture, type UploadParts } from './channel-thumbnail.sender.js';

/** What Baileys draws under a link. */
const SMALL_WIDTH = 192;
/** Enough for the whole width of a phone. */
const LARGE_WIDTH = 800;

/** A small JPEG of a picture, for the preview of a link; `null` for what is no picture that can be read. */
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
 * A text with the large picture of its preview uploaded, which phones fetch and show in its place (Baileys `getUrlInfo`, whatsmeow `MediaLinkThumbnail`). The small one alone when that
 * fails. Channels have a file of their own kind.
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
